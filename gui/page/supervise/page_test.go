package supervise

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

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
	saved, copied string
}

func newRoom(t *testing.T, part string, from func(*app.App) API) *room {
	t.Helper()
	r := &room{Room: pagetest.New(t)}
	dir := t.TempDir()
	r.Desk.Save = func(name string, chosen func(string)) {
		r.saved = filepath.Join(dir, name)
		chosen(r.saved)
	}
	r.Desk.Copy = func(words string) { r.copied = words }
	var api API = r.App
	if from != nil {
		api = from(r.App)
	}
	r.Page = New(api, r.Desk)
	r.Put(r.Page)
	r.Show(page.Route{Page: page.Supervise, Filter: part})
	return r
}

// entry finds an entry in the open dialog, or on the page, by the label above it.
func (r *room) entry(label string) (found *kit.Entry) {
	r.T.Helper()
	last, within := "", r.Win.Content()
	if top := r.Win.Canvas().Overlays().Top(); top != nil {
		within = top
	}
	pagetest.Walk(within, func(o fyne.CanvasObject) {
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

func (r *room) written(path string) {
	r.T.Helper()
	r.NoErrors()
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		r.T.Errorf("%s: %v", path, err)
	}
}

func (r *room) records(ledger string, where ...string) []*model.Record {
	r.T.Helper()
	_, got, err := r.App.List(r.T.Context(), app.ListRequest{Ledger: ledger, Where: where})
	pagetest.Must(r.T, err)
	return got.Records
}

// to puts the cursor on the first proposal of a step about a task.
func (r *room) to(step string) app.Pressing {
	r.T.Helper()
	at := slices.IndexFunc(r.press.list, func(p app.Pressing) bool { return p.Step == step && p.Ledger.Key == ledgers.Task })
	if at < 0 {
		r.T.Fatalf("no %s among %d", step, len(r.press.list))
	}
	r.press.grid.Select(at)
	return r.press.list[at]
}

func TestPress_ProposesByTheRules(t *testing.T) {
	r := newRoom(t, "", nil)
	r.NoErrors()
	seen := map[string]int{}
	for _, p := range r.press.all {
		seen[p.Step]++
		days := p.Item.Get("days_left").Num
		if p.Step == ledgers.PressRemind && (days < 0 || days > 3) || p.Step == ledgers.PressUrge && days >= 0 ||
			p.Step == ledgers.PressOrder && (days > -7 || p.Order != nil) {
			t.Errorf("%s for %s with %d days", p.Step, p.Ledger.Name(p.Item), days)
		}
	}
	if seen[ledgers.PressRemind] == 0 || seen[ledgers.PressUrge] == 0 || seen[ledgers.PressOrder] == 0 {
		t.Fatalf("%v", seen)
	}
	r.Shot("supervise-press")
	if m := r.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
		t.Errorf("the page needs %v", m)
	}
	r.press.filter.tap(ledgers.PressRemind, fyne.Position{})
	if len(r.press.list) != seen[ledgers.PressRemind] {
		t.Errorf("%d shown", len(r.press.list))
	}
	r.press.copy()
	if !strings.HasPrefix(r.copied, "【提醒】以下 1 项") {
		t.Errorf("%q", r.copied)
	}
}

func TestPress_AnOrderInOneGesture(t *testing.T) {
	r := newRoom(t, "", nil)
	one := r.to(ledgers.PressOrder)
	r.Tap("发督办单")
	r.Shows("督办事项", "文号")
	r.Shot("supervise-order")
	if got := r.entry("文号").Text; got != "示督〔2026〕3号" {
		t.Errorf("the next number is %s", got)
	}
	r.entry("交办时限").SetText("11月28日前")
	r.Tap("发督办单")
	r.NoErrors()
	made := r.records(ledgers.Order, "item="+one.Item.ID)
	if len(made) != 1 || made[0].Get("doc_no").Text != "示督〔2026〕3号" || made[0].Get("unit").ID != one.Item.Get("unit").ID || made[0].Get("issuer").Text != "甲镇" {
		t.Fatalf("%+v", made)
	}
	if r.front != PartOrders || r.orders.current().ID != made[0].ID {
		t.Errorf("at %s", r.front)
	}
	r.Tap("交办")
	r.NoErrors()
	if got := r.records(ledgers.Order, "item="+one.Item.ID)[0]; got.Get("state").Text != ledgers.StateDoing {
		t.Errorf("it is %s", got.Get("state").Text)
	}
	r.goTo(PartPress)
	for _, p := range r.press.all {
		if p.Item.ID == one.Item.ID && (p.Step != ledgers.PressUrge || p.Order == nil) {
			t.Errorf("proposed again: %s", p.Step)
		}
	}
}

func TestPress_TextsAndNotice(t *testing.T) {
	r := newRoom(t, "", nil)
	one := r.to(ledgers.PressUrge)
	r.Tap("复制催办文字")
	if !strings.Contains(r.copied, one.Item.Get("unit").Text+"\n1. "+one.Item.Get("title").Text+"（时限 ") || strings.Contains(r.copied, "排名") {
		t.Errorf("%q", r.copied)
	}
	r.Tap("通报（草稿）")
	r.written(r.saved)
	r.Tap("打开事项")
	if got := r.Opened[0]; got.Record != one.Item.ID || got.Page != page.Tasks {
		t.Errorf("%+v", got)
	}
}

func TestPress_DomainNarrows(t *testing.T) {
	r := newRoom(t, "", nil)
	r.press.filter.domain = "党建"
	r.press.showList()
	for _, p := range r.press.list {
		if p.Item.Get("domain").Text != "党建" {
			t.Errorf("%s", p.Ledger.Name(p.Item))
		}
	}
	r.press.filter.tap(chipDomain, fyne.NewPos(100, 100))
	if r.Win.Canvas().Overlays().Top() == nil {
		t.Error("no list of fields")
	}
}

func TestOrders_FeedbackIsSavedOnce(t *testing.T) {
	r := newRoom(t, PartOrders, nil)
	order := r.orders.current()
	r.entry("进展情况").SetText("施工队已进场")
	r.Shot("supervise-orders")
	r.Tap("保存反馈")
	r.NoErrors()
	got := r.records(ledgers.Progress, "task="+order.ID, "period=2026-11")
	if len(got) != 1 || got[0].Get("text").Text != "施工队已进场" || got[0].Get("reported_on").Start != "2026-11-22" {
		t.Fatalf("%+v", got)
	}
	r.entry("存在问题").SetText("下雨")
	if !r.Do(page.Save) {
		t.Error("保存 is not known")
	}
	if got := r.records(ledgers.Progress, "task="+order.ID, "period=2026-11"); len(got) != 1 || got[0].Get("problem").Text != "下雨" {
		t.Errorf("%+v", got)
	}
	r.Tap("保存反馈")
	if !strings.Contains(r.Toast(), "还没有填写") {
		t.Error(r.Toast())
	}
}

func TestOrders_PapersStepsAndTabs(t *testing.T) {
	r := newRoom(t, PartOrders, nil)
	order := r.orders.current()
	papers := r.orders.papers(order)
	if len(papers) != 4 {
		t.Fatalf("%d papers", len(papers))
	}
	for _, it := range papers {
		it.Action()
		r.written(r.saved)
	}
	for _, tab := range []string{tabDetails, tabHistory, tabFeedback} {
		r.orders.drawer.Choose(tab)
		r.NoErrors()
	}
	can, err := r.App.Steps(t.Context(), ledgers.Order, order.ID)
	pagetest.Must(t, err)
	var labels []string
	for _, it := range r.orders.more(order, can, "") {
		labels = append(labels, it.Label)
	}
	if !slices.Contains(labels, "打开完整记录") || !slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(l, "中止…") }) {
		t.Errorf("%q", labels)
	}
	r.orders.filter.tap(chipDone, fyne.Position{})
	for _, o := range r.orders.list {
		if o.Get("state").Text != ledgers.StateDone {
			t.Error(o.Get("state").Text)
		}
	}
	r.orders.show(order.ID) // hidden by the chip
	if got := r.orders.current(); got == nil || got.ID != order.ID {
		t.Errorf("%+v", got)
	}
	if order.Get("item").ID != "" {
		r.orders.openItem(order.Get("item").ID)
		if r.Opened[len(r.Opened)-1].Record != order.Get("item").ID {
			t.Errorf("%+v", r.Opened)
		}
	}
	r.Do(page.Edit)
	if got := r.Opened[len(r.Opened)-1]; got.Ledger != ledgers.Order || got.Record != order.ID {
		t.Errorf("%+v", got)
	}
}

func TestMeetings_AgendaDecisionsMinutes(t *testing.T) {
	r := newRoom(t, PartMeetings, nil)
	r.Shot("supervise-meetings")
	r.Shows("办结 1/共 2 项", "转为任务")
	r.Tap("纪要")
	r.written(r.saved)
	r.Do(page.New)
	if got := r.entry("会议议题").Text; !strings.HasPrefix(got, "1. ") || strings.Contains(got, "剩 ") {
		t.Errorf("the agenda is %q", got)
	}
	r.Shot("supervise-meeting")
	r.Tap("新建会议")
	r.NoErrors()
	made := r.records(ledgers.Meeting, "title=甲镇11月调度会")
	if len(made) != 1 || made[0].Get("held_on").Start != "2026-11-22" || r.meetings.current().ID != made[0].ID {
		t.Fatalf("%+v", made)
	}
	r.Tap("新增议定事项")
	r.entry("议定事项").SetText("一周内复工")
	r.entry("完成时限").SetText("11月29日前")
	r.Tap("新增并转任务")
	r.NoErrors()
	r.Shows("转为任务：“一周内复工”")
	r.Tap("新建")
	r.NoErrors()
	decisions := r.records(ledgers.Decision, "meeting="+made[0].ID)
	tasks := r.records(ledgers.Task, "title=一周内复工")
	if len(decisions) != 1 || len(tasks) != 1 || tasks[0].Get("origin").ID != decisions[0].ID || tasks[0].Get("due").Text != "11月29日前" {
		t.Fatalf("%d decisions, %+v", len(decisions), tasks)
	}
}

func TestBrief_FiguresOpenWhatTheyCount(t *testing.T) {
	r := newRoom(t, "", nil)
	r.Show(page.Route{Page: page.Supervise, Act: page.Brief})
	r.NoErrors()
	r.Shot("supervise-brief")
	var proses []*kit.Prose
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if p, is := o.(*kit.Prose); is {
			proses = append(proses, p)
		}
	})
	if len(proses) == 0 || !strings.Contains(proses[0].Text(), "共有任务") {
		t.Fatalf("%d paragraphs", len(proses))
	}
	r.Tap("复制文字")
	if !strings.Contains(r.copied, "共有任务") {
		t.Errorf("%q", r.copied)
	}
	r.Tap("导出 Word")
	r.written(r.saved)
	proses[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	got := r.Opened[0]
	if got.Page != page.Ledgers || got.Ledger != ledgers.Task || len(got.Only) == 0 || !strings.Contains(proses[0].Text(), "共有任务 ") {
		t.Fatalf("%+v", got)
	}
	if _, list, err := r.App.List(t.Context(), app.ListRequest{Ledger: got.Ledger, IDs: got.Only}); err != nil || list.Total != len(got.Only) {
		t.Errorf("%d of %d: %v", list.Total, len(got.Only), err)
	}
	if r.Win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays over what was opened")
	}
}

// quiet has nothing to press; its error is told.
type quiet struct {
	API
	err error
}

func (q quiet) Pressing(context.Context) ([]app.Pressing, error) { return nil, q.err }

func TestPage_EmptyAndError(t *testing.T) {
	r := newRoom(t, "", func(a *app.App) API { return quiet{a, nil} })
	r.press.copy()
	r.press.openItem()
	r.NoErrors()
	if r.copied != "" {
		t.Error(r.copied)
	}
	r.Shot("supervise-empty")
	r.press.order()
	r.Shows("发督办单")
	r = newRoom(t, "", func(a *app.App) API { return quiet{a, errors.New("x")} })
	if len(r.Said.Errors) != 1 {
		t.Errorf("%v", r.Said.Errors)
	}
}

func TestPage_OnlyThePartAtTheFrontIsReadAnew(t *testing.T) {
	r := newRoom(t, PartOrders, nil)
	r.stale[PartMeetings], r.stale[PartPress] = false, false
	r.Changed([]string{ledgers.Meeting})
	if !r.stale[PartMeetings] || r.stale[PartPress] {
		t.Errorf("%v", r.stale)
	}
	r.Changed([]string{ledgers.Person})
	if r.Do(page.Delete) || r.press.do(page.Delete) || r.meetings.do(page.Delete) {
		t.Error("nothing is deleted here")
	}
}
