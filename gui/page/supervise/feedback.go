package supervise

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/trail"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// fill makes the content of the tab that is shown.
func (s *orders) fill(r *model.Record) {
	s.feedback = nil
	s.body.Objects = nil
	var tabs []kit.Tab
	for _, t := range []kit.Tab{{Key: tabFeedback, Label: "反馈"}, {Key: tabDetails, Label: "详情"}, {Key: tabHistory, Label: "历史"}} {
		t.Content = s.body
		tabs = append(tabs, t)
	}
	switch s.tab {
	case tabDetails:
		s.body.Add(form.Facts(s.ledger(), r, factKeys(s.ledger())...))
	case tabHistory:
		s.fillHistory(r)
	default:
		s.fillFeedback(r)
	}
	s.drawer.SetTabs(tabs, s.tab)
}

// fillHistory shows who changed what and when.
func (s *orders) fillHistory(r *model.Record) {
	page.Load(s.p.desk, s.details, func(ctx context.Context) ([]model.Entry, error) {
		_, entries, err := s.p.api.History(ctx, ledgers.Order, r.ID)
		return entries, err
	}, func(entries []model.Entry) {
		s.body.Objects = []fyne.CanvasObject{trail.List(s.ledger(), entries)}
		s.body.Refresh()
	})
}

// feedbackFields are what a unit answers (反馈单).
var feedbackFields = []string{"text", "problem", "next_step", "reporter"}

// fillFeedback shows the entry of what is answered this month, and what was before.
func (s *orders) fillFeedback(r *model.Record) {
	month := s.p.api.Period()
	progress := s.p.ledger(ledgers.Progress)
	f := &feedback{orders: s, order: r, form: form.New(form.Params{Fields: dialog.Fields(progress, feedbackFields...), Today: s.p.api.Today()})}
	f.form.Show(nil)
	s.feedback = f
	s.body.Add(f.form.Object)
	page.Load(s.p.desk, s.details, func(ctx context.Context) ([]*model.Record, error) {
		_, got, err := s.p.api.List(ctx, app.ListRequest{Ledger: ledgers.Progress, Where: []string{"task=" + r.ID}, Sort: "-period"})
		return got.Records, err
	}, func(past []*model.Record) {
		if s.feedback != f {
			return
		}
		s.body.Add(kit.NewNote("历次反馈"))
		for _, one := range past {
			if one.Get("period").Text == string(month) && !f.dirty() {
				f.record = one.ID
				f.form.Show(one)
			}
			s.body.Add(form.Fact(one.Get("period").Text, pastWords(one)))
		}
		if len(past) == 0 {
			s.body.Add(trail.Para("还没有反馈。", look.Second))
		}
		s.body.Refresh()
	})
}

// pastWords is an answer on one line.
func pastWords(r *model.Record) string {
	words := oneLine(r.Get("text").Text)
	if problem := oneLine(r.Get("problem").Text); problem != "" {
		words += "　存在问题：" + problem
	}
	if by := r.Get("reporter").Text; by != "" {
		words += "　（" + by + "）"
	}
	return strings.TrimSpace(words)
}

// feedback is the entry of what a unit answers to an order in the month at hand.
type feedback struct {
	*orders
	order  *model.Record
	record string // id of the month's answer, "" while there is none
	form   *form.Form
}

// dirty reports whether something was typed and not saved.
func (f *feedback) dirty() bool { return len(f.form.Changes()) > 0 }

func (f *feedback) focus() {
	if c := f.p.desk.Canvas(); c != nil {
		f.form.Focus(c)
	}
}

// save writes what was typed as the answer of the month.
func (f *feedback) save() bool {
	got := f.form.Changes()
	if len(got) == 0 {
		f.p.say("还没有填写。填好办理情况后再保存。")
		return true
	}
	got = append(got, app.Assignment{Field: "reported_on", Words: string(f.p.api.Today())})
	page.Attempt(f.p.desk, func(ctx context.Context) (app.Done, error) {
		if f.record != "" {
			return f.p.api.Set(ctx, ledgers.Progress, f.record, got)
		}
		return f.p.api.Add(ctx, ledgers.Progress, append([]app.Assignment{{Field: "task", Words: f.order.ID}, {Field: "period", Words: string(f.p.api.Period())}}, got...))
	}, func(done app.Done, err error) {
		if err != nil {
			if !f.form.Problem(err, f.p.desk.Canvas()) {
				f.p.desk.Presenter.Error(err)
			}
			return
		}
		if f.orders.feedback == f {
			f.orders.shown = "" // what is typed is in the ledger: show it anew
		}
		f.p.desk.Done("已保存“"+f.orders.ledger().Name(f.order)+"”的反馈", done.Op)
		f.orders.follow()
	})
	return true
}
