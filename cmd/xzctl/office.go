package main

import (
	"context"
	"strings"

	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

type officeCmd struct {
	List officeListCmd `cmd:"" default:"1" help:"看每个台账由哪个科室维护。"`
	Set  officeSetCmd  `cmd:"" help:"定本机是哪个科室；写“全部”为全镇用一份。"`
	Pack officePackCmd `cmd:"" help:"打科室包：本科室管的台账从上一个包以后的变动。"`
}

type officeListCmd struct{}

// Run lists whose the ledgers are.
func (officeListCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		own, err := a.Setting(ctx, rule.UnitOffice)
		if err != nil {
			return err
		}
		keeping, err := a.Keeping(ctx)
		if err != nil {
			return err
		}
		var docs []object
		for _, l := range a.Catalog().All() {
			k := keeping[l.Key]
			if l.System {
				continue
			}
			docs = append(docs, object{"ledger": l.Key, "office": k.Office, "mine": k.Mine, "told": k.Told})
			if k.Office != "" {
				out.line("%s　%s　%s", l.Label, k.Office, k.Words())
			}
		}
		if own == "" {
			out.line("没有定本机科室：全镇用这一份台账，都能改。")
		} else {
			out.line("本机科室：%s。", own)
		}
		out.result(object{"office": own, "ledgers": docs})
		return nil
	})
}

// wholeTownship is what stands for no office in particular.
const wholeTownship = "全部"

type officeSetCmd struct {
	Office string `arg:"" help:"科室，例如 组织办。"`
}

// Run says which office this copy belongs to.
func (c *officeSetCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		office := strings.TrimSpace(c.Office)
		if office == wholeTownship {
			office = ""
		}
		done, err := a.SetOffice(ctx, office)
		if err != nil {
			return err
		}
		tellDone(out, done, "已定本机科室："+c.Office)
		return nil
	})
}

type officePackCmd struct {
	Out              string `help:"写到哪个文件；不写则放在台账旁边。"`
	All              bool   `help:"打一个完整的包：给新加入的或漏收过包的科室。"`
	PackPasswordFile string `name:"pack-password-file" help:"存放包密码的文件，取第一行；台账有密码时必须给。"`
}

// Run packs what changed.
func (c *officePackCmd) Run(ctx context.Context, g *globals, out *output) error {
	password, err := readPassword(c.PackPasswordFile)
	if err != nil {
		return err
	}
	return g.write(ctx, func(a *app.App) error {
		p, err := a.PackForOffices(ctx, app.OfficePack{To: c.Out, Password: password, All: c.All})
		if err != nil {
			return err
		}
		out.result(object{"op": p.Op, "file": p.Path, "records": p.Records, "gone": p.Gone, "files": p.Files, "ledgers": p.Ledgers, "all": p.Everyone, "open": p.Open})
		out.line("%s", p.Words())
		return nil
	})
}
