package main

import (
	"context"
	"os"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type lockCmd struct {
	State    lockStateCmd    `cmd:"" default:"1" help:"有没有密码，恢复码由谁保管。"`
	Set      lockSetCmd      `cmd:"" help:"设密码：敏感内容加密，台账和已知的备份重写一遍。"`
	Remove   lockRemoveCmd   `cmd:"" help:"取消密码。"`
	Password lockPasswordCmd `cmd:"" help:"更换密码。"`
	Code     lockCodeCmd     `cmd:"" help:"给另一个人一份恢复码。"`
}

type lockStateCmd struct{}

// Run tells how the ledger is opened.
func (lockStateCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		s := a.LockState()
		codes := make([]object, len(s.Codes))
		for i, c := range s.Codes {
			codes[i] = object{"keeper": c.Keeper, "made": c.Made}
		}
		out.result(object{"locked": s.Locked, "codes": codes})
		if !s.Locked {
			out.line("没有设密码：拿到文件的人都能看到身份证号、电话和银行卡号。")
			return nil
		}
		out.line("已设密码（%s）。", s.Since.Format("2006-01-02"))
		for _, c := range s.Codes {
			out.line("恢复码由%s保管（%s）。", c.Keeper, c.Made.Format("2006-01-02"))
		}
		return nil
	})
}

// newPassword is how a new password is given: in a file, never as an argument that
// others see.
type newPassword struct {
	NewPasswordFile string `required:"" name:"new-password-file" help:"存放新密码的文件。"`
}

type lockSetCmd struct{ newPassword }

// Run sets a password.
func (c *lockSetCmd) Run(ctx context.Context, g *globals, out *output) error {
	o, password, err := c.given(g)
	if err != nil {
		return err
	}
	done, err := app.SetLock(ctx, o, password)
	if err != nil {
		return err
	}
	tellLock(out, done, "密码已设好")
	return nil
}

func (c *newPassword) given(g *globals) (app.Options, string, error) {
	o, err := g.options(false)
	if err != nil {
		return o, "", err
	}
	password, err := readPassword(c.NewPasswordFile)
	return o, password, err
}

type lockRemoveCmd struct{}

// Run takes the password away.
func (lockRemoveCmd) Run(ctx context.Context, g *globals, out *output) error {
	o, err := g.options(false)
	if err != nil {
		return err
	}
	done, err := app.RemoveLock(ctx, o)
	if err != nil {
		return err
	}
	tellLock(out, done, "密码已取消")
	return nil
}

type lockPasswordCmd struct{ newPassword }

// Run changes the password.
func (c *lockPasswordCmd) Run(ctx context.Context, g *globals, out *output) error {
	o, next, err := c.given(g)
	if err != nil {
		return err
	}
	return g.write(ctx, func(a *app.App) error {
		done, err := a.ChangePassword(ctx, o.Password, next)
		if err != nil {
			return err
		}
		tellLock(out, done, "密码已更换")
		return nil
	})
}

type lockCodeCmd struct {
	Keeper string `required:"" help:"由谁保管，例如 镇长。"`
}

// Run makes one more recovery code.
func (c *lockCodeCmd) Run(ctx context.Context, g *globals, out *output) error {
	o, err := g.options(false)
	if err != nil {
		return err
	}
	return g.write(ctx, func(a *app.App) error {
		done, err := a.AddRecoveryCode(ctx, o.Password, c.Keeper)
		if err != nil {
			return err
		}
		tellLock(out, done, "恢复码已生成")
		return nil
	})
}

func tellLock(out *output, done app.LockDone, words string) {
	out.result(object{"op": 0, "code": done.Code, "copies": append([]string{}, done.Copies...), "beyond": append([]string{}, done.Beyond...)})
	out.line("%s，改写备份 %d 份。", words, len(done.Copies))
	if done.Code != "" {
		out.line("恢复码（只显示这一次，请抄下封存）：%s", done.Code)
	}
	for _, s := range done.Beyond {
		out.line("  %s", s)
	}
}

// readPassword reads the first line of a file; "" for no file.
func readPassword(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return "", model.Wrap(err, model.CodeNotFound, "密码文件“%s”读不出来。", path)
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(b), "\uFEFF"), "\n")
	return strings.TrimRight(line, "\r"), nil
}
