package ledgers

import (
	"strconv"
	"strings"

	"xiangzhen/model"
)

// Followed items (follow.go) go through their flow by the rules of this file.

// Facts is all that decides whether somebody may take a step on an item, apart
// from the item itself. Nobody is refused for what is not known.
type Facts struct {
	Actor         model.Actor
	Today         model.Day
	Params        model.Params // nil = the shipped ones
	IsHolder      bool         // the actor's unit is the responsible unit (责任单位)
	IsAbove       bool         // the actor's unit stands above it
	HolderLevel   model.Level  // of the responsible unit, "" if unknown
	Assigner      string       // id of the unit that handed the item out (交办单位), "" if unknown
	AssignerLevel model.Level
	OnlyOne       bool // the actor's unit has nobody else who uses the program
	Reported      bool // progress text has been reported
	Evidence      bool // evidence is attached
	Reason        string
	Date          model.Value // where the step asks for one
}

// StepDate is the field as which the date given with a step is read.
var StepDate = &model.Field{Key: "date", Label: "日期", Kind: model.KindDate}

// StepWords lists the words of a flow's steps for people: 交办、签收 ….
func StepWords(flow *model.Flow) string { return joinSteps(flow.Steps) }

func joinSteps(steps []model.Step) string {
	words := make([]string, len(steps))
	for i, s := range steps {
		words[i] = s.Label
	}
	return strings.Join(words, "、")
}

// TakeStep takes a step on an item: it returns the fields that change, with an
// empty value for one that is cleared, or the error of CanTake.
func TakeStep(l *model.Ledger, step *model.Step, item *model.Record, f Facts) (map[string]model.Value, error) {
	if err := CanTake(l, step, item, f); err != nil {
		return nil, err
	}
	out := map[string]model.Value{l.Flow.State: model.Text(step.To), "step_note": stepNote(step, f)}
	if step.Stamp != "" {
		out[step.Stamp] = model.OnDay(f.Today)
	}
	none := model.Value{}
	switch step.Key {
	case StepAssign:
		if f.skipsSign(l) {
			out[l.Flow.State] = model.Text(StateDoing)
		}
	case StepApply:
		out["applied_by"] = model.Text(applicantMark(item, f))
	case StepPaper:
		out["approval_note"] = model.Text(f.Reason)
		out[step.Takes] = either(f.Date, model.OnDay(f.Today))
	case StepReturn:
		out["applied_by"] = none
	case StepReopen:
		for _, key := range []string{"closed_on", "applied_by", "approval_note", "approved_on", "review_on"} {
			out[key] = none
		}
		if item.Get("due").When == model.DateLongTerm {
			delete(out, "review_on") // a long-term item in hand goes on being reviewed
		}
	case StepExtend:
		out[step.Takes], out["extend_reason"] = f.Date, model.Text(f.Reason)
		out["applied_by"] = model.Text(applicantMark(item, f))
	case StepGrant:
		out["due_first"] = either(item.Get("due_first"), item.Get("due"))
		out[step.Takes], out["extend_to"], out["applied_by"] = item.Get("extend_to"), none, none
	case StepRefuse:
		out["extend_to"], out["applied_by"] = none, none
	case StepSuspend:
		out[step.Takes] = f.Date
	}
	for key := range out {
		if l.Field(key) == nil {
			delete(out, key)
		}
	}
	return out, nil
}

// stepNote keeps what was said with a step beside the item; the journal keeps
// every earlier one. A step without words leaves none behind.
func stepNote(step *model.Step, f Facts) model.Value {
	if f.Reason == "" {
		return model.Value{}
	}
	return model.Text(step.Label + "：" + f.Reason)
}

// CanTake says whether a step may be taken on an item; the error is a
// *model.Error whose sentence tells why not and what to do.
func CanTake(l *model.Ledger, step *model.Step, item *model.Record, f Facts) error {
	for _, refuse := range []func(*model.Ledger, *model.Step, *model.Record, Facts) string{
		refuseState, refuseParty, refuseSelf, refuseNeeds, refuseDate,
	} {
		if why := refuse(l, step, item, f); why != "" {
			return model.Errorf(model.CodeRefused, "“%s”不能%s：%s", l.Name(item), step.Label, why)
		}
	}
	return nil
}

func refuseState(l *model.Ledger, step *model.Step, item *model.Record, f Facts) string {
	state := flowState(l, item)
	open := l.Flow.Open(state)
	for _, s := range open {
		if s.Key == step.Key {
			return refuseMoment(l, step, item, f)
		}
	}
	return "这一项现在是“" + l.Field(l.Flow.State).OptionLabel(state) + "”，可以办的是：" + joinSteps(open) + "。"
}

func flowState(l *model.Ledger, item *model.Record) string {
	if s := item.Get(l.Flow.State).Text; s != "" {
		return s
	}
	return l.Flow.Initial
}

// refuseMoment knows two steps that the state alone does not open: an extension
// is answered only if it was asked for, and an item is closed without an
// application only in the short flow.
func refuseMoment(l *model.Ledger, step *model.Step, item *model.Record, f Facts) string {
	switch {
	case (step.Key == StepGrant || step.Key == StepRefuse) && item.Get("extend_to").IsEmpty():
		return "这一项没有待答复的延期申请。"
	case step.Key == StepClose && flowState(l, item) == StateDoing && !f.isShort(l):
		apply := l.Flow.Step(StepApply).Label
		return "还没有" + apply + "，请先由责任单位" + apply + "。"
	}
	return ""
}

func refuseParty(_ *model.Ledger, step *model.Step, item *model.Record, f Facts) string {
	switch step.By {
	case model.ByAssigner, model.ByReviewer:
		if !f.isAssigner() {
			return "只有交办单位或它的上级可以办。请由交办单位办理；已在纸上批准的，用登记纸质审批。"
		}
	case model.ByHolder:
		if !f.isHolder(item) && !f.IsAbove && !f.isAssigner() {
			return "只有责任单位或它的上级可以办。请由责任单位办理。"
		}
	case model.ByAnyone:
	}
	return ""
}

func (f Facts) isHolder(item *model.Record) bool { return f.IsHolder || item.Get("unit").ID == "" }

// isAssigner: the unit that handed the item out, or one above it.
func (f Facts) isAssigner() bool {
	return f.Assigner == "" || f.Actor.Unit == f.Assigner || f.IsAbove && !f.AssignerLevel.Above(f.Actor.Level)
}

// applicantMark is what the program keeps of who applied. Who applies for the
// holder from above (代录) does so in the holder's name and may still review.
func applicantMark(item *model.Record, f Facts) string {
	if !f.isHolder(item) {
		return item.Get("unit").ID
	}
	return ownMark(f.Actor)
}

// ownMark tells actors apart: the person, else the name at the unit, else the unit.
func ownMark(a model.Actor) string {
	switch {
	case a.Person != "":
		return a.Person
	case a.Name != "":
		return a.Unit + "/" + a.Name
	}
	return a.Unit
}

// refuseSelf keeps applicants from reviewing themselves. An approval on paper was
// given by somebody else: it may be recorded by who has nobody else, or whose
// item another unit has to approve.
func refuseSelf(_ *model.Ledger, step *model.Step, item *model.Record, f Facts) string {
	if by := item.Get("applied_by").Text; by == "" || by != ownMark(f.Actor) {
		return ""
	}
	switch {
	case step.By == model.ByReviewer && f.OnlyOne:
		return "这一项是本人申请的，不能自己审核。请报领导审批后用登记纸质审批。"
	case step.By == model.ByReviewer, step.Key == StepPaper && !f.OnlyOne && f.Assigner == f.Actor.Unit:
		return "这一项是本人申请的，不能自己审核。请由同单位其他人审核。"
	}
	return ""
}

func refuseNeeds(_ *model.Ledger, step *model.Step, item *model.Record, f Facts) string {
	for _, need := range step.Needs {
		switch {
		case need == model.NeedReason && f.Reason == "" && step.Key == StepPaper:
			return "请写明谁、什么时候批准的。"
		case need == model.NeedReason && f.Reason == "":
			return "请写明理由。"
		case need == model.NeedDate && f.Date.IsEmpty():
			return "请写明日期。"
		case need == model.NeedProgress && !f.Reported:
			return "还没有填进展情况，请先填写。"
		case need == model.NeedEvidence && item.Get("evidence_need").Bool() && !f.Evidence:
			return "这一项要求佐证，请先添加佐证材料。"
		}
	}
	return ""
}

// refuseDate keeps a later limit later, and the day on which a paused item is
// looked at again ahead.
func refuseDate(_ *model.Ledger, step *model.Step, item *model.Record, f Facts) string {
	asked, due := f.Date.End, item.Get("due")
	switch {
	case asked == "":
		return ""
	case step.Key == StepExtend && due.When == model.DateFixed && asked <= due.End:
		return "申请的日期不晚于现在的时限“" + due.Text + "”。请写一个更晚的日期。"
	case step.Key == StepSuspend && asked < f.Today:
		return "复核日期已经过了。请写一个今后的日期。"
	}
	return ""
}

// SetsLimit reports whether a step puts a limit into force, so that it should be
// looked at once more: the item goes out, or its limit is moved.
func SetsLimit(step *model.Step) bool { return step.Key == StepAssign || step.Key == StepGrant }

// StepDoubts lists what a person should look at once a step is taken: an item was
// closed over open items below it, or before the item it waits for (before, nil
// for none).
func StepDoubts(l *model.Ledger, step *model.Step, item, before *model.Record) []model.Problem {
	if step.To != StateDone {
		return nil
	}
	done := l.Field(l.Flow.State).OptionLabel(StateDone)
	var out []model.Problem
	doubt := func(rule, field, message, suggestion string) {
		out = append(out, model.Problem{Rule: l.Key + "." + rule, Level: model.Doubt, Ledger: l.Key, Record: item.ID, Field: field,
			Message: "“" + l.Name(item) + "”" + done + "，" + message, Suggestion: suggestion})
	}
	if open := item.Get("children_total").Num - item.Get("children_done").Num; open > 0 {
		doubt("open_below", "children_done", "下级还有 "+strconv.FormatInt(open, 10)+" 项没有"+l.Flow.Step(StepClose).Label+"。", "请核对下级事项。")
	}
	if before != nil && !l.Flow.IsFinished(flowState(l, before)) {
		doubt("before", "after", "前置事项“"+l.Name(before)+"”还没有"+l.Flow.Step(StepClose).Label+"。", "请核对前置事项。")
	}
	return out
}
