package exchange

import (
	"fmt"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// The findings of telling which column is which.
const (
	ruleSwappedColumn = "return_swapped_column"
	ruleRenamedColumn = "return_renamed_column"
	ruleTwinColumn    = "return_twin_column"
	ruleUnknownColumn = "return_unknown_column"
	ruleSecondSheet   = "return_second_sheet"
)

// formWords finds the columns of a form by the words that may head them.
type formWords struct {
	headers map[string][]Path // as the form writes them
	fields  map[string][]Path // labels and synonyms of the fields behind
}

// words indexes a form's columns. A grey column is known by its own header only:
// 上期完成比例 shows the field 完成比例, but is not the column of that name.
func (r *resolved) words() formWords {
	w := formWords{headers: map[string][]Path{}, fields: map[string][]Path{}}
	add := func(m map[string][]Path, words string, p Path) {
		for _, key := range []string{text.HeaderKey(words), withoutRemarks(text.HeaderKey(words))} {
			if !slices.Contains(m[key], p) {
				m[key] = append(m[key], p)
			}
		}
	}
	for _, c := range r.Columns {
		add(w.headers, r.header(c), c.Path)
		if tg, ok := r.targets[c.Path]; ok && !c.Grey {
			for _, words := range fieldWords(tg.Field) {
				add(w.fields, words, c.Path)
			}
		}
	}
	return w
}

// means returns the columns that a header can be, the form's own words first.
func (w formWords) means(header string) []Path {
	key := text.HeaderKey(header)
	for _, m := range []map[string][]Path{w.headers, w.fields} {
		for _, k := range []string{key, withoutRemarks(key)} {
			if len(m[k]) > 0 {
				return m[k]
			}
		}
	}
	return nil
}

// faintlyAlike is how like its old words a header must be to pass for them,
// reworded: one character in three.
const faintlyAlike = 0.33

// resembles reports whether a header has something of the words of a column.
func (w formWords) resembles(header string, p Path) bool {
	key := withoutRemarks(text.HeaderKey(header))
	for _, m := range []map[string][]Path{w.headers, w.fields} {
		for words, paths := range m {
			if slices.Contains(paths, p) && text.Similarity(key, words) >= faintlyAlike {
				return true
			}
		}
	}
	return false
}

// matchHeaders maps headers to the form's columns: by the form's own words, then
// by the labels and synonyms of its fields. Only what is sure counts: one column
// of the sheet for one of the form. Paths in taken are mapped already.
func (r *resolved) matchHeaders(heads map[int]string, taken []Path) []Match {
	var out []Match
	w := r.words()
	for _, words := range []map[string][]Path{w.headers, w.fields} {
		hits := map[Path][]int{}
		for col, header := range heads {
			key := text.HeaderKey(header)
			paths := words[key]
			if len(paths) == 0 {
				paths = words[withoutRemarks(key)]
			}
			if len(paths) == 1 {
				hits[paths[0]] = append(hits[paths[0]], col)
			}
		}
		for p, cols := range hits {
			known := slices.Contains(taken, p) || slices.ContainsFunc(out, func(m Match) bool { return m.Path == p || m.Col == cols[0] })
			if len(cols) == 1 && !known {
				out = append(out, Match{Col: cols[0], Path: p, How: HowExact, Score: scoreExact})
			}
		}
	}
	slices.SortFunc(out, func(a, b Match) int { return a.Col - b.Col })
	return out
}

// headsOf returns the words of a header row by column.
func headsOf(s *sheet.Sheet, row int) map[int]string {
	heads := map[int]string{}
	if r := s.Row(row); r != nil {
		for _, c := range r.Cells {
			if words := text.Clean(c.Text); words != "" {
				heads[c.Col] = words
			}
		}
	}
	return heads
}

// judgeColumns compares the hidden paths with what people read above the
// columns. Where the two speak of different columns neither is believed; a
// column of which nobody can tell what it is is named, never dropped in silence.
func (rd *returnReader) judgeColumns() {
	known := map[int]bool{rd.idCol: true}
	for _, m := range rd.matches {
		known[m.Col] = true
	}
	rest := map[int]string{}
	for col, words := range rd.heads {
		if !known[col] {
			rest[col] = words
		}
	}
	held := rd.holdTwins()
	if rd.byPath {
		held = append(held, rd.holdSwapped()...)
		rd.adopt(rest, held, known)
	}
	for _, col := range held {
		known[col.Col] = true
		rd.leaveUnread(col.Col)
	}
	rd.tellUnknown(known, rd.lacking(held))
}

// drop takes columns out of what is read.
func (rd *returnReader) drop(held []Match) []Match {
	rd.matches = slices.DeleteFunc(rd.matches, func(m Match) bool { return slices.Contains(held, m) })
	return held
}

// holdSwapped leaves out the columns whose visible header is that of another
// column of the form: somebody moved the cells and not the hidden row.
func (rd *returnReader) holdSwapped() []Match {
	form, words := rd.ret.form, rd.ret.form.words()
	var held []Match
	for _, m := range rd.matches {
		header, seen := rd.heads[m.Col]
		means := words.means(header)
		own, ok := form.column(m.Path)
		switch {
		case !seen || !ok || slices.Contains(means, m.Path):
		case len(means) > 0:
			held = append(held, m)
			rd.report(m.Col, m.Path, ruleSwappedColumn, model.Fault,
				"表头与隐藏标识不一致：表头写着“"+header+"”，这一列下发时是“"+form.header(own)+"”，整列没有采用", "请确认这一列填的是什么，用下发的表重新填报。")
		case m.Path != PathSeq && !words.resembles(header, m.Path):
			rd.report(m.Col, m.Path, ruleRenamedColumn, model.Doubt,
				"表头“"+header+"”下发时是“"+form.header(own)+"”，按下发时的列采用", "请核对这一列填的是什么。")
		}
	}
	return rd.drop(held)
}

// holdTwins leaves out columns that say they are the same one. An empty copy
// plays no part.
func (rd *returnReader) holdTwins() []Match {
	byPath := map[Path][]Match{}
	for _, m := range rd.matches {
		byPath[m.Path] = append(byPath[m.Path], m)
	}
	var held []Match
	for _, m := range rd.matches {
		all := byPath[m.Path]
		if len(all) < 2 || m.Path == PathSeq {
			continue
		}
		filled := slices.DeleteFunc(slices.Clone(all), func(o Match) bool { return !rd.hasContent(o.Col) })
		switch {
		case len(filled) == 1 && filled[0] == m, len(filled) == 0 && all[0] == m:
			continue
		case len(filled) > 1:
			rd.report(m.Col, m.Path, ruleTwinColumn, model.Fault, "表里有 "+fmt.Sprint(len(all))+" 列都是“"+rd.heads[m.Col]+"”，这几列都没有采用", "请只留一列再报。")
		}
		held = append(held, m)
	}
	return rd.drop(held)
}

// adopt finds the columns whose hidden path was lost by their headers.
func (rd *returnReader) adopt(rest map[int]string, held []Match, known map[int]bool) {
	var taken []Path
	for _, m := range slices.Concat(rd.matches, held) {
		taken = append(taken, m.Path)
	}
	for _, m := range rd.ret.form.matchHeaders(rest, taken) {
		rd.matches = append(rd.matches, m)
		known[m.Col] = true
		rd.warn("“" + rest[m.Col] + "”列（" + sheet.ColName(m.Col) + " 列）的隐藏标识没有了，按表头认。")
	}
}

// lacking names the columns to be filled in that are in no column of the sheet.
func (rd *returnReader) lacking(held []Match) []string {
	var out []string
	for _, c := range rd.ret.form.Columns {
		if c.Fill && !slices.ContainsFunc(slices.Concat(rd.matches, held), func(m Match) bool { return m.Path == c.Path }) {
			out = append(out, "“"+rd.ret.form.header(c)+"”")
		}
	}
	return out
}

// tellUnknown names every column that has entries and is none of the form's: as
// the village's own addition, or, where the form lacks a column, as an 错误.
func (rd *returnReader) tellUnknown(known map[int]bool, lacking []string) {
	_, width := rd.s.Extent()
	for col := 1; col <= width; col++ {
		if known[col] || rd.isOurNotes(col) || !rd.hasContent(col) {
			continue
		}
		rd.leaveUnread(col)
		name := "“" + rd.heads[col] + "”列（" + sheet.ColName(col) + " 列）"
		if rd.heads[col] == "" {
			name = "没有表头的 " + sheet.ColName(col) + " 列"
		}
		if len(lacking) == 0 {
			rd.warn("村里加的" + name + "不在下发的表里，没有采用。")
			continue
		}
		rd.report(col, "", ruleUnknownColumn, model.Fault, name+"填了内容，认不出是哪一列，没有采用；下发的"+strings.Join(lacking, "、")+"列没有找到", "请把表头改回下发时的样子再报。")
	}
}

// isOurNotes reports whether a column is the one this program adds to a file
// that it gives back (…（问题）.xlsx): nothing but findings.
func (rd *returnReader) isOurNotes(col int) bool {
	notes := 0
	for _, c := range rd.below(rd.table.HeaderLast-1, col) {
		words := text.Clean(c.Text)
		level, _, _ := strings.Cut(words, "：")
		switch {
		case slices.Contains([]model.Severity{model.Fault, model.Doubt, model.Hint}, model.Severity(level)):
			notes++
		case words != "" && words != "问题":
			return false
		}
	}
	return notes > 0
}

// below returns what stands in a column under a row.
func (rd *returnReader) below(row, col int) []sheet.Cell {
	var out []sheet.Cell
	for i := range rd.s.Rows {
		if c, ok := rd.s.Rows[i].Cell(col); ok && rd.s.Rows[i].Index > row && !isBlank(c) {
			out = append(out, c)
		}
	}
	return out
}

func (rd *returnReader) hasContent(col int) bool { return len(rd.below(rd.table.HeaderLast, col)) > 0 }

// leaveUnread remembers what a column says that is not read, so that the file
// does not pass for an empty one, nor for another without it.
func (rd *returnReader) leaveUnread(col int) {
	for _, c := range rd.below(rd.table.HeaderLast, col) {
		rd.ret.unread = append(rd.ret.unread, rd.heads[col]+"="+c.Text)
	}
}

func (rd *returnReader) warn(words string) { rd.ret.Warnings = append(rd.ret.Warnings, words) }

// report lists a finding on a column at its header.
func (rd *returnReader) report(col int, p Path, rule string, level model.Severity, message, suggestion string) {
	cell := sheet.CellName(rd.table.HeaderLast, col)
	rd.ret.Problems = append(rd.ret.Problems, rd.ret.cellProblem(cell, p, rule, level, message, suggestion))
}

// tellOthers tells of further sheets that are forms too, by their hidden paths or
// by their headers: only one is read.
func (rd *returnReader) tellOthers() {
	others := map[string]bool{}
	for i := range rd.b.Sheets {
		if row, _, _ := findPaths(&rd.b.Sheets[i]); row > 0 {
			others[rd.b.Sheets[i].Name] = true
		}
	}
	for _, t := range FindTables(rd.b) {
		if _, _, ok := rd.ret.form.heads(&t); ok {
			others[t.Sheet] = true
		}
	}
	for i := range rd.b.Sheets {
		s := &rd.b.Sheets[i]
		if !others[s.Name] || s == rd.s || s.Visibility == sheet.VeryHidden {
			continue
		}
		rd.ret.unread = append(rd.ret.unread, s.Name)
		p := rd.ret.cellProblem("A1", "", ruleSecondSheet, model.Fault,
			"工作表“"+s.Name+"”也是上报表，这次只收了“"+rd.s.Name+"”", "请把另一张单独存成一个文件再收，或删去多余的一张。")
		p.Sheet = s.Name
		rd.ret.Problems = append(rd.ret.Problems, p)
	}
}
