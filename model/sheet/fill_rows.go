package sheet

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// render writes the changed rows of a sheet.
func (fl *filling) render(d *sheetDoc) {
	grown := d.name == fl.fill.Sheet
	w := rowWriter{filling: fl, doc: d, grown: grown, broken: fl.brokenGroups(d)}
	if grown {
		w.byRow = map[int][]int{}
		for at := range fl.puts {
			w.byRow[at.row] = append(w.byRow[at.row], at.col)
		}
		for _, cols := range w.byRow {
			slices.Sort(cols)
		}
		w.newRows()
	}
	for i := range d.rows {
		w.row(&d.rows[i])
	}
	if grown {
		fl.around(d)
	}
}

// brokenGroups are the shared formulas whose cells do not read alike any more: they
// are written out.
func (fl *filling) brokenGroups(d *sheetDoc) map[string]bool {
	out := map[string]bool{}
	if fl.seam.count == 0 {
		return out
	}
	for i := range d.rows {
		for _, c := range d.rows[i].cells {
			f := c.formula
			if f == nil || f.kind != "shared" {
				continue
			}
			if d.name == fl.fill.Sheet && d.rows[i].index > fl.seam.at || fl.formulaOf(d, &d.rows[i], &c) != f.text {
				out[f.group] = true
			}
		}
	}
	return out
}

// rowWriter writes the rows of a sheet anew where they change.
type rowWriter struct {
	*filling
	doc    *sheetDoc
	grown  bool
	broken map[string]bool
	byRow  map[int][]int // columns filled, by row
}

// row writes a row that was there before, unless it stays as it is.
func (w *rowWriter) row(r *docRow) {
	final := r.index
	if w.grown {
		final = w.seam.row(r.index)
	}
	cols := w.byRow[final]
	changed := final != r.index || len(cols) > 0
	for i := range r.cells {
		c := &r.cells[i]
		changed = changed || c.formula != nil && w.changes(r, c, final)
	}
	if changed {
		w.doc.part.replace(r.tag.start, r.end, w.rowXML(r, r.index, final, cols))
	}
}

// changes reports whether a formula reads otherwise than before, or comes to
// something else.
func (w *rowWriter) changes(r *docRow, c *docCell, final int) bool {
	f := w.calc.settle(w.doc.name, cellPlace{final, c.col})
	return f.touched || f.text != c.formula.text || w.broken[c.formula.group]
}

// newRows writes the rows that are added, and those that were not in the file.
func (w *rowWriter) newRows() {
	at, ok := w.doc.find(w.seam.sample)
	var sample *docRow
	if ok {
		sample = &w.doc.rows[at]
	}
	rows := slices.Sorted(maps.Keys(w.byRow))
	for k := 1; k <= w.seam.count; k++ {
		if i, has := slices.BinarySearch(rows, w.seam.at+k); !has {
			rows = slices.Insert(rows, i, w.seam.at+k)
		}
	}
	inside := map[int]*strings.Builder{} // new rows by the place where they go
	var places []int
	for _, row := range rows {
		added := w.seam.count > 0 && row > w.seam.at && row <= w.seam.at+w.seam.count
		old := row
		if row > w.seam.at+w.seam.count {
			old = row - w.seam.count
		}
		next, there := w.doc.find(old)
		if there && !added {
			continue
		}
		if added {
			next, _ = w.doc.find(w.seam.at + 1)
		}
		place := w.doc.dataEnd
		if next < len(w.doc.rows) {
			place = w.doc.rows[next].tag.start
		}
		if inside[place] == nil {
			inside[place] = &strings.Builder{}
			places = append(places, place)
		}
		if added && sample != nil {
			inside[place].WriteString(w.rowXML(sample, 0, row, w.byRow[row]))
		} else {
			inside[place].WriteString(w.plainRow(row, w.byRow[row]))
		}
	}
	for _, place := range places {
		w.insertRows(place, inside[place].String())
	}
}

func (w *rowWriter) insertRows(place int, rows string) {
	if w.doc.selfClosingData {
		w.doc.part.replace(w.doc.data.end-len("/>"), w.doc.data.end, ">"+rows+"</"+w.doc.prefix+"sheetData>")
		return
	}
	w.doc.part.insert(place, rows)
}

// plainRow is a row that the file did not have.
func (w *rowWriter) plainRow(row int, cols []int) string {
	var b strings.Builder
	b.WriteString("<" + w.doc.prefix + `row r="` + strconv.Itoa(row) + `">`)
	for _, col := range cols {
		w.putCell(&b, w.puts[cellPlace{row, col}], w.doc.styles[col])
	}
	b.WriteString("</" + w.doc.prefix + "row>")
	return b.String()
}

// rowXML writes a row at its new place: old is the row it was, 0 for one that is
// made like the sample.
func (w *rowWriter) rowXML(r *docRow, old, final int, cols []int) string {
	var b strings.Builder
	b.Grow(r.end - r.tag.start + 48*len(cols))
	w.rowTag(&b, r, final, cols)
	style := -1
	if custom, _, _ := r.tag.attr(w.doc.part.b, "customFormat"); custom == "1" || custom == "true" {
		style = tagNumber(w.doc.part.b, r.tag, "s")
	}
	next := 0
	extra := func(upto int) {
		for ; next < len(cols) && cols[next] < upto; next++ {
			s := style
			if s < 0 {
				s = w.doc.styles[cols[next]]
			}
			w.putCell(&b, w.puts[cellPlace{final, cols[next]}], s)
		}
	}
	for i := range r.cells {
		c := &r.cells[i]
		extra(c.col)
		if next < len(cols) && cols[next] == c.col && c.formula == nil {
			w.putCell(&b, w.puts[cellPlace{final, c.col}], tagNumber(w.doc.part.b, c.tag, "s"))
			next++
			continue
		}
		w.cell(&b, r, c, old, final)
	}
	extra(maxSheetCol + 1)
	b.WriteString("</" + w.doc.prefix + "row>")
	return b.String()
}

// rowTag writes the beginning of a row: its own attributes at the new place.
func (w *rowWriter) rowTag(b *strings.Builder, r *docRow, final int, cols []int) {
	x := xmlPart{b: w.doc.part.b[r.tag.start:r.tag.end]}
	t, _ := x.first("row")
	x.setAttr(t, "r", strconv.Itoa(final))
	if spans, from, to := t.attr(x.b, "spans"); from >= 0 && len(cols) > 0 {
		first, last, _ := strings.Cut(spans, ":")
		lo, errLo := strconv.Atoi(first)
		hi, errHi := strconv.Atoi(last)
		if errLo == nil && errHi == nil {
			x.replace(from, to, strconv.Itoa(min(lo, cols[0]))+":"+strconv.Itoa(max(hi, cols[len(cols)-1])))
		}
	}
	tag := string(x.bytes())
	if t.self {
		tag = strings.TrimSuffix(tag, "/>") + ">"
	}
	b.WriteString(tag)
}

// putCell writes a filled cell.
func (w *rowWriter) putCell(b *strings.Builder, p Put, style int) {
	b.WriteString("<" + w.doc.prefix + `c r="` + CellName(p.Row, p.Col) + `"`)
	if style > 0 {
		b.WriteString(` s="` + strconv.Itoa(style) + `"`)
	}
	switch p.Kind {
	case Number:
		b.WriteString("><" + w.doc.prefix + "v>" + p.Text + "</" + w.doc.prefix + "v></" + w.doc.prefix + "c>")
	case Text:
		b.WriteString(` t="inlineStr"><` + w.doc.prefix + "is><" + w.doc.prefix + `t xml:space="preserve">`)
		b.WriteString(xmlEscape(clip(p.Text, maxCellText)))
		b.WriteString("</" + w.doc.prefix + "t></" + w.doc.prefix + "is></" + w.doc.prefix + "c>")
	default:
		b.WriteString("/>")
	}
}

// cell writes a cell that is not filled at its new place.
func (w *rowWriter) cell(b *strings.Builder, r *docRow, c *docCell, old, final int) {
	raw := w.doc.part.b
	sample := old == 0
	switch {
	case c.formula != nil && (sample || w.changes(r, c, final)):
		w.formulaCell(b, c, final, sample)
		return
	case sample:
		b.WriteString(w.bareTag(c, final, "", sample))
		b.WriteString("/>")
		return
	}
	_, from, to := c.tag.attr(raw, "r")
	if from < 0 || old == final {
		b.Write(raw[c.tag.start:c.end])
		return
	}
	b.Write(raw[c.tag.start:from])
	b.WriteString(CellName(final, c.col))
	b.Write(raw[to:c.end])
}

// bareTag is the beginning of a cell's tag with its place, its style and a type. One
// made like the sample has nothing of what the sample holds.
func (w *rowWriter) bareTag(c *docCell, row int, kind string, sample bool) string {
	tag := "<" + w.doc.prefix + `c r="` + CellName(row, c.col) + `"`
	if style, _, _ := c.tag.attr(w.doc.part.b, "s"); style != "" {
		tag += ` s="` + style + `"`
	}
	if kind != "" {
		tag += ` t="` + kind + `"`
	}
	if sample {
		return tag
	}
	for _, name := range []string{"cm", "vm", "ph"} { // of arrays that spill, rich values, readings
		if v, _, _ := c.tag.attr(w.doc.part.b, name); v != "" {
			tag += " " + name + `="` + v + `"`
		}
	}
	return tag
}

// formulaCell writes a formula as it reads now, with what it comes to.
func (w *rowWriter) formulaCell(b *strings.Builder, c *docCell, row int, sample bool) {
	f := w.calc.settle(w.doc.name, cellPlace{row, c.col})
	raw := w.doc.part.b
	kind, _, _ := c.tag.attr(raw, "t")
	value := ""
	switch {
	case f.known && (f.touched || sample):
		kind, value = "", "<"+w.doc.prefix+"v>"+calcDigits(f.value)+"</"+w.doc.prefix+"v>"
		w.done.Computed++
	case f.touched || sample:
		kind = ""
		w.done.Left++
	case c.valueFrom > 0:
		value = string(raw[c.valueFrom:c.to])
	}
	b.WriteString(w.bareTag(c, row, kind, sample) + ">" + w.formulaXML(c, f.text, sample) + value + "</" + w.doc.prefix + "c>")
}

// formulaXML writes the element of a formula. One that is shared and reads as before
// stays; one that does not is written out.
func (w *rowWriter) formulaXML(c *docCell, words string, sample bool) string {
	f, raw := c.formula, w.doc.part.b
	plain := "<" + w.doc.prefix + "f>" + xmlEscape(words) + "</" + w.doc.prefix + "f>"
	switch {
	case sample, f.kind == "shared" && w.broken[f.group]:
		return plain
	case f.kind == "shared", words == f.text && (!w.grown || w.seam.count == 0):
		return string(raw[f.tag.start:f.end])
	case f.kind == "":
		return plain
	}
	x := xmlPart{b: raw[f.tag.start:f.end]} // an array or a table of results, off the seam
	t, _ := x.first("f")
	if w.grown {
		was, _, _ := t.attr(x.b, "ref")
		x.setAttr(t, "ref", blockWords(w.seam.block(f.block), was))
		for _, name := range []string{"r1", "r2"} {
			if cell, from, to := t.attr(x.b, name); from >= 0 {
				x.replace(from, to, w.seam.formula(cell, w.doc.name))
			}
		}
	}
	if end, ok := x.closing("f", t.end); ok && !t.self {
		x.replace(t.end, end.start, xmlEscape(words))
	}
	return string(x.bytes())
}

// extent is the last row and column filled.
func (fl *filling) extent() (row, col int) {
	for at := range fl.puts {
		row, col = max(row, at.row), max(col, at.col)
	}
	return cmp.Or(row, 1), cmp.Or(col, 1)
}
