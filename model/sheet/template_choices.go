package sheet

import "strings"

// offer is a list of choices that a sheet gives for blocks of cells.
type offer struct {
	blocks []Range
	words  []string
}

// Choices are the words that the list of a cell offers (下拉), nil where there is none
// or where it cannot be read: one by a name, or by a formula. A list of numbers that
// are written as numbers is given as their digits.
func (t *Template) Choices(sheet string, row, col int) []string {
	for _, o := range t.page(sheet).offers {
		for _, b := range o.blocks {
			if row >= b.R1 && row <= b.R2 && col >= b.C1 && col <= b.C2 {
				return o.words
			}
		}
	}
	return nil
}

// readOffers reads the lists of a sheet, those of the newer kind as well.
func (t *Template) readOffers(sheet string, b []byte) []offer {
	var out []offer
	var at, source string
	var list bool
	text := -1 // where the text that counts begins
	for tag := range xmlTags(b) {
		switch {
		case tag.name == "dataValidation" && !tag.close:
			kind, _, _ := tag.attr(b, "type")
			at, _, _ = tag.attr(b, "sqref")
			list, source = kind == "list", ""
		case tag.name == "dataValidation":
			if words := t.offered(sheet, source); list && len(words) > 0 {
				out = append(out, offer{blocksOf(at), words})
			}
			list = false
		case !list || tag.self:
		case (tag.name == "formula1" || tag.name == "f" || tag.name == "sqref") && !tag.close:
			text = tag.end
		case tag.name == "sqref" && text >= 0:
			at, text = string(b[text:tag.start]), -1
		case (tag.name == "formula1" || tag.name == "f") && text >= 0:
			source, text = xmlUnescape(string(b[text:tag.start])), -1
		case tag.name == "formula2":
			text = -1
		}
	}
	return out
}

func blocksOf(list string) []Range {
	var out []Range
	for _, word := range strings.Fields(list) {
		if r, ok := parseBlock(word); ok {
			out = append(out, r)
		}
	}
	return out
}

// offered are the words of a list's source: "是,否", or a block of cells.
func (t *Template) offered(sheet, source string) []string {
	var out []string
	add := func(word string) {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	if inner, ok := strings.CutPrefix(source, `"`); ok {
		for word := range strings.SplitSeq(strings.TrimSuffix(inner, `"`), ",") {
			add(strings.ReplaceAll(word, `""`, `"`))
		}
		return out
	}
	tokens := formulaTokens(source)
	if len(tokens) != 1 || tokens[0].kind != tokenRef {
		return nil
	}
	ref := tokens[0].ref
	if ref.prefix != "" {
		sheet = ref.sheet()
	}
	s, area := t.Sheet(sheet), ref.area()
	if s == nil {
		return nil
	}
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			if row.Index >= area.R1 && row.Index <= area.R2 && c.Col >= area.C1 && c.Col <= area.C2 {
				add(c.Text)
			}
		}
	}
	return out
}
