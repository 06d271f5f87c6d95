package history

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// mute is an app that lists operations but cannot read what they did.
type mute struct{ *app.App }

func (mute) Entries(context.Context, int64) ([]model.Entry, error) {
	return nil, model.Errorf(model.CodeDamaged, "台账已损坏。")
}

func TestDetail_ErrorIsShown(t *testing.T) {
	r := newRoom(t, func(a *app.App) API { return mute{a} })
	r.Show(page.Route{Page: page.History})
	if len(r.Said.Errors) == 0 || r.source.Len() != 1 {
		t.Errorf("%v, %d operations", r.Said.Errors, r.source.Len())
	}
}

// lines are the texts of the right part.
func (r *room) lines() string {
	var out []string
	pagetest.Walk(r.detail.drawer, func(o fyne.CanvasObject) {
		if l, is := o.(*kit.Line); is {
			out = append(out, l.Text())
		}
	})
	return strings.Join(out, "|")
}

func TestDetail_NamesWhatTheEntryDoesNot(t *testing.T) {
	r := newRoom(t, nil)
	id := r.addUnit("示例农服")
	_, err := r.App.Set(t.Context(), "unit", id, []app.Assignment{{Field: "leader", Words: "李示例二"}})
	pagetest.Must(t, err)
	r.Show(page.Route{Page: page.History})
	if got := r.lines(); !strings.Contains(got, "修改 单位“示例农服”") {
		t.Errorf("shown: %s", got)
	}
	_, err = r.App.Delete(t.Context(), "unit", id, false)
	pagetest.Must(t, err)
	row := r.source.rowOf(r.detail.op.ID)
	r.grid.Select(row)
	if got := r.lines(); !strings.Contains(got, "修改 单位“已删除的记录”") {
		t.Errorf("after it was deleted: %s", got)
	}
	r.grid.Select(0)
	if got := r.lines(); !strings.Contains(got, "删除 单位“示例农服”") || r.Button("打开记录") != nil {
		t.Errorf("the deletion: %s", got)
	}
	r.NoErrors()
}

func TestDetail_DeletedComesBack(t *testing.T) {
	r := newRoom(t, nil)
	id := r.addUnit("示例农服")
	_, err := r.App.Delete(t.Context(), "unit", id, false)
	pagetest.Must(t, err)
	r.Show(page.Route{Page: page.History})
	r.Tap("撤销这一步")
	if got := r.unitName(id); got != "示例农服" {
		t.Errorf("back as %s", got)
	}
	r.grid.Select(0)
	r.Tap("取消这次撤销")
	if _, _, err := r.App.Get(t.Context(), "unit", id); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("the undo was not undone: %v", err)
	}
}

func TestDetail_SystemRecordsAreNotOpened(t *testing.T) {
	r := newRoom(t, nil)
	_, err := r.App.SetSetting(t.Context(), "light.due_soon_days", "5")
	pagetest.Must(t, err)
	r.Show(page.Route{Page: page.History})
	if r.Button("打开记录") != nil || !strings.Contains(r.lines(), "口径与参数") {
		t.Errorf("a setting: %s", r.lines())
	}
}

func TestPage_ByKeyboard(t *testing.T) {
	r := newRoom(t, nil)
	r.addUnit("示例农服")
	r.Show(page.Route{Page: page.History})
	newest := r.detail.op.ID
	r.Win.Canvas().Focus(r.grid)
	r.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if r.detail.op.ID != newest-1 {
		t.Errorf("down leads to %d", r.detail.op.ID)
	}
	r.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	r.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if r.detail.op.ID != newest {
		t.Errorf("up leads to %d", r.detail.op.ID)
	}
}

func TestPage_SearchFromElsewhere(t *testing.T) {
	r := newRoom(t, nil)
	r.addUnit("示例农服")
	r.Show(page.Route{Page: page.History, Search: "新增"})
	if r.source.Len() != 1 || r.search.Text != "新增" {
		t.Errorf("%d operations for %q", r.source.Len(), r.search.Text)
	}
}

func TestLayouts(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	left, right := kit.NewButton("左", kit.ButtonPlain, nil), kit.NewButton("右", kit.ButtonPlain, nil)
	pair := container.New(aside{}, left, right)
	for _, width := range []float32{860, 1186, 1800} {
		pair.Resize(fyne.NewSize(width, 500))
		w := right.Size().Width
		if w < look.DrawerWidth || w > 440 || left.Size().Width+look.GapWide+w != width || right.Position().X+w != width {
			t.Errorf("at %v: %v and %v", width, left.Size(), right.Size())
		}
	}
	line := container.New(filters{}, left, right)
	line.Resize(fyne.NewSize(900, 33))
	if left.Size() != fyne.NewSize(filterWidths[0], 33) || right.Position().X != filterWidths[0]+look.Gap {
		t.Errorf("filters: %v, %v", left.Size(), right.Position())
	}
	if m := line.MinSize(); m.Width != filterWidths[0]+filterWidths[1]+look.Gap {
		t.Errorf("filters ask for %v", m)
	}
}
