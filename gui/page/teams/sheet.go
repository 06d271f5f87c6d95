package teams

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// sheet is the part 考勤: people × days. What is typed is written as one operation a
// person when the cursor leaves the row: then a person is done, undo takes back a
// person, and at most a row is not in the ledger yet. Ctrl+S writes at once, and so
// does a rest of typing, so that nothing is lost where the clerk walks away.
type sheet struct {
	p     *Page
	data  app.MonthSheet
	cols  []grid.Column
	field *model.Field // of a day

	month   model.Month
	aim     aim // where the cursor goes once the month is read
	pending typed
	steps   []typed // pending before each gesture, for undo
	writing []*batch
	refused []*batch // of months that are not shown

	header *page.Header
	when   *kit.Line
	keys   *kit.Line
	grid   *grid.Grid
	reads  *task.Latest
	rest   *task.Delay
}

// aim is a day of a member.
type aim struct{ member, field string }

// batch is what is on its way into the ledger.
type batch struct {
	month model.Month
	marks typed
}

// restBeforeSaving is how long typing rests before what was typed is written.
const restBeforeSaving = 10 * time.Second

func newSheet(p *Page) *sheet {
	s := &sheet{p: p, month: p.api.Today().Month(), pending: typed{}, reads: task.NewLatest(p.desk.Runner), rest: task.NewDelay(p.desk.Runner),
		field: p.api.Catalog().Ledger(ledgers.Attendance).Field(ledgers.DayField(1))}
	s.when = kit.NewLine(text.FormatMonth(s.month), look.TextBody, look.Ink, true)
	s.when.Fixed = true
	s.keys = kit.NewLine("", look.TextTable, look.Second, false)
	s.grid = grid.New(grid.Config{Source: s, Empty: "这个月没有在任的驻村队员。请先在“花名册”里登记，或者从表格导入。",
		EditText: s.editText, OnEdit: s.edit, OnPaste: s.paste, OnProblem: p.desk.Presenter.Error,
		OnSelect: func(int) { s.saveOthers() },
	})
	return s
}

func (s *sheet) lines() (*page.Header, []fyne.CanvasObject, []fyne.CanvasObject) {
	save := kit.NewButton("保存", kit.ButtonMain, func() { s.save() })
	save.Key = "Ctrl+S"
	fill := kit.NewButton("补齐到今天", kit.ButtonPlain, s.fillUp)
	fill.Key = "Ctrl+E"
	export := kit.NewButton("导出考勤表", kit.ButtonPlain, func() { s.p.report("考勤", text.FormatMonth(s.month)+"考勤表.xlsx", model.Period(s.month)) })
	subsidy := kit.NewButton("补助发放表", kit.ButtonPlain, func() { s.p.report("补助", text.FormatMonth(s.month)+"补助发放表.xlsx", model.Period(s.month)) })
	s.header = page.NewHeader("驻村", subsidy, export, fill, save)
	tools := []fyne.CanvasObject{
		kit.NewIconButton(look.IconLeft, func() { s.turn(-1) }), s.when, kit.NewIconButton(look.IconRight, func() { s.turn(1) }),
		kit.NewButton("复制上周", kit.ButtonPlain, s.copyWeek),
		kit.NewButton("向右填充", kit.ButtonPlain, func() { s.grid.FillRight(); s.p.focus(s.grid) }),
		kit.NewButton("登记请假", kit.ButtonPlain, s.askLeave),
	}
	legend := container.New(ends{}, s.keys, kit.NewButton("考勤符号", kit.ButtonLink, s.askSigns))
	return s.header, tools, []fyne.CanvasObject{legend, kit.NewFlushCard(s.grid)}
}

// load reads the month.
func (s *sheet) load() {
	month := s.month
	page.Load(s.p.desk, s.reads, func(ctx context.Context) (app.MonthSheet, error) { return s.p.api.MonthSheet(ctx, month) }, func(data app.MonthSheet) {
		first := s.cols == nil
		if data.Period != s.data.Period {
			s.part() // typed while the month was on its way, or refused
		}
		s.data, s.cols = data, sheetColumns(data)
		s.when.SetText(text.FormatMonth(month))
		s.keys.SetText(legend(data.Signs))
		s.takeBack()
		s.grid.Reload()
		if first {
			s.grid.SelectCell(0, dayColumns)
		}
		s.reachAim()
		s.note()
	})
}

// note says whose month it is and what is not written yet.
func (s *sheet) note() {
	words := fmt.Sprintf("%s考勤，%d 人", text.FormatMonth(s.month), len(s.data.Lines))
	if n := s.pending.count(); n > 0 {
		words += fmt.Sprintf("，%d 格还没有保存", n)
	}
	s.header.SetNote(words)
}

func (s *sheet) concerns(keys []string) bool {
	return touches(keys, ledgers.Attendance, ledgers.Team, ledgers.Leave, ledgers.Holiday, ledgers.Parameter, ledgers.Area)
}

// show puts the cursor on the member or the line that a route names.
func (s *sheet) show(r page.Route) {
	for row, l := range s.data.Lines {
		if r.Record != "" && (l.Member.ID == r.Record || l.Line != nil && l.Line.ID == r.Record) {
			s.grid.SelectCell(row, dayColumns)
		}
	}
	s.p.focus(s.grid)
}

// leave writes what was typed before another part comes to the front.
func (s *sheet) leave() { s.save() }

func (s *sheet) do(c page.Command) bool {
	switch c {
	case page.Save:
		if s.save() == 0 {
			s.p.say("都已经保存。")
		}
	case page.Report:
		s.fillUp()
	case page.New:
		s.askLeave()
	case page.Next:
		s.nextEmpty()
	case page.Undo:
		return s.undo()
	default:
		return false
	}
	return true
}

// turn goes to another month; what was typed in this one is written first.
func (s *sheet) turn(n int) {
	s.save()
	s.month = s.month.Add(n)
	s.load()
}

// turnTo goes to a day of a member in any month.
func (s *sheet) turnTo(month model.Month, member, field string) {
	s.save()
	s.month, s.aim = month, aim{member, field}
	s.load()
}

// reachAim puts the cursor where it was asked to go, once that month is read.
func (s *sheet) reachAim() {
	col := max(dayColumns, slices.IndexFunc(s.cols, func(c grid.Column) bool { return c.Key == s.aim.field }))
	for row, l := range s.data.Lines {
		if s.aim.member != "" && l.Member.ID == s.aim.member {
			s.grid.SelectCell(row, col)
			s.p.focus(s.grid)
		}
	}
	s.aim = aim{}
}

// nextEmpty goes to the next day up to today that has no mark.
func (s *sheet) nextEmpty() {
	row, col := s.grid.Current()
	for i := range len(s.data.Lines) {
		at := (row + i) % len(s.data.Lines)
		for day := s.month.First(); day <= min(s.month.Last(), s.p.api.Today()); day = day.Add(1) {
			to := dayColumns + day.DayOfMonth() - 1
			if s.mark(at, day) == "" && served(s.data.Lines[at].Member, day) && (i > 0 || to > col) {
				s.grid.SelectCell(at, to)
				s.p.focus(s.grid)
				return
			}
		}
	}
	s.p.say("到今天为止都填了。")
}

// Len is the number of people.
func (s *sheet) Len() int { return len(s.data.Lines) }

// Columns are name, village, days and sums.
func (s *sheet) Columns() []grid.Column { return s.cols }

// Cell shows one cell, what was typed included.
func (s *sheet) Cell(row, col int) grid.Cell {
	l := s.data.Lines[row]
	switch days := len(s.cols) - dayColumns - len(sums); {
	case col == 0:
		return grid.Cell{Text: l.Member.Get("name").Text, Hint: l.Member.Get("role").Text}
	case col == 1:
		return grid.Cell{Text: l.Village, Tone: look.ToneQuiet}
	case col < dayColumns+days:
		day := s.data.Period.First().Add(col - dayColumns)
		return dayCell(s.data, l, s.mark(row, day), day)
	default:
		today := s.p.api.Today()
		return sumCell(s.data, l, ledgers.CountDays(s.line(row), today), col-dayColumns-days, today)
	}
}

// entered is what was typed in a row and is not read back yet.
func (s *sheet) entered(member string) app.DayMarks {
	out := typed{}
	for _, b := range s.writing {
		if b.month == s.data.Period {
			out.join(b.marks)
		}
	}
	out.join(s.pending)
	return out[member]
}

// line is the line of a row with what was typed.
func (s *sheet) line(row int) *model.Record {
	l := s.data.Lines[row]
	return merged(s.data.Period, l, s.entered(l.Member.ID))
}

// mark is the mark of a day of a row.
func (s *sheet) mark(row int, day model.Day) string {
	l := s.data.Lines[row]
	if mark, ok := s.entered(l.Member.ID)[day.DayOfMonth()]; ok {
		return mark
	}
	return ledgers.MarkOn(l.Line, day)
}

// editText is the sign of a day.
func (s *sheet) editText(row, col int) string { return s.Cell(row, col).Text }

// edit takes one day.
func (s *sheet) edit(row, col int, words string) error {
	return s.paste(grid.Range{Row1: row, Col1: col, Row2: row, Col2: col}, [][]string{{words}})
}

// paste takes several days: all of them or, if one cannot stand, none.
func (s *sheet) paste(r grid.Range, values [][]string) error {
	add := typed{}
	for i, cells := range values {
		l := s.data.Lines[r.Row1+i]
		for j, words := range cells {
			n := r.Col1 + j - dayColumns
			if n < 0 || n >= s.data.Period.Last().DayOfMonth() {
				continue
			}
			day := s.data.Period.First().Add(n)
			mark, err := markOf(s.data.Signs, s.field, words)
			if err == nil {
				err = refuse(l, day, s.p.api.Today(), mark)
			}
			if err != nil {
				return err
			}
			add.put(l.Member.ID, n+1, mark)
		}
	}
	s.enter(add)
	return nil
}

// enter takes marks as typed.
func (s *sheet) enter(add typed) {
	s.steps = append(s.steps, s.pending.clone())
	s.pending.join(add)
	s.note()
	s.rest.Do(restBeforeSaving, func() { s.save() })
}

// undo takes back the last gesture that is not written yet.
func (s *sheet) undo() bool {
	if len(s.steps) == 0 {
		return false
	}
	last := len(s.steps) - 1
	s.pending, s.steps = s.steps[last], s.steps[:last]
	s.grid.Reload()
	s.note()
	return true
}

// chosen are the rows that a button acts on.
func (s *sheet) chosen(fill func(row int) app.DayMarks) typed {
	out := typed{}
	for _, row := range slices.Collect(s.grid.Selected()) {
		if marks := fill(row); len(marks) > 0 {
			out[s.data.Lines[row].Member.ID] = marks
		}
	}
	return out
}

// take enters what a button made and says how much it was.
func (s *sheet) take(add typed, nothing string) {
	if add.count() == 0 {
		s.p.say(nothing)
	} else {
		s.enter(add)
		s.grid.Reload()
	}
	s.p.focus(s.grid)
}

// fillUp fills the empty days of the chosen rows up to today.
func (s *sheet) fillUp() {
	today := s.p.api.Today()
	s.take(s.chosen(func(row int) app.DayMarks { return fillUp(s.data, s.data.Lines[row], s.line(row), today) }), "选中的行到今天为止都填了。")
}

// copyWeek takes the week before over into the week of the cursor.
func (s *sheet) copyWeek() {
	_, col := s.grid.Current()
	at, today := s.p.api.Today(), s.p.api.Today()
	if n := col - dayColumns; n >= 0 && n < s.data.Period.Last().DayOfMonth() {
		at = s.data.Period.First().Add(n)
	}
	s.take(s.chosen(func(row int) app.DayMarks { return copyWeek(s.data, s.data.Lines[row], s.line(row), at, today) }), "上周没有可以复制的，或者这一周已经填了。")
}
