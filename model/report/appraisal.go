package report

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
	"xiangzhen/model/word"
)

// Appraisee is a member of a team with what the ledgers hold of one year, and the
// yearly sheet that people filled in. Levels are chosen by people; the facts are
// there to write from and are never added up to a mark.
type Appraisee struct {
	Village string
	Member  *model.Record // on the roster
	Days    YearLine      // 驻村天数 to the end of the year or of the month at hand
	Months  int           // of their term in that time, each of which has a month sheet if all is in
	Visits  int           // 走访, households
	Logs    int           // 日志
	Closed  int           // 办结事项 they answered for
	Sheet   *model.Record // 驻村考核 of the year, nil while nobody has filled it in
}

// Facts say in words what the ledgers hold of the year.
func (a Appraisee) Facts() string {
	return fmt.Sprintf("驻村 %s，走访 %d 户次，写日志 %d 篇，负责的事项办结 %d 项", a.days(" 天"), a.Visits, a.Logs, a.Closed)
}

// days writes 驻村天数, with how many months it comes from where month sheets lack: a
// sum of three months is not to be taken for that of the year.
func (a Appraisee) days(unit string) string {
	have := 0
	for _, has := range a.Days.Has {
		if has {
			have++
		}
	}
	if have >= a.Months {
		return strconv.Itoa(a.Days.Sum) + unit
	}
	return fmt.Sprintf("%d%s（%d 个月中有考勤表的 %d 个月）", a.Days.Sum, unit, a.Months, have)
}

// said is a field of the yearly sheet as it is shown, "" where it is not filled in.
func (a Appraisee) said(l *model.Ledger, key string) string {
	if a.Sheet == nil {
		return ""
	}
	return l.Field(key).Show(a.Sheet.Get(key))
}

// Appraisals is the content of the workbook of a year (驻村帮扶考核表, DOMAIN §1 j).
type Appraisals struct {
	Unit, Filler string
	Year         int
	Today        model.Day
	At           time.Time
	Demo         bool
	Team, Sheet  *model.Ledger // 花名册 and 驻村考核
	People       []Appraisee   // in the order of the divisions and of the roster
}

// Book lays the workbook out: the list of all, and a page for each to be signed. With
// many people, as in a county, the list stands alone.
func (a Appraisals) Book() *sheet.Out {
	list := a.list()
	out := list.Book()
	out.Sheets[0].Name = "考核汇总"
	if len(a.People) > mostVillages {
		return out
	}
	for _, p := range a.People {
		page := a.page(p).Book().Sheets[0]
		page.Name = cmp.Or(p.Member.Get("name").Text, "未写姓名")
		out.Sheets = append(out.Sheets, page)
	}
	uniqueNames(out.Sheets)
	return out
}

// opinions are the columns of the list that people fill in.
var opinions = []string{"votes", "village_opinion", "town_opinion", "county_opinion", "grade", "team_grade"}

func (a Appraisals) list() Table {
	t := Table{Title: fmt.Sprintf("%s%d年度驻村帮扶考核汇总表", a.Unit, a.Year), Unit: a.Unit, Filler: a.Filler, Today: a.Today, At: a.At, Demo: a.Demo,
		Columns: []Column{{Header: "序号", Width: 5, Number: true}, {Header: "村", Width: 10}, {Header: "姓名", Width: 10}, {Header: "派出单位", Width: 16},
			{Header: "驻村职务", Width: 13}, {Header: "驻村天数", Width: 7, Number: true}, {Header: "台账记载", Width: 24, Long: true}}}
	for _, key := range opinions {
		f := a.Sheet.Field(key)
		t.Columns = append(t.Columns, Column{Header: f.Header(), Width: 12, Long: f.Kind == model.KindLongText || key == "votes"})
	}
	for _, p := range a.People {
		row := []string{strconv.Itoa(len(t.Rows) + 1), p.Village}
		for _, key := range []string{"name", "home_unit", "role"} {
			row = append(row, a.Team.Field(key).Show(p.Member.Get(key)))
		}
		row = append(row, strconv.Itoa(p.Days.Sum), p.Facts()) // the column stays a number
		for _, key := range opinions {
			row = append(row, p.said(a.Sheet, key))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// page is the sheet of one person, as the county's form has it.
func (a Appraisals) page(p Appraisee) Sheet {
	m := func(key string) string { return a.Team.Field(key).Show(p.Member.Get(key)) }
	said := func(key string) string { return p.said(a.Sheet, key) }
	rows := [][]word.Cell{
		pairs("姓名", m("name"), "派出单位", m("home_unit")),
		pairs("驻村", p.Village, "驻村职务", m("role")),
		pairs("驻村时间", term(p.Member), "勤（驻村天数）", p.days("")),
		wide("德", said("morals"), 2), wide("能", said("ability"), 2),
		wide("绩（四项职责）", said("duties"), 5), wide("台账记载", p.Facts(), 2), wide("廉", said("integrity"), 2),
		wide("民主测评", said("votes"), 2), wide("村级评价", said("village_opinion"), 3), wide("乡镇评价", said("town_opinion"), 3),
		wide("县级评定", said("county_opinion"), 3), pairs("等次", said("grade"), "工作队等次", said("team_grade")),
	}
	return Sheet{Title: sheet.DemoTitle(fmt.Sprintf("驻村帮扶考核表（%d年度）", a.Year), a.Demo), At: a.At, Table: word.Table{Widths: sheetWidths, Rows: rows},
		Sign: []string{"本人签字：　　　　　　　　　　年　　月　　日"}}
}

// term writes from when to when a member was or is stationed.
func term(member *model.Record) string {
	from, to := member.Get("from").Start, member.Get("to").End
	switch {
	case from == "":
		return ""
	case to == "":
		return text.FormatDay(from) + "起"
	}
	return text.FormatDay(from) + "至" + text.FormatDay(to)
}

// NewAppraisee begins with the days of a member's year, of the lines of its months.
func NewAppraisee(village string, member *model.Record, lines map[model.Month]*model.Record, year int, today model.Day, params model.Params, calendar model.Calendar) Appraisee {
	upTo := min(model.NewDay(year, 12, 31).Month(), today.Month())
	attendee := Attendee{Name: member.Get("name").Text, Term: model.DateWords{Start: member.Get("from").Start, End: member.Get("to").End}, Lines: lines}
	out := Appraisee{Village: village, Member: member, Days: RollUp(attendee, upTo, today, params, calendar)}
	for month := model.NewDay(year, 1, 1).Month(); month <= upTo; month = month.Add(1) {
		if (attendee.Term.Start == "" || attendee.Term.Start <= month.Last()) && (attendee.Term.End == "" || month.First() <= attendee.Term.End) {
			out.Months++
		}
	}
	return out
}
