package app

import (
	"context"
	"strconv"

	"xiangzhen/model/report"
	"xiangzhen/model/text"
)

// handoverColumns are those of the list of what was handed over (工作交接清单).
var handoverColumns = []report.Column{{Header: "序号", Width: 6, Number: true}, {Header: "类别", Width: 12}, {Header: "事项", Width: 34},
	{Header: "单位（村）", Width: 16}, {Header: "原任", Width: 10}, {Header: "完成时限", Width: 14}, {Header: "办理状态", Width: 12}, {Header: "备注", Width: 14}}

// handoverFoot is what is signed below the list.
const handoverFoot = "移交人（签字）：　　　　　　　接交人（签字）：　　　　　　　监交人（签字）："

// WriteHandover writes what was handed over as a workbook to be signed.
func (a *App) WriteHandover(ctx context.Context, h Handed, out string) error {
	t := report.Table{Columns: handoverColumns, Foot: handoverFoot}
	for i, it := range h.Items {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), it.Label, it.Title, it.Unit, it.As, it.Due, it.State, it.Left})
	}
	if len(t.Rows) == 0 {
		t.Rows = [][]string{{"", "", "没有在办的事项", "", "", "", "", ""}}
	}
	title := h.Village + "驻村工作交接清单（" + h.Leaver + "交给" + h.Successor + "，" + text.FormatDay(h.On) + "）"
	_, err := a.writeTable(ctx, t, title, 1, out)
	return err
}
