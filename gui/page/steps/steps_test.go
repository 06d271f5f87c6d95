package steps

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/canvas"

	"xiangzhen/gui/look"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

func TestLikely(t *testing.T) {
	step := func(key string) model.Step { return model.Step{Key: key} }
	can := []model.Step{step(ledgers.StepAssign), step(ledgers.StepApply), step(ledgers.StepClose), step(ledgers.StepSuspend)}
	for state, want := range map[string]string{ledgers.StateTodo: ledgers.StepAssign, ledgers.StateDoing: ledgers.StepApply} {
		if got, ok := Likely(can, state); !ok || got.Key != want {
			t.Errorf("%s: %s", state, got.Key)
		}
	}
	if _, ok := Likely([]model.Step{step(ledgers.StepSuspend)}, ledgers.StateDoing); ok {
		t.Error("中止 is nothing to propose")
	}
}

func TestUrge(t *testing.T) {
	got := Urge("催办", []Urged{{"甲村", "清淤"}, {"乙村", "修渠"}, {"甲村", "改厕"}, {"", "其他"}})
	if want := "【催办】以下 4 项请抓紧办理，并报送进展：\n甲村\n1. 清淤\n2. 改厕\n乙村\n1. 修渠\n未定责任单位\n1. 其他"; got != want {
		t.Errorf("%s", got)
	}
	if Urge("催办", nil) != "" {
		t.Error("words about nothing")
	}
}

func TestTake_AsksForWhatAStepNeeds(t *testing.T) {
	r := pagetest.New(t)
	r.PutObject(canvas.NewRectangle(look.Page))
	l, got, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledgers.Order, Where: []string{"state=办理中"}})
	pagetest.Must(t, err)
	rec := got.Records[0]
	Take(r.Desk, r.App, l, rec, *l.Flow.Step(ledgers.StepSuspend))
	r.Shows("中止", "复核日期", "理由")
	r.Tap("中止") // nothing is entered
	if r.Win.Canvas().Overlays().Top() == nil && len(r.Said.Errors) == 0 {
		t.Error("a step without its reason is taken")
	}
	r.Tap("取消")
	Take(r.Desk, r.App, l, rec, *l.Flow.Step(ledgers.StepApply))
	if len(r.Toasts) == 0 && len(r.Said.Errors) == 0 {
		t.Error("nothing is said")
	}
	if len(r.Toasts) > 0 && !strings.Contains(r.Toast(), "已申请办结“") {
		t.Error(r.Toast())
	}
}
