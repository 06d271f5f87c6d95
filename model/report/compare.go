package report

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// Finding is one thing that differs, or oddly does not, between two periods of a
// form (环比).
type Finding struct {
	Kind          FindingKind
	ID            string // of the row's record
	Area, Name    string
	Column        string // path; "" where the whole row is meant
	Header        string
	Before, After string // as people read them
}

// FindingKind says what was found; it is the word shown.
type FindingKind string

// What comparing finds. An order of things to look at, not of people.
const (
	FoundBackward FindingKind = "进度倒退"
	FoundFallen   FindingKind = "累计数下降"
	FoundSameText FindingKind = "文字与上期相同"
	FoundDue      FindingKind = "时限变动"
	FoundOverdue  FindingKind = "新逾期"
	FoundPerson   FindingKind = "责任人变更"
	FoundSilent   FindingKind = "本期未续报" // reported on last time, and not in a return of this one
	FoundGone     FindingKind = "消失的行"
	FoundNew      FindingKind = "新增的行"
	FoundChanged  FindingKind = "变更"
)

// The columns, of every item that is followed, that are judged by their own rule.
const (
	deadlineColumn = "due"
	personColumn   = "person"
)

// CompareColumn is a column of the form with the field it ends at.
type CompareColumn struct {
	Path, Header string
	Field        *model.Field
	Reported     bool // in the record of the period, not in the row's own
}

// Snapshot is a row as it stood in one period; nil where it was not part of it.
type Snapshot struct {
	Values map[string]model.Value // by path
	Known  bool                   // what it held of its own is known, not only what was reported
	Spoke  bool                   // something was reported
	Day    model.Day              // on which the period is judged
}

// ComparedRow is one row in both periods.
type ComparedRow struct {
	ID, Area, Name string
	Before, After  *Snapshot
	Answered       bool // the row's area has sent a return for the later period
	Closed         bool // nothing more is owed on it in the later period
}

// Compare finds what differs between two periods, row by row in the order given,
// column by column. A closed item that is no longer asked for has not vanished.
func Compare(columns []CompareColumn, rows []ComparedRow) []Finding {
	var out []Finding
	for _, r := range rows {
		at := Finding{ID: r.ID, Area: r.Area, Name: r.Name}
		switch {
		case r.Before == nil && r.After == nil:
		case r.Before == nil:
			at.Kind = FoundNew
			out = append(out, at)
		case r.After == nil:
			if at.Kind = FoundGone; !r.Closed {
				out = append(out, at)
			}
		default:
			out = append(out, r.compare(at, columns)...)
		}
	}
	return out
}

// compare compares a row that is in both periods.
func (r ComparedRow) compare(at Finding, columns []CompareColumn) []Finding {
	var out []Finding
	silent := r.Before.Spoke && !r.After.Spoke
	if silent && r.Answered && !r.Closed {
		one := at
		one.Kind = FoundSilent
		out = append(out, one)
	}
	for _, c := range columns {
		if c.Field == nil || c.Reported && silent || !c.Reported && !(r.Before.Known && r.After.Known) {
			continue
		}
		b, a := r.Before.Values[c.Path], r.After.Values[c.Path]
		one := at
		one.Column, one.Header, one.Before, one.After = c.Path, c.Header, c.Field.Show(b), c.Field.Show(a)
		if one.Kind = c.judge(b, a); one.Kind != "" {
			out = append(out, one)
		}
		if c.Path == deadlineColumn && r.overdueNow() {
			one.Kind = FoundOverdue
			out = append(out, one)
		}
	}
	return out
}

// overdueNow reports whether the row's deadline has passed since the earlier period.
func (r ComparedRow) overdueNow() bool {
	was, is := r.Before.Values[deadlineColumn].End, r.After.Values[deadlineColumn].End
	return is != "" && is < r.After.Day && !r.Closed && !(was != "" && was < r.Before.Day)
}

// judge says what two values of a column come to; "" for nothing to tell.
func (c CompareColumn) judge(b, a model.Value) FindingKind {
	same := c.Field.Same(b, a)
	switch {
	case c.Reported && c.Field.Kind == model.KindLongText:
		if b.Set && a.Set && squeezed(b.Text) == squeezed(a.Text) {
			return FoundSameText
		}
		return changed(same)
	case c.Reported && c.Field.Kind == model.KindPercent && b.Set && a.Set && a.Num < b.Num:
		return FoundBackward
	case c.Reported && (c.Field.Kind == model.KindDecimal || c.Field.Kind == model.KindInteger) && b.Set && a.Set && a.Num < b.Num:
		return FoundFallen
	case same:
		return ""
	case c.Path == deadlineColumn:
		return FoundDue
	case c.Path == personColumn:
		return FoundPerson
	}
	return FoundChanged
}

func changed(same bool) FindingKind {
	if same {
		return ""
	}
	return FoundChanged
}

// squeezed is text as it is compared: width, blanks and stops play no part.
func squeezed(s string) string {
	return strings.TrimRight(text.HeaderKey(s), "。.；;，,、")
}

// Notable are the findings that want a look: all but plain changes and new rows.
func Notable(findings []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return f.Kind == FoundChanged || f.Kind == FoundNew })
}
