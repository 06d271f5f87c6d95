package today

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
	"xiangzhen/model/app"
)

func TestPage_ShowsTheAgenda(t *testing.T) {
	r := newRoom(t)
	r.shot("unissued")
	r.issue()
	r.shot("full")
	words := r.words()
	for _, want := range []string{"今日　11月22日 星期日", "甲镇 · 距月报截止还有 3 天", "逾期事项", "12", "3 天内到期", "0 / 16 村",
		"驻村工作队在岗", "34 / 35", "逾期 26 天", "南坳村：撂荒地复耕110亩", "12 项，查看全部", "各村任务完成情况", "11月任务进展月报"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %s", want)
		}
	}
	if len(r.said.Errors) > 0 {
		t.Error(r.said.Errors)
	}
}

func TestPage_EverythingLeadsSomewhere(t *testing.T) {
	r := newRoom(t)
	r.issue()
	for label, want := range map[string]page.Route{
		"收表":        {Page: page.Reports, Act: page.Collect},
		"12 项，查看全部": {Page: page.Tasks, Filter: filterLate},
	} {
		if r.tap(label); !same(*r.last(), want) {
			t.Errorf("%s leads to %+v", label, *r.last())
		}
	}
	for i, want := range []page.Route{{Page: page.Tasks, Filter: filterLate}, {Page: page.Tasks, Filter: filterSoon},
		{Page: page.Tasks, Filter: filterReview}, {Page: page.Reports}, {Page: page.Ledgers, Ledger: "team"}} {
		test.Tap(find[*kit.Figure](r)[i])
		if !same(*r.last(), want) {
			t.Errorf("card %d leads to %+v", i, *r.last())
		}
	}
	r.openBar(1, 2)
	if !same(*r.last(), page.Route{Page: page.Tasks, Filter: filterLate, Search: "白石村"}) {
		t.Errorf("a bar leads to %+v", *r.last())
	}
}

func same(a, b page.Route) bool {
	return a.Page == b.Page && a.Filter == b.Filter && a.Search == b.Search && a.Act == b.Act && a.Ledger == b.Ledger && a.Record == b.Record
}

// TestPage_ShowsTablesOfTheLevelAbove: what is registered and due is a group of its own;
// the figures of the followed items stay what they were.
func TestPage_ShowsTablesOfTheLevelAbove(t *testing.T) {
	r := newRoom(t)
	before := r.now
	var ids []string
	for _, table := range [][]app.Assignment{
		{{Field: "title", Words: "衔接资金项目进度表"}, {Field: "asker", Words: "示例县农业农村局"}, {Field: "due_day", Words: "5"}, {Field: "from", Words: "2026-09-01"}},
		{{Field: "title", Words: "防汛物资清单"}, {Field: "asker", Words: "示例县应急局"}, {Field: "cadence", Words: "一次性"}, {Field: "due_on", Words: "2026-11-24"}},
	} {
		done, err := r.app.Add(t.Context(), "upper_table", table)
		must(t, err)
		ids = append(ids, done.Records[0].ID)
	}
	r.shot("upper")
	words := r.words()
	for _, want := range []string{"上级报表", "2 项，查看全部", "报示例县农业农村局：衔接资金项目进度表（2026年9月等 3 期）", "逾期 76 天", "截止 09-07", "剩 2 天"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %s", want)
		}
	}
	if r.now.Late != before.Late || r.now.Group(app.AgendaLate).Total != before.Group(app.AgendaLate).Total {
		t.Error("registered tables were counted as items")
	}
	if r.tap("2 项，查看全部"); r.last().Page != page.Uppers {
		t.Errorf("the group leads to %+v", *r.last())
	}
	lines := find[*line](r)
	at := slices.IndexFunc(lines, func(l *line) bool {
		return len(l.parts) > 2 && strings.Contains(l.parts[2].(*kit.Line).Text(), "防汛物资清单")
	})
	test.Tap(lines[at])
	if r.last().Page != page.Uppers || r.last().Record != ids[1] {
		t.Errorf("the line leads to %+v", *r.last())
	}
}

func TestPage_LineOpensItsItem(t *testing.T) {
	r := newRoom(t)
	lines := find[*line](r)
	test.Tap(lines[0])
	_, rec, err := r.app.Get(t.Context(), "task", r.last().Record)
	must(t, err)
	if r.last().Page != page.Tasks || rec.Get("title").Text != "撂荒地复耕110亩" {
		t.Errorf("%+v", *r.last())
	}
}

func TestPage_ByKeyboard(t *testing.T) {
	r := newRoom(t)
	c := r.win.Canvas()
	lines := find[*line](r)
	c.Focus(lines[0])
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if c.Focused() != fyne.Focusable(lines[1]) {
		t.Errorf("down leads to %T", c.Focused())
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if r.last() == nil || r.last().Page != page.Tasks {
		t.Error("Enter opens nothing")
	}
	r.win.Resize(small)
	last := lines[len(lines)-1]
	for _, l := range lines {
		if l.Position().Y > last.Position().Y && l.Size().Width == lines[0].Size().Width {
			last = l
		}
	}
	c.Focus(last)
	if r.agenda.scroll.Offset.Y == 0 && r.receivers.scroll.Offset.Y == 0 {
		t.Error("the line with the keyboard is out of sight")
	}
}

func TestPage_CopiesTheCallText(t *testing.T) {
	r := newRoom(t)
	r.tap("去下发")
	if r.last().Act != page.Issue {
		t.Errorf("%+v", *r.last())
	}
	r.issue() // the page hears of it
	r.tap("复制催报文字")
	if !strings.HasPrefix(r.copied, "【催报】《任务进展月报》") || len(r.toasts) == 0 {
		t.Errorf("%s %v", r.copied, r.toasts)
	}
}

func TestPage_UnfoldsAGroup(t *testing.T) {
	r := newRoom(t)
	before := len(find[*line](r))
	r.tap("6 项，查看全部")
	if got := len(find[*line](r)); got != before+2 {
		t.Errorf("%d lines, before %d", got, before)
	}
	r.tap("6 项，收起")
	if got := len(find[*line](r)); got != before {
		t.Errorf("%d lines folded", got)
	}
}

func TestPage_ListsOtherLedgersAndUnfoldsTheirGroup(t *testing.T) {
	r := newRoom(t)
	done, err := r.app.Add(t.Context(), "order", []app.Assignment{{Field: "title", Words: "水池清淤"}, {Field: "unit", Words: "青山村"},
		{Field: "due", Words: "2026-10-01"}, {Field: "state", Words: "办理中"}})
	must(t, err)
	if words := r.words(); !strings.Contains(words, "督办单 · 青山村：水池清淤") || !strings.Contains(words, "13 项，查看全部") {
		t.Errorf("the order is not on the page:\n%s", words)
	}
	test.Tap(find[*line](r)[0]) // the oldest comes first
	want := page.Route{Page: page.Ledgers, Ledger: "order", Record: done.Records[0].ID}
	if !same(*r.last(), want) {
		t.Errorf("leads to %+v", *r.last())
	}
	before, opened := len(find[*line](r)), len(r.opened)
	test.Tap(find[*kit.Figure](r)[0])
	if got := len(find[*line](r)); got != before+13-fewLines || len(r.opened) != opened {
		t.Errorf("%d lines after %d, went to %+v", got, before, r.opened[opened:])
	}
	r.tap("13 项，收起")
}

func TestPage_ReadsAnewAfterAnOperation(t *testing.T) {
	r := newRoom(t)
	late := r.now.Late
	id := r.now.Groups[0].Lines[0].Record
	_, err := r.app.Set(t.Context(), "task", id, []app.Assignment{{Field: "due", Words: "2026-12-31"}})
	must(t, err)
	if r.now.Late != late-1 {
		t.Errorf("%d late, before %d", r.now.Late, late)
	}
}

func TestPage_ComposesTheReport(t *testing.T) {
	r := newRoom(t)
	r.saved = filepath.Join(t.TempDir(), "汇 总.xlsx")
	r.tap("生成汇报材料")
	if _, err := os.Stat(r.saved); err != nil || len(r.toasts) != 1 || !strings.Contains(r.toasts[0].Text, "16 个单位") {
		t.Errorf("%v %v %v", err, r.toasts, r.said.Errors)
	}
}

func TestPage_EmptyLeadsOn(t *testing.T) {
	a, err := app.CreateWith(t.Context(), options(t), app.Setup{Unit: "甲镇", Level: "town", Villages: []app.Village{{Name: "青山村"}}})
	must(t, err)
	r := roomOf(t, a)
	r.shot("empty")
	if len(find[*kit.Figure](r)) != 0 {
		t.Error("figures of nothing")
	}
	r.tap("新建任务")
	if r.last().Page != page.Tasks {
		t.Errorf("%+v", *r.last())
	}
	r.tap("导入现有台账")
	if r.last().Page != page.Import {
		t.Errorf("%+v", *r.last())
	}
}

// broken is an app whose ledger cannot be read.
type broken struct{ API }

func (broken) Agenda(context.Context) (app.Agenda, error) {
	return app.Agenda{}, errors.New("disk on fire")
}

func TestPage_TellsAnError(t *testing.T) {
	r := newRoom(t)
	p := New(broken{r.app}, r.desk())
	p.Show(page.Route{})
	if len(r.said.Errors) != 1 {
		t.Errorf("%v", r.said.Errors)
	}
}

func TestPage_MinSize(t *testing.T) {
	r := newRoom(t)
	r.issue()
	if m := r.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
		t.Errorf("asks for %v", m)
	}
}

func TestPage_NothingOverlaps(t *testing.T) {
	r := newRoom(t)
	r.issue()
	for _, size := range []fyne.Size{large, small, fyne.NewSize(1700, 900)} {
		r.win.Resize(size)
		boxes := slices.Clone(r.board.Objects)
		for i, a := range boxes {
			for _, b := range boxes[i+1:] {
				if a.Position().X < b.Position().X+b.Size().Width && b.Position().X < a.Position().X+a.Size().Width &&
					a.Position().Y < b.Position().Y+b.Size().Height && b.Position().Y < a.Position().Y+a.Size().Height {
					t.Errorf("at %v two cards overlap: %v %v and %v %v", size, a.Position(), a.Size(), b.Position(), b.Size())
				}
			}
		}
	}
}

func TestPage_Markup(t *testing.T) {
	r := newRoom(t)
	figures := test.NewTempWindow(t, r.figures)
	figures.Resize(fyne.NewSize(1186, 98))
	test.AssertRendersToMarkup(t, "figures.xml", figures.Canvas())
}
