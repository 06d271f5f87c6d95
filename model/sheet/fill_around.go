package sheet

import (
	"fmt"
	"strconv"
	"strings"
)

// around shifts what a grown sheet says besides its cells: merged blocks, conditional
// formats, choices, links, page breaks, anchors of controls.
func (fl *filling) around(d *sheetDoc) {
	if fl.seam.count > 0 {
		fl.shiftPart(d.part, d.name, d.data.start, d.after)
		fl.repeatMerges(d)
	}
	t, ok := d.part.first("dimension")
	if !ok || t.start > d.data.start {
		return
	}
	ref, from, to := t.attr(d.part.b, "ref")
	r, ok := parseBlock(ref)
	if !ok {
		return
	}
	row, col := fl.extent()
	now := Range{fl.seam.row(r.R1), r.C1, fl.seam.row(r.R2), r.C2}
	if len(fl.puts) > 0 {
		now.R2, now.C2 = max(now.R2, row), max(now.C2, col)
	}
	if now != r {
		d.part.replace(from, to, now.String())
	}
}

// repeatMerges merges the cells of each new row as those of the sample are.
func (fl *filling) repeatMerges(d *sheetDoc) {
	var b strings.Builder
	n := 0
	for _, m := range fl.Sheet(fl.fill.Sheet).Merges {
		if m.R1 != fl.seam.sample || m.R2 != fl.seam.sample {
			continue
		}
		for k := 1; k <= fl.seam.count; k++ {
			row := fl.seam.at + k
			fmt.Fprintf(&b, `<%smergeCell ref="%s"/>`, d.prefix, Range{row, m.C1, row, m.C2})
			n++
		}
	}
	if n == 0 {
		return
	}
	d.part.append("mergeCells", b.String())
	if t, ok := d.part.first("mergeCells"); ok {
		if v, _, _ := t.attr(d.part.b, "count"); v != "" {
			d.part.setAttr(t, "count", strconv.Itoa(tagNumber(d.part.b, t, "count")+n))
		}
	}
}

// aroundBlocks are the elements with a block of cells in ref, and whether the block
// goes on over rows added behind it.
var aroundBlocks = map[string]bool{"mergeCell": false, "hyperlink": false, "autoFilter": true, "sortState": true, "sortCondition": true, "table": true, "comment": false, "threadedComment": false}

// aroundLists are the elements with a list of blocks in sqref: what applies to the
// sample row applies to the new ones.
var aroundLists = map[string]bool{"conditionalFormatting": true, "dataValidation": true, "protectedRange": true, "ignoredError": true}

// aroundFormulas are the elements whose text is a formula.
var aroundFormulas = map[string]bool{"formula": true, "formula1": true, "formula2": true, "f": true, "calculatedColumnFormula": true, "totalsRowFormula": true, "definedName": true, "oldFormula": true}

// formulaAttrs are the attributes that hold a reference, wherever they are.
var formulaAttrs = []string{"location", "textlink", "linkedCell", "listFillRange", "fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx", "oleLink"}

// shiftPart shifts all that a part says of cells, but for what lies between two
// places. on is the sheet that references without a name mean, "" for none.
func (fl *filling) shiftPart(part *xmlPart, on string, skipFrom, skipTo int) {
	own := on == fl.fill.Sheet
	var open xmlTag  // an element whose text counts
	anchor := 0      // depth inside from and to
	oneCell := false // inside what stands in a single cell: a small chart
	for t := range xmlTags(part.b) {
		if t.start >= skipFrom && t.start < skipTo {
			continue
		}
		switch {
		case t.close && open.name == t.name:
			fl.shiftText(part, open, t.start, on, anchor > 0, oneCell)
			open = xmlTag{}
		case t.name == "sparkline":
			oneCell = !t.close
		case t.name == "from" || t.name == "to":
			if t.close {
				anchor--
			} else if !t.self {
				anchor++
			}
		case t.close:
		default:
			if own {
				fl.shiftOwn(part, t)
			}
			fl.shiftAttrs(part, t, on)
			if !t.self && (aroundFormulas[t.name] || own && (t.name == "sqref" || t.name == "row" && anchor > 0)) {
				open = t
			}
		}
	}
}

// shiftText shifts the text of an element: a formula, a list of blocks, the row of an
// anchor.
func (fl *filling) shiftText(part *xmlPart, open xmlTag, end int, on string, anchored, oneCell bool) {
	was := xmlUnescape(string(part.b[open.end:end]))
	now := was
	switch {
	case open.name == "sqref" && !oneCell:
		now = fl.seam.list(was)
	case open.name == "row" && anchored:
		if n, err := strconv.Atoi(strings.TrimSpace(was)); err == nil { // counted from 0
			now = strconv.Itoa(fl.seam.row(n+1) - 1)
		}
	default:
		now = fl.rule().formula(was, on)
	}
	if now != was {
		part.replace(open.end, end, xmlEscape(now))
	}
}

// rule is the seam as formulas outside of cells know it.
func (fl *filling) rule() seam {
	s := fl.seam
	s.fixed = true
	return s
}

// shiftOwn shifts the blocks that an element of the grown sheet names.
func (fl *filling) shiftOwn(part *xmlPart, t xmlTag) {
	if grows, ok := aroundBlocks[t.name]; ok {
		if ref, from, to := t.attr(part.b, "ref"); from >= 0 {
			if r, ok := parseBlock(ref); ok {
				now := Range{fl.seam.row(r.R1), r.C1, fl.seam.row(r.R2), r.C2}
				if grows {
					now = fl.seam.block(r)
				}
				if now != r {
					part.replace(from, to, blockWords(now, ref))
				}
			}
		}
	}
	if aroundLists[t.name] {
		if list, from, to := t.attr(part.b, "sqref"); from >= 0 {
			if now := fl.seam.list(list); now != list {
				part.replace(from, to, now)
			}
		}
	}
	if t.name == "brk" && !t.close {
		if id, from, to := t.attr(part.b, "id"); from >= 0 {
			if n, err := strconv.Atoi(id); err == nil && fl.inRowBreaks(part, t) && (n > fl.seam.at || fl.seam.tail && n == fl.seam.at) {
				part.replace(from, to, strconv.Itoa(min(n+fl.seam.count, maxSheetRow)))
			}
		}
	}
	if t.name == "cellWatch" || t.name == "inputCells" {
		if r, from, to := t.attr(part.b, "r"); from >= 0 {
			part.replace(from, to, fl.seam.formula(r, fl.fill.Sheet))
		}
	}
}

// inRowBreaks tells a break between rows from one between columns.
func (fl *filling) inRowBreaks(part *xmlPart, t xmlTag) bool {
	before := string(part.b[:t.start])
	return strings.LastIndex(before, "rowBreaks") > strings.LastIndex(before, "colBreaks")
}

// shiftAttrs shifts references kept in attributes.
func (fl *filling) shiftAttrs(part *xmlPart, t xmlTag, on string) {
	names := formulaAttrs
	if t.name == "cfvo" {
		names = []string{"val"}
	}
	if t.name == "Relationship" {
		names = []string{"Target"} // #表1!A1: a picture that leads to a cell
	}
	for _, name := range names {
		v, from, to := t.attr(part.b, name)
		if from < 0 || v == "" {
			continue
		}
		was := xmlUnescape(v)
		lead := ""
		if rest, ok := strings.CutPrefix(was, "#"); ok {
			was, lead = rest, "#"
		} else if t.name == "Relationship" {
			return
		}
		if now := fl.rule().formula(was, on); now != was {
			part.replace(from, to, xmlEscape(lead+now))
		}
	}
}

// list shifts blocks parted by blanks. What covers the sample row covers the new
// rows afterwards.
func (s seam) list(list string) string {
	words := strings.Fields(list)
	var more []string
	for i, word := range words {
		r, ok := parseBlock(word)
		if !ok {
			return list
		}
		now := Range{s.row(r.R1), r.C1, s.row(r.R2), r.C2}
		sample := r.R1 <= s.sample && r.R2 >= s.sample
		switch {
		case sample && r.R2 == s.at:
			now.R2 += s.count
		case sample && r.R2 < s.at, sample && r.R1 > s.at:
			more = append(more, Range{s.at + 1, r.C1, s.at + s.count, r.C2}.String())
		}
		if now != r {
			words[i] = blockWords(now, word)
		}
	}
	return strings.Join(append(words, more...), " ")
}

// blockWords writes a block as it was written before: a single cell as one.
func blockWords(r Range, was string) string {
	if r.R1 == r.R2 && r.C1 == r.C2 && !strings.Contains(was, ":") {
		return CellName(r.R1, r.C1)
	}
	return r.String()
}
