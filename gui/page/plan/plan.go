package plan

import (
	"fmt"

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
	chips   *kit.Chips
	grid    *grid.Grid
	detail  *fyne.Container
	card    *kit.ConflictCard // of the conflict shown, nil for none
	// OnDecided is called when the clerk decided something.
	OnDecided func()
}

// New makes an empty view. The catalog is asked for with each plan, because a user
// may have added fields since.
func New(d *page.Desk, catalog func() *model.Catalog, sides Sides) *View {
	v := &View{desk: d, catalog: catalog, chip: chipCheck}
	v.source = &source{sides: sides, decisions: &Decisions{}}
	v.chips = kit.NewChips(func(key string, _ fyne.Position) { v.choose(key) })
	v.grid = grid.New(grid.Config{Source: v.source, Rows: true, Empty: "这一类没有行。点上面的“全部”看整张表。", OnSelect: v.showDetail,
		OnRune: func(r rune) { v.UseRune(r) }})
	v.detail = container.NewStack()
	v.Object = container.New(parts{}, v.chips, kit.NewFlushCard(v.grid), v.detail)
	return v
}

// Show shows plans with what was decided on them so far. It begins with what is to
// be checked, or with everything where nothing is.
func (v *View) Show(plans []*exchange.Plan, d *Decisions) {
	v.source.decisions = d
	v.all = lines(plans)
	v.source.setColumns(columnsOf(v.catalog(), v.all))
	v.chip = chipCheck
	if counts(v.all)[chipCheck] == 0 {
		v.chip = chipAll
	}
	v.refresh()
	v.grid.Select(0)
	v.showDetail(0)
}

// choose filters by a chip.
func (v *View) choose(key string) {
	v.chip = key
	v.refresh()
	v.grid.Select(0)
	v.showDetail(0)
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
	v.chips.Set(chips, v.chip)
	v.grid.Reload()
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
	v.Object.Refresh()
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
	if len(l.problems) > 0 {
		return problemsCard(l)
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
		Base:  kit.Side{Label: "下发时原值", Value: orNone(words(f, fp.Base))},
		Ours:  kit.Side{Label: s.Ours, Value: orNone(words(f, fp.Ours))},
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

// problemsCard lists what was found in a row.
func problemsCard(l line) fyne.CanvasObject {
	box := container.NewVBox()
	for _, p := range l.problems {
		words := string(p.Level) + " " + p.Cell + "：" + p.Message
		if p.Suggestion != "" {
			words += " " + p.Suggestion
		}
		box.Add(kit.NewLine(words, look.TextBody, look.Ink, false))
	}
	return kit.NewCard("第 "+fmt.Sprint(l.row.Row)+" 行："+l.row.Name, nil, box)
}
