package reports

import (
	"slices"
	"strconv"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// The ways in which a column is in a form.
const (
	useFill = "可填"
	useShow = "只看"
	useGrey = "只看上期"
	useNone = "不用"
)

// columnLine is a field that a form may have a column for.
type columnLine struct {
	path    exchange.Path
	label   string
	use     string
	must    bool // the name of the row: always there
	canFill bool
	canGrey bool
	column  exchange.FormColumn // as it stood, for header and width
}

// columnLines lists the columns of a form in their order, and after them the fields
// of its ledger that it could have.
func columnLines(c *model.Catalog, f exchange.Form) []columnLine {
	l := c.Ledger(f.Over)
	if l == nil {
		return nil
	}
	var out []columnLine
	seen := map[exchange.Path]bool{}
	for _, col := range f.Columns {
		line := columnLine{path: col.Path, label: "序号", use: useShow, column: col}
		if tg, err := exchange.ResolvePath(c, l, col.Path); err == nil && tg.Field != nil {
			line = lineOf(l, tg, col)
		}
		switch {
		case col.Fill:
			line.use = useFill
		case col.Grey:
			line.use = useGrey
		default:
			line.use = useShow
		}
		out, seen[col.Path] = append(out, line), true
	}
	for _, path := range offered(c, l) {
		tg, err := exchange.ResolvePath(c, l, path)
		if err != nil || tg.Field == nil || seen[tg.Path] || tg.Field.Internal {
			continue
		}
		line := lineOf(l, tg, exchange.FormColumn{Path: tg.Path})
		line.use = useNone
		out, seen[tg.Path] = append(out, line), true
	}
	return out
}

// offered are the paths that a form over a ledger may have: what people see of a
// record, and what can be filled in for it.
func offered(c *model.Catalog, l *model.Ledger) []exchange.Path {
	paths := exchange.ExportColumns(l)
	for _, tg := range exchange.Targets(c, l) {
		if exchange.Fillable(tg) {
			paths = append(paths, tg.Path)
		}
	}
	return paths
}

// lineOf says of a field what a form can do with it.
func lineOf(l *model.Ledger, tg exchange.Target, col exchange.FormColumn) columnLine {
	derived := tg.Ledger.IsDerived(tg.Field.Key)
	return columnLine{path: tg.Path, label: app.TargetLabel(tg), column: col, must: tg.Path == exchange.Path(l.Title),
		canFill: exchange.Fillable(tg), canGrey: tg.Child == nil && derived}
}

// nextUse is what a click on the way of a column makes of it.
func (c columnLine) nextUse() string {
	uses := []string{useFill, useShow, useGrey, useNone}
	for n := 1; n <= len(uses); n++ {
		next := uses[(slices.Index(uses, c.use)+n)%len(uses)]
		if next == useFill && !c.canFill || next == useGrey && !c.canGrey || next == useNone && c.must {
			continue
		}
		return next
	}
	return c.use
}

// columnsFrom are the columns of the form that the lines make.
func columnsFrom(lines []columnLine) []exchange.FormColumn {
	var out []exchange.FormColumn
	for _, l := range lines {
		if l.use == useNone {
			continue
		}
		col := l.column
		col.Fill, col.Grey = l.use == useFill, l.use == useGrey
		if col.Grey && col.Header == "" {
			col.Header = "上期" + l.label
		}
		out = append(out, col)
	}
	return out
}

// setUse changes the way of a line; one that comes in goes behind those that are, one
// that goes out before those that are out. It returns where the line stands then.
func setUse(lines []columnLine, at int, use string) int {
	line := lines[at]
	was := line.use
	line.use = use
	lines[at] = line
	if (was == useNone) == (use == useNone) {
		return at
	}
	rest := slices.Delete(slices.Clone(lines), at, at+1)
	to := slices.IndexFunc(rest, func(l columnLine) bool { return l.use == useNone })
	if to < 0 {
		to = len(rest)
	}
	copy(lines, slices.Insert(rest, to, line))
	return to
}

// move puts a line n further among those in use and returns where it stands then.
func move(lines []columnLine, at, n int) int {
	to := at + n
	if at < 0 || at >= len(lines) || to < 0 || to >= len(lines) || lines[at].use == useNone || lines[to].use == useNone {
		return at
	}
	lines[at], lines[to] = lines[to], lines[at]
	return to
}

// columnRows shows the lines in the grid.
type columnRows struct{ lines []columnLine }

// Len is the number of fields.
func (r *columnRows) Len() int { return len(r.lines) }

// Columns lists the columns.
func (r *columnRows) Columns() []grid.Column {
	return []grid.Column{
		{Key: "at", Title: "列", Width: 48, Align: grid.AlignRight},
		{Key: "label", Title: "栏目", Width: 180, Grow: true},
		{Key: "head", Title: "表头", Width: 130},
		{Key: "use", Title: "怎么用", Width: 110},
	}
}

// Cell shows one value.
func (r *columnRows) Cell(row, col int) grid.Cell {
	l := r.lines[row]
	tone := look.TonePlain
	if l.use == useNone {
		tone = look.ToneQuiet
	}
	switch col {
	case 0:
		if l.use == useNone {
			return grid.Cell{}
		}
		return grid.Cell{Text: strconv.Itoa(row + 1), Tone: look.ToneQuiet}
	case 1:
		return grid.Cell{Text: l.label, Tone: tone, Hint: l.label}
	case 2:
		return grid.Cell{Text: l.column.Header, Tone: look.ToneQuiet, Hint: l.column.Header}
	}
	mark := map[string]look.Mark{useFill: look.MarkFine, useShow: look.MarkDone, useGrey: look.MarkDone}[l.use]
	return grid.Cell{Text: l.use, Mark: mark, Tone: tone}
}

// formRows lists the forms in the grid.
type formRows struct{ forms []exchange.Form }

// Len is the number of forms.
func (r *formRows) Len() int { return len(r.forms) }

// Columns lists the columns.
func (r *formRows) Columns() []grid.Column {
	return []grid.Column{{Key: "label", Title: "报表", Width: 130, Grow: true}, {Key: "cadence", Title: "周期", Width: 60}}
}

// Cell shows one value.
func (r *formRows) Cell(row, col int) grid.Cell {
	f := r.forms[row]
	if col == 1 {
		return grid.Cell{Text: string(f.Cadence), Tone: look.ToneQuiet}
	}
	return grid.Cell{Text: f.Label, Hint: f.Due.Words(f.Cadence)}
}

// ledgerChoices are the ledgers over which a form can be made.
func ledgerChoices(c *model.Catalog) []kit.Choice {
	var out []kit.Choice
	for _, l := range c.All() {
		if !l.System && l.Title != "" && l.Owner() == nil {
			out = append(out, kit.Choice{ID: l.Key, Text: l.Label})
		}
	}
	return out
}

// startColumns are those that a new form over a ledger begins with: its number and
// its name.
func startColumns(l *model.Ledger) []exchange.FormColumn {
	return []exchange.FormColumn{{Path: exchange.PathSeq, Header: "序号", Width: 6}, {Path: exchange.Path(l.Title), Width: 30}}
}
