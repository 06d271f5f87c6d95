package exchange

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// Shipped returns the forms that come with the program.
func Shipped() []Form {
	return []Form{taskMonth(), attendanceMonth(), visitMonth(), rectificationForm()}
}

// taskMonth is the monthly report on tasks (任务进展月报): one row for each item of
// the village that is not finished, to be answered with progress.
func taskMonth() Form {
	return Form{
		Key: "task_month", Label: "任务进展月报", Over: ledgers.Task,
		Where: []string{"state!=已办结", "state!=已终止", "state!=已中止"},
		Columns: []FormColumn{
			{Path: PathSeq, Header: "序号", Width: 6},
			{Path: "title", Header: "事项", Width: 30},
			{Path: "unit", Width: 12},
			{Path: "due", Width: 13},
			{Path: "target_qty", Width: 9},
			{Path: "target_unit", Header: "单位", Width: 7},
			{Path: "percent", Header: "上期完成比例（%）", Width: 9, Grey: true},
			{Path: "person", Width: 10, Fill: true},
			{Path: "progress.percent", Width: 10, Fill: true},
			{Path: "progress.done_qty", Width: 10, Fill: true},
			{Path: "progress.text", Width: 36, Fill: true},
			{Path: "progress.problem", Width: 22, Fill: true},
			{Path: "progress.next_step", Width: 22, Fill: true},
			{Path: "progress.finished", Width: 9, Fill: true},
			{Path: "progress.extend_to", Width: 13, Fill: true},
		},
		Cadence: model.Monthly, Due: model.Due{Day: 25, Hour: 18, Roll: model.RollLater}, ZeroOK: true, FreeRows: 10,
		Notes: []string{
			"填表说明：1. 灰底各列由镇里填写，改动不会被采用。2. 需要增加事项时，填在下面的空行里。3. 本月没有进展的，在“进展情况”写“本月无”。",
		},
	}
}

// rectificationForm is the monthly report on problems to put right (问题整改台账):
// one row for each problem of the village that is not closed.
func rectificationForm() Form {
	return Form{
		Key: "rectification", Label: "问题整改台账", Over: ledgers.Rectification, Where: unfinished(),
		Columns: []FormColumn{
			{Path: PathSeq, Header: "序号", Width: 6},
			{Path: "source", Width: 12},
			{Path: "title", Width: 32},
			{Path: "unit", Width: 12},
			{Path: "measures", Width: 28},
			{Path: "due", Width: 13},
			{Path: "person", Width: 10, Fill: true},
			{Path: "progress.percent", Width: 10, Fill: true},
			{Path: "progress.text", Header: "整改进展", Width: 36, Fill: true},
			{Path: "progress.problem", Width: 22, Fill: true},
			{Path: "progress.next_step", Width: 22, Fill: true},
			{Path: "progress.finished", Header: "是否申请销号", Width: 9, Fill: true},
			{Path: "progress.extend_to", Width: 13, Fill: true},
		},
		Cadence: model.Monthly, Due: model.Due{Day: 25, Hour: 18, Roll: model.RollLater}, ZeroOK: true, FreeRows: 5,
		Notes: []string{
			"填表说明：1. 灰底各列由镇里填写，改动不会被采用。2. 自查发现的新问题填在下面的空行里。3. 本月没有进展的，在“整改进展”写“本月无”。",
		},
	}
}

// PeriodWords says a period, or a month, as people write it: 2026年11月.
func PeriodWords[P model.Period | model.Month](period P) string { return model.Period(period).Words() }

// previousMark begins the header of a column that shows what was last reported
// before the form's period.
const previousMark = "上期"

// Previous returns where the value of a grey column headed 上期… comes from: the
// field of its key in the owned ledger that has one record a period. Of that, the
// newest record of an earlier period counts. The record's own derived value would
// be this period's as soon as something was reported. ok is false for any other
// column.
func (c FormColumn) Previous(catalog *model.Catalog, over string) (tg Target, ok bool) {
	if !c.Grey || !strings.HasPrefix(c.Header, previousMark) {
		return Target{}, false
	}
	for _, owned := range catalog.Owned(over) {
		if f := owned.Ledger.Field(string(c.Path)); f != nil && hasPeriod(owned.Ledger) {
			return Target{Path: c.Path, Ledger: owned.Ledger, Field: f, Child: owned.Ledger}, true
		}
	}
	return Target{}, false
}

// column returns the form's column of a path.
func (f *Form) column(p Path) (FormColumn, bool) {
	i := slices.IndexFunc(f.Columns, func(c FormColumn) bool { return c.Path == p })
	if i < 0 {
		return FormColumn{}, false
	}
	return f.Columns[i], true
}

// fillable reports whether the receiver fills the path.
func (f *Form) fillable(p Path) bool {
	c, _ := f.column(p)
	return c.Fill
}

// guards returns the paths by which a row is known to people and that must come
// back as they went out.
func (f *Form) guards() []Path {
	var out []Path
	for _, c := range f.Columns {
		if !c.Fill && !c.Grey && c.Path != PathSeq {
			out = append(out, c.Path)
		}
	}
	return out
}

// resolved is a form with the field behind each of its paths.
type resolved struct {
	Form
	ledger  *model.Ledger
	targets map[Path]Target
}

// resolve finds the fields behind a form's paths.
func resolve(f Form, c *model.Catalog) (*resolved, error) {
	l := c.Ledger(f.Over)
	if l == nil {
		return nil, model.Errorf(model.CodeNotFound, "报表“%s”所用的台账已不存在。", f.Label)
	}
	r := &resolved{Form: f, ledger: l, targets: map[Path]Target{}}
	for _, col := range f.Columns {
		if col.Path == PathSeq {
			continue
		}
		tg, err := ResolvePath(c, l, col.Path)
		if err != nil {
			return nil, err
		}
		r.targets[col.Path] = tg
	}
	return r, nil
}

// header returns the words above a column.
func (r *resolved) header(c FormColumn) string {
	if c.Header != "" {
		return c.Header
	}
	if tg, ok := r.targets[c.Path]; ok {
		return tg.Field.Header()
	}
	return string(c.Path)
}
