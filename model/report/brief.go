package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
	"xiangzhen/model/word"
)

// Brief is the text of a report on the period (汇报材料): paragraphs of parts. A part that
// counts names the records it counted, so that a figure can be opened.
type Brief struct {
	Title      string
	Paragraphs [][]BriefPart
}

// BriefPart is some words; with a Ledger they say how many its IDs are (Figure: 已办结
// 30 项), or what one of them says.
type BriefPart struct {
	Words  string
	Figure bool
	Ledger string
	IDs    []string
}

// BriefInput is what the text is made of. Items are those of one followed ledger that
// nothing is split off from, in the order of the divisions; Progress is what was
// reported within the period.
type BriefInput struct {
	Place       string
	From, Today model.Day
	Ledgers     []BriefLedger
	Progress    []*model.Record
}

// BriefLedger is a followed ledger with its items.
type BriefLedger struct {
	*model.Ledger
	Items []*model.Record
}

// Write makes the text: where all stands, what happened in the period, what is late,
// which problems were reported and what comes next. A paragraph without a record is
// left out; order is that of the divisions.
func (in BriefInput) Write() Brief {
	b := Brief{Title: fmt.Sprintf("%s工作进展情况（%s至%s）", in.Place, chineseDay(in.From), chineseDay(in.Today))}
	for _, l := range in.Ledgers {
		if len(l.Items) > 0 {
			b.add(in.standing(l))
		}
	}
	b.add(in.reported())
	for _, l := range in.Ledgers {
		b.add(in.listed(l, "已过时限尚未"+endWord(l.Ledger)+"的", in.late(l), func(r *model.Record) string {
			return "时限" + show(l.Ledger, r, "due") + "，最近进展：" + blankWord(oneLine(show(l.Ledger, r, "latest_text")))
		}))
	}
	b.add(in.said("反映的困难和问题", "problem"))
	b.add(in.said("下步打算", "next_step"))
	return b
}

func (b *Brief) add(parts []BriefPart) {
	if len(parts) > 0 {
		b.Paragraphs = append(b.Paragraphs, parts)
	}
}

// standing says how the items of a ledger stand and what changed since From.
func (in BriefInput) standing(l BriefLedger) []BriefPart {
	out := []BriefPart{{Words: fmt.Sprintf("截至%s，%s", chineseDay(in.Today), in.Place)}, counted(l, "共有"+l.items(), l.Items)}
	state := l.Field(l.Flow.State)
	for _, o := range state.Options {
		key := o.Key
		if some := l.where(func(r *model.Record) bool { return r.Get("state").Text == key }); len(some) > 0 {
			out = append(out, BriefPart{Words: "，"}, counted(l, o.Label, some))
		}
	}
	out = append(out, BriefPart{Words: "。"})
	var news []BriefPart
	for _, p := range []BriefPart{
		counted(l, "新交办", l.where(func(r *model.Record) bool { return in.within(r.Get("assigned").Start) })),
		counted(l, endWord(l.Ledger), l.where(func(r *model.Record) bool { return in.within(r.Get("closed_on").Start) })),
	} {
		switch {
		case len(p.IDs) == 0:
			continue
		case len(news) == 0:
			news = []BriefPart{{Words: chineseDay(in.From) + "以来，"}, p}
		default:
			news = append(news, BriefPart{Words: "，"}, p)
		}
	}
	if len(news) > 0 {
		out = append(append(out, news...), BriefPart{Words: "。"})
	}
	return out
}

// counted says how many there are.
func counted(l BriefLedger, what string, items []*model.Record) BriefPart {
	return BriefPart{Words: fmt.Sprintf("%s %d 项", what, len(items)), Figure: true, Ledger: l.Key, IDs: idsOf(items)}
}

func idsOf(items []*model.Record) []string {
	ids := make([]string, len(items))
	for i, r := range items {
		ids[i] = r.ID
	}
	return ids
}

func (l BriefLedger) where(fits func(*model.Record) bool) (out []*model.Record) {
	for _, r := range l.Items {
		if fits(r) {
			out = append(out, r)
		}
	}
	return out
}

func (in BriefInput) within(d model.Day) bool { return d != "" && d >= in.From && d <= in.Today }

func (in BriefInput) late(l BriefLedger) []*model.Record {
	return l.where(func(r *model.Record) bool {
		return r.Get("days_left").Set && r.Get("days_left").Num < 0 && !l.Finished(r)
	})
}

// Finished reports whether the flow of the ledger says that an item is at its end.
func (l BriefLedger) Finished(r *model.Record) bool {
	return slices.Contains(l.Flow.Finished, r.Get(l.Flow.State).Text)
}

// items is what the items of the ledger are called in a sentence: 问题整改, not 问题整改台账.
func (l BriefLedger) items() string { return strings.TrimSuffix(l.Label, "台账") }

// endWord is what the ledger calls finishing: 办结, 销号, 兑现, 结项.
func endWord(l *model.Ledger) string {
	return strings.TrimPrefix(l.Field(l.Flow.State).OptionLabel(ledgers.StateDone), "已")
}

// listed lists items with what is to be said of each.
func (in BriefInput) listed(l BriefLedger, what string, items []*model.Record, say func(*model.Record) string) []BriefPart {
	if len(items) == 0 {
		return nil
	}
	out := []BriefPart{counted(l, what+l.items(), items), {Words: "："}}
	for i, r := range items {
		end := "；"
		if i == len(items)-1 {
			end = "。"
		}
		out = append(out, BriefPart{Words: fmt.Sprintf("%s“%s”（%s）%s", show(l.Ledger, r, "unit"), show(l.Ledger, r, l.Title), say(r), end), Ledger: l.Key, IDs: []string{r.ID}})
	}
	return out
}

// reported says how much was reported and from how many places.
func (in BriefInput) reported() []BriefPart {
	if len(in.Progress) == 0 {
		return nil
	}
	areas := map[string]bool{}
	for _, r := range in.Progress {
		areas[r.Area] = true
	}
	return []BriefPart{{Words: chineseDay(in.From) + "以来，"},
		{Words: fmt.Sprintf("填报进展 %d 条", len(in.Progress)), Figure: true, Ledger: ledgers.Progress, IDs: idsOf(in.Progress)},
		{Words: fmt.Sprintf("，来自 %d 个村（单位）。", len(areas))}}
}

// said lists what was written in a field of the progress, by item.
func (in BriefInput) said(title, field string) []BriefPart {
	var out []BriefPart
	for _, r := range in.Progress {
		if words := oneLine(r.Get(field).Text); words != "" && !text.IsNothing(words) {
			out = append(out, BriefPart{Words: fmt.Sprintf("“%s”：%s。", r.Get("task").Text, words), Ledger: ledgers.Progress, IDs: []string{r.ID}})
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append([]BriefPart{{Words: title + "："}}, out...)
}

func blankWord(s string) string {
	if s == "" {
		return "未填报"
	}
	return s
}

// Text is the brief as plain text, a paragraph a line.
func (b Brief) Text() string {
	var out strings.Builder
	for _, p := range b.Paragraphs {
		out.WriteString("　　")
		for _, part := range p {
			out.WriteString(part.Words)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// Document lays the brief out as .docx.
func (b Brief) Document(at time.Time) word.Document {
	d := word.Document{Title: b.Title, At: at}
	for line := range strings.Lines(b.Text()) {
		d.Blocks = append(d.Blocks, word.Text{Words: strings.TrimPrefix(strings.TrimSuffix(line, "\n"), "　　")})
	}
	return d
}
