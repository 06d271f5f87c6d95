package secretary

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// room is the page in a window over the sample.
type room struct {
	*pagetest.Room
	*Page
	saved string
}

func newRoom(t *testing.T, from func(*app.App) API) *room {
	t.Helper()
	r := &room{Room: pagetest.New(t)}
	dir := t.TempDir()
	r.Desk.Save = func(name string, chosen func(string)) {
		r.saved = filepath.Join(dir, name)
		chosen(r.saved)
	}
	var api API = r.App
	if from != nil {
		api = from(r.App)
	}
	r.Page = New(api, r.Desk)
	r.Put(r.Page)
	r.Show(page.Route{Page: page.Secretary})
	return r
}

// choose shows the file of somebody.
func (r *room) choose(name string) {
	r.T.Helper()
	at := slices.IndexFunc(r.leaders, func(l app.Leader) bool { return l.Name == name })
	if at < 0 {
		r.T.Fatalf("no %s among %v", name, r.leaders)
	}
	r.who.OnChosen(leaderChoices(r.leaders)[at])
}

func (r *room) words() string {
	var b strings.Builder
	for _, l := range r.lines {
		b.WriteString(l.section)
		if l.entry != nil {
			b.WriteString("|" + l.entry.Words)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// entry finds an entry in the open dialog by the label above it.
func (r *room) entry(label string) (found *kit.Entry) {
	last := ""
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Line:
			last = o.Text()
		case *kit.Entry:
			if found == nil && strings.HasPrefix(last, label) {
				found = o
			}
		}
	})
	if found == nil {
		r.T.Fatalf("no entry %s in\n%s", label, r.Written())
	}
	return found
}

func TestPage_ShowsTheFileOfTheTown(t *testing.T) {
	r := newRoom(t, nil)
	r.NoErrors()
	if r.file.Name != "赵示例四" || r.leaders[0].Deputy {
		t.Fatalf("%s of %v", r.file.Name, r.leaders)
	}
	for _, want := range []string{"亲自部署|部署饮水安全攻坚", "领办项目|农村供水", "工作联系点|联系南坳村", "亲自督办|白石村水池清淤"} {
		if !strings.Contains(r.words(), want) {
			t.Errorf("%s is missing in\n%s", want, r.words())
		}
	}
	r.Shows("甲镇党委书记")
	r.Shot("secretary")
	if m := r.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
		t.Errorf("the page needs %v", m)
	}
}

func TestPage_DomainNarrows(t *testing.T) {
	r := newRoom(t, nil)
	all := len(r.lines)
	r.chips.OnTap("党建", fyne.Position{})
	if len(r.lines) == 0 || len(r.lines) >= all || !strings.Contains(r.words(), "联系南坳村") || strings.Contains(r.words(), "饮水") {
		t.Errorf("%d of %d:\n%s", len(r.lines), all, r.words())
	}
	r.chips.OnTap(chipAll, fyne.Position{})
	if len(r.lines) != all {
		t.Errorf("%d lines", len(r.lines))
	}
}

func TestPage_EveryEntryOpensItsRecord(t *testing.T) {
	r := newRoom(t, nil)
	for row, l := range r.lines {
		r.grid.Select(row)
		before := len(r.Opened)
		r.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if l.entry == nil {
			if len(r.Opened) != before {
				t.Error("a title opens something")
			}
			continue
		}
		if got := r.Opened[before]; got.Record != l.entry.ID {
			t.Errorf("%s opens %+v", l.entry.Words, got)
		}
		if _, _, err := r.App.Get(t.Context(), l.entry.Ledger, l.entry.ID); err != nil {
			t.Error(err)
		}
	}
	r.NoErrors()
}

func TestPage_AnActIsNotedAndItsProblemBecomesATask(t *testing.T) {
	r := newRoom(t, nil)
	test.Tap(r.note)
	r.Shows("记一笔：赵示例四", "履职类型", "发现问题")
	r.Shot("secretary-note")
	var pickers []*kit.Picker
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if p, is := o.(*kit.Picker); is {
			pickers = append(pickers, p)
		}
	})
	r.Tap("记下") // without a kind
	if r.Win.Canvas().Overlays().Top() == nil {
		t.Fatal("what is missing is not asked for")
	}
	pickers[0].SetChoice(kit.Choice{ID: "调研", Text: "调研"})
	pickers[0].OnChosen(kit.Choice{ID: "调研", Text: "调研"})
	r.entry("主题").SetText("看产业路")
	r.entry("发现问题").SetText("路面破损")
	r.Tap("记下并转任务")
	r.NoErrors()
	r.Shows("转为任务：“看产业路”")
	r.Tap("新建")
	r.NoErrors()
	_, acts, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledgers.Act, Where: []string{"title=看产业路"}})
	pagetest.Must(t, err)
	act := acts.Records[0]
	if act.Get("person").Text != "赵示例四" || act.Get("done_on").Start != "2026-11-22" {
		t.Errorf("%+v", act.Values)
	}
	task := r.Opened[len(r.Opened)-1]
	_, rec, err := r.App.Get(t.Context(), ledgers.Task, task.Record)
	pagetest.Must(t, err)
	if rec.Get("title").Text != "路面破损" || rec.Get("origin").ID != act.ID {
		t.Errorf("%+v", rec.Values)
	}
	if !strings.Contains(r.words(), "发现问题及处理|路面破损") {
		t.Errorf("the file does not show it:\n%s", r.words())
	}
}

func TestPage_Exports(t *testing.T) {
	r := newRoom(t, nil)
	for label, ending := range map[string]string{"导出履职清单": ".xlsx", "导出述职素材": ".docx"} {
		r.Tap(label)
		r.NoErrors()
		if info, err := os.Stat(r.saved); err != nil || info.Size() == 0 || filepath.Ext(r.saved) != ending {
			t.Errorf("%s: %s %v", label, r.saved, err)
		}
	}
}

func TestPage_YearWithoutRecords(t *testing.T) {
	r := newRoom(t, nil)
	r.when.OnChosen(kit.Choice{Text: "2025 年"})
	if !strings.Contains(r.Written(), "这里还没有记录") && len(r.lines) == 0 {
		t.Errorf("%d lines, %s", len(r.lines), r.Written())
	}
	r.choose("范示例六") // a village's, of whom nothing is kept
	r.Shows("这里还没有记录")
	r.Shot("secretary-blank")
}

func TestPage_DeputiesHaveTheSamePage(t *testing.T) {
	r := newRoom(t, nil)
	r.choose("冯示例十")
	if !strings.Contains(r.words(), "责任清单|分管乡村振兴") {
		t.Errorf("%s", r.words())
	}
}

func TestPage_FollowsChanges(t *testing.T) {
	r := newRoom(t, nil)
	_, err := r.App.Add(context.Background(), ledgers.Act, []app.Assignment{{Field: "person", Words: r.person}, {Field: "kind", Words: "协调"},
		{Field: "title", Words: "协调用地"}, {Field: "done_on", Words: "2026-11-20"}})
	pagetest.Must(t, err)
	if !strings.Contains(r.words(), "亲自协调|协调用地") {
		t.Errorf("%s", r.words())
	}
}

// broken fails to read a file; nobody has none to read.
type broken struct {
	API
	err error
}

func (b broken) Leaders(context.Context, int) ([]app.Leader, error) { return nil, b.err }

func TestPage_ErrorAndNobody(t *testing.T) {
	r := newRoom(t, func(a *app.App) API { return broken{a, errors.New("x")} })
	if len(r.Said.Errors) != 1 {
		t.Errorf("%v", r.Said.Errors)
	}
	r = newRoom(t, func(a *app.App) API { return broken{a, nil} })
	r.Shows("还没有书记")
	r.Tap("去登记任职")
	if r.Opened[0].Ledger != ledgers.Post {
		t.Errorf("%+v", r.Opened)
	}
	r.ask()
	r.export("x", ".docx")
	r.NoErrors()
}

func TestPage_Commands(t *testing.T) {
	r := newRoom(t, nil)
	if r.Do(page.Delete) {
		t.Error("a file has nothing to delete")
	}
	r.Do(page.New)
	if r.Win.Canvas().Overlays().Top() == nil {
		t.Error("新建 asks for nothing")
	}
	var _ model.Day = r.api.Today()
}
