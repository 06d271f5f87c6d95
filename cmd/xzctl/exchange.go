package main

import (
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

type importCmd struct {
	Files  []string `arg:"" help:"表格文件。"`
	Ledger string   `help:"导入到哪个台账；不写则按表头判断。"`
	Sheet  string   `help:"只导入这张工作表。"`
	Map    []string `help:"列对应：列=路径，例如 C=title。" sep:"none"`
	Period string   `help:"进展所属月份，例如 2026-11；不填时按表里写的，再按当月。"`
	DryRun bool     `help:"只看计划，不写入。"`
	Strict bool     `help:"有问题就一条也不写。"`
	Mirror bool     `help:"作为系统导出（镜像）留存，不改台账；之后用 mirror 对照。"`
	AsOf   string   `help:"系统导出的数据截至日期，例如 2026-11-20；不写时按表头或文件名。"`
}

// Run imports workbooks.
func (c *importCmd) Run(ctx context.Context, g *globals, out *output) error {
	asOf, err := c.day()
	if err != nil {
		return err
	}
	return g.with(ctx, c.DryRun, func(a *app.App) error {
		results, err := a.Import(ctx, app.ImportRequest{Files: c.Files, Ledger: c.Ledger, Sheet: c.Sheet,
			Map: c.Map, Period: model.Month(c.Period), DryRun: c.DryRun, Strict: c.Strict, Mirror: c.Mirror, AsOf: asOf})
		return tellFiles(out, results, err)
	})
}

// day is the day up to which an export holds, "" where it is not said.
func (c *importCmd) day() (model.Day, error) {
	switch day, ok := model.ParseDay(c.AsOf); {
	case c.AsOf == "":
		return "", nil
	case !c.Mirror:
		return "", model.Errorf(model.CodeUsage, "--as-of 只用于系统导出，请同时写 --mirror。")
	case !ok:
		return "", model.Errorf(model.CodeUsage, "数据截至日期“%s”写得不对，应为 2026-11-20 这样。", c.AsOf)
	default:
		return day, nil
	}
}

type collectCmd struct {
	Paths    []string `arg:"" help:"文件夹或文件。"`
	DryRun   bool     `help:"只看计划，不写入。"`
	Strict   bool     `help:"一个文件有问题，这个文件就一条也不写。"`
	Returns  string   `help:"有问题的表退回更正，放到这个文件夹。"`
	Receipts string   `help:"回执放到这个文件夹，默认在台账旁边。"`

	PackPasswordFile string `name:"pack-password-file" help:"存放科室包密码的文件，取第一行。"`
}

// Run collects returned workbooks.
func (c *collectCmd) Run(ctx context.Context, g *globals, out *output) error {
	password, err := readPassword(c.PackPasswordFile)
	if err != nil {
		return err
	}
	return g.with(ctx, c.DryRun, func(a *app.App) error {
		results, err := a.Collect(ctx, app.CollectRequest{Paths: c.Paths, DryRun: c.DryRun, Strict: c.Strict,
			Returns: c.Returns, Receipts: c.Receipts, PackPassword: password})
		return tellFiles(out, results, err)
	})
}

// tellFiles reports what became of each file, also of those that were done before err
// ended the work. Without one the command failed only if no file could be read;
// otherwise refused files are problems.
func tellFiles(out *output, results []app.FileResult, err error) error {
	docs := make([]object, len(results))
	refused := 0
	for i, r := range results {
		docs[i] = fileJSON(r)
		tellFile(out, r)
		if r.Err != nil {
			refused++
		}
		if r.Err != nil || r.Undecided() {
			out.problems = true
		}
	}
	if err == nil || len(docs) > 0 {
		out.result(object{"files": docs})
	}
	if err != nil {
		return err
	}
	if refused > 0 && refused == len(results) {
		return showThenFail(out)
	}
	return nil
}

// showThenFail prints what is to be said and ends with exit code 1.
func showThenFail(out *output) error {
	if err := out.flush(); err != nil {
		return err
	}
	return errShown
}

func fileJSON(r app.FileResult) object {
	if r.Err != nil {
		return object{"file": r.File, "format": r.Format, "error": errorJSON(r.Err)}
	}
	c := r.Counts
	out := object{
		"file": r.File, "area": r.Area, "form": r.Form, "period": r.Period, "status": r.Status,
		"add": c.Add, "update": c.Update, "cleared": c.Cleared, "missing_rows": c.MissingRows,
		"same": c.Same, "conflict": c.Conflict, "problem": c.Problem,
		"receipt": r.Receipt, "op": r.Op, "problems": problemsJSON(r.Problems),
	}
	if r.Ledger != "" {
		out["ledger"] = r.Ledger
	}
	if r.Pictures.Found > 0 {
		out["pictures"], out["attached"] = r.Pictures.Found, r.Pictures.New
		out["picture_lines"], out["picture_notes"] = r.Pictures.Lines, r.Pictures.Notes
	}
	if len(r.Mirrors) > 0 {
		out["mirrors"] = mirrorsJSON(r.Mirrors)
	}
	if len(r.Warnings) > 0 {
		out["warnings"] = r.Warnings
	}
	return out
}

func errorJSON(err error) object {
	return object{"code": model.CodeOf(err), "message": model.Sentence(err)}
}

func tellFile(out *output, r app.FileResult) {
	if r.Err != nil {
		out.line("%s：%s", text.Plain(r.File), model.Sentence(r.Err))
		return
	}
	for _, m := range r.Mirrors {
		out.line("%s　%s　%s：数据截至 %s，%d 行，%d 列", text.Plain(r.File), r.Status, m.Label, m.AsOf, m.Rows, m.Width)
	}
	if c := r.Counts; len(r.Mirrors) == 0 {
		out.line("%s　%s　%s：新增 %d，修改 %d，清空 %d，少报的行 %d，相同 %d，冲突 %d，问题 %d　%s",
			text.Plain(r.File), r.Area, r.Status, c.Add, c.Update, c.Cleared, c.MissingRows, c.Same, c.Conflict, c.Problem, r.Receipt)
	}
	for _, line := range r.Pictures.Lines {
		out.line("  %s", line)
	}
	for _, w := range slices.Concat(r.Pictures.Notes, r.Warnings) {
		out.line("  提示 %s", w)
	}
	for _, p := range r.Problems {
		out.line("%s", problemLine(p))
	}
}

type inspectCmd struct {
	File string `arg:"" help:"表格文件。"`
}

// Run tells what the reader sees; no ledger is opened.
func (c *inspectCmd) Run(out *output) error {
	seen, err := app.Inspect(c.File)
	if err != nil {
		out.result(object{"file": c.File, "format": seen.Format, "error": errorJSON(err)})
		out.line("%s", model.Sentence(err))
		return showThenFail(out)
	}
	out.result(inspectJSON(seen))
	for _, s := range seen.Sheets {
		tellSheet(out, s)
	}
	return nil
}

func inspectJSON(seen app.Inspection) object {
	sheets := make([]object, len(seen.Sheets))
	for i, s := range seen.Sheets {
		columns := make([]object, len(s.Columns))
		for j, c := range s.Columns {
			columns[j] = object{"col": c.Col, "path": c.Path}
		}
		mapping := make([]object, len(s.Mapping))
		for j, m := range s.Mapping {
			mapping[j] = object{"col": m.Col, "path": m.Path, "how": m.How, "score": m.Score}
		}
		skipped := s.Skipped
		if skipped == nil {
			skipped = []int{}
		}
		warnings := s.Warnings
		if warnings == nil {
			warnings = []string{}
		}
		sheets[i] = object{
			"name": s.Name, "title": s.Title, "header_first": s.HeaderFirst, "header_last": s.HeaderLast,
			"data_first": s.DataFirst, "data_last": s.DataLast, "columns": columns, "unit": s.Unit,
			"skipped_rows": skipped, "warnings": warnings, "ledger": s.Ledger, "mapping": mapping,
		}
	}
	return object{"file": seen.File, "format": seen.Format, "sheets": sheets}
}

func tellSheet(out *output, s app.SheetSeen) {
	out.line("工作表“%s”　%s　表头 %d–%d 行，数据 %d–%d 行", s.Name, s.Title, s.HeaderFirst, s.HeaderLast, s.DataFirst, s.DataLast)
	for _, c := range s.Columns {
		out.line("  %s  %s", c.Col, c.Path)
	}
	if s.Ledger != "" {
		out.line("  像是台账“%s”，对应 %d 列", s.Ledger, len(s.Mapping))
	}
	for _, w := range s.Warnings {
		out.line("  提示 %s", w)
	}
}

type formIssueCmd struct {
	Form   string   `arg:"" help:"报表。"`
	Period string   `required:"" help:"期间，例如 2026-11。"`
	Out    string   `required:"" help:"放到哪个文件夹。"`
	To     []string `help:"这一次只下发给哪些村或乡镇，不写为报表的全部接收单位。"`
}

// Run issues a form to its receivers.
func (c *formIssueCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		issued, err := a.Issue(ctx, app.IssueRequest{Form: c.Form, Period: model.Period(c.Period), Dir: c.Out, Receivers: c.To})
		if err != nil {
			return err
		}
		docs := make([]object, len(issued.Files))
		for i, f := range issued.Files {
			docs[i] = object{"area": f.Area, "file": f.File}
			out.line("%s　%s", f.Area, f.File)
		}
		out.line("已下发 %d 个文件到 %s（操作 %d）。", len(issued.Files), c.Out, issued.Op)
		out.result(object{"files": docs, "op": issued.Op})
		return nil
	})
}

type conflictsCmd struct {
	List conflictsListCmd `cmd:"" default:"1" help:"列出待处理的冲突。"`
	Take conflictsTakeCmd `cmd:"" help:"处理：ours 保留镇里的，theirs 采用村里的，或另填核实值。"`
}

type conflictsListCmd struct{}

// Run lists the open conflicts.
func (conflictsListCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		open, err := a.Conflicts(ctx)
		if err != nil {
			return err
		}
		docs := make([]object, len(open))
		for i, c := range open {
			docs[i] = conflictJSON(c)
			out.line("%s　%s · %s：下发时原值 %s，镇里现有 %s", c.ID, c.Name, c.Label, blank(c.Base), blank(c.Ours))
			for _, t := range c.Theirs {
				out.line("    %s 填的 %s（%s %s）", t.Sender, blank(t.Value), t.At, t.File)
			}
		}
		out.line("待处理的冲突 %d 处。", len(open))
		out.result(object{"conflicts": docs})
		return nil
	})
}

func blank(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

func conflictJSON(c app.ConflictItem) object {
	theirs := make([]object, len(c.Theirs))
	for i, t := range c.Theirs {
		theirs[i] = object{"value": t.Value, "sender": t.Sender, "file": t.File, "at": t.At}
	}
	return object{"id": c.ID, "ledger": c.Ledger, "record": c.Record, "field": c.Field,
		"base": c.Base, "ours": c.Ours, "theirs": theirs}
}

type conflictsTakeCmd struct {
	ID     string `arg:"" help:"冲突的编号。"`
	Value  string `arg:"" help:"ours、theirs，或核实后的值。"`
	Reason string `help:"理由。"`
}

// Run decides one conflict.
func (c *conflictsTakeCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		done, err := a.Decide(ctx, c.ID, c.Value, c.Reason)
		if err != nil {
			return err
		}
		tellDone(out, done, "已处理")
		return nil
	})
}

type exportCmd struct {
	Ledger  string   `arg:"" help:"台账。"`
	Out     string   `required:"" help:"导出到 .xlsx 或 .csv。"`
	Where   []string `help:"条件。" sep:"none"`
	Area    string   `help:"区域名称，含下级。"`
	Columns []string `help:"只导出这些项目。"`
	Public  bool     `help:"公示用：去掉敏感项目。"`
	Unmask  *string  `help:"导出敏感信息全文，写明理由。"`

	To       string `help:"上报给哪个单位（已登记的报送接收单位），按表完整带出。"`
	Table    string `help:"上报的表名。"`
	Period   string `help:"上报的期间。"`
	Confirm  bool   `help:"确认这张表这一期完整带出；同表同期只要一次。"`
	OpenWith string `name:"open-password-file" help:"给工作簿加打开密码，密码在这个文件里。"`
}

// up is the report upwards that the flags ask for, nil if none.
func (c *exportCmd) up() *app.ReportUp {
	if c.To == "" {
		return nil
	}
	return &app.ReportUp{Receiver: c.To, Table: c.Table, Period: c.Period, Confirmed: c.Confirm}
}

// Run exports a ledger.
func (c *exportCmd) Run(ctx context.Context, g *globals, out *output) error {
	open := g.read
	if c.Unmask != nil || c.To != "" {
		open = g.write
	}
	unmask, err := reason(c.Unmask)
	if err != nil {
		return err
	}
	password, err := readPassword(c.OpenWith)
	if err != nil {
		return err
	}
	return open(ctx, func(a *app.App) error {
		n, err := a.Export(ctx, app.ExportRequest{
			List: app.ListRequest{Ledger: c.Ledger, Where: c.Where, Area: c.Area},
			Out:  c.Out, Columns: c.Columns, Public: c.Public, Unmask: unmask, Up: c.up(), Password: password})
		if err != nil {
			return err
		}
		out.result(object{"file": c.Out, "rows": n})
		out.line("已导出 %d 条到 %s。", n, c.Out)
		return nil
	})
}
