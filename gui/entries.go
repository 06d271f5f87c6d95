package gui

import (
	"slices"

	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/history"
	"xiangzhen/gui/page/importing"
	"xiangzhen/gui/page/ledgers"
	"xiangzhen/gui/page/reports"
	"xiangzhen/gui/page/settings"
	"xiangzhen/gui/page/tasks"
	"xiangzhen/gui/page/today"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// entry is one line of the rail and the page behind it.
type entry struct {
	name page.Name
	word string // the standing word; policy words change by date (rule.Term)
	icon look.Icon
	make func(w *Window, a *app.App) page.Page
}

// label is the entry's word on a day.
func (e entry) label(day model.Day) string { return rule.Term(day, e.word) }

// lastEntries is how many entries stand at the foot of the rail.
const lastEntries = 2

// entries are the rail, from top to bottom. They are filled by init because a page
// leads back, by way of the window, to the entries.
var entries []entry

// offRail are the pages that are opened from elsewhere: menu, buttons, dropped files.
var offRail []entry

// allPages are the pages of the window, wherever they are opened from.
func allPages() []entry { return slices.Concat(entries, offRail) }

func init() {
	offRail = []entry{
		{page.Import, "导入", look.IconImport, func(w *Window, a *app.App) page.Page { return importing.New(a, w.desk) }},
	}
	entries = []entry{
		{page.Today, "今日", look.IconToday, func(w *Window, a *app.App) page.Page { return today.New(a, w.desk) }},
		{page.Tasks, "任务", look.IconTask, func(w *Window, a *app.App) page.Page { return tasks.New(a, w.desk) }},
		{page.Reports, "报表", look.IconReport, func(w *Window, a *app.App) page.Page { return reports.New(a, w.desk) }},
		{page.Ledgers, "台账", look.IconLedger, func(w *Window, a *app.App) page.Page { return ledgers.New(a, w.desk) }},
		{page.History, "历史", look.IconHistory, func(w *Window, a *app.App) page.Page { return history.New(a, w.desk) }},
		{page.Settings, "设置", look.IconSettings, newSettings},
	}
}

func newSettings(w *Window, a *app.App) page.Page {
	return settings.New(a, w.desk, settings.Params{
		Restore: w.restore, Scale: w.memory.scale, SetScale: w.setScale, OnActor: w.refreshHeads,
	})
}
