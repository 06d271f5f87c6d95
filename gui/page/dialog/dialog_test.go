package dialog

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/canvas"

	"xiangzhen/gui/look"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

func TestAsk(t *testing.T) {
	r := pagetest.New(t)
	r.PutObject(canvas.NewRectangle(look.Page))
	l := r.App.Catalog().Ledger(ledgers.Meeting)
	var got [][]app.Assignment
	done, then := 0, 0
	q := Question{
		Title: "开会", Intro: "说明", Ledger: l, Fields: Fields(l, "title", "held_on", "chair"), Yes: "新建", Also: "新建并转",
		Begin: func(f *form.Form) { f.Propose("title", "例会", "") },
		Work: func(_ context.Context, a []app.Assignment) (app.Done, error) {
			if got = append(got, a); len(got) == 1 {
				return app.Done{}, &model.Error{Code: model.CodeInvalid, Field: "held_on", Message: "会议时间没有填。"}
			}
			return app.Done{}, nil
		},
		Done: func(app.Done) { done++ }, Then: func(app.Done) { then++ },
	}
	Ask(r.Desk, r.App, q)
	r.Tap("新建")
	if done != 0 || r.Win.Canvas().Overlays().Top() == nil {
		t.Fatal("a refused answer closes the dialog")
	}
	r.Shows("会议时间没有填。")
	r.Tap("新建并转")
	if done != 1 || then != 1 || r.Win.Canvas().Overlays().Top() != nil {
		t.Errorf("done %d, then %d", done, then)
	}
	if len(got[1]) != 1 || got[1][0].Words != "例会" {
		t.Errorf("%+v", got[1])
	}
	q.Also, q.Ledger, q.Intro = "", nil, ""
	start := model.NewRecord(l.Key, "")
	start.Put("title", model.Text("旧"))
	q.Start, q.Begin = start, nil
	Ask(r.Desk, r.App, q)
	r.Tap("新建")
	if len(got[2]) != 0 || then != 1 {
		t.Errorf("what stood there counts as entered: %+v", got[2])
	}
}
