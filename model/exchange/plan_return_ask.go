package exchange

import (
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// What goes in as it stands and is asked all the same.
const (
	rulePlanUnit   = "plan_unit"
	rulePlanExtend = "plan_extend"
)

// askParent lists a row that the village added as one to be confirmed.
func (pl *returnPlanner) askParent(st *rowState) {
	p := pl.r.rowProblem(&st.row, rulePlanParent, model.Doubt, "村里新增的“"+st.out.Name+"”，待确认", "请在台账里核对，选定上级事项。")
	pl.plan.Problems = append(pl.plan.Problems, p)
}

// askUnit lists a row of the sender's own that it gives to a unit elsewhere.
func (pl *returnPlanner) askUnit(st *rowState, rp *RecordPlan) error {
	l := pl.r.form.ledger
	for _, fp := range rp.Fields {
		if !pl.r.form.isHome(Path(fp.Field)) || fp.Outcome != Take {
			continue
		}
		f := l.Field(fp.Field)
		area := pl.lk.AreaOf(f, fp.Result())
		within, err := pl.within(area)
		if err != nil {
			return err
		}
		if area != "" && !within {
			pl.plan.Problems = append(pl.plan.Problems, pl.r.cellProblem(fp.Cell, Path(fp.Field), rulePlanUnit, model.Doubt,
				"新增的“"+st.out.Name+"”"+f.Label+"写的是“"+text.Excerpt(f.Show(fp.Result()))+"”，不属于"+pl.r.Sender.Name, "请核对是不是填错了"+f.Label+"。"))
		}
	}
	return nil
}

// within reports whether an area is the sender's or lies below it.
func (pl *returnPlanner) within(area string) (bool, error) {
	const deepest = 16 // levels of areas: more would be a circle
	for range deepest {
		if area == pl.r.home() {
			return true, nil
		}
		rec, err := pl.lk.Record(ledgers.Area, area)
		if err != nil || rec == nil {
			return false, err
		}
		area = rec.Get("parent").ID
	}
	return false, nil
}

// The fields by which a report asks for a later deadline (申请延期), and that
// deadline on the report's owner.
const (
	keyExtendTo = "extend_to"
	keyDue      = "due"
)

// askExtension lists a wish for a deadline that is not later than the present one.
func (pl *returnPlanner) askExtension(st *rowState, owner *model.Record, rp *RecordPlan) {
	due := owner.Get(keyDue)
	for _, fp := range rp.Fields {
		if fp.Field != keyExtendTo || fp.Outcome != Take || fp.Result().End == "" || due.End == "" || fp.Result().End > due.End {
			continue
		}
		pl.plan.Problems = append(pl.plan.Problems, pl.r.cellProblem(fp.Cell, Path(rp.Ledger+"."+keyExtendTo), rulePlanExtend, model.Doubt,
			"“"+st.out.Name+"”申请延期至“"+text.Excerpt(fp.Result().Text)+"”，不晚于现在的时限“"+text.Excerpt(due.Text)+"”", "请核对申请延期的日期。"))
	}
}
