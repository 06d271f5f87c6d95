package sheet

import (
	"path"
	"strings"

	"xiangzhen/model"
)

// refuse names what could not be moved safely.
func (fl *filling) refuse() error {
	for name := range fl.p.parts {
		if strings.HasSuffix(name, "vbaproject.bin") || strings.Contains(name, "/macrosheets/") {
			return fl.refusal("文件里有宏（%s）", path.Base(name))
		}
	}
	for _, refuses := range []func() error{fl.refuseOverlong, fl.refuseForeign, fl.refusePivots, fl.refuseFormulas, fl.refuseMerges} {
		if err := refuses(); err != nil {
			return err
		}
	}
	return nil
}

func (fl *filling) refusal(format string, args ...any) error {
	return model.Errorf(model.CodeRefused, "“%s”要加 %d 行才放得下，但"+format+"，加行后不能保证正确，没有写任何内容。请在 WPS 里把表格的空行加够再套。",
		append([]any{fl.name, fl.seam.count}, args...)...)
}

// refuseOverlong names the last row if it would leave the sheet.
func (fl *filling) refuseOverlong() error {
	rows := fl.docs[fl.fill.Sheet].rows
	if n := len(rows); n > 0 && rows[n-1].index > fl.seam.at && rows[n-1].index+fl.seam.count > maxSheetRow {
		return fl.refusal("工作表“%s”的第 %d 行会超出表格的最后一行", fl.fill.Sheet, rows[n-1].index)
	}
	return nil
}

// refuseForeign names the first reference that nobody could follow: into another
// workbook, over several sheets at once, or put together out of words.
func (fl *filling) refuseForeign() error {
	for _, name := range fl.sheetNames() {
		for _, r := range fl.docs[name].rows {
			for _, c := range r.cells {
				if c.formula == nil {
					continue
				}
				if why := fl.unseen(c.formula.text); why != "" {
					return fl.refusal("工作表“%s”的 %s "+why, name, CellName(r.index, c.col))
				}
			}
		}
	}
	for name := range fl.p.parts {
		if strings.HasPrefix(name, "xl/externallinks/") && strings.HasSuffix(name, ".xml") {
			return fl.refusal("文件里有外部链接（%s）", path.Base(name))
		}
	}
	return nil
}

// unseen says what in a formula cannot be followed, "" for nothing.
func (fl *filling) unseen(f string) string {
	tokens := formulaTokens(f)
	indirect := false
	for _, t := range tokens {
		switch {
		case t.kind == tokenForeign && strings.Contains(t.text, "[") && strings.Contains(t.text, "!"):
			return "引用了别的工作簿"
		case t.kind == tokenForeign && strings.Contains(t.text, ":") && strings.HasSuffix(strings.TrimRight(t.text, "$:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "!"):
			return "一次引用了几张工作表"
		case t.kind == tokenName:
			indirect = indirect || strings.EqualFold(t.text, "INDIRECT")
		case t.kind == tokenString && indirect && fl.movesWords(strings.Trim(t.text, `"`)):
			return "用 INDIRECT 按文字引用单元格"
		}
	}
	return ""
}

// movesWords reports whether words are a reference that reads otherwise afterwards.
func (fl *filling) movesWords(words string) bool {
	tokens := formulaTokens(words)
	if len(tokens) != 1 || tokens[0].kind != tokenRef {
		return false
	}
	r := tokens[0].ref
	return (r.prefix == "" || r.sheet() == fl.fill.Sheet) && fl.seam.ref(r) != r
}

// refusePivots names a pivot table on the sheet, or one made from it.
func (fl *filling) refusePivots() error {
	rels, err := fl.p.readRels(fl.targets[fl.fill.Sheet])
	if err != nil {
		return err
	}
	for _, r := range rels {
		if !strings.HasSuffix(r.kind, "/pivotTable") {
			continue
		}
		part, err := fl.p.part(r.target)
		if err != nil {
			return err
		}
		place := ""
		if t, ok := part.first("location"); ok {
			place, _, _ = t.attr(part.b, "ref")
		}
		return fl.refusal("工作表“%s”的 %s 有数据透视表", fl.fill.Sheet, place)
	}
	for name := range fl.p.parts {
		if !strings.Contains(name, "pivotcachedefinition") || strings.HasSuffix(name, ".rels") {
			continue
		}
		part, err := fl.p.part(name)
		if err != nil {
			return err
		}
		if t, ok := part.first("worksheetSource"); ok {
			on, _, _ := t.attr(part.b, "sheet")
			ref, _, _ := t.attr(part.b, "ref")
			if on == "" || xmlUnescape(on) == fl.fill.Sheet {
				return fl.refusal("有数据透视表取自工作表“%s”的 %s", fl.fill.Sheet, ref)
			}
		}
	}
	return nil
}

// refuseFormulas names array formulas over the seam, and formulas that would leave
// the new rows out.
func (fl *filling) refuseFormulas() error {
	for _, name := range fl.sheetNames() {
		own := name == fl.fill.Sheet
		for _, r := range fl.docs[name].rows {
			for _, c := range r.cells {
				if c.formula == nil {
					continue
				}
				sample := own && r.index == fl.seam.sample
				if err := fl.refuseArray(c.formula, own, sample); err != nil {
					return err
				}
				switch {
				case sample && fl.looksBelow(c.formula.text):
					return fl.refusal("工作表“%s”的 %s 的公式引用了数据下面的单元格", name, CellName(r.index, c.col))
				case !(own && r.index == fl.seam.at) && fl.picksSample(c.formula.text, own):
					return fl.refusal("工作表“%s”的 %s 的公式逐格引用数据行", name, CellName(r.index, c.col))
				}
			}
		}
	}
	return nil
}

// refuseArray refuses a formula for many cells at once that lies over the seam or in
// the sample row. A shared one is written out row by row.
func (fl *filling) refuseArray(f *docFormula, own, sample bool) error {
	kind := map[string]string{"array": "数组公式", "dataTable": "模拟运算表"}[f.kind]
	over := f.block.R1 <= fl.seam.at && f.block.R2 > fl.seam.at
	if kind == "" || !own || !over && !sample {
		return nil
	}
	return fl.refusal("工作表“%s”的 %s 有跨过加行处的%s", fl.fill.Sheet, f.block.String(), kind)
}

// looksBelow reports whether a formula of the sample row names, relatively, a cell
// that moves down with what is below the data.
func (fl *filling) looksBelow(f string) bool {
	for _, t := range formulaTokens(f) {
		if t.kind != tokenRef || t.ref.prefix != "" && t.ref.sheet() != fl.fill.Sheet {
			continue
		}
		for _, p := range []refPoint{t.ref.from, t.ref.to} {
			if p.row > fl.seam.at && !p.rowAbs {
				return true
			}
		}
	}
	return false
}

// picksSample reports whether a formula outside of the sample row adds up the rows of
// the data one by one, or stops short among them: the new ones would be left out.
func (fl *filling) picksSample(f string, own bool) bool {
	for _, t := range formulaTokens(f) {
		if t.kind != tokenRef || t.ref.from.row == 0 || !(t.ref.prefix == "" && own || t.ref.sheet() == fl.fill.Sheet) {
			continue
		}
		if last := max(t.ref.from.row, t.ref.to.row); last == fl.seam.at && !(t.ref.block && fl.seam.tail) {
			return true
		}
	}
	return false
}

// refuseMerges names a merged block over the sample row and another one: nobody could
// say how it goes on.
func (fl *filling) refuseMerges() error {
	for _, m := range fl.Sheet(fl.fill.Sheet).Merges {
		if m.R1 < m.R2 && (m.R1 <= fl.seam.sample && m.R2 >= fl.seam.sample || m.R1 <= fl.seam.at && m.R2 > fl.seam.at) {
			return fl.refusal("工作表“%s”的样行有跨行合并 %s", fl.fill.Sheet, m)
		}
	}
	return nil
}
