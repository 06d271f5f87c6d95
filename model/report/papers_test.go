package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/word"
)

var (
	paperCatalog = model.NewCatalog(ledgers.All()...)
	paperTime    = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
)

// made makes a record; a value beginning with → is a reference, a day is a date.
func made(ledger, id string, pairs ...string) *model.Record {
	r := model.NewRecord(ledger, id)
	l := paperCatalog.Ledger(ledger)
	for i := 0; i < len(pairs); i += 2 {
		f, v := l.Field(pairs[i]), pairs[i+1]
		switch {
		case strings.HasPrefix(v, "→"):
			id, name, _ := strings.Cut(strings.TrimPrefix(v, "→"), "=")
			r.Put(pairs[i], model.Reference(id, name))
		case f.Kind == model.KindDate:
			r.Put(pairs[i], model.OnDay(model.Day(v)))
		default:
			r.Put(pairs[i], model.Text(v))
		}
	}
	return r
}

func paperText(t *testing.T, d word.Document) string {
	t.Helper()
	var out strings.Builder
	out.WriteString(d.Title + "\n" + d.Subtitle + "\n")
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case word.Heading:
			out.WriteString(b.Words + "\n")
		case word.Text:
			out.WriteString(b.Words + "\n")
		case word.Table:
			for _, row := range b.Rows {
				for _, c := range row {
					out.WriteString(c.Words + "|")
				}
				out.WriteString("\n")
			}
		}
	}
	if err := word.Encode(&bytes.Buffer{}, d); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func wantWords(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%q is missing in\n%s", w, got)
		}
	}
}

func TestOrderSheet(t *testing.T) {
	order := made(ledgers.Order, "o1", "title", "饮水管网改造", "doc_no", "示例督〔2026〕3号", "kind", "会议督办", "unit", "→v1=甲二村", "leader", "→p1=张示例一",
		"assigned", "2026-11-20", "due", "2026-11-30", "content", "一周内完成勘测。", "issuer", "→u1=甲镇党政办")
	l := paperCatalog.Ledger(ledgers.Order)
	s := OrderSheet(l, order, paperTime)
	wantWords(t, paperText(t, s.Document()), "督办通知单\n示例督〔2026〕3号", "督办事项|饮水管网改造|", "牵头单位|甲二村|", "批示领导|张示例一|", "甲镇党政办\n2026年11月20日")
	answer := FeedbackSheet(l, paperCatalog.Ledger(ledgers.Progress), order, made(ledgers.Progress, "g1", "text", "勘测完成", "reported_on", "2026-11-21"), paperTime)
	wantWords(t, paperText(t, answer.Document()), "办理情况|勘测完成|", "承办单位|甲二村|", "负责人（签字）")
	wantWords(t, paperText(t, FeedbackSheet(l, paperCatalog.Ledger(ledgers.Progress), order, nil, paperTime).Document()), "办理情况||")

	var book bytes.Buffer
	if err := sheet.Encode(&book, s.Book()); err != nil {
		t.Fatal(err)
	}
	for _, m := range s.Book().Sheets[0].Merges {
		if m.C1 < 1 || m.C2 > 4 || m.R1 != m.R2 {
			t.Errorf("a merge of %v", m)
		}
	}
}

func TestOrderSheet_WithoutADay(t *testing.T) {
	s := OrderSheet(paperCatalog.Ledger(ledgers.Order), made(ledgers.Order, "o1", "title", "甲"), paperTime)
	if got := s.Sign[1]; strings.ContainsAny(got, "0123456789") {
		t.Errorf("a day that nobody gave: %q", got)
	}
}

func TestMinutes(t *testing.T) {
	ml, dl := paperCatalog.Ledger(ledgers.Meeting), paperCatalog.Ledger(ledgers.Decision)
	meeting := made(ledgers.Meeting, "m1", "title", "11月调度会", "held_on", "2026-11-18", "chair", "→p1=张示例一", "agenda", "饮水")
	got := paperText(t, Minutes(ml, dl, meeting, []*model.Record{
		made(ledgers.Decision, "d1", "title", "一周内开工", "unit", "→v1=甲二村", "due", "2026-11-25"),
	}, paperTime))
	wantWords(t, got, "11月调度会纪要", "主持人：张示例一", "一、会议议题\n饮水", "二、议定事项", "1|一周内开工|甲二村||2026-11-25|")
	if strings.Contains(got, "会议内容") {
		t.Error("a heading over nothing")
	}
}

func TestNotice(t *testing.T) {
	l := paperCatalog.Ledger(ledgers.Task)
	got := paperText(t, Notice(l, []*model.Record{made(ledgers.Task, "t1", "title", "清淤", "unit", "→v1=甲二村", "due", "2026-11-10")}, "2026-11-22", paperTime))
	wantWords(t, got, "关于任务办理情况的通报（草稿）", "截至2026年11月22日，下列 1 项", "1|清淤|甲二村|2026-11-10||")
}

func TestNextNumber(t *testing.T) {
	for _, c := range []struct {
		used []string
		year int
		want string
	}{
		{nil, 2026, "督〔2026〕1号"},
		{[]string{"示例督〔2026〕3号", "示例督〔2026〕11号", "无文号"}, 2026, "示例督〔2026〕12号"},
		{[]string{"示例督〔2025〕40号"}, 2026, "示例督〔2026〕1号"},
		{[]string{"示例督[2026]第 7 号", "旧督〔2024〕90号"}, 2026, "示例督〔2026〕8号"},
		{[]string{"〔x〕3号", "示例督〔2026〕"}, 2026, "督〔2026〕1号"},
	} {
		if got := NextNumber(c.used, c.year, "督"); got != c.want {
			t.Errorf("%q in %d: %s, want %s", c.used, c.year, got, c.want)
		}
	}
}

func secretaryYear() SecretaryInput {
	person := made(ledgers.Person, "p1", "name", "张示例一")
	return SecretaryInput{Catalog: paperCatalog, Person: person, Post: "甲镇党委书记", Areas: []string{"t1"}, Year: 2026, Records: map[string][]*model.Record{
		ledgers.Act: {
			made(ledgers.Act, "a1", "person", "→p1=张示例一", "kind", "部署", "title", "饮水工作", "done_on", "2026-03-05", "points", "抓紧开工。\n逐村销号。", "place", "甲二村"),
			made(ledgers.Act, "a2", "person", "→p1=张示例一", "kind", "调研", "title", "看产业", "done_on", "2026-02-01", "problem", "路面破损"),
			made(ledgers.Act, "a3", "person", "→p1=张示例一", "kind", "部署", "title", "去年的", "done_on", "2025-03-05"),
			made(ledgers.Act, "a4", "person", "→p2=李示例二", "kind", "部署", "title", "别人的", "done_on", "2026-03-05"),
		},
		ledgers.Rectification: {made(ledgers.Rectification, "r1", "title", "修补路面", "origin", "→a2=看产业", "state", ledgers.StateDoing, "assigned", "2026-02-03")},
		ledgers.Meeting: {
			marked(made(ledgers.Meeting, "m1", "title", "镇调度会", "held_on", "2026-01-10"), "t1", "主持"),
			marked(made(ledgers.Meeting, "m2", "title", "别处的会", "held_on", "2026-01-10"), "t2", "主持"),
			marked(made(ledgers.Meeting, "m3", "title", "别人主持", "held_on", "2026-01-10", "chair", "→p2=李示例二"), "t1", "主持"),
		},
		ledgers.Commitment: {made(ledgers.Commitment, "c1", "maker", "→p1=张示例一", "title", "建成冷库", "state", ledgers.StateDone, "assigned", "2025-12-20", "closed_on", "2026-09-01")},
		ledgers.LedProject: {made(ledgers.LedProject, "l1", "maker", "→p1=张示例一", "title", "前年结了", "assigned", "2023-01-01", "closed_on", "2024-02-01")},
	}}
}

func marked(r *model.Record, area, part string) *model.Record {
	r.Area = area
	r.Put("secretary_part", model.Text(part))
	return r
}

func TestSecretary(t *testing.T) {
	f := Secretary(secretaryYear())
	var got []string
	for _, s := range f.Sections {
		for _, e := range s.Entries {
			got = append(got, s.Title+" "+e.ID+" "+e.Sentence(2026))
		}
	}
	want := []string{
		"公开承诺 c1 2025年12月20日，建成冷库。结果：已兑现（兑现时间 2026-09-01）。",
		"亲自部署 m1 1月10日，主持镇调度会。",
		"亲自部署 a1 3月5日，甲二村，饮水工作：抓紧开工；逐村销号。",
		"会上讲、座谈问、调研看 a2 2月1日，看产业。",
		"发现问题及处理 a2 2月1日，路面破损。结果：已转问题整改台账“修补路面”，办理中。",
		"年内办结事项 c1 9月1日，建成冷库。结果：已兑现。",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	wantWords(t, paperText(t, f.Paper(paperTime)), "2026年度述职素材（初稿）", "甲镇党委书记 张示例一", "一、公开承诺", "〔书记履职记录 2026年3月5日〕")
	if rows := f.List().Rows; len(rows) != len(want) || rows[0][1] != "公开承诺" {
		t.Errorf("%v", rows)
	}
}

// TestSecretary_NothingFromNothing: a secretary without a record has an empty file.
func TestSecretary_NothingFromNothing(t *testing.T) {
	in := secretaryYear()
	in.Records = nil
	if f := Secretary(in); len(f.Sections) > 0 {
		t.Errorf("%+v", f.Sections)
	}
}

func TestNumeral(t *testing.T) {
	for n, want := range map[int]string{1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 35: "三十五"} {
		if got := numeral(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

func TestBrief(t *testing.T) {
	late := made(ledgers.Task, "t1", "title", "清淤", "unit", "→v1=甲一村", "due", "2026-11-10", "state", ledgers.StateDoing, "assigned", "2026-06-01")
	late.Put("days_left", model.Int(-12))
	late.Put("latest_text", model.Text("已清一半。"))
	done := made(ledgers.Task, "t2", "title", "修路", "unit", "→v2=甲二村", "state", ledgers.StateDone, "assigned", "2026-11-02", "closed_on", "2026-11-20")
	said := made(ledgers.Progress, "g1", "task", "→t1=清淤", "problem", "管材未到", "next_step", "无", "reported_on", "2026-11-15")
	said.Area = "v1"
	b := BriefInput{Place: "甲镇", From: "2026-11-01", Today: "2026-11-22", Progress: []*model.Record{said},
		Ledgers: []BriefLedger{{paperCatalog.Ledger(ledgers.Task), []*model.Record{late, done}}, {paperCatalog.Ledger(ledgers.Order), nil}}}.Write()
	want := "　　截至11月22日，甲镇共有任务 2 项，办理中 1 项，已办结 1 项。11月1日以来，新交办 1 项，办结 1 项。\n" +
		"　　11月1日以来，填报进展 1 条，来自 1 个村（单位）。\n" +
		"　　已过时限尚未办结的任务 1 项：甲一村“清淤”（时限2026-11-10，最近进展：已清一半）。\n" +
		"　　反映的困难和问题：“清淤”：管材未到。\n"
	if got := b.Text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, p := range b.Paragraphs {
		for _, part := range p {
			if part.Ledger == "" && strings.ContainsAny(part.Words, "0123456789") && strings.Contains(part.Words, " 项") {
				t.Errorf("%q counts and names no record", part.Words)
			}
		}
	}
	wantWords(t, paperText(t, b.Document(paperTime)), "甲镇工作进展情况（11月1日至11月22日）")
}
