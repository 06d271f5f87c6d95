package settings

import (
	"fmt"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// What the dialogs about the password say.
const (
	setWords    = "设好以后，台账和已知的备份会重写一遍，身份证号、电话、银行卡号、健康和残疾情况加密保存。程序会先关上台账，做完再打开。"
	changeWords = "台账内容不用重写。用旧密码复制出去的台账文件，旧密码仍打得开。"
	removeWords = "取消后台账和已知的备份重写一遍，不再加密：拿到文件的人都能看到身份证号、电话和银行卡号。"
)

// lockWords say how the ledger is opened.
func lockWords(s app.LockState) []string {
	if !s.Locked {
		return []string{"还没有密码。建议设一个：电脑、U盘丢了，别人打不开身份证号、电话和银行卡号；不设也照样能用。"}
	}
	out := []string{"已设密码（" + s.Since.Format("2006-01-02") + "），敏感内容加密保存。"}
	for _, c := range s.Codes {
		out = append(out, "恢复码由"+c.Keeper+"保管（"+c.Made.Format("2006-01-02")+" 生成）。")
	}
	return out
}

// mayWords say why buttons are grey.
func mayWords(may bool) string {
	if may {
		return ""
	}
	return "这里的修改要有“管理”角色，请换用户或请管理员来改。"
}

// roleHelp says what each role may do.
var roleHelp = map[string]string{
	ledgers.RoleReader:   "只看，不能改",
	ledgers.RoleClerk:    "新增、修改、导入、收表、下发，撤销自己做的",
	ledgers.RoleReviewer: "录入能做的，加上审批、定冲突、看完整敏感信息、撤销别人做的",
	ledgers.RoleManager:  "全部，包括密码、参数、使用人、恢复和销毁",
}

// usersWords say whether roles decide.
func usersWords(users []app.UserInfo) string {
	switch n := len(inUse(users)); n {
	case 0:
		return "一个人用，不用登记，什么都能做。登记第二个使用人起分角色。"
	case 1:
		return "只有一个使用人，什么都能做。再登记一个起分角色。"
	default:
		return fmt.Sprintf("%d 个使用人，按角色分工。点右上“切换使用人”或窗口右上角的名字换人，不用重开程序。", n)
	}
}

// inUse are the users who were not ended.
func inUse(users []app.UserInfo) []app.UserInfo {
	var out []app.UserInfo
	for _, u := range users {
		if !u.Gone {
			out = append(out, u)
		}
	}
	return out
}

// userSource shows users.
type userSource []app.UserInfo

// Len is the number of users.
func (s userSource) Len() int { return len(s) }

// Columns lists the columns.
func (s userSource) Columns() []grid.Column {
	return []grid.Column{{Key: "name", Title: "姓名", Width: 120}, {Key: "role", Title: "角色", Width: 80},
		{Key: "may", Title: "能做什么", Width: 300, Grow: true}, {Key: "state", Title: "状态", Width: 80}}
}

// Cell shows one user's value; who is gone stands in grey.
func (s userSource) Cell(row, col int) grid.Cell {
	u := s[row]
	state, mark, tone := "在用", look.MarkFine, look.TonePlain
	if u.Gone {
		state, mark, tone = "已停用", look.MarkNone, look.ToneQuiet
	}
	switch col {
	case 0:
		return grid.Cell{Text: u.Name, Tone: tone}
	case 1:
		return grid.Cell{Text: u.RoleLabel, Tone: tone}
	case 2:
		return grid.Cell{Text: roleHelp[u.Role], Tone: tone}
	}
	return grid.Cell{Text: state, Mark: mark, Tone: tone}
}

// expiredSource shows the records past their term.
type expiredSource []app.ExpiredRecord

// Len is the number of records.
func (s expiredSource) Len() int { return len(s) }

// Columns lists the columns.
func (s expiredSource) Columns() []grid.Column {
	return []grid.Column{{Key: "ledger", Title: "台账", Width: 160}, {Key: "name", Title: "记录", Width: 200, Grow: true},
		{Key: "since", Title: "最后改动", Width: 120}}
}

// Cell shows one value.
func (s expiredSource) Cell(row, col int) grid.Cell {
	r := s[row]
	return grid.Cell{Text: [...]string{r.Label, r.Name, r.Since.Format("2006-01-02")}[col]}
}

// termWords say how long sensitive values are kept.
func termWords(years string, n int) string {
	switch {
	case years == "" || years == "0":
		return "没有设保存年限，敏感信息一直保存。按档案规定要定期销毁的，请到“口径与参数”设“敏感信息保存年限”。"
	case n == 0:
		return "保存年限 " + years + " 年，现在没有期满的。"
	}
	return fmt.Sprintf("保存年限 %s 年，期满 %d 条。销毁后敏感内容变成“已销毁”，附件删去，历史和备份里一起抹，谁、何时办的还在；不能撤销。", years, n)
}

// destroyConfirm is what is typed before a destruction.
const destroyConfirm = "销毁"

// byLedger groups the records that go by their ledger, in the order of the list.
func byLedger(records []app.ExpiredRecord) (order []string, ids map[string][]string) {
	ids = map[string][]string{}
	for _, r := range records {
		if ids[r.Ledger] == nil {
			order = append(order, r.Ledger)
		}
		ids[r.Ledger] = append(ids[r.Ledger], r.ID)
	}
	return order, ids
}

// destroyProblem says what misses before a destruction; "" for nothing.
func destroyProblem(typed string) error {
	if typed != destroyConfirm {
		return model.Errorf(model.CodeUsage, "请输入“%s”两个字。", destroyConfirm)
	}
	return nil
}
