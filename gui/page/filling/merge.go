package filling

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/sheetview"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// merge shows what the copies that came back come to: the merged table, who has
// answered, and what is wrong.
type merge struct {
	*Page
	object fyne.CanvasObject
	header *page.Header
	write  *kit.Button // 合并成一份
	call   *kit.Button // 复制催报文字
	due    *kit.Entry
	view   *sheetview.View
	origin *kit.Line
	list   *grid.Grid
	paths  []string
	got    app.MergeSight
	lines  []mergeLine
}

// mergeLine is a village with its copy, or a problem.
type mergeLine struct {
	name, word, note string
	mark             look.Mark
	tone             look.Tone
}

func newMerge(p *Page) *merge {
	m := &merge{Page: p}
	m.write = kit.NewButton("合并成一份", kit.ButtonMain, m.save)
	m.write.Key = "Ctrl+S"
	m.call = kit.NewButton("复制催报文字", kit.ButtonPlain, m.copyCall)
	m.header = page.NewHeader("收回合并", kit.NewButton("返回", kit.ButtonPlain, m.back), kit.NewButton("添加文件", kit.ButtonPlain, m.add), m.write)
	m.view = sheetview.New("没有一份表能并进来，原因见右边。")
	m.view.OnCell = m.moved
	m.origin = kit.NewLine("", look.TextBody, look.Ink, false)
	m.list = grid.New(grid.Config{Source: m, Rows: true})
	m.due = kit.NewEntry("截止，如 今天 18:00")
	m.due.SetTextToEnd("今天 18:00")
	left := container.NewBorder(nil, kit.NewCard("", nil, m.origin), nil, nil, kit.NewFlushCard(m.view.Grid))
	right := container.NewBorder(nil, container.NewBorder(nil, nil, kit.NewNote("截止"), m.call, m.due), nil, nil, kit.NewFlushCard(m.list))
	m.object = page.Rows(m.header.Object, container.New(shared{}, left, right))
	return m
}

// chooseCopies asks for the copies that came back.
func (w *work) chooseCopies() { w.desk.Files(w.merge.begin) }

// begin reads copies, and forgets those that were read before.
func (m *merge) begin(paths []string) {
	m.paths = nil
	m.read(paths)
}

func (m *merge) add() { m.desk.Files(m.read) }

// read merges the copies with those that are there, and shows what they come to.
func (m *merge) read(paths []string) {
	all := slices.Clone(m.paths)
	for _, path := range paths {
		if !slices.Contains(all, path) {
			all = append(all, path)
		}
	}
	req := app.MergeRequest{Draft: m.draft, Paths: all}
	var got app.MergeSight
	m.long("读取各村的表", func(ctx context.Context, _ *task.Progress) (err error) {
		got, err = m.api.SeeMerge(ctx, req)
		return err
	}, func() {
		m.paths, m.got = all, got
		m.refresh()
		m.show(m.object)
		m.focus(m.list)
	})
}

// refresh shows what the copies come to.
func (m *merge) refresh() {
	m.header.SetNote(mergedWords(&m.got))
	m.lines = mergeLines(&m.got)
	m.list.Reload()
	enable(m.write, len(m.got.Filled) > 0)
	enable(m.call, len(m.got.Missing) > 0)
	if len(m.got.Filled) == 0 {
		m.view.Show(nil, false)
		m.origin.SetText("")
		return
	}
	seen := m.got.Filled[m.at()]
	m.view.Show(&sheetview.Shown{Sheet: seen.Sheet, Table: seen.Table, Paint: func(row, col int, _ sheetview.Row, c *grid.Cell) {
		if len(m.got.Origins[m.at()][seen.Sheet.Address(row, col)]) > 0 {
			c.Fill = grid.FillAdded
		}
	}}, false)
}

// at is the table that is looked at.
func (m *merge) at() int { return min(m.said.table, len(m.got.Filled)-1) }

// moved says from which copies the cell at the cursor comes.
func (m *merge) moved(row, col int) {
	address := m.got.Filled[m.at()].Sheet.Address(row, col)
	m.origin.SetText(originWords(address, m.got.Origins[m.at()][address]))
}

// copyCall copies the text that asks the silent villages.
func (m *merge) copyCall() {
	title, due, missing := tableTitle(m.work.current().Frame, m.draft.Path), m.due.Text, m.got.Missing
	page.Run(m.desk, func(ctx context.Context) (string, error) { return m.api.FillCall(ctx, "《"+title+"》", due, missing) }, func(words string) {
		m.desk.Copy(words)
		m.desk.Done("已复制，可以粘贴到工作群。", 0)
	})
}

// save writes the merged table.
func (m *merge) save() {
	req := app.MergeRequest{Draft: m.draft, Paths: m.paths}
	if kept := m.seen.Kept; kept != nil { // as the page of the table says
		req.Register, req.RegisterFor = kept.Table.ID, string(kept.Period)
	}
	m.desk.Save(fileFor(m.draft.Path, "各村合并"), func(path string) {
		req.Out = path
		var done app.MergedFiles
		m.long("合并", func(ctx context.Context, _ *task.Progress) (err error) {
			done, err = m.api.MergeCopies(ctx, req)
			return err
		}, func() {
			m.desk.Say(kit.Toast{Text: "已合并成“" + filepath.Base(path) + "”。" + mergedWords(&m.got) + toldKept(done.Kept), Action: "打开文件夹", OnAction: func() { m.desk.Reveal(filepath.Dir(path)) }})
		})
	})
}

func (m *merge) back() {
	m.show(m.work.object)
	m.focus(m.work.columns.grid)
}

func (m *merge) do(c page.Command) bool {
	switch c {
	case page.Save:
		if !m.write.Disabled() {
			m.save()
		}
	case page.New:
		m.add()
	default:
		return false
	}
	return true
}

// mergeLines list the problems first, then the villages in the order of the divisions
// as far as it is known: those that have answered, and those that have not.
func mergeLines(got *app.MergeSight) []mergeLine {
	var out []mergeLine
	for _, p := range got.Problems {
		out = append(out, mergeLine{p.File, "待核对", problemWords(p), look.MarkSoon, look.ToneSoon})
	}
	for _, name := range got.Missing {
		out = append(out, mergeLine{name, "未报", "", look.MarkWaiting, look.TonePlain})
	}
	for _, name := range got.From {
		out = append(out, mergeLine{name, "已报", "", look.MarkFine, look.TonePlain})
	}
	return out
}

// problemWords say where a problem is and what.
func problemWords(p model.Problem) string {
	if p.Cell == "" {
		return p.Message
	}
	return p.Cell + "：" + p.Message
}

// Len is the number of lines.
func (m *merge) Len() int { return len(m.lines) }

// Columns are what is said of a copy.
func (m *merge) Columns() []grid.Column {
	return []grid.Column{{Key: "name", Title: "单位", Width: 130}, {Key: "status", Title: "状态", Width: 88}, {Key: "note", Title: "说明", Width: 180, Grow: true}}
}

// Cell shows a line.
func (m *merge) Cell(row, col int) grid.Cell {
	l := m.lines[row]
	switch col {
	case 0:
		return grid.Cell{Text: l.name, Hint: l.name}
	case 1:
		return grid.Cell{Text: l.word, Mark: l.mark, Tone: l.tone}
	}
	return grid.Cell{Text: l.note, Hint: l.note}
}
