package filling

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// keeping says on which registered table (报表登记) the file will be kept. It is out of
// sight as long as none is registered.
type keeping struct {
	*work
	object *fyne.Container
	picker *kit.Picker
	words  *kit.Line
	tables int // how many are registered
}

func newKeeping(w *work) *keeping {
	k := &keeping{work: w, words: kit.NewLine("", look.TextBody, look.Second, false)}
	k.picker = kit.NewPicker("留存到哪张登记的报表", nil)
	k.picker.OnChosen = func(c kit.Choice) {
		next := k.wanted
		id, period, _ := strings.Cut(c.ID, keepMark)
		next.register, next.registerFor = id, model.Period(period)
		k.try(next, k.desk.Presenter.Error)
	}
	k.object = container.New(keepLayout{}, k.picker, k.words)
	k.object.Hide()
	return k
}

// load offers the registered tables.
func (k *keeping) load() {
	page.Run(k.desk, func(ctx context.Context) ([]app.UpperTable, error) { return k.api.UpperTables(ctx, k.api.Today()) },
		func(tables []app.UpperTable) {
			k.picker.SetQuery(form.Filter(keepChoices(tables, model.Period(k.month), k.api.Today())))
			k.tables = len(tables)
			k.refresh()
		})
}

// keepMark parts the table from its period in the id of a choice.
const keepMark = "\x00"

// keepChoices are the registered tables, each with the periods that a file filled for a
// month may be kept for.
func keepChoices(tables []app.UpperTable, month model.Period, today model.Day) []kit.Choice {
	out := []kit.Choice{{ID: app.KeepForNone, Text: keepNone}}
	for _, t := range tables {
		for _, p := range t.Within(month, today) {
			out = append(out, keepChoice(t, p))
		}
	}
	return out
}

func keepChoice(t app.UpperTable, p model.Period) kit.Choice {
	return kit.Choice{ID: t.ID + keepMark + string(p), Text: t.Title + "（" + p.Words() + "）", Note: t.Asker}
}

// refresh says where the file will be kept, as it is planned now.
func (k *keeping) refresh() {
	if k.tables == 0 {
		k.object.Hide()
		return
	}
	choice := kit.Choice{ID: app.KeepForNone, Text: keepNone}
	if kept := k.seen.Kept; kept != nil {
		choice = keepChoice(kept.Table, kept.Period)
	}
	k.picker.SetChoice(choice)
	words, tone := keptWords(k.seen.Kept)
	k.words.SetTone(tone)
	k.words.SetText(words)
	k.object.Show()
}

// keepLayout places the picker, and the words behind it.
type keepLayout struct{}

const keepWidth float32 = 300

// MinSize leaves the words some room.
func (keepLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(keepWidth+look.GapWide+rowsWidth, look.ButtonHeight)
}

// Layout places them.
func (keepLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	put(o[0], 0, 0, keepWidth, look.ButtonHeight)
	put(o[1], keepWidth+look.GapWide, 0, max(0, s.Width-keepWidth-look.GapWide), s.Height)
}
