package app

import (
	"fmt"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// match fills the empty cells of rows that the template names already: villages down
// the side of a cross table, households of a list to be completed.
func (f *filler) match(t *FillTable) error {
	records, err := f.records(t)
	if err != nil {
		return err
	}
	m := matcher{filler: f, table: t, records: records, index: map[string][]*model.Record{}}
	if err := m.prepare(); err != nil {
		return err
	}
	s := &f.req.Draft.book.Sheets[t.SheetIndex]
	for row := range t.Table.Rows(s) {
		if err := m.row(row); err != nil {
			return err
		}
	}
	return nil
}

// matcher finds the record that each row of a table names.
type matcher struct {
	*filler
	table   *FillTable
	records []*model.Record
	keys    []int // columns by which rows are told apart, as indexes
	area    int   // column of the area, -1 if there is none
	index   map[string][]*model.Record
}

// prepare chooses the columns by which rows are known, and indexes the records.
func (m *matcher) prepare() error {
	m.area = -1
	for i, c := range m.table.Columns {
		switch {
		case c.Source.Kind != fill.OfPath:
		case c.Source.Path == exchange.PathArea:
			m.area = i
			m.keys = append(m.keys, i)
		case m.table.Ledger != nil && identifies(m.table.Ledger, c.Target):
			m.keys = append(m.keys, i)
		}
	}
	if m.area < 0 && m.table.Ledger == nil {
		m.area = m.villageColumn()
	}
	for _, rec := range m.records {
		key, err := m.recordKey(rec)
		if err != nil {
			return err
		}
		m.index[key] = append(m.index[key], rec)
	}
	return nil
}

// identifies reports whether a field tells records apart.
func identifies(l *model.Ledger, tg exchange.Target) bool {
	if tg.Field == nil || tg.Through != nil || tg.Child != nil {
		return false
	}
	if tg.Field.Key == l.Title || tg.Field.Kind == model.KindIDNumber {
		return true
	}
	return slices.ContainsFunc(l.Match, func(keys []string) bool { return slices.Contains(keys, tg.Field.Key) })
}

// villageColumn is the column headed by a word for areas, of a table over no ledger.
func (m *matcher) villageColumn() int {
	area := m.Catalog().Ledger(ledgers.Area)
	for i, c := range m.table.Columns {
		key := text.HeaderKey(c.Path)
		if slices.Contains([]string{"村", "行政村", "村名", "村名称", "所属村", "村(社区)", "乡镇", "乡镇名称", "单位", "单位名称", "填报单位", area.Label}, key) {
			m.table.Columns[i].Status, m.table.Columns[i].Reason = fill.Filled, "表里已写好，按它找数。"
			return i
		}
	}
	return -1
}

func (m *matcher) recordKey(rec *model.Record) (string, error) {
	var parts []string
	for _, i := range m.keys {
		c := &m.table.Columns[i]
		v, err := m.look.pathValue(rec, c.Target, m.period.Month())
		if err != nil {
			return "", err
		}
		parts = append(parts, text.HeaderKey(c.Target.Field.Show(v)))
	}
	return strings.Join(parts, "\x00"), nil
}

// row fills the empty cells of one row.
func (m *matcher) row(row exchange.DataRow) error {
	words := map[int]string{} // by column
	for _, c := range row.Cells {
		words[c.Col] = strings.TrimSpace(c.Cell.Text)
	}
	rec, why, err := m.find(row.Row, words)
	if err != nil {
		return err
	}
	if rec == nil {
		m.table.Problems = append(m.table.Problems, model.Problem{Sheet: m.table.Sheet, Cell: sheet.CellName(row.Row, m.table.FirstCol), Level: model.Fault, Message: why})
		return nil
	}
	m.table.Rows++
	for i := range m.table.Columns {
		c := &m.table.Columns[i]
		if words[c.Col] != "" {
			m.differs(c, rec, row.Row, words[c.Col])
			continue
		}
		if c.Source.Kind == fill.OfPath && rec.Ledger == "" {
			continue
		}
		if err := m.put(m.table, c, rec, row.Row, c.Col, row.Row-m.table.DataFirst+1); err != nil {
			return err
		}
	}
	return nil
}

// find returns the record that a row names; of a table over no ledger, one that has
// nothing but the area.
func (m *matcher) find(row int, words map[int]string) (*model.Record, string, error) {
	if m.area >= 0 && (m.table.Ledger == nil || len(m.keys) == 1 && m.onlyFigures()) {
		name := words[m.table.Columns[m.area].Col]
		v, err := m.resolver(m.ctx, m.store).one(areaRef, name, m.homeID())
		if err != nil {
			return nil, fmt.Sprintf("第 %d 行的“%s”不是下级的村或单位，没有填。", row, name), nil
		}
		return &model.Record{Area: v.ID, Values: map[string]model.Value{}}, "", nil
	}
	var hits []*model.Record
	given := 0
	for key, records := range m.index {
		parts := strings.Split(key, "\x00")
		same := true
		given = 0
		for n, i := range m.keys {
			if w := words[m.table.Columns[i].Col]; w != "" {
				given++
				same = same && text.HeaderKey(w) == parts[n]
			}
		}
		if same && given > 0 {
			hits = append(hits, records...)
		}
	}
	switch {
	case len(m.keys) == 0 || len(m.records) > 0 && given == 0:
		return nil, fmt.Sprintf("第 %d 行看不出说的是哪一条记录，没有填。", row), nil
	case len(hits) == 0:
		return nil, fmt.Sprintf("第 %d 行在台账里没有找到，没有填。", row), nil
	case len(hits) > 1:
		return nil, fmt.Sprintf("第 %d 行在台账里有 %d 条，没有填。", row, len(hits)), nil
	}
	return hits[0], "", nil
}

// onlyFigures reports whether all that is to be filled are figures over ledgers.
func (m *matcher) onlyFigures() bool {
	return !slices.ContainsFunc(m.table.Columns, func(c fill.Column) bool {
		return c.Source.Kind == fill.OfPath && c.Source.Path != exchange.PathArea
	})
}

// differs notes that the template says something else than the ledger.
func (m *matcher) differs(c *fill.Column, rec *model.Record, row int, words string) {
	if c.Source.Kind != fill.OfPath || rec.Ledger == "" {
		return
	}
	cell, err := m.value(c, rec, 0)
	m.look.fail(err)
	if err == nil && cell.Kind != sheet.Blank && text.HeaderKey(cell.Text) != text.HeaderKey(words) && !c.Style.Look.Date {
		m.table.Problems = append(m.table.Problems, model.Problem{Sheet: m.table.Sheet, Cell: sheet.CellName(row, c.Col), Level: model.Doubt, Ledger: rec.Ledger, Record: rec.ID,
			Field: c.Path, Message: c.Path + "：表里已写的与台账不同，没有改动。"})
	}
}
