package ledgers

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// States of a followed item (办理状态). What StateDone is called is the ledger's
// own: 已办结, 已销号, 已兑现, 已结项.
const (
	StateTodo   = "todo"   // 待交办
	StateSign   = "sign"   // 待签收
	StateDoing  = "doing"  // 办理中
	StateReview = "review" // 待审核
	StateDone   = "done"   // 已办结
	StatePaused = "paused" // 已中止
	StateEnded  = "ended"  // 已终止
)

// Keys of the steps of a followed item (办理步骤).
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

// ends are the words for finishing that tables use for one another; each ledger
// shows its own and reads all.
var ends = []string{"办结", "销号", "兑现", "结项"}

// states are the choices of 办理状态, with what lists of townships write for them.
func (f follow) states() []model.Option {
	doing := []string{"推进中", "进行中", "正在推进", "正在办理", "未完成", "否", "×"}
	review := []string{"审核中"}
	done := []string{"已完成", "完成", "是", "√"}
	for _, end := range ends {
		doing = append(doing, "未"+end)
		review = append(review, "申请"+end, "待"+end)
		done = append(done, "已"+end, end)
	}
	done = slices.DeleteFunc(done, func(w string) bool { return w == "已"+f.end })
	return []model.Option{
		keyed(StateTodo, "待交办", "未启动", "未开始", "未开工", "拟办"),
		keyed(StateSign, "待签收", "已交办", "未签收"),
		keyed(StateDoing, "办理中", doing...),
		keyed(StateReview, "待审核", review...),
		keyed(StateDone, "已"+f.end, done...),
		keyed(StatePaused, "已中止", "中止", "暂缓", "暂停"),
		keyed(StateEnded, "已终止", "终止", "取消", "已取消"),
	}
}

// flow is the flow of DESIGN §2 in the words of CLERK 5. Closing is taken on an
// application; in the short flow also without one (isShort).
func (f follow) flow() *model.Flow {
	open := []string{StateTodo, StateSign, StateDoing, StateReview}
	return &model.Flow{
		State: "state", Initial: StateTodo, Finished: []string{StateDone, StateEnded},
		Steps: []model.Step{
			{Key: StepAssign, Label: "交办", From: []string{StateTodo}, To: StateSign, By: model.ByAssigner, Stamp: "assigned"},
			{Key: StepAccept, Label: "签收", From: []string{StateSign}, To: StateDoing, By: model.ByHolder},
			{Key: StepApply, Label: "申请" + f.end, From: []string{StateDoing}, To: StateReview, By: model.ByHolder,
				Needs: []model.Need{model.NeedProgress, model.NeedEvidence}},
			{Key: StepClose, Label: f.end, From: []string{StateReview, StateDoing}, To: StateDone, By: model.ByReviewer,
				Needs: []model.Need{model.NeedProgress, model.NeedEvidence}, Stamp: "closed_on"},
			{Key: StepPaper, Label: "登记纸质审批", From: []string{StateReview}, To: StateDone, By: model.ByHolder,
				Needs: []model.Need{model.NeedReason, model.NeedProgress, model.NeedEvidence}, Stamp: "closed_on", Takes: "approved_on"},
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

// shortFlow reads the parameter that chooses, ledger by ledger, the levels whose
// items go the short way 交办→办理中→办结: closed without an application, and handed
// out without 签收 unless that is kept. Without parameters the shipped ones hold.
func shortFlow(ledger string, params model.Params) (levels []string, signs bool) {
	key := rule.FlowShort + ledger
	chosen, set := params[key]
	if !set {
		p, _ := rule.FindParameter(key) // a ledger without the parameter has no short flow
		chosen = p.Default
	}
	levels = strings.Split(chosen, "、")
	return levels, slices.Contains(levels, rule.FlowKeepsSign)
}

// isShort reports whether the item goes the short way. An unknown holder refuses
// nobody; a group or grid goes as its village.
func (f Facts) isShort(l *model.Ledger) bool {
	levels, _ := shortFlow(l.Key, f.Params)
	level := f.HolderLevel
	if model.LevelVillage.Above(level) {
		level = model.LevelVillage
	}
	return level == "" || slices.Contains(levels, levelWords[level])
}

// skipsSign reports whether handing the item out puts it into hand at once.
func (f Facts) skipsSign(l *model.Ledger) bool {
	_, signs := shortFlow(l.Key, f.Params)
	return f.HolderLevel != "" && f.isShort(l) && !signs
}

// levelWords are the levels as the parameter of the short flow names them.
var levelWords = map[model.Level]string{
	model.LevelCounty: "县", model.LevelTown: "乡镇", model.LevelVillage: "村",
}
