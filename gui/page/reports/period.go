package reports

import (
	"xiangzhen/gui/page"
	"xiangzhen/model"
)

var _ page.Periodic = (*Page)(nil)

// SetPeriod goes to the month of the top bar: to the period of the form that its
// first day lies in, of the present month to the present one.
func (p *Page) SetPeriod(m model.Month) {
	f, day := p.front, m.First()
	if m == p.api.Period() {
		day = p.api.Today()
	}
	if f.state.forms == nil { // nothing is shown yet: Show reads it
		f.month = model.Period(m)
		return
	}
	f.month = f.state.form.PeriodOn(day)
	f.load()
}
