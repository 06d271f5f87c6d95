package importing

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/plan"
	"xiangzhen/model/app"
)

// parts are what the page consists of.
type parts struct {
	content fyne.CanvasObject
	header  *page.Header
	take    *kit.Button // 导入 n 行
	remove  *kit.Button
	stage   *fyne.Container // the work, or the empty notice
	work    fyne.CanvasObject
	empty   fyne.CanvasObject

	list   *grid.Grid
	what   *kit.Line // what the chosen table was taken for, or what became of it
	picker *kit.Picker
	leave  *kit.Button // 不导入这张表
	mirror *kit.Button // 作为系统导出留存
	undo   *kit.Button // 撤销, of a file taken in
	right  *fyne.Container

	original *original
	view     *plan.View
	lower    *fyne.Container
	mapping  *mapping
	problems *problems
}

// The chips that the page adds to those of the rows.
const (
	chipColumns  = "#columns"  // 列对应关系
	chipProblems = "#problems" // 问题
)

// build makes the parts and puts them together.
func (p *Page) build() {
	paste := kit.NewButton("粘贴表格或文字", kit.ButtonPlain, p.openPaste)
	add := kit.NewButton("添加文件", kit.ButtonPlain, p.addFiles)
	p.remove = kit.NewButton("移出列表", kit.ButtonPlain, p.removeFile)
	p.take = kit.NewButton("导入", kit.ButtonMain, p.takeIn)
	p.header = page.NewHeader("导入", p.remove, paste, add, p.take)
	p.list = grid.New(grid.Config{Source: &list{p}, Rows: true, Empty: "还没有文件。", OnSelect: p.selected})
	p.work = page.Columns(kit.NewFlushCard(p.list), listWidth, p.buildRight())
	p.first = kit.NewButton("添加文件", kit.ButtonFirst, p.addFiles)
	p.empty = kit.NewCard("", nil, kit.NewEmpty(look.IconImport, "还没有要导入的表",
		"把文件或文件夹拖到窗口里，或点“添加文件”；从 WPS、Word、Excel、群接龙里复制的内容，点“粘贴表格或文字”。\n导入前先看清单，点红色按钮才写入，写入后可以撤销。",
		p.first, kit.NewButton("粘贴表格或文字", kit.ButtonPlain, p.openPaste)))
	p.stage = container.NewStack()
	p.content = page.Rows(p.header.Object, p.stage)
}

func (p *Page) addFiles() { p.desk.Files(p.read) }

// buildRight makes what belongs to the chosen table.
func (p *Page) buildRight() fyne.CanvasObject {
	p.what = kit.NewLine("", look.TextBody, look.Ink, false)
	p.picker = kit.NewPicker("选择台账", p.findLedgers)
	p.picker.OnChosen = func(c kit.Choice) {
		p.change(func(t *app.TableChoice) { t.Ledger, t.Columns = c.ID, columns{} })
	}
	p.leave = kit.NewButton("不导入这张表", kit.ButtonPlain, p.toggleLeave)
	p.mirror = kit.NewButton("作为系统导出留存", kit.ButtonPlain, p.askMirror)
	p.undo = kit.NewButton("撤销", kit.ButtonPlain, p.undoFile)
	p.original = newOriginal(p)
	p.view = plan.NewSheet(p.desk, p.api.Catalog)
	p.view.More, p.view.OnChip, p.view.OnCell, p.view.OnFix = p.chips, p.showLower, p.fromResult, p.fix
	p.mapping, p.problems = newMapping(p), newProblems(p)
	p.lower = container.NewStack(p.view.Body)
	tools := container.NewHBox(container.NewGridWrap(fyne.NewSize(pickerWidth, look.ButtonHeight), p.picker), p.leave, p.mirror, p.undo)
	p.right = container.New(right{}, container.NewBorder(nil, nil, nil, tools, p.what), kit.NewFlushCard(p.original.Grid), p.view.Chips, p.lower)
	return p.right
}

const (
	listWidth   float32 = 252
	pickerWidth float32 = 170
)

// chips are those behind which the page shows something other than rows.
func (p *Page) chips() []kit.Chip {
	t := p.item().preview()
	if t == nil || t.Ledger == "" {
		return nil
	}
	out := []kit.Chip{{Key: chipColumns, Label: "列对应关系"}}
	if n := len(pending(t)); n > 0 {
		out[0] = kit.Chip{Key: chipColumns, Label: "列对应关系 · 待确认", Count: n, HasCount: true, Tone: look.ToneSoon}
	}
	if n := len(findings(t.Plan)); n > 0 {
		out = append(out, kit.Chip{Key: chipProblems, Label: "问题清单", Count: n, HasCount: true})
	}
	return out
}

// showLower shows what a chip stands for.
func (p *Page) showLower(key string) {
	o := p.view.Body
	switch key {
	case chipColumns:
		o = p.mapping.object
	case chipProblems:
		o = p.problems.object
	}
	if p.lower.Objects[0] != o {
		p.lower.Objects = []fyne.CanvasObject{o}
		p.lower.Refresh()
	}
}

// list shows the files and their tables.
type list struct{ p *Page }

// Len is the number of lines.
func (l *list) Len() int { return len(l.p.items) }

// Columns are the name and where it stands.
func (l *list) Columns() []grid.Column {
	return []grid.Column{{Key: "name", Title: fmt.Sprintf("文件 %d", len(l.p.files)), Grow: true, Width: 120}, {Key: "status", Title: "", Width: 88}}
}

// Cell shows a line.
func (l *list) Cell(row, col int) grid.Cell {
	it := l.p.items[row]
	if col == 1 {
		word, tone := status(it)
		return grid.Cell{Text: word, Tone: tone}
	}
	name := itemName(it)
	return grid.Cell{Text: name, Hint: it.file.draft.Name}
}

// right lays out the line of tools, the sheet, the chips, and what they show.
type right struct{}

// The sheet's part of the room that it shares with what is below.
const sheetShare = 0.46

// MinSize leaves each part a few rows.
func (right) MinSize(o []fyne.CanvasObject) fyne.Size {
	width := float32(560)
	for _, part := range o {
		width = max(width, part.MinSize().Width)
	}
	return fyne.NewSize(width, o[0].MinSize().Height+o[2].MinSize().Height+2*4*look.RowHeight+3*look.Gap)
}

// Layout places the four.
func (right) Layout(o []fyne.CanvasObject, s fyne.Size) {
	put := func(part fyne.CanvasObject, y, height float32) float32 {
		part.Move(fyne.NewPos(0, y))
		part.Resize(fyne.NewSize(s.Width, max(0, height)))
		return y + height + look.Gap
	}
	o[2].Resize(fyne.NewSize(s.Width, look.ChipHeight)) // it wraps: its height follows from its width
	tools, chips := o[0].MinSize().Height, o[2].MinSize().Height
	room := s.Height - tools - chips - 3*look.Gap
	y := put(o[0], 0, tools)
	y = put(o[1], y, room*sheetShare)
	y = put(o[2], y, chips)
	put(o[3], y, s.Height-y)
}
