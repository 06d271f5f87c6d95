package ledgers

import (
	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// Steps of supervision (督办), from the mildest: what a person is proposed to do about
// an item by the light of its limit.
const (
	PressRemind = "remind" // 提醒: the limit is near
	PressUrge   = "urge"   // 催办: the limit is past
	PressOrder  = "order"  // 督办单: past for long, and no order is out about it
)

// PressWord is a step in words.
func PressWord(step string) string {
	return map[string]string{PressRemind: "提醒", PressUrge: "催办", PressOrder: "发督办单"}[step]
}

// Press proposes a step about an item of the ledger, "" for none: 提醒 within 临期提醒
// 天数 of the limit, 催办 behind it, 督办单 once it is behind by rule.OrderDays. Only the
// level that holds the item up is pressed, as its light says. Ordered says that an
// order about it is out and not finished; an order itself gets no other order.
func Press(l *model.Ledger, item *model.Record, ordered bool, params model.Params) string {
	if item.Get("light_reason").Text != ReasonTime {
		return ""
	}
	switch item.Get("light").Text {
	case LightYellow:
		return PressRemind
	case LightRed:
		if !ordered && Orderable(l) && -item.Get("days_left").Num >= int64(params.Int(rule.OrderDays)) {
			return PressOrder
		}
		return PressUrge
	}
	return ""
}

// SomeDay stands for the day that a step asks for while it is only asked which steps
// can be taken: an extension must lie behind the limit there is.
var SomeDay = model.OnDay("9999-12-31")

// Orderable reports whether an order (督办单) can be about items of the ledger.
func Orderable(l *model.Ledger) bool { return l.Key != Order && Arises(l, order()) }
