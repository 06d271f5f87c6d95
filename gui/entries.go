package gui

import (
	"slices"

	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/filling"
	"xiangzhen/gui/page/history"
	"xiangzhen/gui/page/importing"
	"xiangzhen/gui/page/ledgers"
	"xiangzhen/gui/page/reports"
	"xiangzhen/gui/page/secretary"
	"xiangzhen/gui/page/settings"
	"xiangzhen/gui/page/supervise"
	"xiangzhen/gui/page/tasks"
	"xiangzhen/gui/page/teams"
	"xiangzhen/gui/page/today"
	"xiangzhen/gui/page/uppers"
	"xiangzhen/model"
	"xiangzhen/model/app"
	keys "xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// entry is one line of the rail and the page behind it.
type entry struct {
	name page.Name
	word string // the standing word; policy words change by date (rule.Word)
	icon look.Icon
	make func(w *Window, a *app.App) page.Page // nil for one of ledgerEntries
	desk string                                // the part of the work that it belongs to (rule.Desks), "" for all
	data []string                              // ledgers whose records bring it onto the rail of other parts
}

// label is the entry's word on a day; params hold the words a county has given itself.
func (e entry) label(day model.Day, params model.Params) string {
	return rule.Word(day, params, e.word)
}

// ledgerEntries are the entries without a page of their own: they open a ledger.
var ledgerEntries = map[page.Name]string{page.Households: keys.Household, page.Projects: keys.Project}

// behind is the place that a route leads to: an entry without a page is its ledger.
func behind(r page.Route) page.Route {
	if key := ledgerEntries[r.Page]; key != "" {
		r.Page, r.Ledger = page.Ledgers, key
	}
	return r
}

// under are the entries that pages opened from elsewhere belong to.
var under = map[page.Name]page.Name{page.Filling: page.Reports, page.Uppers: page.Reports}

// entryOf is the entry that stands for a place.
func entryOf(r page.Route) page.Name {
	if e := under[r.Page]; e != "" {
		return e
	}
	for name, key := range ledgerEntries {
		if r.Page == page.Ledgers && r.Ledger == key {
			return name
		}
	}
	return r.Page
}

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
		{page.Import, "导入", look.IconImport, func(w *Window, a *app.App) page.Page { return importing.New(a, w.desk) }, "", nil},
		{page.Filling, "按上级表填报", look.IconReport, func(w *Window, a *app.App) page.Page { return filling.New(a, w.desk) }, "", nil},
		{page.Uppers, "报表登记", look.IconReport, func(w *Window, a *app.App) page.Page { return uppers.New(a, w.desk) }, "", nil},
	}
	entries = []entry{
		{page.Today, "今日", look.IconToday, func(w *Window, a *app.App) page.Page { return today.New(a, w.desk) }, "", nil},
		{page.Tasks, "任务", look.IconTask, func(w *Window, a *app.App) page.Page { return tasks.New(a, w.desk) }, rule.DeskTasks, []string{keys.Task}},
		{page.Supervise, "督办", look.IconOrder, func(w *Window, a *app.App) page.Page { return supervise.New(a, w.desk) }, rule.DeskTasks, []string{keys.Order, keys.Meeting}},
		{page.Secretary, "书记", look.IconSecretary, func(w *Window, a *app.App) page.Page { return secretary.New(a, w.desk) }, rule.DeskResidents,
			[]string{keys.Act, keys.Commitment, keys.LedProject, keys.ContactPoint}},
		{page.Teams, "驻村", look.IconVillage, func(w *Window, a *app.App) page.Page { return teams.New(a, w.desk) }, rule.DeskResidents, []string{keys.Team}},
		{page.Households, "监测户", look.IconHousehold, nil, rule.DeskHouseholds, []string{keys.Household}},
		{page.Projects, "项目", look.IconProject, nil, rule.DeskHouseholds, []string{keys.Project}},
		{page.Reports, "报表", look.IconReport, func(w *Window, a *app.App) page.Page { return reports.New(a, w.desk) }, "", nil},
		{page.Ledgers, "台账", look.IconLedger, func(w *Window, a *app.App) page.Page { return ledgers.New(a, w.desk) }, "", nil},
		{page.History, "历史", look.IconHistory, func(w *Window, a *app.App) page.Page { return history.New(a, w.desk) }, "", nil},
		{page.Settings, "设置", look.IconSettings, newSettings, "", nil},
	}
}

func newSettings(w *Window, a *app.App) page.Page {
	return settings.New(a, w.desk, settings.Params{
		Restore: w.restore, Scale: w.memory.scale, SetScale: w.setScale, OnActor: w.actorChanged,
		Relock: w.relock, ShowCode: w.showCode, LockTold: w.lockTold, Lock: w.lock, Switch: w.switchUser,
		AutoLock: w.memory.autoLock, SetAutoLock: w.memory.setAutoLock, KnowsIdle: knowsIdle(w.system),
	})
}
