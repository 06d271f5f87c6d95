package teams

import (
	"context"

	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// leaveFields are what is asked for when an absence is registered (请假→审批); who
// comes back is entered in 请销假登记.
var leaveFields = []string{"kind", "span", "reason", "destination", "substitute", "approved_by", "approver", "opinion", "approved_on"}

// askLeave registers an absence of the cursor's person, of the chosen days.
func (s *sheet) askLeave() {
	row, _ := s.grid.Current()
	if row < 0 || row >= len(s.data.Lines) {
		return
	}
	m, l := s.data.Lines[row].Member, s.p.api.Catalog().Ledger(ledgers.Leave)
	dialog.Ask(s.p.desk, s.p.api, dialog.Question{Title: "登记请假：" + m.Get("name").Text, Ledger: l, Fields: dialog.Fields(l, leaveFields...), Yes: "登记",
		Begin: func(f *form.Form) { f.Propose("span", s.chosenSpan(), "") },
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			return s.p.api.Add(ctx, l.Key, append([]app.Assignment{{Field: "member", Words: m.ID}}, got...))
		},
		Done: func(done app.Done) {
			s.p.desk.Done("已登记"+m.Get("name").Text+"请假", done.Op)
			s.p.focus(s.grid)
		}})
}

// chosenSpan are the chosen days in words: 2026年11月2日至2026年11月5日; "" where no
// day is chosen.
func (s *sheet) chosenSpan() string {
	a := s.grid.Area()
	from, to := a.Col1-dayColumns, min(a.Col2-dayColumns, s.data.Period.Last().DayOfMonth()-1)
	if from < 0 || to < from {
		return ""
	}
	return spanWords(s.data.Period.First().Add(from), s.data.Period.First().Add(to))
}

func spanWords(from, to model.Day) string {
	if from == to {
		return text.FormatDay(from)
	}
	return text.FormatDay(from) + "至" + text.FormatDay(to)
}
