package today

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// Keys of the quick filters on page 任务.
const (
	filterAll    = "all"
	filterLate   = "late"
	filterSoon   = "soon"
	filterReview = "review"
	filterDone   = "done"
)

// Where other pages show what belongs to them: 冲突 on 报表, 备份 on 设置.
const (
	filterConflicts = "conflicts"
	sectionBackup   = "backup"
	sectionCarry    = "carry"
)

// figure is one of the cards on top.
type figure struct {
	label, value string
	tone         look.Tone
	note         string
	route        page.Route
	unfold       app.AgendaKey // the group that it counts, where no list shows all of it
}

// figures are the cards on top. One without data behind it is left out.
func figures(a app.Agenda) []figure {
	out := []figure{
		{"逾期事项", strconv.Itoa(a.Late), tone(a.Late, look.ToneOverdue), lateNote(a), tasks(filterLate), beyondTasks(a, app.AgendaLate)},
		{fmt.Sprintf("%d 天内到期", a.SoonDays), strconv.Itoa(a.Soon), tone(a.Soon, look.ToneSoon), soonNote(a), tasks(filterSoon), ""},
		{"待我审核", strconv.Itoa(a.Review), look.TonePlain, reviewNote(a), tasks(filterReview), beyondTasks(a, app.AgendaMine)},
	}
	for _, r := range a.Reports {
		if len(a.Areas) > 0 {
			out = append(out, reportFigure(r, a))
		}
	}
	if t := a.Team; t.Members > 0 {
		out = append(out, figure{"驻村工作队在岗", fmt.Sprintf("%d / %d", t.InOffice, t.Members), look.TonePlain, teamNote(t),
			page.Route{Page: page.Ledgers, Ledger: ledgers.Team}, ""})
	}
	return out
}

// beyondTasks is the group that a figure counts, if it holds items of other ledgers
// than tasks: those that wait for a review, of the group of several kinds.
func beyondTasks(a app.Agenda, key app.AgendaKey) app.AgendaKey {
	g := a.Group(key)
	other := func(l app.AgendaLine) bool { return l.Of != "" && (key != app.AgendaMine || l.Kind == app.KindReview) }
	if key == app.AgendaLate && !g.OnlyTasks() || slices.ContainsFunc(g.Lines, other) {
		return key
	}
	return ""
}

func tasks(filter string) page.Route { return page.Route{Page: page.Tasks, Filter: filter} }

// tone is that of a number, plain where there is nothing to do.
func tone(n int, t look.Tone) look.Tone {
	if n == 0 {
		return look.TonePlain
	}
	return t
}

func lateNote(a app.Agenda) string {
	lines := a.Group(app.AgendaLate).Lines
	if len(lines) == 0 {
		return "没有逾期"
	}
	return fmt.Sprintf("最长 %d 天", -lines[0].Days)
}

func soonNote(a app.Agenda) string {
	words := "今明没有到期"
	if n := a.Group(app.AgendaDue).Total; n > 0 {
		words = fmt.Sprintf("今明到期 %d 项", n)
	}
	if n := a.Soon - a.SoonTasks; n > 0 {
		words += fmt.Sprintf("，任务外 %d 项", n)
	}
	return words
}

// reviewNote names the units that wait.
func reviewNote(a app.Agenda) string {
	var units []string
	seen := map[string]bool{}
	for _, l := range a.Group(app.AgendaMine).Lines {
		if l.Kind == app.KindReview && !seen[l.Unit] {
			seen[l.Unit] = true
			units = append(units, l.Unit)
		}
	}
	if len(units) == 0 {
		return "没有待审核"
	}
	return strings.Join(units, "、")
}

func teamNote(t app.TeamStanding) string {
	var parts []string
	if t.Ending > 0 {
		parts = append(parts, fmt.Sprintf("将届满 %d 人", t.Ending))
	}
	if t.Over > 0 {
		parts = append(parts, fmt.Sprintf("已届满 %d 人", t.Over))
	}
	if parts == nil {
		return "任期都未到"
	}
	return strings.Join(parts, " · ")
}

// reportFigure is the card of a report of the month.
func reportFigure(r app.ReportStanding, a app.Agenda) figure {
	f := figure{label: reportTitle(r), tone: look.TonePlain, route: page.Route{Page: page.Reports}}
	if !r.Issued {
		f.value, f.note, f.route.Act = "未下发", "截止 "+short(string(r.Due), a.Day), page.Issue
		return f
	}
	f.value = fmt.Sprintf("%d / %d %s", r.Submitted, r.Expected, a.AreaWord)
	var open []string
	for _, row := range r.Rows {
		if row.Status == app.StandMissing || row.Status == app.StandEmpty || row.Status == app.StandReturned {
			open = append(open, row.Area)
		}
	}
	f.note = "已报齐"
	if len(open) > 0 {
		f.note = "未报：" + strings.Join(open, "、")
	}
	return f
}

func reportTitle(r app.ReportStanding) string {
	return strings.TrimPrefix(r.Period.Words(), strconv.Itoa(r.Period.First().Year())+"年") + r.Form.Label
}

// section is a group of lines as shown.
type section struct {
	key   app.AgendaKey
	title string
	link  string     // n 项，查看全部
	more  bool       // there is more than is shown, or could be shown less
	route page.Route // where the link leads; empty: it unfolds the group
	lines []entry
	rest  string // what of an unfolded group has no line
}

// entry is one line.
type entry struct {
	mark        look.Mark
	words       string
	title, side string
	route       page.Route
}

// summary counts the groups: 逾期 12　今明到期 4.
func summary(a app.Agenda) string {
	var parts []string
	for _, g := range a.Groups {
		if g.Total > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", sectionTitles[g.Key], g.Total))
		}
	}
	return strings.Join(parts, "　")
}

// completionTitle names the areas by what they are: 各村, 各乡镇.
func completionTitle(a app.Agenda) string { return "各" + a.AreaWord + "任务完成情况" }

// callLabel is what can be done about a report.
func callLabel(r app.ReportStanding) string {
	if r.Issued {
		return "复制催报文字"
	}
	return "去下发"
}

// fewLines is how many lines of a group are shown folded.
const fewLines = 4

var sectionTitles = map[app.AgendaKey]string{
	app.AgendaLate: "逾期", app.AgendaDue: "今明到期", app.AgendaUpper: "上级报表", app.AgendaMine: "待我处理", app.AgendaRemind: "提醒",
}

// sections lists the groups that have lines, the unfolded ones whole.
func sections(a app.Agenda, open map[app.AgendaKey]bool) []section {
	var out []section
	for _, g := range a.Groups {
		if g.Total == 0 {
			continue
		}
		s := section{key: g.Key, title: sectionTitles[g.Key]}
		s.link, s.route = sectionLink(g, open[g.Key])
		s.more = s.route.Page != "" || len(g.Lines) > fewLines
		lines := g.Lines
		if len(lines) > fewLines && !open[g.Key] {
			lines = lines[:fewLines]
		}
		for _, l := range lines {
			mark, words := status(l)
			s.lines = append(s.lines, entry{mark, words, what(l), aside(l, a.Day), lineRoute(l)})
		}
		if rest := g.Total - len(g.Lines); open[g.Key] && rest > 0 && s.route.Page == "" {
			s.rest = fmt.Sprintf("另有 %d 项，在任务和台账里查看。", rest)
		}
		out = append(out, s)
	}
	return out
}

// sectionLink is the end of a group's head. Tasks past or near their day have a list
// of their own on page 任务; groups of several kinds or ledgers unfold here.
func sectionLink(g app.AgendaGroup, open bool) (string, page.Route) {
	count := strconv.Itoa(g.Total) + " 项"
	if g.More {
		count = strconv.Itoa(g.Total) + " 多项"
	}
	switch {
	case g.Key == app.AgendaLate && g.OnlyTasks():
		return count + "，查看全部", tasks(filterLate)
	case g.Key == app.AgendaDue && g.OnlyTasks():
		return count + "，查看全部", tasks(filterSoon)
	case g.Key == app.AgendaUpper:
		return count + "，查看全部", page.Route{Page: page.Uppers}
	case len(g.Lines) <= fewLines:
		return count, page.Route{}
	case open:
		return count + "，收起", page.Route{}
	}
	return count + "，查看全部", page.Route{}
}

// lineRoute is where a line leads.
func lineRoute(l app.AgendaLine) page.Route {
	switch l.Kind {
	case app.KindConflict:
		return page.Route{Page: page.Reports, Filter: filterConflicts, Ledger: l.Ledger, Record: l.Record}
	case app.KindTerm:
		return page.Route{Page: page.Ledgers, Ledger: l.Ledger, Record: l.Record}
	case app.KindUnissued:
		return page.Route{Page: page.Reports, Act: page.Issue}
	case app.KindInbox:
		return page.Route{Page: page.Reports, Act: page.Collect, Paths: strings.Split(l.Note, "\n")}
	case app.KindCarried:
		return page.Route{Page: page.Settings, Filter: sectionCarry}
	case app.KindBackup:
		return page.Route{Page: page.Settings, Filter: sectionBackup}
	case app.KindUpperLate, app.KindUpperDue:
		return page.Route{Page: page.Uppers, Record: l.Record}
	}
	if l.Ledger == ledgers.Task {
		return page.Route{Page: page.Tasks, Ledger: l.Ledger, Record: l.Record}
	}
	return page.Route{Page: page.Ledgers, Ledger: l.Ledger, Record: l.Record}
}

// Parts of a bar, and the filters that list them.
var (
	barParts   = []kit.Part{{Label: "办结", Color: look.Bar}, {Label: "临期", Color: look.Soon}, {Label: "逾期", Color: look.Overdue}}
	partFilter = []string{filterDone, filterSoon, filterLate}
)

// bars are the areas' completion, in the order they come: that of the divisions.
func bars(areas []app.Completion) []kit.BarRow {
	out := make([]kit.BarRow, len(areas))
	for i, c := range areas {
		out[i] = kit.BarRow{Label: c.Area, Counts: []int{c.Done, c.Soon, c.Late}, Total: c.All, Note: share(c)}
	}
	return out
}

// share is finished ÷ all, cut off: an area with one item left is not at 100%.
func share(c app.Completion) string {
	if c.All == 0 {
		return "—"
	}
	return strconv.Itoa(c.Done*100/c.All) + "%"
}

// barRoute is the list behind a part of a bar, -1 for the rest of it.
func barRoute(area string, part int) page.Route {
	r := page.Route{Page: page.Tasks, Search: area, Filter: filterAll}
	if part >= 0 {
		r.Filter = partFilter[part]
	}
	return r
}

// standing is one receiver's line of a report.
type standing struct {
	area, status string
	tone         look.Tone
	side         string
}

// standings are the receivers of a report, in the order of the divisions.
func standings(r app.ReportStanding, day model.Day) []standing {
	out := make([]standing, len(r.Rows))
	for i, row := range r.Rows {
		out[i] = standing{row.Area, row.Status, statusTone(row.Status), short(row.SubmittedAt, day)}
		if row.SubmittedAt == "" {
			out[i].side = callee(row.Contact)
		}
	}
	return out
}

// callee is the first of those to be called, without the post: 报表联络员 张示例二、…
func callee(contact string) string {
	first, _, _ := strings.Cut(contact, "、")
	_, name, _ := strings.Cut(first, " ")
	return name
}

func statusTone(status string) look.Tone {
	switch status {
	case app.StandReported, app.StandZero:
		return look.ToneFine
	case app.StandMissing, app.StandEmpty:
		return look.ToneOverdue
	}
	return look.ToneSoon
}
