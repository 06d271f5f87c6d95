package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model/text"
)

// shiftParts shifts what all other parts say of the grown sheet: names, tables,
// notes, drawings, charts, other sheets.
func (fl *filling) shiftParts() error {
	if err := fl.shiftOwned(); err != nil {
		return err
	}
	for name := range fl.p.parts {
		if !refersToSheets(name) || name == fl.targets[fl.fill.Sheet] || strings.HasSuffix(name, "/") {
			continue
		}
		part, err := fl.p.part(name)
		if err != nil {
			return err
		}
		if len(part.edits) > 0 && !strings.Contains(name, "/worksheets/") {
			continue // of the grown sheet, done already
		}
		skipFrom, skipTo := 0, 0
		for _, d := range fl.docs {
			if d.part == part {
				skipFrom, skipTo = d.data.start, d.after
			}
		}
		fl.shiftPart(part, "", skipFrom, skipTo)
	}
	return fl.shiftChain()
}

// refersToSheets reports whether a part may name cells of a sheet by its name.
func refersToSheets(name string) bool {
	for _, folder := range []string{"xl/worksheets/", "xl/charts/", "xl/drawings/", "xl/ctrlprops/", "xl/tables/", "xl/chartsheets/"} {
		if strings.HasPrefix(name, folder) && strings.HasSuffix(name, ".xml") {
			return true
		}
	}
	return name == "xl/workbook.xml" || strings.HasPrefix(name, "xl/drawings/_rels/")
}

// shiftOwned shifts the parts that belong to the grown sheet: they say its cells
// without its name.
func (fl *filling) shiftOwned() error {
	rels, err := fl.p.readRels(fl.targets[fl.fill.Sheet])
	if err != nil {
		return err
	}
	for _, r := range rels {
		kind := r.kind[strings.LastIndexByte(r.kind, '/')+1:]
		if !slices.Contains([]string{"comments", "threadedComment", "table", "drawing", "vmlDrawing"}, kind) || fl.p.parts[r.target] == nil {
			continue
		}
		part, err := fl.p.part(r.target)
		if err != nil {
			return err
		}
		switch kind {
		case "vmlDrawing":
			fl.shiftBoxes(part)
		case "drawing":
			fl.shiftAnchors(part)
		default:
			fl.shiftPart(part, fl.fill.Sheet, 0, 0)
		}
	}
	return nil
}

// shiftAnchors moves the pictures and charts of the sheet with their rows. One that
// is said to keep its place, or its size, does.
func (fl *filling) shiftAnchors(part *xmlPart) {
	within, fixed, end := "", "", false
	for t := range xmlTags(part.b) {
		switch t.name {
		case "twoCellAnchor", "oneCellAnchor":
			fixed, _, _ = t.attr(part.b, "editAs")
			if t.close {
				fixed = ""
			}
		case "from", "to":
			within = t.name
			if t.close {
				within = ""
			}
		case "row":
			if within == "" || t.close || fixed == "absolute" {
				continue
			}
			fl.shiftAnchor(part, t, within, fixed, &end)
		}
		if !t.close && !t.self {
			fl.shiftAttrs(part, t, "")
		}
	}
}

// shiftAnchor moves one end of an anchor. moved tells of the one before whether it
// did: an object of one size moves as a whole.
func (fl *filling) shiftAnchor(part *xmlPart, t xmlTag, within, fixed string, moved *bool) {
	closing, ok := part.closing("row", t.end)
	if !ok {
		return
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(part.b[t.end:closing.start])))
	if err != nil {
		return
	}
	now := fl.seam.row(n+1) - 1
	if within == "from" {
		*moved = now != n
	} else if fixed == "oneCell" {
		now = n
		if *moved {
			now = n + fl.seam.count
		}
	}
	if now != n {
		part.replace(t.end, closing.start, strconv.Itoa(now))
	}
}

var (
	boxRow    = regexp.MustCompile(`(<x:Row>\s*)(\d+)(\s*</x:Row>)`)
	boxWhole  = regexp.MustCompile(`(?s)(<x:ClientData)(.*?)(</x:ClientData>)`)
	boxAnchor = regexp.MustCompile(`(<x:Anchor>)([^<]*)(</x:Anchor>)`)
	boxLink   = regexp.MustCompile(`(<x:Fmla(?:Link|Range|Macro|Txbx)>)([^<]*)(</x:Fmla(?:Link|Range|Macro|Txbx)>)`)
)

// shiftBoxes moves the boxes of notes and the form controls of an old drawing.
func (fl *filling) shiftBoxes(part *xmlPart) {
	swap := func(re *regexp.Regexp, fn func(string) string) {
		for _, m := range re.FindAllSubmatchIndex(part.b, -1) {
			was := string(part.b[m[4]:m[5]])
			if now := fn(was); now != was {
				part.replace(m[4], m[5], now)
			}
		}
	}
	swap(boxRow, func(s string) string {
		n, err := strconv.Atoi(s)
		if err != nil {
			return s
		}
		return strconv.Itoa(fl.seam.row(n+1) - 1)
	})
	for _, m := range boxWhole.FindAllSubmatchIndex(part.b, -1) {
		fl.shiftBox(part, m[4], m[5])
	}
	swap(boxLink, func(s string) string { return xmlEscape(fl.seam.formula(xmlUnescape(s), fl.fill.Sheet)) })
}

// shiftBox shifts the two rows among the eight figures of a box, which lies between
// two places. It keeps its size and goes with the cell of its note, or with the row
// it begins in.
func (fl *filling) shiftBox(part *xmlPart, from, to int) {
	box := part.b[from:to]
	m := boxAnchor.FindSubmatchIndex(box)
	if m == nil {
		return
	}
	figures := strings.Split(string(box[m[4]:m[5]]), ",")
	const top, bottom, all = 2, 6, 8
	if len(figures) != all {
		return
	}
	rows := [2]int{}
	for i, at := range []int{top, bottom} {
		n, err := strconv.Atoi(strings.TrimSpace(figures[at]))
		if err != nil {
			return
		}
		rows[i] = n
	}
	with := rows[0] + 1
	if cell := boxRow.FindSubmatch(box); cell != nil {
		if n, err := strconv.Atoi(string(cell[2])); err == nil {
			with = n + 1
		}
	}
	down := fl.seam.row(with) - with
	if down == 0 {
		return
	}
	figures[top], figures[bottom] = " "+strconv.Itoa(rows[0]+down), " "+strconv.Itoa(rows[1]+down)
	part.replace(from+m[4], from+m[5], strings.Join(figures, ","))
}

// shiftChain keeps the list of formulas in the order they were last computed in
// step: a cell named there that has no formula makes Excel repair the file.
func (fl *filling) shiftChain() error {
	const name = "xl/calcchain.xml"
	if fl.p.parts[name] == nil {
		return nil
	}
	part, err := fl.p.part(name)
	if err != nil {
		return err
	}
	id, err := fl.sheetID()
	if err != nil {
		return err
	}
	sheet, prefix := "", ""
	for t := range xmlTags(part.b) {
		if t.name != "c" || t.close {
			continue
		}
		prefix = t.prefix(part.b)
		if i, _, _ := t.attr(part.b, "i"); i != "" {
			sheet = i
		}
		ref, from, to := t.attr(part.b, "r")
		if row, col, ok := ParseCellName(ref); ok && sheet == id && row > fl.seam.at {
			part.replace(from, to, CellName(row+fl.seam.count, col))
		}
	}
	d := fl.docs[fl.fill.Sheet]
	at, ok := d.find(fl.seam.sample)
	if !ok {
		return nil
	}
	for _, c := range d.rows[at].cells {
		for k := 1; c.formula != nil && k <= fl.seam.count; k++ {
			part.append("calcChain", "<"+prefix+`c r="`+CellName(fl.seam.at+k, c.col)+`" i="`+id+`"/>`)
		}
	}
	return nil
}

// sheetID is the number by which the list of formulas names the grown sheet.
func (fl *filling) sheetID() (string, error) {
	part, err := fl.p.part(fl.workbook())
	if err != nil {
		return "", err
	}
	for t := range xmlTags(part.b) {
		if name, _, _ := t.attr(part.b, "name"); t.name == "sheet" && text.Plain(xmlUnescape(name)) == fl.fill.Sheet {
			id, _, _ := t.attr(part.b, "sheetId")
			return id, nil
		}
	}
	return "", errUnusual
}
