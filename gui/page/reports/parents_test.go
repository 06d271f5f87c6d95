package reports_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
)

// TestCollect_ANewRowIsHungUnderAnItem: what a village adds asks where it belongs, and
// one undo takes all of it back.
func TestCollect_ANewRowIsHungUnderAnItem(t *testing.T) {
	ctx := context.Background()
	r := newRoom(t)
	r.issue()
	forms, err := filepath.Glob(filepath.Join(r.out, "青山村*.xlsx"))
	pagetest.Must(t, err)
	path := filepath.Join(t.TempDir(), "收 到", "青山村.xlsx")
	pagetest.Answer(t, forms[0], path, time.Date(2026, 11, 21, 9, 0, 0, 0, time.Local), map[int]map[string]string{
		7: {"事项": "新修蓄水池", "责任单位": "青山村", "完成时限": "2027年6月底前", "进展情况": "已选址"},
	})
	r.page.Show(page.Route{Page: page.Reports, Act: page.Collect, Paths: []string{path}})
	r.NoErrors()
	r.Shows("挂到哪个上级事项（待确认）", "待确认")
	r.Shot("reports-parent")
	var picker *kit.Picker
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if p, is := o.(*kit.Picker); is {
			picker = p
		}
	})
	_, above, err := r.App.List(ctx, app.ListRequest{Ledger: "task", Where: []string{"title~危房"}})
	pagetest.Must(t, err)
	if len(above.Records) == 0 {
		_, above, err = r.App.List(ctx, app.ListRequest{Ledger: "task", Area: "柳河村"})
		pagetest.Must(t, err)
	}
	picker.OnChosen(kit.Choice{ID: above.Records[0].ID, Text: above.Records[0].Get("title").Text})
	r.Tap("并入 1 个文件（可撤销）")
	r.NoErrors()
	_, made, err := r.App.List(ctx, app.ListRequest{Ledger: "task", Where: []string{"title=新修蓄水池"}})
	pagetest.Must(t, err)
	if len(made.Records) != 1 || made.Records[0].Get("parent").ID != above.Records[0].ID {
		t.Fatalf("%+v", made.Records)
	}
	r.undoLast()
	if _, made, err = r.App.List(ctx, app.ListRequest{Ledger: "task", Where: []string{"title=新修蓄水池"}}); err != nil || len(made.Records) != 0 {
		t.Errorf("after the undo: %+v, %v", made.Records, err)
	}
}
