package sheet

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"

	"xiangzhen/model"
)

// Put is a value for a cell, at its place once rows have been added. A Blank empties
// the cell. A cell with a formula is never written.
type Put struct {
	Row, Col int
	Kind     CellKind // Number, Text or Blank
	Text     string   // decimal digits of a Number
}

// Growth adds rows to a sheet: Count of them behind row After, which look like the
// row Sample and have its formulas, merged cells, choices and conditional formats.
// Last says that After is the last row of the data, so that sums which end there go
// on over the new rows; otherwise the new rows lie among the data.
type Growth struct {
	After, Count, Sample int
	Last                 bool
}

// SheetFill is what is filled into one sheet.
type SheetFill struct {
	Sheet string
	Grow  Growth // Count 0: none
	Puts  []Put
}

// Filled tells what became of the formulas.
type Filled struct {
	Computed int // come from filled cells, their value is in the file
	Left     int // come from filled cells, to be computed by the program that opens it
}

// Fill writes the values into a copy of the workbook. Nothing but what they touch
// changes: parts that neither hold nor refer to filled or moved cells stay byte for
// byte. What cannot be moved safely is refused before anything is written.
func (t *Template) Fill(to string, fills []SheetFill) (Filled, error) {
	raw, done, err := t.Filled(fills)
	if err != nil {
		return done, err
	}
	return done, WriteFile(to, func(w io.Writer) error {
		_, err := w.Write(raw)
		return err
	})
}

// Filled is Fill in memory.
func (t *Template) Filled(fills []SheetFill) ([]byte, Filled, error) {
	var done Filled
	cur := t
	name := path.Base(cmp.Or(t.Path, "表格"))
	for i, f := range fills {
		if i > 0 {
			next, err := readTemplate(name, cur.raw)
			if err != nil {
				return nil, done, err
			}
			cur = next
		}
		var out bytes.Buffer
		fl := filling{Template: cur, fill: f, name: name, seam: seam{sheet: f.Sheet, at: f.Grow.After, count: f.Grow.Count, sample: f.Grow.Sample, tail: f.Grow.Last}}
		if err := fl.run(&out); err != nil {
			return nil, done, unusual(name, err)
		}
		done.Computed += fl.done.Computed
		done.Left = fl.done.Left
		cur = &Template{raw: out.Bytes()}
	}
	return cur.raw, done, nil
}

// filling is the filling of one sheet.
type filling struct {
	*Template
	fill SheetFill
	name string // of the file
	seam seam
	p    *patcher
	docs map[string]*sheetDoc // sheets with formulas, and the one filled
	puts map[cellPlace]Put
	calc calc
	done Filled
}

func (fl *filling) run(w io.Writer) error {
	if fl.targets[fl.fill.Sheet] == "" {
		return model.Errorf(model.CodeNotFound, "“%s”里没有工作表“%s”。", fl.name, fl.fill.Sheet)
	}
	if err := fl.reopen(); err != nil {
		return err
	}
	if err := fl.readDocs(); err != nil {
		return err
	}
	if fl.seam.count > 0 {
		if err := fl.refuse(); err != nil {
			return err
		}
	}
	fl.puts = make(map[cellPlace]Put, len(fl.fill.Puts))
	for _, p := range fl.fill.Puts {
		fl.puts[cellPlace{p.Row, p.Col}] = p
	}
	fl.prepareCalc()
	for _, name := range fl.sheetNames() {
		fl.render(fl.docs[name])
	}
	if fl.seam.count > 0 {
		if err := fl.shiftParts(); err != nil {
			return err
		}
	}
	if fl.done.Left > 0 {
		if err := fl.computeOnLoad(); err != nil {
			return err
		}
	}
	return fl.p.write(bytes.NewReader(fl.raw), int64(len(fl.raw)), w)
}

// reopen begins with a patcher of its own: a template may be filled more than once.
func (fl *filling) reopen() error {
	src := &source{name: fl.name, r: bytes.NewReader(fl.raw), size: int64(len(fl.raw)), limits: DefaultLimits}
	pkg, err := openPackage(src)
	if err != nil {
		return err
	}
	fl.p = &patcher{zipPackage: pkg, changed: map[string]*xmlPart{}, added: map[string][]byte{}}
	return nil
}

// readDocs takes apart the sheet to be filled and every other with formulas.
func (fl *filling) readDocs() error {
	fl.docs = map[string]*sheetDoc{}
	for name, target := range fl.targets {
		part, err := fl.p.part(target)
		if err != nil {
			return err
		}
		if name != fl.fill.Sheet && !bytes.Contains(part.b, []byte("<f>")) && !bytes.Contains(part.b, []byte("<f ")) && !bytes.Contains(part.b, []byte(":f>")) && !bytes.Contains(part.b, []byte(":f ")) {
			continue
		}
		if fl.docs[name], err = readDoc(name, part); err != nil {
			return err
		}
	}
	return nil
}

func (fl *filling) sheetNames() []string {
	var out []string
	for name := range fl.docs {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// prepareCalc gathers the formulas as they read afterwards.
func (fl *filling) prepareCalc() {
	fl.calc.pages = map[string]*calcPage{}
	for i := range fl.Sheets {
		s := &fl.Sheets[i]
		p := &calcPage{formulas: map[cellPlace]*calcCell{}, byCol: map[int][]int{}, filled: map[int][2]int{}}
		fl.calc.pages[s.Name] = p
		p.lastRow, _ = s.Extent()
		p.put = func(int, int) (Cell, bool) { return Cell{}, false }
		p.old = s.Cell
		grown := s.Name == fl.fill.Sheet
		if grown {
			fl.overlay(p, s)
		}
		if d := fl.docs[s.Name]; d != nil {
			fl.formulas(p, d, grown)
		}
	}
}

// overlay lays the filled cells over what a sheet held before.
func (fl *filling) overlay(p *calcPage, s *Sheet) {
	p.lastRow += fl.seam.count
	p.put = func(row, col int) (Cell, bool) {
		v, ok := fl.puts[cellPlace{row, col}]
		return Cell{Row: row, Col: col, Kind: v.Kind, Text: v.Text}, ok
	}
	p.old = func(row, col int) Cell {
		switch {
		case row <= fl.seam.at:
			return s.Cell(row, col)
		case row <= fl.seam.at+fl.seam.count:
			return Cell{}
		}
		return s.Cell(row-fl.seam.count, col)
	}
	for at := range fl.puts {
		rows, ok := p.filled[at.col]
		if !ok {
			rows = [2]int{at.row, at.row}
		}
		p.filled[at.col] = [2]int{min(rows[0], at.row), max(rows[1], at.row)}
		p.lastRow = max(p.lastRow, at.row)
	}
}

// formulas puts the formulas of a sheet where they are afterwards.
func (fl *filling) formulas(p *calcPage, d *sheetDoc, grown bool) {
	p.hidden = d.hidden
	add := func(row, col int, text string, bare bool) {
		p.formulas[cellPlace{row, col}] = &calcCell{text: text, bare: bare}
		p.byCol[col] = append(p.byCol[col], row)
		delete(fl.puts, cellPlace{row, col})
	}
	for i := range d.rows {
		r := &d.rows[i]
		for j := range r.cells {
			c := &r.cells[j]
			if c.formula == nil {
				continue
			}
			text, row := fl.formulaOf(d, r, c), r.index
			if grown {
				row = fl.seam.row(row)
			}
			add(row, c.col, text, c.valueFrom == 0)
			for k := 1; grown && r.index == fl.seam.sample && k <= fl.seam.count; k++ {
				at := fl.seam.at + k
				add(at, c.col, moved(text, at-row, 0), true)
			}
		}
	}
}

// formulaOf is the formula of a cell as it reads once rows have been added. A block
// that ends with the data goes on over the new rows, but for what a row of the data
// says of itself: its SUM(D5:E5) stays within the row.
func (fl *filling) formulaOf(d *sheetDoc, r *docRow, c *docCell) string {
	s := fl.seam
	if d.name == fl.fill.Sheet && r.index == s.at {
		s.tail = false
	}
	return s.formula(c.formula.text, d.name)
}

// computeOnLoad asks the program that opens the file to compute everything.
func (fl *filling) computeOnLoad() error {
	part, err := fl.p.part(fl.workbook())
	if err != nil {
		return err
	}
	if t, ok := part.first("calcPr"); ok {
		part.setAttr(t, "fullCalcOnLoad", "1")
		return nil
	}
	root, ok := part.first("workbook")
	if !ok {
		return errUnusual
	}
	at := -1
	for t := range xmlTags(part.b) { // the order of CT_Workbook
		switch t.name {
		case "sheets", "functionGroups", "externalReferences", "definedNames":
			if t.close || t.self {
				at = t.end
			}
		}
	}
	if at < 0 {
		return errUnusual
	}
	part.insert(at, fmt.Sprintf(`<%scalcPr fullCalcOnLoad="1"/>`, root.prefix(part.b)))
	return nil
}
