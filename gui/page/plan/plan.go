package plan

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

// View is the part of a page that shows plans.
type View struct {
	Object fyne.CanvasObject

	desk    *page.Desk
	catalog func() *model.Catalog
	source  *source
	all     []line
	chip    string
	grid    *grid.Grid
	detail  *fyne.Container
	card    *kit.ConflictCard // of the conflict shown, nil for none
	// OnDecided is called when the clerk decided something.
	OnDecided func()

	// Chips and Body are Object's parts, for a page that shows more behind the
	// chips than rows: More are the chips it adds, OnChip hears of any chosen.
	Chips  *kit.Chips
	Body   fyne.CanvasObject
	More   func() []kit.Chip
	OnChip func(key string)
	// OnCell hears where in the file the cursor came to: the row, and the cell ("" for
	// none).
	OnCell func(row int, cell string)
	// Parents are the items that a new row of a sender may be hung under; nil asks
	// nothing.
	Parents func(ledger, area string) []kit.Choice
	// OnFix takes an offered fix of a problem; nil offers none.
	OnFix func(model.Problem, model.Fix)
}

// New makes an empty view. The catalog is asked for with each plan, because a user
// may have added fields since.
func New(d *page.Desk, catalog func() *model.Catalog, sides Sides) *View {
	v := build(d, catalog, &source{sides: sides, lead: []int{colKind, colArea, colName}}, true)
	v.Object = container.New(under{}, v.Chips, v.Body)
	return v
}

// NewSheet makes an empty view of a table that nobody reports: without the sender's
// column, with the cursor on single cells, which lie beside those of the file. Its
// page places Chips and Body.
func NewSheet(d *page.Desk, catalog func() *model.Catalog) *View {
	return build(d, catalog, &source{lead: []int{colRow, colKind, colName}}, false)
}

func build(d *page.Desk, catalog func() *model.Catalog, s *source, rows bool) *View {
	s.decisions = &Decisions{}
	v := &View{desk: d, catalog: catalog, chip: chipCheck, source: s}
	v.Chips = kit.NewChips(func(key string, _ fyne.Position) { v.Choose(key) })
	v.grid = grid.New(grid.Config{Source: s, Rows: rows, Empty: "这一类没有行。点上面的“全部”看整张表。", OnSelect: v.showDetail, OnCell: v.tellCell})
	v.detail = container.NewStack()
	v.Body = container.New(parts{}, kit.NewFlushCard(v.grid), v.detail)
	return v
}

// Show shows plans with what was decided on them so far. It begins with what is to
// be checked, or with everything where nothing is.
func (v *View) Show(plans []*exchange.Plan, d *Decisions) {
	v.source.decisions = d
	v.all = lines(plans)
	v.source.setColumns(columnsOf(v.catalog(), v.all), v.all)
	v.source.titles = map[string]string{}
	for _, p := range plans {
		if l := v.catalog().Ledger(p.Ledger); l != nil {
			v.source.titles[p.Ledger] = l.Title
		}
	}
	v.chip = chipCheck
	if counts(v.all)[chipCheck] == 0 {
		v.chip = chipAll
	}
	v.refresh()
	v.grid.Select(0)
	v.showDetail(0)
}

// Choose chooses a chip as a click does: it filters the rows, or goes to what the
// page added.
func (v *View) Choose(key string) {
	v.chip = key
	v.refresh()
	if !v.added(key) {
		v.grid.Select(0)
		v.showDetail(0)
	}
	if v.OnChip != nil {
		v.OnChip(key)
	}
}

// added reports whether a chip is one that the page added.
func (v *View) added(key string) bool {
	return v.More != nil && slices.ContainsFunc(v.More(), func(c kit.Chip) bool { return c.Key == key })
}

// tellCell says where in the file the cursor stands.
func (v *View) tellCell(row, col int) {
	if v.OnCell != nil && row >= 0 && row < len(v.source.rows) {
		l := v.source.rows[row]
		v.OnCell(l.row.Row, v.source.address(l, col))
	}
}

// Seek puts the cursor on a row of the file, and on a cell of it if it is shown. A
// row that the chip leaves out is found among all.
func (v *View) Seek(row int, cell string) bool {
	at := v.find(row)
	if at < 0 && slices.ContainsFunc(v.all, func(l line) bool { return l.row.Row == row }) {
		v.chip = chipAll
		v.refresh()
		at = v.find(row)
	}
	if at < 0 {
		return false
	}
	_, col := v.grid.Current()
	for i := range v.source.heads {
		if cell != "" && v.source.address(v.source.rows[at], i) == cell {
			col = i
		}
	}
	v.grid.SelectCell(at, max(0, col))
	return true
}

// find is where a row of the file is among those shown, -1 if it is not.
func (v *View) find(row int) int {
	return slices.IndexFunc(v.source.rows, func(l line) bool { return l.row.Row == row })
}

// Fill tells how the plan takes a cell of the file in, for whoever shows the file.
func (v *View) Fill(row int, cell string) grid.Fill {
	i, found := slices.BinarySearchFunc(v.all, row, func(l line, row int) int { return l.row.Row - row })
	if !found {
		return grid.FillNone
	}
	return v.all[i].fillOf(cell)
}

// refresh shows the rows of the chip, and the chips with their counts.
func (v *View) refresh() {
	v.source.rows = v.source.rows[:0]
	for _, l := range v.all {
		if fits(v.chip, l) {
			v.source.rows = append(v.source.rows, l)
		}
	}
	n := counts(v.all)
	chips := []kit.Chip{{Key: chipCheck, Label: "待核对", Count: n[chipCheck], HasCount: true}}
	for _, k := range chipKinds {
		if n[string(k)] > 0 {
			w := kindWords[k]
			chip := kit.Chip{Key: string(k), Label: w.word, Count: n[string(k)], HasCount: true}
			if w.tone == look.ToneOverdue {
				chip.Tone = w.tone
			}
			chips = append(chips, chip)
		}
	}
	chips = append(chips, kit.Chip{Key: chipAll, Label: "全部", Count: n[chipAll], HasCount: true})
	if v.More != nil {
		chips = append(chips, v.More()...)
	}
	v.Chips.Set(chips, v.chip)
	v.grid.Reload()
	if v.Object != nil {
		v.Object.Refresh() // chips that were not there before take room
	}
}

// Next goes to the next row to check below the present one, from the last to the
// first; false if there is none.
func (v *View) Next() bool {
	at, _ := v.grid.Current()
	for i := range v.source.rows {
		n := (at + 1 + i) % len(v.source.rows)
		if toCheck(v.source.rows[n]) && !v.done(v.source.rows[n]) {
			v.grid.Select(n)
			v.showDetail(n)
			return true
		}
	}
	return false
}

// done reports whether everything in a row that can be decided is.
func (v *View) done(l line) bool {
	keys := l.conflicts()
	for _, k := range keys {
		if _, ok := v.source.decisions.Get(k); !ok {
			return false
		}
	}
	return len(keys) > 0
}

// UseRune decides the conflict shown by 1, 2 or 3.
func (v *View) UseRune(r rune) bool { return v.card != nil && v.card.UseRune(r) }

// showDetail shows what there is to say of a row below the grid.
func (v *View) showDetail(at int) {
	v.card = nil
	v.detail.Objects = nil
	if at >= 0 && at < len(v.source.rows) {
		if o := v.detailOf(v.source.rows[at]); o != nil {
			v.detail.Objects = []fyne.CanvasObject{o}
		}
	}
	v.detail.Refresh()
	v.Body.Refresh()
}

func (v *View) detailOf(l line) fyne.CanvasObject {
	for _, k := range l.conflicts() {
		if _, decided := v.source.decisions.Get(k); !decided {
			return v.conflict(l, k)
		}
	}
	if keys := l.conflicts(); len(keys) > 0 {
		return v.conflict(l, keys[0])
	}
	if l.row.Kind == exchange.RowMissing {
		return v.missing(l)
	}
	if asked := v.parent(l); len(l.problems) > 0 || asked != nil {
		return v.problems(l, asked)
	}
	return nil
}

// conflict makes the card of a field on which two sides differ.
func (v *View) conflict(l line, k Key) fyne.CanvasObject {
	_, fp := l.field(k.Ledger, k.Field)
	f := v.catalog().Ledger(k.Ledger).Field(k.Field)
	s := v.source.sides
	c := kit.Conflict{
		Title: "冲突：" + l.row.Name + " · " + f.Label,
		Where: "表中第 " + fmt.Sprint(l.row.Row) + " 行 " + fp.Cell,
		Base:  kit.Side{Label: "下发时原值", Value: orNone(words(f, fp.Base()))},
		Ours:  kit.Side{Label: s.Ours, Value: orNone(words(f, fp.Ours()))},
		Theirs: []kit.Side{{Label: s.Theirs, Value: orNone(words(f, fp.Theirs)),
			Note: l.plan.Sender.Name + " " + string(l.plan.Sender.StatedOn) + " 本文件"}},
		Keep: s.Keep, Take: s.Take,
	}
	v.card = kit.NewConflictCard(c, kit.ConflictCalls{
		OnKeep:  func() { v.decide(k, &Decision{Choice: Ours}) },
		OnTake:  func(int) { v.decide(k, &Decision{Choice: Theirs}) },
		OnLeave: func() { v.decide(k, nil) },
		OnOther: func(value, reason string) { v.decide(k, &Decision{value, reason}) },
	})
	return v.card
}

// decide keeps a decision (nil leaves the conflict open) and goes on to the next
// point.
func (v *View) decide(k Key, d *Decision) {
	if d == nil {
		v.source.decisions.Leave(k)
	} else {
		v.source.decisions.Put(k, *d)
	}
	at, _ := v.grid.Current()
	v.grid.Reload()
	if !v.Next() {
		v.showDetail(at)
	}
	if v.OnDecided != nil {
		v.OnDecided()
	}
}

// missing asks what a row means that is not in the table any more.
func (v *View) missing(l line) fyne.CanvasObject {
	if len(l.row.Records) == 0 {
		return nil
	}
	rp := l.row.Records[0]
	label, text := "按删除处理", "来表里没有这一行。不处理就照旧保留；确实不要了，才按删除处理。"
	dropped := v.source.decisions.Dropped(rp.ID)
	if dropped {
		label, text = "改为保留", "并入后会删除这一条（可以撤销）。"
	}
	b := kit.NewButton(label, kit.ButtonPlain, func() {
		v.source.decisions.Drop(rp.Ledger, rp.ID, !dropped)
		v.grid.Reload()
		at, _ := v.grid.Current()
		v.showDetail(at)
	})
	return kit.NewCard("少报的行："+l.row.Name, b, kit.NewPara(text, look.TextBody, look.Ink, false, 0))
}

// problems lists what was found in a row, with what is offered to mend it, and what
// else is asked of it (may be nil).
func (v *View) problems(l line, asked fyne.CanvasObject) fyne.CanvasObject {
	box := container.NewVBox()
	for _, p := range l.problems {
		words := string(p.Level) + " " + p.Cell + "：" + p.Message
		if p.Suggestion != "" {
			words += " " + p.Suggestion
		}
		box.Add(container.NewBorder(nil, nil, nil, v.fixes(p), kit.NewLine(words, look.TextBody, look.Ink, false)))
	}
	if asked != nil {
		box.Add(asked)
	}
	return kit.NewCard("第 "+fmt.Sprint(l.row.Row)+" 行："+l.row.Name, nil, box)
}

// fixes are the buttons that mend a problem; nil where none is offered.
func (v *View) fixes(p model.Problem) fyne.CanvasObject {
	if v.OnFix == nil || len(p.Fixes) == 0 {
		return nil
	}
	box := container.NewHBox()
	for _, f := range p.Fixes {
		box.Add(kit.NewButton(f.Label, kit.ButtonPlain, func() { v.OnFix(p, f) }))
	}
	return box
}
