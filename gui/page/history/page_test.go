package history

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// room is the page in a window over a sample ledger.
type room struct {
	*pagetest.Room
	*Page
	t *testing.T
}

// newRoom shows the page over the sample, or over what api makes of it.
func newRoom(t *testing.T, api func(*app.App) API) *room {
	t.Helper()
	r := &room{Room: pagetest.New(t), t: t}
	var from API = r.App
	if api != nil {
		from = api(r.App)
	}
	r.Page = New(from, r.Desk)
	r.Put(r.Page)
	return r
}

func (r *room) rename(id, name string) {
	r.t.Helper()
	_, err := r.App.Set(r.t.Context(), "unit", id, []app.Assignment{{Field: "name", Words: name}})
	pagetest.Must(r.t, err)
}

func (r *room) addUnit(name string) string {
	r.t.Helper()
	done, err := r.App.Add(r.t.Context(), "unit", []app.Assignment{{Field: "name", Words: name}})
	pagetest.Must(r.t, err)
	return done.Records[0].ID
}

func (r *room) unitName(id string) string {
	r.t.Helper()
	_, rec, err := r.App.Get(r.t.Context(), "unit", id)
	pagetest.Must(r.t, err)
	return rec.Get("name").Text
}

func TestPage_UndoesAnyOperationAndBack(t *testing.T) {
	r := newRoom(t, nil)
	id := r.addUnit("示例农服")
	r.rename(id, "示例农服中心")
	r.addUnit("示例供销社")
	r.Show(page.Route{Page: page.History})
	if r.source.Len() != 4 || !strings.HasPrefix(r.source.op(1).Label, "修改单位“") {
		t.Fatalf("%d operations, %+v", r.source.Len(), r.source.op(1))
	}
	r.grid.Select(1)
	r.Shot("history-chosen")
	r.Tap("撤销这一步")
	if q := r.Said.Questions[0]; !strings.Contains(q.Title, "修改单位") || !strings.Contains(q.Text, "涉及 1 条记录（单位 1）") {
		t.Errorf("%+v", q)
	}
	if got := r.unitName(id); got != "示例农服" {
		t.Errorf("the name is %s", got)
	}
	if _, words := status(r.detail.op); words != "已撤销" || r.source.Len() != 5 {
		t.Errorf("after the undo: %s, %d operations", words, r.source.Len())
	}
	r.Tap("重做这一步")
	if got := r.unitName(id); got != "示例农服中心" {
		t.Errorf("redone: %s", got)
	}
	if len(r.Undone) != 2 || r.Undone[1].Undone != 1 {
		t.Errorf("%+v", r.Undone)
	}
	r.Shot("history-redone")
}

func TestPage_AnswerNoDoesNothing(t *testing.T) {
	r := newRoom(t, nil)
	r.addUnit("示例供销社")
	r.Show(page.Route{Page: page.History})
	r.Said.Answer = false
	r.Tap("撤销这一步")
	if len(r.Said.Questions) != 1 || len(r.Undone) != 0 {
		t.Errorf("asked %d, undone %d", len(r.Said.Questions), len(r.Undone))
	}
}

func TestPage_FiltersAndEmpty(t *testing.T) {
	r := newRoom(t, nil)
	r.addUnit("示例供销社")
	r.Show(page.Route{Page: page.History})
	r.Win.Canvas().Focus(r.search)
	test.Type(r.search, "新增")
	r.Run.Elapse(typingRest)
	if r.source.Len() != 1 || r.source.op(0).Label != "新增单位“示例供销社”" {
		t.Errorf("%d by words", r.source.Len())
	}
	r.ledger.OnChosen(kit.Choice{ID: "task", Text: "任务"})
	if r.source.Len() != 0 || r.detail.op.ID != 0 {
		t.Errorf("%d of 任务, shown %+v", r.source.Len(), r.detail.op)
	}
	r.Shot("history-none")
	r.ledger.OnChosen(kit.Choice{Text: allLedgers})
	r.days.OnChosen(kit.Choice{Text: daysLast})
	if r.source.Len() != 0 {
		t.Errorf("%d yesterday", r.source.Len())
	}
	r.days.OnChosen(kit.Choice{Text: "11-22"})
	if r.source.Len() != 1 {
		t.Errorf("%d today", r.source.Len())
	}
	r.days.OnChosen(kit.Choice{Text: "哪天"})
	if len(r.Said.Errors) != 1 || r.source.Len() != 1 {
		t.Errorf("words that are no day: %v", r.Said.Errors)
	}
}

func TestPage_OneRecord(t *testing.T) {
	r := newRoom(t, nil)
	id := r.addUnit("示例农服")
	r.addUnit("示例供销社")
	r.rename(id, "示例农服中心")
	r.Show(page.Route{Page: page.History, Ledger: "unit", Record: id})
	if r.source.Len() != 2 || r.filter.Visible() || !r.whole.Visible() {
		t.Errorf("%d operations, filter %v", r.source.Len(), r.filter.Visible())
	}
	r.Shot("history-record")
	r.Tap("打开记录")
	if len(r.Opened) != 1 || r.Opened[0].Page != page.Ledgers || r.Opened[0].Ledger != "unit" || r.Opened[0].Record != id {
		t.Errorf("opened %+v", r.Opened)
	}
	r.Tap("查看全部操作")
	if r.source.Len() != 4 || !r.filter.Visible() || r.whole.Visible() {
		t.Errorf("back to %d operations", r.source.Len())
	}
	r.Show(page.Route{Page: page.History, Ledger: "unit", Record: "none"})
	if len(r.Said.Errors) != 1 {
		t.Errorf("a record that is not there: %v", r.Said.Errors)
	}
}

func TestPage_LongOperationsArePaged(t *testing.T) {
	r := newRoom(t, nil)
	r.Show(page.Route{Page: page.History})
	if len(r.detail.entries) <= pageRecords {
		t.Fatalf("the sample is too small: %d", len(r.detail.entries))
	}
	r.Shot("history-long")
	r.Tap("下一页")
	if r.detail.from != pageRecords {
		t.Errorf("at %d", r.detail.from)
	}
	r.Changed(nil)
	if r.detail.from != pageRecords {
		t.Error("a change elsewhere turned the pages back")
	}
	r.Tap("上一页")
	if r.detail.from != 0 {
		t.Errorf("at %d", r.detail.from)
	}
}

func TestPage_ReadsOnWhenScrolled(t *testing.T) {
	r := newRoom(t, func(a *app.App) API { return many{a} })
	r.Show(page.Route{Page: page.History})
	if r.source.Len() != 250 || len(r.source.pages) != 1 {
		t.Fatalf("%d operations, %d pages", r.source.Len(), len(r.source.pages))
	}
	r.grid.Select(249)
	r.Win.Canvas().Capture()
	r.Run.Elapse(0)
	if op := r.source.op(249); op == nil || op.ID != 1 {
		t.Errorf("the last row: %+v", op)
	}
	if r.source.op(150) != nil {
		t.Error("read what nobody saw")
	}
	r.grid.Select(248)
	r.Changed(nil)
	if r.detail.op.ID != 2 {
		t.Errorf("the chosen operation was lost: %+v", r.detail.op)
	}
}

// many is an app with 250 operations that did nothing.
type many struct{ *app.App }

func (many) FindOperations(_ context.Context, req app.OperationRequest) (app.OperationPage, error) {
	p := app.OperationPage{Total: 250}
	for id := 250 - req.Offset; id > 0 && len(p.Operations) < req.Limit; id-- {
		p.Operations = append(p.Operations, model.Operation{ID: int64(id), Label: fmt.Sprint("新增任务 ", id)})
	}
	return p, nil
}

func (many) Entries(context.Context, int64) ([]model.Entry, error) { return nil, nil }

// broken is an app that reads nothing.
type broken struct{ *app.App }

func (broken) FindOperations(context.Context, app.OperationRequest) (app.OperationPage, error) {
	return app.OperationPage{}, model.Errorf(model.CodeDamaged, "台账已损坏。")
}

func TestPage_ErrorIsShown(t *testing.T) {
	r := newRoom(t, func(a *app.App) API { return broken{a} })
	r.Show(page.Route{Page: page.History})
	if len(r.Said.Errors) != 1 {
		t.Errorf("%v", r.Said.Errors)
	}
}

func TestPage_FitsAndKeys(t *testing.T) {
	r := newRoom(t, nil)
	r.Show(page.Route{Page: page.History})
	if m := r.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
		t.Errorf("asks for %v", m)
	}
	if !r.Do(page.Filters) || r.Win.Canvas().Focused() != r.search || r.Do(page.Save) {
		t.Error("the command 筛选 does not go to the search")
	}
	// The picture is of an operation of its own, not of the sample, which grows.
	_, tasks, err := r.App.List(context.Background(), app.ListRequest{Ledger: "task", Limit: 1})
	pagetest.Must(t, err)
	_, err = r.App.Set(context.Background(), "task", tasks.Records[0].ID, []app.Assignment{{Field: "title", Words: "改过的名称"}})
	pagetest.Must(t, err)
	r.Show(page.Route{Page: page.History})
	test.AssertRendersToMarkup(t, "page.xml", r.Win.Canvas())
}
