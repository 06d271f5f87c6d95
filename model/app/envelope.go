package app

import (
	"context"
	"path/filepath"

	"xiangzhen/model/text"
	"xiangzhen/model/word"
)

// FitPassword tells whether words may be a password: the sentence of what is wrong
// with them, or nil. A window asks it before it closes the ledger for SetLock.
func FitPassword(password string) error { return checkPassword(password) }

// WriteEnvelope writes the sheet with a recovery code that goes into a sealed
// envelope (密封件, CLERK 25) as a document at path. The code is not kept.
func (a *App) WriteEnvelope(ctx context.Context, path, keeper, code string) error {
	unit := "（未设本级单位）"
	if a.home != nil {
		unit = a.homeName()
	}
	facts := [][2]string{{"台账", filepath.Base(a.Path())}, {"单位", unit}, {"保管人", keeper},
		{"制作日期", text.FormatDay(a.Today())}, {"恢复码", code}}
	table := word.Table{Widths: []int{1, 3}}
	for _, f := range facts {
		table.Rows = append(table.Rows, []word.Cell{{Words: f[0], Label: true}, {Words: f[1]}})
	}
	return a.writeDocument(ctx, word.Document{
		Title: "台账恢复码（密封件）", Subtitle: "交" + keeper + "保管", At: a.now(),
		Blocks: []word.Block{table,
			word.Text{Words: "一、忘记密码或更换经办人时启封：打开台账，在密码处输入恢复码（不分大小写，横线可以不写），再到“设置—密码与锁定”更换密码。\n" +
				"二、密码和恢复码都丢失时，加密的内容谁也打不开。本件请装入信封密封，骑缝盖章，不要拍照，不要存在电脑里。\n" +
				"三、启封后请重新生成一份，原恢复码随即作废。"},
			word.Text{Words: "密封人：　　　　　　　　封存日期：　　　　年　　月　　日"},
			word.Text{Words: "启封记录（启封人、日期、事由）：", Bold: true},
			word.Table{Widths: []int{1, 1, 2}, Rows: [][]word.Cell{{{Tall: 2}, {}, {}}}},
		},
	}, path)
}
