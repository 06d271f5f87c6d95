package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// table makes a book of one sheet from rows of words; the first is the header.
func table(rows ...[]string) *sheet.Book {
	out := &sheet.Out{Sheets: []sheet.OutSheet{{Name: "任务"}}}
	for _, r := range rows {
		var cells []sheet.OutCell
		for _, words := range r {
			cells = append(cells, sheet.TextCell(words, sheet.Style{}))
		}
		out.Sheets[0].Rows = append(out.Sheets[0].Rows, sheet.OutRow{Cells: cells})
	}
	return asRead(out)
}

// planImport plans the first table of a book, own columns first, as app does.
func (m *memLedger) planImport(b *sheet.Book, ledger string) *Plan {
	m.t.Helper()
	tables := FindTables(b)
	if len(tables) != 1 {
		m.t.Fatalf("%d tables", len(tables))
	}
	l := m.catalog.Ledger(ledger)
	matches := Sure(MapColumns(&tables[0], Targets(m.catalog, l)))
	if own, ok := OwnColumns(&b.Sheets[0], &tables[0], m.catalog, l); ok {
		matches = own
	}
	p, err := PlanImport(ImportInput{File: "任务.xlsx", Book: b, Table: &tables[0], Ledger: l, Matches: matches}, m, m.env())
	if err != nil {
		m.t.Fatal(err)
	}
	return p
}

func (m *memLedger) importBook(b *sheet.Book, ledger string) *Plan {
	m.t.Helper()
	p := m.planImport(b, ledger)
	m.apply(p)
	return p
}

// named returns the one task of a title.
func (m *memLedger) named(title string) *model.Record {
	var hits []*model.Record
	for _, rec := range m.sorted("task") {
		if rec.Get("title").Text == title {
			hits = append(hits, rec)
		}
	}
	if len(hits) != 1 {
		m.t.Fatalf("%d tasks %s", len(hits), title)
	}
	return hits[0]
}

var taskHeader = []string{"序号", "任务名称", "责任单位", "完成时限", "备注"}

func TestPlanImport_AddUpdateSame(t *testing.T) {
	m := newLedger(t)
	b := table(taskHeader,
		[]string{"1", "硬化通组路", "甲一村", "2026年12月1日", ""},
		[]string{"2", "改造危房", "甲一村", "2026年12月底前", "加快"},
		[]string{"3", "安装路灯", "甲二村", "长期坚持", ""})
	p := m.importBook(b, "task")
	want(t, p, Counts{Add: 1, Update: 1, Same: 1})
	rec := m.named("安装路灯")
	if rec.Area != areaID(2) || rec.Get("unit").ID != areaID(2) || rec.Get("state").Text != ledgers.StateTodo {
		t.Errorf("%+v in %s", rec.Values, rec.Area)
	}
	if got := m.named("改造危房"); got.Get("due").End != "2026-12-31" || got.Get("remark").Text != "加快" || got.Get("person").Text != "张示例一" {
		t.Errorf("%+v", got.Values)
	}
	before := m.state()
	want(t, m.importBook(b, "task"), Counts{Same: 3})
	if m.state() != before {
		t.Error("the same file again changed something")
	}
}

func TestPlanImport_BlankStatesNothing(t *testing.T) {
	m := newLedger(t)
	p := m.importBook(table(taskHeader, []string{"1", "改造危房", "甲一村", "", ""}), "task")
	want(t, p, Counts{Same: 1})
	if m.named("改造危房").Get("due").IsEmpty() {
		t.Error("a blank cell cleared the date")
	}
}

func TestPlanImport_Keys(t *testing.T) {
	m := newLedger(t)
	m.task(5, 1, "改造危房")
	p := m.importBook(table(taskHeader,
		[]string{"1", "改造危房", "甲一村", "", "两条之一"},
		[]string{"2", "修水渠", "", "", "没有单位"}), "task")
	want(t, p, Counts{Problem: 2})
	if !tells(p, rulePlanSeveral, model.Fault) || !tells(p, rulePlanNoKey, model.Fault) || len(m.records["task"]) != 5 {
		t.Errorf("%v", p.Problems)
	}
	for _, q := range p.Problems {
		if q.File == "" || q.Sheet == "" || q.Cell == "" || q.Suggestion == "" {
			t.Errorf("%+v", q)
		}
	}
}

// A weaker key finds nobody whom a stronger one contradicts.
func TestPlanImport_NamesakeWithAnotherNumberIsAnother(t *testing.T) {
	m := newLedger(t)
	team := func(id, number string) {
		m.put("team", id, areaID(1), map[string]model.Value{"village": model.Reference(areaID(1), "甲一村"),
			"name": model.Text("张示例一"), "id_number": model.Text(number)})
	}
	team(taskID(1), "990000199001010010")
	header := []string{"驻村", "姓名", "身份证号", "备注"}
	p := m.planImport(table(header, []string{"甲一村", "张示例一", "990000199201010021", "另一个人"}), "team")
	if p.Rows[0].Kind == RowUpdate {
		t.Errorf("two people of one name were taken for one: %+v", p.Rows)
	}
	m = newLedger(t)
	m.put("team", taskID(1), areaID(1), map[string]model.Value{"village": model.Reference(areaID(1), "甲一村"), "name": model.Text("张示例一")})
	p = m.planImport(table(header, []string{"甲一村", "张示例一", "", "同一个人"}), "team")
	want(t, p, Counts{Update: 1})
}

func TestPlanImport_RefersToRowsOfTheSameFile(t *testing.T) {
	m := newLedger(t)
	p := m.importBook(table([]string{"任务名称", "上级任务", "责任单位"},
		[]string{"路灯一期", "亮化工程", "甲一村"},
		[]string{"亮化工程", "", "甲镇"},
		[]string{"路灯二期", "亮化工程", "甲二村"},
		[]string{"路灯三期", "没有这项", "甲二村"}), "task")
	want(t, p, Counts{Add: 4})
	top := m.named("亮化工程").ID
	if m.named("路灯一期").Get("parent").ID != top || m.named("路灯二期").Get("parent").ID != top {
		t.Error("rows of the same file were not found")
	}
	if v := m.named("路灯三期").Get("parent"); v.ID != "" || v.Text != "没有这项" || !tells(p, "ref.parent", model.Doubt) {
		t.Errorf("unknown words are kept and doubted: %+v, %v", v, p.Problems)
	}
}

func TestPlanImport_TwiceInOneFile(t *testing.T) {
	m := newLedger(t)
	p := m.importBook(table(taskHeader,
		[]string{"1", "安装路灯", "甲二村", "2026年12月1日", ""},
		[]string{"2", "安装路灯", "甲二村", "2026年12月1日", ""},
		[]string{"3", "安装路灯", "甲二村", "2027年1月1日", ""},
		[]string{"4", "改造危房", "甲一村", "", "甲"},
		[]string{"5", "改造危房", "甲一村", "", "乙"}), "task")
	want(t, p, Counts{Add: 1, Same: 1, Problem: 2, Update: 1})
	if m.named("安装路灯").Get("due").Text != "2026年12月1日" || m.named("改造危房").Get("remark").Text != "甲" || len(faults(p)) != 2 {
		t.Errorf("%v\n%s", p.Problems, m.state())
	}
}

func TestPlanImport_HeldValues(t *testing.T) {
	m := newLedger(t)
	header := []string{"任务名称", "责任单位", "目标量", "完成时限", "紧急程度"}
	p := m.importBook(table(header,
		[]string{"改造危房", "甲一村", "3户5户", "2026年2月30日", "特急"},
		[]string{"安装路灯", "甲二村", "很多", "2026年12月", "一般"},
		[]string{"", "甲二村", "10", "2026年12月", "一般"}), "task")
	want(t, p, Counts{Problem: 3})
	rec := m.named("改造危房")
	if rec.Get("urgency").Text != "特急" || rec.Get("due").Text != "2026年12月2日" || rec.Get("target_qty").Num != 120000 {
		t.Errorf("%+v", rec.Values)
	}
	if rec := m.named("安装路灯"); !rec.Get("target_qty").IsEmpty() || rec.Get("due").IsEmpty() {
		t.Errorf("a new row loses the bad field only: %+v", rec.Values)
	}
	if len(m.records["task"]) != 5 {
		t.Error("a row without its title was added")
	}
}

func TestPlanImport_ProgressGoesToTheChild(t *testing.T) {
	m := newLedger(t)
	b := table([]string{"任务名称", "责任单位", "完成比例", "进展情况", "存在问题"},
		[]string{"改造危房", "甲一村", "40%", "完成2户", ""},
		[]string{"安装路灯", "甲二村", "10%", "", "缺资金"})
	p := m.importBook(b, "task")
	want(t, p, Counts{Add: 1, Update: 1})
	if m.progress(2, "percent") != "40" || m.progress(2, "text") != "完成2户" {
		t.Errorf("\n%s", m.state())
	}
	child, _ := m.Child("progress", m.named("安装路灯").ID, period1.Month())
	if child.Get("problem").Text != "缺资金" || child.Area != areaID(2) || child.Get("task").ID != m.named("安装路灯").ID {
		t.Errorf("%+v", child)
	}
	want(t, m.importBook(b, "task"), Counts{Same: 2})
}

func TestPlanImport_ProblemsComeInTheOrderOfRows(t *testing.T) {
	rows := [][]string{{"任务名称", "责任单位", "完成时限", "目标量", "紧急程度"}}
	for n := range 6 {
		rows = append(rows, []string{fmt.Sprint("事项", n), "甲一村", "说不准", "很多", "特别急"})
	}
	var first []string
	for range 5 {
		p := newLedger(t).planImport(table(rows...), "task")
		var cells []string
		for _, q := range p.Problems {
			cells = append(cells, q.Cell+q.Rule)
		}
		if first == nil {
			first = cells
		}
		if !slices.Equal(cells, first) {
			t.Fatalf("%v\n%v", first, cells)
		}
	}
	if len(first) < 12 || !strings.HasPrefix(first[0], "C2") {
		t.Errorf("%v", first)
	}
}

// export writes the tasks as a county would get them.
func (m *memLedger) export(ledger string, columns []Path) *sheet.Out {
	m.t.Helper()
	out, err := ExportSheet(ExportInput{Ledger: m.catalog.Ledger(ledger), Catalog: m.catalog, Columns: columns, Records: m.sorted(ledger),
		Value: func(rec *model.Record, tg Target) model.Value { return rec.Get(tg.Field.Key) }, Unit: "甲镇", Today: today, At: issuedAt})
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

// rowOf is the index of the exported row of a record.
func rowOf(out *sheet.Out, id string) int {
	return slices.IndexFunc(out.Sheets[0].Rows, func(r sheet.OutRow) bool { return r.Cells[0].Text == id })
}

func TestPlanImport_OfAnExportWithMovedIDs(t *testing.T) {
	m := newLedger(t)
	out := m.export("task", []Path{"title", "unit", "remark"})
	rows := out.Sheets[0].Rows
	a, b := rowOf(out, taskID(1)), rowOf(out, taskID(2))
	rows[a].Cells[0], rows[b].Cells[0] = rows[b].Cells[0], rows[a].Cells[0] // sorted without the hidden column
	remark := len(rows[a].Cells) - 1
	rows[a].Cells[remark] = sheet.TextCell("路的备注", sheet.Style{})
	p := m.importBook(asRead(out), "task")
	if m.named("硬化通组路").Get("remark").Text != "路的备注" || m.named("改造危房").Get("remark").Set || !tells(p, ruleMovedRow, model.Doubt) {
		t.Errorf("%v\n%s", p.Problems, m.state())
	}
}

func TestPlanImport_OfAnExportRenamedAndCopied(t *testing.T) {
	m := newLedger(t)
	out := m.export("task", []Path{"title", "unit", "remark"})
	s := &out.Sheets[0]
	at := rowOf(out, taskID(2))
	twin := sheet.OutRow{Cells: slices.Clone(s.Rows[at].Cells)}
	twin.Cells[2] = sheet.TextCell("安装路灯", sheet.Style{})
	s.Rows, s.Merges = slices.Insert(s.Rows, at, twin), nil
	s.Rows[rowOf(out, taskID(3))].Cells[2] = sheet.TextCell("整治人居环境（续）", sheet.Style{})
	p := m.importBook(asRead(out), "task")
	want(t, p, Counts{Add: 1, Update: 1, Same: 3})
	if m.records["task"][taskID(3)].Get("title").Text != "整治人居环境（续）" || m.named("改造危房").ID != taskID(2) || !tells(p, ruleCopiedRow, model.Doubt) {
		t.Errorf("%v\n%s", p.Problems, m.state())
	}
}

// An export taken into an empty ledger keeps the records' ids.
func TestPlanImport_KeepsIDsFromAnotherLedger(t *testing.T) {
	m := newLedger(t)
	out := m.export("task", nil)
	empty := newLedger(t)
	clear(empty.records["task"])
	want(t, empty.importBook(asRead(out), "task"), Counts{Add: 4})
	if empty.records["task"][taskID(2)].Get("title").Text != "改造危房" {
		t.Errorf("\n%s", empty.state())
	}
}

// everyKind is a ledger with a field of every kind.
func everyKind() *model.Ledger {
	l := &model.Ledger{Key: "u_all", Label: "样样都有", Title: "name", Match: [][]string{{"name"}}, Fields: []model.Field{
		{Key: "name", Label: "名称", Kind: model.KindText, Required: true}, {Key: "long", Label: "内容", Kind: model.KindLongText},
		{Key: "n", Label: "户数", Kind: model.KindInteger, Unit: "户"}, {Key: "d", Label: "金额", Kind: model.KindDecimal, Scale: 4, Unit: "万元"},
		{Key: "p", Label: "比例", Kind: model.KindPercent, Scale: 2, Unit: "%"}, {Key: "on", Label: "时间", Kind: model.KindDate},
		{Key: "m", Label: "月份", Kind: model.KindMonth}, {Key: "e", Label: "级别", Kind: model.KindEnum, Options: []model.Option{{Key: "a", Label: "甲级"}, {Key: "b", Label: "乙级"}}},
		{Key: "es", Label: "类别", Kind: model.KindMultiEnum, Options: model.Options("子", "丑", "寅")}, {Key: "b", Label: "是否", Kind: model.KindBool},
		{Key: "id", Label: "证件号码", Kind: model.KindIDNumber}, {Key: "tel", Label: "电话", Kind: model.KindPhone},
		{Key: "card", Label: "卡号", Kind: model.KindBankCard}, {Key: "area", Label: "村", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"area"}}},
	}}
	return l
}

func anyRecord(t *rapid.T, m *memLedger, n int) {
	words := rapid.SampledFrom([]string{"", "甲", "=1+1", "'007", "00123", "a  b", "第一行\n第二行", "１２", "-", "2026年", "是"})
	v := map[string]model.Value{"name": model.Text(fmt.Sprint("名", n)), "long": model.Text(words.Draw(t, "long"))}
	number := func(key string, most int64) {
		if rapid.Bool().Draw(t, "has "+key) {
			v[key] = model.Int(rapid.Int64Range(-most, most).Draw(t, key))
		}
	}
	number("n", 1e9)
	number("d", 1e14)
	v["p"] = model.Int(rapid.Int64Range(0, 10000).Draw(t, "p"))
	v["on"] = model.Date(model.DateWords{Text: rapid.SampledFrom([]string{"", "6月底前", "长期坚持", "2026-12-01", "说不准", "44635"}).Draw(t, "on")})
	v["m"] = model.Text(rapid.SampledFrom([]string{"", "2026-11", "1985-03"}).Draw(t, "m"))
	v["e"] = model.Text(rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "e"))
	v["es"] = model.List(rapid.SliceOfDistinct(rapid.SampledFrom([]string{"子", "丑", "寅"}), rapid.ID).Draw(t, "es")...)
	v["b"] = rapid.SampledFrom([]model.Value{{}, model.Bool(true), model.Bool(false)}).Draw(t, "b")
	v["id"] = model.Text(rapid.SampledFrom([]string{"", "990000199001010010", "99000019900101001X"}).Draw(t, "id"))
	v["tel"] = model.Text(rapid.SampledFrom([]string{"", "13800000001", "0990-1234567"}).Draw(t, "tel"))
	v["card"] = model.Text(rapid.SampledFrom([]string{"", "6200000000000000001"}).Draw(t, "card"))
	v["area"] = rapid.SampledFrom([]model.Value{{}, model.Reference(areaID(1), "甲一村"), model.Reference("", "某地"), model.Reference(areaID(2), "旧名")}).Draw(t, "area")
	m.put("u_all", taskID(n), areaID(1), v)
}

// What was exported and comes back untouched changes nothing, whatever it says.
func TestPlanImport_OfAnExportChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newLedger(t)
		m.catalog = model.NewCatalog(append(ledgers.All(), everyKind())...)
		for n := range rapid.IntRange(1, 5).Draw(rt, "records") {
			anyRecord(rt, m, n+1)
		}
		p := m.planImport(asRead(m.export("u_all", nil)), "u_all")
		if c := p.Counts(); c.Same != len(m.records["u_all"]) || c != (Counts{Same: c.Same}) || len(p.Problems) > 0 {
			rt.Fatalf("%+v %v", c, p.Problems)
		}
	})
}

// Derived columns of an export are read by nobody, although their headers are
// those of progress.
func TestPlanImport_DerivedColumnsAreNotTaken(t *testing.T) {
	m := newLedger(t)
	for _, rec := range m.records["task"] {
		rec.Derived = map[string]model.Value{"problem": model.Text("缺资金"), "percent": model.Int(4000), "latest_text": model.Text("完成2户")}
	}
	p := m.importBook(asRead(m.export("task", nil)), "task")
	want(t, p, Counts{Same: 4})
	if len(m.records["progress"]) > 0 {
		t.Error("progress was made of what follows from it")
	}
}

// TestPlanImport_ManyRowsAreInOrder: a table long enough to be planned in halves
// comes out in its order, with its findings.
func TestPlanImport_ManyRowsAreInOrder(t *testing.T) {
	const n = 3 * worthHalving
	m := newLedger(t)
	rows := [][]string{taskHeader}
	for i := range n {
		due := "2026年12月1日"
		if i%10 == 7 {
			due = "不知哪天"
		}
		rows = append(rows, []string{fmt.Sprint(i), fmt.Sprint("事项", i), "甲一村", due, ""})
	}
	p := m.planImport(table(rows...), "task")
	if len(p.Rows) != n || len(p.Problems) != n/10 {
		t.Fatalf("%d rows, %d problems", len(p.Rows), len(p.Problems))
	}
	for i, row := range p.Rows {
		if row.Name != fmt.Sprint("事项", i) || i > 0 && row.Row != p.Rows[i-1].Row+1 {
			t.Fatalf("%d: row %d %q", i, row.Row, row.Name)
		}
	}
	for i, q := range p.Problems {
		if want := sheet.CellName(p.Rows[10*i+7].Row, 4); q.Cell != want {
			t.Fatalf("problem %d at %s, want %s", i, q.Cell, want)
		}
	}
}

func BenchmarkPlanImport(b *testing.B) {
	m := newLedger(b)
	clear(m.records["task"])
	header := []string{"任务名称", "责任单位", "工作类别", "具体内容", "目标要求", "目标量", "计量单位", "配合单位", "完成时限", "交办时间",
		"任务来源", "来文单位", "文号", "紧急程度", "报送周期", "复核日期", "需佐证", "主管科室", "备注", "领域"}
	rows := [][]string{header}
	for n := range 2000 {
		rows = append(rows, []string{fmt.Sprint("事项", n), "甲一村", "产业振兴", "内容", "目标", "12.5", "公里", "某站", "2026年12月底前", "2026年1月5日",
			"文件", "某局", "某发〔2026〕1号", "一般", "每月", "2026年11月1日", "是", "某办", "备注", "乡村振兴"})
	}
	book := table(rows...)
	tables := FindTables(book)
	matches := Sure(MapColumns(&tables[0], Targets(m.catalog, m.catalog.Ledger("task"))))
	for b.Loop() {
		p, err := PlanImport(ImportInput{Book: book, Table: &tables[0], Ledger: m.catalog.Ledger("task"), Matches: matches}, m, m.env())
		if err != nil || p.Counts().Add != 2000 {
			b.Fatal(err, p.Counts())
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/2000, "µs/row")
}
