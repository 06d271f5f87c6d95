// Package steps takes the steps of a followed item (交办, 办结, 退回 …): which one is
// likely next, what it asks for, and the dialog that asks.
package steps

import (
	"context"
	"slices"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// API is what is needed of app.
type API interface {
	dialog.API
	Flow(ctx context.Context, req app.FlowRequest) (app.Done, error)
}

// Keys of the entries that a step may ask for.
const (
	Reason = "reason"
	Date   = "date"
)

// Asks are the entries of the dialog of a step, none if it asks for nothing.
func Asks(step model.Step) []*model.Field {
	var out []*model.Field
	if slices.Contains(step.Needs, model.NeedDate) {
		label := map[string]string{ledgers.StepExtend: "申请延期至", ledgers.StepSuspend: "复核日期"}[step.Key]
		if label == "" {
			label = "日期"
		}
		out = append(out, &model.Field{Key: Date, Label: label, Kind: model.KindDate, Required: true})
	}
	if slices.Contains(step.Needs, model.NeedReason) {
		label := "理由"
		if step.Key == ledgers.StepPaper {
			label = "谁、什么时候批准的"
		}
		out = append(out, &model.Field{Key: Reason, Label: label, Kind: model.KindLongText, Required: true})
	}
	return out
}

// Preferred are the steps most wanted next in a state, the first choice first.
func Preferred(state string) []string {
	if state == ledgers.StateDoing {
		// The word of a village is asked for first; 办结 without it is a way round.
		return []string{ledgers.StepGrant, ledgers.StepApply, ledgers.StepClose}
	}
	return []string{ledgers.StepAssign, ledgers.StepAccept, ledgers.StepGrant, ledgers.StepClose, ledgers.StepApply, ledgers.StepReopen}
}

// Likely is the step most wanted next among those that can be taken.
func Likely(can []model.Step, state string) (model.Step, bool) {
	for _, key := range Preferred(state) {
		if i := slices.IndexFunc(can, func(s model.Step) bool { return s.Key == key }); i >= 0 {
			return can[i], true
		}
	}
	return model.Step{}, false
}

// Answer puts what a dialog asked for into a request.
func Answer(req app.FlowRequest, got []app.Assignment) app.FlowRequest {
	for _, a := range got {
		switch a.Field {
		case Reason:
			req.Reason = a.Words
		case Date:
			req.Date = a.Words
		}
	}
	return req
}

// Take takes a step on one item, after a dialog where the step asks for something.
func Take(d *page.Desk, api API, l *model.Ledger, rec *model.Record, step model.Step) {
	req := app.FlowRequest{Ledger: l.Key, IDs: []string{rec.ID}, Step: step.Key}
	done := func(done app.Done) { d.Done("已"+step.Label+"“"+l.Name(rec)+"”", done.Op) }
	fields := Asks(step)
	if len(fields) == 0 {
		page.Run(d, func(ctx context.Context) (app.Done, error) { return api.Flow(ctx, req) }, done)
		return
	}
	dialog.Ask(d, api, dialog.Question{
		Title: step.Label, Intro: "“" + l.Name(rec) + "”", Fields: fields, Yes: step.Label, Done: done,
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			return api.Flow(ctx, Answer(req, got))
		},
	})
}
