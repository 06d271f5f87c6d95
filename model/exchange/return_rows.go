package exchange

import (
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// readRows reads the data rows, parses their cells, and tells which record each
// is about as far as the form itself says so.
func (rd *returnReader) readRows() {
	r := rd.ret
	for _, m := range rd.matches {
		r.columns = append(r.columns, m.Path)
	}
	for _, raw := range ReadRows(rd.s, &rd.table, rd.matches, rd.idCol) {
		if rd.isFrame(raw) {
			continue
		}
		if row := rd.parseRow(raw); row.hasWords() {
			r.Rows = append(r.Rows, row)
		}
	}
	if r.hasBase {
		r.Problems = append(r.Problems, r.settleRows(r.known(r.order, r.base), r.Rows)...)
		for i := range r.Rows {
			r.takeUnchanged(&r.Rows[i])
		}
	}
	rd.warnHidden()
	r.Zero = len(r.unread) == 0 && !hasFault(r.Problems) && rd.saysNothing()
}

// isFrame reports whether a row is a note, a signature, a sum, an example, a
// heading or the header once more. A row that went out is none of the last four.
func (rd *returnReader) isFrame(raw RawRow) bool {
	if raw.Example || raw.Section {
		return true
	}
	first := rd.firstWords(raw.Row)
	if isNote(first) || isSignOff(first) || strings.HasPrefix(first, requirementMark) {
		return true
	}
	if _, wentOut := rd.ret.base[raw.ID]; wentOut {
		return false
	}
	if rd.isHeaderAgain(raw.Row) {
		return true
	}
	title := raw.Cells.At(Path(rd.ret.form.ledger.Title)).Cell.Text
	total := isTotal(title) || raw.ID == "" && isTotal(first)
	if total {
		rd.warn("第 " + strconv.Itoa(raw.Row) + " 行是合计，不作为事项，没有采用。")
	}
	return total
}

// isHeaderAgain reports whether a row repeats the header, as on each page of a
// paper table.
func (rd *returnReader) isHeaderAgain(row int) bool {
	same, other := 0, 0
	for _, c := range rd.s.Row(row).Cells {
		switch {
		case c.Col == rd.idCol || isBlank(c):
		case text.HeaderKey(c.Text) == text.HeaderKey(rd.heads[c.Col]):
			same++
		default:
			other++
		}
	}
	return same > 2 && same > other
}

// warnHidden tells of rows that people do not see and that were filled in.
func (rd *returnReader) warnHidden() {
	var rows []string
	for _, row := range rd.ret.Rows {
		filled := false
		for p, e := range row.Cells {
			filled = filled || rd.ret.form.fillable(p) && !e.Blank && !rd.ret.unchanged(row.ID, p, e.Value)
		}
		if row.hidden && filled {
			rows = append(rows, strconv.Itoa(row.Row))
		}
	}
	if len(rows) > 0 {
		rd.warn("第 " + strings.Join(rows, "、") + " 行被隐藏或筛选掉了，里面填的内容也一并收了，请核对。")
	}
}

func (rd *returnReader) firstWords(row int) string {
	for _, c := range rd.s.Row(row).Cells {
		if c.Col != rd.idCol {
			return c.Text
		}
	}
	return ""
}

func (rd *returnReader) parseRow(raw RawRow) ReturnRow {
	row := ReturnRow{Row: raw.Row, ID: raw.ID, hidden: raw.Hidden, Cells: map[Path]Entry{}}
	ctx := ParseContext{File: rd.in.File, Sheet: rd.s.Name, Date1904: rd.b.Date1904, Untyped: isUntyped(rd.b), Ref: rd.refDay()}
	for _, m := range rd.matches {
		tg, ok := rd.ret.form.targets[m.Path]
		if !ok || tg.Field == nil {
			continue
		}
		cell, given := raw.Cells.Get(m.Path)
		if !given && rd.pictured()[cellAt{raw.Row, m.Col}] {
			continue // a picture in the cell neither fills the field nor empties it
		}
		if !given {
			row.Cells[m.Path] = Entry{Cell: sheet.CellName(raw.Row, m.Col), Blank: true}
			continue
		}
		v, problems := ParseCell(tg, cell, ctx)
		row.Cells[m.Path] = Entry{Cell: cell.Addr, Value: v, Blank: v.IsEmpty() && len(problems) == 0,
			Held: hasFault(problems), raw: cell.raw, problems: problems}
	}
	return row
}

func hasFault(problems []model.Problem) bool {
	return slices.ContainsFunc(problems, func(p model.Problem) bool { return p.Level == model.Fault })
}

// refDay is the day from which dates without a year are understood.
func (rd *returnReader) refDay() model.Day {
	if d := rd.ret.Period.Last(); d != "" {
		return d
	}
	return rd.in.Today
}

// hasWords reports whether anything but a number stands in the row.
func (row *ReturnRow) hasWords() bool {
	for _, e := range row.Cells {
		if !e.Blank {
			return true
		}
	}
	return false
}

// takeUnchanged lets a cell that shows what went out in it mean just that: a
// reference keeps its id, and what is written in a doubtful way is not asked.
func (r *Return) takeUnchanged(row *ReturnRow) {
	for p, v := range r.base[row.ID] {
		if e, ok := row.Cells[p]; ok {
			row.Cells[p] = e.unlessSame(r.form.targets[p].Field, v)
		}
	}
}

// unlessSame returns the entry of a value that is known already where the cell
// shows that, and the entry as it was read elsewhere.
func (e Entry) unlessSame(f *model.Field, v model.Value) Entry {
	if !v.Set || f == nil || !sameCell(f, v, e.shown()) {
		return e
	}
	e.Value, e.same, e.Blank, e.Held, e.problems, e.unresolved = v, true, false, false, nil, nil
	return e
}

// sameCell reports whether a cell holds what ValueCell writes for the value, or
// for a sensitive one what stands masked in its place.
func sameCell(f *model.Field, v model.Value, c sheet.Cell) bool {
	out := ValueCell(f, v, sheet.Style{})
	if out.Kind == sheet.Number && c.Kind == sheet.Number {
		n, err := strconv.ParseFloat(out.Text, 64)
		return err == nil && n == c.Num && !strings.Contains(c.Format, "%")
	}
	if c.Kind != sheet.Text {
		return false
	}
	shown := text.Clean(c.Text)
	return shown == text.Clean(out.Text) || f.Sensitive && shown == rule.Mask(f, v.Text)
}

// saysNothing reports whether the return says that there is nothing to report
// (零报告): 本月无 in place of entries, or anywhere on a sheet without any.
func (rd *returnReader) saysNothing() bool {
	for i := range rd.ret.Rows {
		if !rd.saysNil(&rd.ret.Rows[i]) {
			return false
		}
	}
	for _, r := range rd.s.Rows {
		for _, c := range r.Cells {
			if c.Kind == sheet.Text && c.Col != rd.idCol && isNil(c.Text) {
				return true
			}
		}
	}
	return false
}

// saysNil reports whether the row has no entry but that there is none.
func (rd *returnReader) saysNil(row *ReturnRow) bool {
	_, wentOut := rd.ret.base[row.ID]
	for p, e := range row.Cells {
		if (wentOut || !rd.ret.hasBase) && !rd.ret.form.fillable(p) {
			continue
		}
		if !e.Blank && !rd.ret.unchanged(row.ID, p, e.Value) && !isNil(e.Value.Text) {
			return false
		}
	}
	return true
}

func isNil(words string) bool {
	switch text.HeaderCore(words) {
	case "本月无", "无", "零报告", "无进展", "本月无进展", "本期无", "无变化":
		return true
	}
	return false
}

// unchanged reports whether a value is what went out.
func (r *Return) unchanged(id string, p Path, v model.Value) bool {
	tg, ok := r.form.targets[p]
	return ok && r.hasBase && tg.Field.Same(v, r.base[id][p])
}
