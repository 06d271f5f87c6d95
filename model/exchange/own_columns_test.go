package exchange

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// csvBook is what reading a csv file of these rows gives.
func csvBook(rows [][]string) *sheet.Book {
	b := table(rows...)
	b.Format, b.Sheets[0].Name = sheet.CSV, "csv"
	for i := range b.Sheets[0].Rows {
		r := &b.Sheets[0].Rows[i]
		r.Cells = slices.DeleteFunc(r.Cells, func(c sheet.Cell) bool { return c.Text == "" })
	}
	return b
}

// exportCSV exports columns of a ledger as ExportRows does for a csv file.
func (m *memLedger) exportCSV(ledger string, columns []Path) *sheet.Book {
	m.t.Helper()
	rows, err := ExportRows(ExportInput{Ledger: m.catalog.Ledger(ledger), Catalog: m.catalog, Columns: columns, Records: m.sorted(ledger), Today: today,
		Value: func(rec *model.Record, tg Target) model.Value {
			switch {
			case tg.Through != nil:
				to, _ := m.Record(tg.Ledger.Key, rec.Get(tg.Through.Key).ID)
				return to.Get(tg.Field.Key)
			case tg.Child != nil:
				child, _ := m.Child(tg.Child.Key, rec.ID, period1.Month())
				return child.Get(tg.Field.Key)
			}
			return rec.Get(tg.Field.Key)
		}})
	if err != nil {
		m.t.Fatal(err)
	}
	return csvBook(rows)
}

// A csv export keeps its ids, so that a name may be changed in it, and the rows
// may be in any order.
func TestOwnCSV_RowsAreKnownByTheirIDs(t *testing.T) {
	m := newLedger(t)
	m.task(5, 1, "改造危房") // of one name with another
	b := m.exportCSV("task", []Path{"title", "unit", "due", "remark"})
	want(t, m.planImport(b, "task"), Counts{Same: 5})
	rows := b.Sheets[0].Rows
	rows[1].Cells[1].Text = "硬化通组公路"
	p := m.importBook(b, "task")
	want(t, p, Counts{Same: 4, Update: 1})
	if got := m.records["task"][taskID(1)].Get("title").Text; got != "硬化通组公路" {
		t.Errorf("title %s", got)
	}
}

// A column of another record is not taken for one of the row's own.
func TestOwnCSV_ColumnsOfOthers(t *testing.T) {
	m := newLedger(t)
	m.task(5, 1, "打井").Put("parent", model.Reference(taskID(1), "硬化通组路"))
	b := m.exportCSV("task", []Path{"unit", "parent.title", "parent.remark", "progress.text", "title"})
	tables := FindTables(b)
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	got, ok := OwnColumns(&b.Sheets[0], &tables[0], m.catalog, m.catalog.Ledger("task"))
	var paths []string
	for _, match := range got {
		paths = append(paths, string(match.Path))
	}
	slices.Sort(paths)
	if !ok || strings.Join(paths, " ") != "#id progress.text title unit" {
		t.Errorf("%v %v", paths, ok)
	}
	want(t, m.planImport(b, "task"), Counts{Same: 5})
}

func TestOwnLedger(t *testing.T) {
	m := newLedger(t)
	own := func(b *sheet.Book) string {
		tables := FindTables(b)
		if len(tables) != 1 {
			t.Fatalf("%d tables", len(tables))
		}
		if l := OwnLedger(&b.Sheets[0], &tables[0], m.catalog); l != nil {
			return l.Key
		}
		return ""
	}
	for _, l := range m.catalog.All() {
		if l.System {
			continue
		}
		if got := own(asRead(m.export(l.Key, nil))); got != l.Key {
			t.Errorf("workbook of %s is one of %q", l.Key, got)
		}
		if got := own(m.exportCSV(l.Key, nil)); got != l.Key {
			t.Errorf("csv of %s is one of %q", l.Key, got)
		}
	}
	for name, rows := range map[string][][]string{
		"foreign":     {taskHeader, {"1", "改造危房", "甲一村", "", ""}},
		"of several":  {{idHeader, "姓名", "备注"}, {"", "张示例一", ""}},
		"with others": {{idHeader, "任务名称", "自己加的"}, {"", "改造危房", "甲"}},
	} {
		if got := own(csvBook(rows)); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// An exported row that looks like a sum or a note is a record all the same.
func TestOwnTable_EveryRowWithAnID(t *testing.T) {
	for _, title := range []string{"合计", "注：以上情况属实", "一、产业", "例：张示例一", "任务名称"} {
		m := newLedger(t)
		m.task(3, 1, title)
		for kind, b := range map[string]*sheet.Book{"csv": m.exportCSV("task", nil), "xlsx": asRead(m.export("task", nil))} {
			if p := m.planImport(b, "task"); p.Counts() != (Counts{Same: 4}) {
				t.Errorf("%s %s: %+v %v", title, kind, p.Counts(), p.Problems)
			}
		}
	}
}

// What looks like the header of another table ends no table of ours.
func TestOwnTable_GoesOnToTheEnd(t *testing.T) {
	m := newLedger(t)
	b := csvBook([][]string{{idHeader, "任务名称", "责任单位", "具体内容", "备注"}, {taskID(1), "硬化通组路", "甲一村"},
		{taskID(2), "姓名", "性别", "民族", "联系电话"}, {taskID(3), "整治人居环境", "甲一村", "", "加快"}})
	for i := range b.Sheets[0].Rows[2:] {
		r := &b.Sheets[0].Rows[i+2]
		r.Index += 5
		for j := range r.Cells {
			r.Cells[j].Row = r.Index
		}
	}
	if n := len(m.planImport(b, "task").Rows); n != 3 {
		t.Errorf("%d rows of 3", n)
	}
}
