package main

import (
	"context"
	"os"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

// commandLine is every command of the contract.
type commandLine struct {
	globals

	Demo    demoCmd    `cmd:"" help:"新建一个带示例县的演示台账。"`
	Ledgers ledgersCmd `cmd:"" help:"列出全部台账及其项目。"`
	Fields  fieldsCmd  `cmd:"" help:"列出一个台账的项目。"`
	Ledger  ledgerCmd  `cmd:"" help:"自定义台账。"`
	Field   fieldCmd   `cmd:"" help:"给台账增加项目。"`

	List   listCmd   `cmd:"" help:"查询台账。"`
	Add    addCmd    `cmd:"" help:"新增一条。"`
	Set    setCmd    `cmd:"" help:"修改一条。"`
	Delete deleteCmd `cmd:"" help:"删除一条。"`
	Merge  mergeCmd  `cmd:"" help:"把两条合并为一条。"`
	Flow   flowCmd   `cmd:"" help:"办理一步：签收、申请办结、退回……"`
	Split  splitCmd  `cmd:"" help:"把一项分解给下级。"`

	Inspect   inspectCmd   `cmd:"" help:"看一个表格文件里读到了什么（不需要台账）。"`
	Import    importCmd    `cmd:"" help:"导入表格。"`
	Form      formCmd      `cmd:"" help:"报表与下发。"`
	Collect   collectCmd   `cmd:"" help:"收表。"`
	Conflicts conflictsCmd `cmd:"" help:"冲突：查看与处理。"`
	Missing   missingCmd   `cmd:"" help:"谁还没有报。"`
	Receipt   receiptCmd   `cmd:"" help:"回执：查收到的表，登记上级的回执，列出报出的表。"`
	Export    exportCmd    `cmd:"" help:"导出台账。"`
	Report    reportCmd    `cmd:"" help:"汇总与报告。"`
	Press     pressCmd     `cmd:"" help:"建议提醒、催办、督办的事项。"`
	Final     finalCmd     `cmd:"" help:"定稿：列出、看定稿后变动、取出原文件。"`
	Compare   compareCmd   `cmd:"" help:"环比：与另一期比，标出变动。"`
	Mirror    mirrorCmd    `cmd:"" help:"系统导出（镜像）：列出，看系统与台账差异，定以谁为准。"`

	Check    checkCmd    `cmd:"" help:"对全部记录执行疑点检查。"`
	Settings settingsCmd `cmd:"" help:"口径与参数。"`
	History  historyCmd  `cmd:"" help:"操作记录，或一条记录的历史。"`
	Undo     undoCmd     `cmd:"" help:"撤销一次操作。"`
	Redo     redoCmd     `cmd:"" help:"恢复刚撤销的操作。"`
	Backup   backupCmd   `cmd:"" help:"备份台账。"`
	Restore  restoreCmd  `cmd:"" help:"从备份恢复。"`
	Verify   verifyCmd   `cmd:"" help:"检查台账文件是否完好。"`
	Lock     lockCmd     `cmd:"" help:"密码与恢复码。"`
	Users    usersCmd    `cmd:"" help:"用户与角色。"`
	Destroy  destroyCmd  `cmd:"" help:"期满销毁：列出，或抹去敏感内容。"`

	Attach   attachCmd   `cmd:"" help:"佐证材料：附加、列出、移除、取出。"`
	Evidence evidenceCmd `cmd:"" help:"迎检包或佐证相册。"`
	Fill     fillCmd     `cmd:"" help:"按上级发来的空表填报（套表）。"`
	Table    tableCmd    `cmd:"" help:"报表登记：上级要的表，哪些到期、报了什么。"`
	Carry    carryCmd    `cmd:"" help:"下村包：把几个村的台账带出去填，列出没收回的；收回来用 collect。"`
	Office   officeCmd   `cmd:"" help:"科室：几个科室各用一份台账时，看分工、定本机科室、打科室包；收科室包用 collect。"`
	Burden   burdenCmd   `cmd:"" help:"报表负担：上级要了多少表，多少列是给过又要的。先用 settings set 报表负担 是 打开。"`
}

// globals are the flags of every command.
type globals struct {
	DB           string `name:"db" default:"乡振台账.xzdb" env:"XIANGZHEN_DB" help:"台账文件。"`
	JSON         bool   `name:"json" help:"结果用 JSON 输出。"`
	Today        string `help:"当作今天的日期，例如 2026-11-22。"`
	As           string `help:"操作人：姓名[@单位]，默认是台账主人。"`
	PasswordFile string `name:"password-file" help:"存放台账密码（或恢复码）的文件，取第一行。"`
}

// options are how the flags open a ledger.
func (g *globals) options(readOnly bool) (app.Options, error) {
	o := app.Options{Path: g.DB, As: g.As, ReadOnly: readOnly, Origin: "cli"}
	var err error
	if o.Password, err = readPassword(g.PasswordFile); err != nil {
		return o, err
	}
	if g.Today == "" {
		return o, nil
	}
	day, ok := model.ParseDay(g.Today)
	if !ok {
		return o, model.Errorf(model.CodeUsage, "--today 应写成 2026-11-22 这样。")
	}
	o.Today = day
	return o, nil
}

// read opens the ledger for reading, which works beside a program that writes.
func (g *globals) read(ctx context.Context, fn func(*app.App) error) error {
	return g.with(ctx, true, fn)
}

// write opens the ledger for writing.
func (g *globals) write(ctx context.Context, fn func(*app.App) error) error {
	return g.with(ctx, false, fn)
}

func (g *globals) with(ctx context.Context, readOnly bool, fn func(*app.App) error) (err error) {
	o, err := g.options(readOnly)
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := a.Close(); err == nil {
			err = closeErr
		}
	}()
	if w := a.Warning(); w != "" {
		os.Stderr.WriteString(w + "\n")
	}
	return fn(a)
}

// doneJSON is what every writing command answers.
func doneJSON(d app.Done) object {
	out := object{"op": d.Op}
	if len(d.Records) > 0 {
		ids := make([]string, len(d.Records))
		for i, r := range d.Records {
			ids[i] = r.ID
		}
		out["ids"] = ids
		out["id"] = ids[0]
	}
	if len(d.Problems) > 0 {
		out["problems"] = problemsJSON(d.Problems)
	}
	return out
}

// tellDone reports a writing command.
func tellDone(out *output, d app.Done, what string) {
	out.result(doneJSON(d))
	if d.Op == 0 {
		out.line("没有变化。")
		return
	}
	out.line("%s（操作 %d）", what, d.Op)
	for _, p := range d.Problems {
		out.line("%s", problemLine(p))
	}
}

func joinWords(words []string) string { return strings.Join(words, "、") }
