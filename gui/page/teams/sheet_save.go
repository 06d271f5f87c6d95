package teams

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"xiangzhen/gui/page"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// Unsaved counts the cells of 考勤 that were typed and not written, those of other
// months that were refused too.
func (p *Page) Unsaved() string {
	n := p.sheet.pending.count()
	for _, b := range p.sheet.refused {
		n += b.marks.count()
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("考勤有 %d 格", n)
}

// save writes all that was typed and returns how many people it is about.
func (s *sheet) save() int {
	marks := s.pending
	s.pending, s.steps = typed{}, nil
	if len(marks) > 0 {
		s.write(marks)
	}
	return len(marks)
}

// saveOthers writes what was typed in rows that the cursor has left.
func (s *sheet) saveOthers() {
	row, _ := s.grid.Current()
	left := s.pending.clone()
	if row >= 0 && row < len(s.data.Lines) {
		delete(left, s.data.Lines[row].Member.ID)
	}
	if len(left) == 0 {
		return
	}
	for member := range left {
		delete(s.pending, member)
	}
	s.steps = nil
	s.write(left)
}

// write writes marks as one operation. They are shown as typed until they are read
// back; what cannot be written is pending again.
func (s *sheet) write(marks typed) {
	b := &batch{month: s.data.Period, marks: marks}
	s.writing = append(s.writing, b)
	page.Attempt(s.p.desk, func(ctx context.Context) (app.Done, error) {
		return s.p.api.FillAttendance(ctx, b.month, b.marks)
	}, func(done app.Done, err error) {
		s.writing = slices.DeleteFunc(s.writing, func(o *batch) bool { return o == b })
		if err != nil {
			s.putBack(b)
			s.p.desk.Presenter.Error(err)
			return
		}
		s.readBack(b, done)
		s.p.desk.Status(s.savedWords(b))
		s.note()
	})
}

// readBack takes the written lines over before the month is read anew.
func (s *sheet) readBack(b *batch, done app.Done) {
	if b.month != s.data.Period {
		return
	}
	for _, rec := range done.Records {
		for i := range s.data.Lines {
			if l := &s.data.Lines[i]; l.Member.ID == rec.Get("member").ID {
				l.Line = rec
			}
		}
	}
	s.grid.Reload()
}

// putBack makes what could not be written pending again, at once or when its month is
// shown.
func (s *sheet) putBack(b *batch) {
	s.refused = append(s.refused, b)
	s.takeBack()
	s.grid.Reload()
	s.note()
}

// part leaves the month shown: what is typed in it is written or, if that is refused,
// waits until the month is shown again.
func (s *sheet) part() {
	s.save()
	if len(s.pending) > 0 {
		s.refused = append(s.refused, &batch{s.data.Period, s.pending})
		s.pending = typed{}
	}
}

// takeBack makes what was refused of the month shown pending, under what was typed
// since.
func (s *sheet) takeBack() {
	s.refused = slices.DeleteFunc(s.refused, func(b *batch) bool {
		if b.month != s.data.Period {
			return false
		}
		back := b.marks.clone()
		back.join(s.pending)
		s.pending = back
		return true
	})
}

// savedWords says what was written: 已保存 2026年11月考勤：赵示例四.
func (s *sheet) savedWords(b *batch) string {
	words := "已保存" + text.FormatMonth(b.month) + "考勤："
	if len(b.marks) > 1 {
		return words + fmt.Sprintf("%d 人", len(b.marks))
	}
	for member := range maps.Keys(b.marks) {
		for _, l := range s.data.Lines {
			if l.Member.ID == member {
				words += l.Member.Get("name").Text
			}
		}
	}
	return words
}
