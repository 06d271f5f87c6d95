package ledgers

import "xiangzhen/model"

// Keys of an item's light (红黄绿).
const (
	LightRed    = "red"    // this level holds it up
	LightYellow = "yellow" // a limit is near, or something is behind
	LightGreen  = "green"
	LightBelow  = "below" // an outline: a lower level holds it up
	LightDone   = "done"
	LightNone   = "none" // nothing to judge by, or nothing owed
)

// Keys of the reason for a red or yellow light (灯因).
const (
	ReasonTime    = "time"
	ReasonGap     = "gap"
	ReasonSilence = "silence"
	ReasonReview  = "review"
)

// derived are the derived fields of a ledger of followed items: those of the items
// below only where it is a tree, those of a quantity only where it has one.
func (f follow) derived(l *model.Ledger) []model.Field {
	tree, counts := l.Parent != "", l.Field("target_qty") != nil
	all := []struct {
		has   bool
		field model.Field
	}{
		{true, model.Field{Key: "light", Label: "红黄绿", Kind: model.KindEnum, Index: true, Options: f.lights()}},
		{true, model.Field{Key: "light_reason", Label: "灯因", Kind: model.KindEnum, Options: []model.Option{
			keyed(ReasonTime, "时限"), keyed(ReasonGap, "进度滞后"), keyed(ReasonSilence, "未按期报送"), keyed(ReasonReview, "复核")}}},
		{true, model.Field{Key: "days_left", Label: "剩余天数", Kind: model.KindInteger, Unit: "天", Countdown: true, Help: "逾期为负数。"}},
		{true, model.Field{Key: "next_due", Label: "本期时限", Kind: model.KindDate, Help: "周期事项下一次要完成的日期。"}},
		{tree, model.Field{Key: "late_below", Label: "下级逾期", Kind: model.KindInteger, Unit: "项", Help: "下级亮红灯的事项数。"}},
		{true, model.Field{Key: "held_up", Label: "滞后环节", Kind: model.KindText}},
		{true, model.Field{Key: "percent", Label: "完成比例", Kind: model.KindPercent, Scale: percentScale, Unit: "%"}},
		{counts, model.Field{Key: "done_qty", Label: "已完成量", Kind: model.KindDecimal, Scale: quantityScale}},
		{counts && tree, model.Field{Key: "computed_percent", Label: "按下级汇总", Kind: model.KindPercent, Scale: percentScale, Unit: "%", Help: "下级用同一计量单位时，按已完成量与目标量计算。"}},
		{counts && tree, model.Field{Key: "computed_qty", Label: "下级合计完成量", Kind: model.KindDecimal, Scale: quantityScale}},
		{tree, model.Field{Key: "children_total", Label: "下级事项数", Kind: model.KindInteger, Unit: "项"}},
		{tree, model.Field{Key: "children_done", Label: "下级" + f.end + "数", Kind: model.KindInteger, Unit: "项"}},
		{counts && tree, model.Field{Key: "owed", Label: "未分解量", Kind: model.KindDecimal, Scale: quantityScale, Help: "目标量减去下级同一单位的目标量；负数是分解超出。"}},
		{true, model.Field{Key: "latest_text", Label: f.report, Kind: model.KindLongText}},
		{true, model.Field{Key: "problem", Label: "存在问题", Kind: model.KindLongText}},
		{true, model.Field{Key: "next_step", Label: "下步打算", Kind: model.KindLongText}},
		{true, model.Field{Key: "reported_period", Label: "最近报送期", Kind: model.KindMonth}},
		{true, model.Field{Key: "updated_on", Label: "最近更新", Kind: model.KindDate, Index: true}},
	}
	out := make([]model.Field, 0, len(all))
	for _, d := range all {
		if d.has {
			out = append(out, d.field)
		}
	}
	return out
}

// lights are the choices of 红黄绿; an item at its end shows the ledger's own word.
func (f follow) lights() []model.Option {
	return []model.Option{
		keyed(LightRed, "红", "红灯"), keyed(LightYellow, "黄", "黄灯"), keyed(LightGreen, "绿", "绿灯", "正常"),
		keyed(LightBelow, "下级亮红灯"), keyed(LightDone, "已"+f.end), keyed(LightNone, "不亮灯", "未设时限"),
	}
}

// percentScale is the number of decimals of a percentage.
const percentScale = 2
