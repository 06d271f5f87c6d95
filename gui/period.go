package gui

import (
	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/text"
)

const (
	monthsBack  = 13 // how many months before the present one are offered
	monthsAhead = 1
)

// months lists the months to choose from, the newest first.
func months(now model.Month) []kit.Choice {
	var out []kit.Choice
	for n := monthsAhead; n >= -monthsBack; n-- {
		m := now.Add(n)
		c := kit.Choice{ID: string(m), Text: text.FormatMonth(m)}
		switch n {
		case 0:
			c.Note = "本月"
		case -1:
			c.Note = "上月"
		}
		out = append(out, c)
	}
	return out
}

// choosePeriod opens the list of months under the top bar's button.
func (w *Window) choosePeriod() {
	if w.session == nil || w.Canvas().Overlays().Top() != nil {
		return
	}
	b := w.top.period
	kit.ShowChooser(w.Canvas(), kit.Chooser{
		At:    fyne.CurrentApp().Driver().AbsolutePositionForObject(b),
		Size:  b.Size(),
		Query: kit.FilterChoices(months(w.session.app.Period())),
		Hint:  "输入月份查找", Current: text.FormatMonth(w.session.month),
		Done:   func(c kit.Choice, _ fyne.KeyName) { w.setPeriod(model.Month(c.ID)) },
		Cancel: w.win.Canvas().Unfocus,
	})
}

// setPeriod shows another month on every page that shows one.
func (w *Window) setPeriod(m model.Month) {
	s := w.session
	w.win.Canvas().Unfocus()
	if s == nil || m == s.month {
		return
	}
	s.month = m
	w.showPlace()
	for _, p := range s.pages {
		if follows, ok := p.(page.Periodic); ok {
			follows.SetPeriod(m)
		}
	}
}

// showPlace says in the top bar where the work is done, and for which month.
func (w *Window) showPlace() {
	w.top.setPlace(placeWords(w.session.app), text.FormatMonth(w.session.month))
}
