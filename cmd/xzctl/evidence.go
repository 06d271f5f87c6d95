package main

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type evidenceCmd struct {
	Ledger string   `arg:"" help:"台账。"`
	ID     []string `help:"只要这些编号。"`
	Where  []string `help:"条件：项目=值。" sep:"none"`
	Area   string   `help:"区域名称，含下级。"`
	Out    string   `help:"迎检包放在哪个新文件夹：台账、办理过程、相册和佐证材料。"`
	Album  string   `help:"只做相册：写到哪个 .xlsx，原件打包放在旁边。"`
	Place  bool     `help:"照片保留拍摄地点等信息。"`
}

// Run puts the evidence of items together.
func (c *evidenceCmd) Run(ctx context.Context, g *globals, out *output) error {
	if (c.Out == "") == (c.Album == "") {
		return model.Errorf(model.CodeUsage, "请写明 --out 文件夹，或 --album 文件，二选一。")
	}
	req := app.EvidenceRequest{List: app.ListRequest{Ledger: c.Ledger, IDs: c.ID, Where: c.Where, Area: c.Area}, Out: c.Out + c.Album, Place: c.Place}
	return g.read(ctx, func(a *app.App) error {
		make := a.ExportEvidence
		if c.Album != "" {
			make = a.ExportAlbum
		}
		done, err := make(ctx, req)
		if err != nil {
			return err
		}
		out.problems = len(done.Missing) > 0
		out.result(object{"out": req.Out, "zip": done.Zip, "items": done.Items, "files": done.Files, "missing": append([]string{}, done.Missing...)})
		out.line("%d 项，%d 个文件：%s", done.Items, done.Files, req.Out)
		for _, m := range done.Missing {
			out.line("  %s", m)
		}
		return nil
	})
}
