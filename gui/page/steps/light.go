package steps

import (
	"strconv"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// Light says how an item stands: the mark and the words beside it.
func Light(r *model.Record) (look.Mark, string) {
	switch r.Get("light").Text {
	case ledgers.LightRed:
		return look.MarkOverdue, redWords(r)
	case ledgers.LightYellow:
		return look.MarkSoon, yellowWords(r)
	case ledgers.LightGreen:
		return look.MarkFine, "正常"
	case ledgers.LightBelow:
		return look.MarkBelow, "下级逾期 " + strconv.FormatInt(r.Get("late_below").Num, 10) + " 项"
	case ledgers.LightDone:
		return look.MarkDone, "已办结"
	}
	return look.MarkNone, ""
}

func redWords(r *model.Record) string {
	switch r.Get("light_reason").Text {
	case ledgers.ReasonGap:
		return "进度滞后"
	case ledgers.ReasonSilence:
		return "久未更新"
	case ledgers.ReasonReview:
		return "到期未复核"
	}
	return "逾期 " + strconv.FormatInt(-r.Get("days_left").Num, 10) + " 天"
}

func yellowWords(r *model.Record) string {
	switch r.Get("light_reason").Text {
	case ledgers.ReasonGap:
		return "进度偏慢"
	case ledgers.ReasonSilence:
		return "久未更新"
	case ledgers.ReasonReview:
		return "待复核"
	}
	if n := r.Get("days_left").Num; n > 0 {
		return "剩 " + strconv.FormatInt(n, 10) + " 天"
	}
	return "今天到期"
}
