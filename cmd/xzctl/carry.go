package main

import (
	"context"
	"fmt"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type carryCmd struct {
	Out  carryOutCmd  `cmd:"" help:"打下村包：几个村的一本小台账，在没有镇里台账的电脑上打开填写。"`
	List carryListCmd `cmd:"" default:"1" help:"列出带出去的下村包。"`
	Drop carryDropCmd `cmd:"" help:"记下一个下村包不再收回。"`
}

type carryOutCmd struct {
	Village          []string `required:"" help:"去哪个村，可以写几次。"`
	Who              string   `required:"" help:"由谁带去。"`
	Out              string   `help:"写到哪个文件；不写则放在台账旁边。"`
	Sensitive        []string `help:"哪些台账带上证件号码、电话等敏感列，写台账的键；不写则都不带。"`
	PackPasswordFile string   `name:"pack-password-file" help:"存放包密码的文件，取第一行；台账有密码时必须给。"`
}

// Run makes the small ledger.
func (c *carryOutCmd) Run(ctx context.Context, g *globals, out *output) error {
	password, err := readPassword(c.PackPasswordFile)
	if err != nil {
		return err
	}
	return g.write(ctx, func(a *app.App) error {
		req := app.Carry{Who: c.Who, To: c.Out, Password: password}
		for _, name := range c.Village {
			id, err := a.AreaNamed(ctx, name)
			if err != nil {
				return err
			}
			req.Villages = append(req.Villages, id)
		}
		for _, key := range c.Sensitive {
			l, err := a.Catalog().Find(key)
			if err != nil {
				return err
			}
			req.Sensitive = append(req.Sensitive, l.Key)
		}
		done, err := a.CarryOut(ctx, req)
		if err != nil {
			return err
		}
		out.result(object{"op": done.Op, "file": done.Path, "places": done.Places, "records": done.Records, "open": done.Open})
		out.line("%s", done.Words())
		return nil
	})
}

type carryListCmd struct{}

// Run lists what is out, and what came back.
func (carryListCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		l, records, err := a.CarriedOut(ctx)
		if err != nil {
			return err
		}
		docs := []object{}
		for _, rec := range records {
			doc := object{"id": rec.ID, "out": app.IsOut(rec)}
			for _, key := range []string{"who", "places", "made_on", "file", "taken_on", "given_up"} {
				doc[key] = l.Field(key).Show(rec.Get(key))
			}
			docs = append(docs, doc)
			out.line("%s　%s　%s　%s", rec.Get("made_on").Text, rec.Get("who").Text, rec.Get("places").Text, carriedState(rec))
		}
		if len(records) == 0 {
			out.line("还没有打过下村包。")
		}
		out.result(docs)
		return nil
	})
}

// carriedState says where a carried ledger is.
func carriedState(rec *model.Record) string {
	switch {
	case rec.Get("taken_on").Set:
		return rec.Get("taken_on").Text + " 收回"
	case rec.Get("given_up").Set:
		return "不再收回：" + rec.Get("given_up").Text
	}
	return "未收回"
}

type carryDropCmd struct {
	ID     string `arg:"" help:"下村包的编号，carry list --json 里有。"`
	Reason string `required:"" help:"为什么不再收回。"`
}

// Run notes that a carried ledger will not come back.
func (c *carryDropCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		done, err := a.GiveUpCarried(ctx, c.ID, c.Reason)
		if err != nil {
			return err
		}
		tellDone(out, done, fmt.Sprintf("已记下不再收回（%s）", c.Reason))
		return nil
	})
}
