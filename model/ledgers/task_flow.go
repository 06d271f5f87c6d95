package ledgers

import "xiangzhen/model"

// Keys of the steps of a task (办理步骤).
const (
	StepAssign   = "assign"   // 交办
	StepAccept   = "accept"   // 签收
	StepApply    = "apply"    // 申请办结
	StepClose    = "close"    // 办结
	StepPaper    = "paper"    // 登记纸质审批
	StepReturn   = "return"   // 退回
	StepReopen   = "reopen"   // 恢复办理
	StepExtend   = "extend"   // 申请延期
	StepGrant    = "grant"    // 同意延期
	StepRefuse   = "refuse"   // 不同意延期
	StepSuspend  = "suspend"  // 中止
	StepTerminal = "terminal" // 终止
)

// taskFlow is the flow of DESIGN §2 in the words of CLERK 5. 办结 is taken on an
// application; for an item of a village, whose progress the township records
// (代录), also without one.
func taskFlow() *model.Flow {
	open := []string{StateTodo, StateSign, StateDoing, StateReview}
	return &model.Flow{
		State: "state", Initial: StateTodo, Finished: []string{StateDone, StateEnded},
		Steps: []model.Step{
			{Key: StepAssign, Label: "交办", From: []string{StateTodo}, To: StateSign, By: model.ByAssigner, Stamp: "assigned"},
			{Key: StepAccept, Label: "签收", From: []string{StateSign}, To: StateDoing, By: model.ByHolder},
			{Key: StepApply, Label: "申请办结", From: []string{StateDoing}, To: StateReview, By: model.ByHolder,
				Needs: []model.Need{model.NeedProgress, model.NeedEvidence}},
			{Key: StepClose, Label: "办结", From: []string{StateReview, StateDoing}, To: StateDone, By: model.ByReviewer,
				Needs: []model.Need{model.NeedProgress, model.NeedEvidence}, Stamp: "closed_on"},
			{Key: StepPaper, Label: "登记纸质审批", From: []string{StateReview}, To: StateDone, By: model.ByHolder,
				Needs: []model.Need{model.NeedReason, model.NeedProgress, model.NeedEvidence}, Stamp: "closed_on"},
			{Key: StepReturn, Label: "退回", From: []string{StateReview}, To: StateDoing, By: model.ByReviewer,
				Needs: []model.Need{model.NeedReason}},
			{Key: StepReopen, Label: "恢复办理", From: []string{StateDone, StatePaused, StateEnded}, To: StateDoing, By: model.ByAssigner,
				Needs: []model.Need{model.NeedReason}},
			{Key: StepExtend, Label: "申请延期", From: []string{StateDoing}, To: StateDoing, By: model.ByHolder,
				Needs: []model.Need{model.NeedDate, model.NeedReason}, Takes: "extend_to"},
			{Key: StepGrant, Label: "同意延期", From: []string{StateDoing}, To: StateDoing, By: model.ByReviewer, Takes: "due"},
			{Key: StepRefuse, Label: "不同意延期", From: []string{StateDoing}, To: StateDoing, By: model.ByReviewer,
				Needs: []model.Need{model.NeedReason}},
			{Key: StepSuspend, Label: "中止", From: open, To: StatePaused, By: model.ByAssigner,
				Needs: []model.Need{model.NeedReason, model.NeedDate}, Takes: "review_on"},
			{Key: StepTerminal, Label: "终止", From: append(open, StatePaused), To: StateEnded, By: model.ByAssigner,
				Needs: []model.Need{model.NeedReason}},
		},
	}
}
