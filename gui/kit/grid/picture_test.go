package grid

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// fixed is a source of given cells.
type fixed struct {
	cols []Column
	rows [][]Cell
}

func (f *fixed) Len() int               { return len(f.rows) }
func (f *fixed) Columns() []Column      { return f.cols }
func (f *fixed) Cell(row, col int) Cell { return f.rows[row][col] }

// taskRow makes a row of the task drawing.
func taskRow(indent int, twist Twist, title, unit, person, due string, mark look.Mark, status string, tone look.Tone, share int) []Cell {
	bar := Cell{HasBar: true, Bar: float32(share) / 100, Text: fmt.Sprintf("%d%%", share)}
	if mark == look.MarkOverdue {
		bar.Tone = look.ToneOverdue
	}
	return []Cell{{Text: title, Indent: indent, Twist: twist, Bold: indent == 0}, {Text: unit}, {Text: person}, {Text: due},
		{Text: status, Mark: mark, Tone: tone}, bar}
}

// taskGrid is the grid of design/task.png.
func taskGrid() *fixed {
	const over, below, soon, fine, done = look.MarkOverdue, look.MarkBelow, look.MarkSoon, look.MarkFine, look.MarkDone
	const leaf, open, closed = TwistNone, TwistOpen, TwistClosed
	quiet, red, amber, green := look.ToneQuiet, look.ToneOverdue, look.ToneSoon, look.ToneFine
	return &fixed{
		cols: []Column{
			{Key: "title", Title: "事项", Width: 292, Grow: true, Pinned: true, Sortable: true, Filter: true},
			{Key: "unit", Title: "责任单位", Width: 106, Sortable: true, Filter: true},
			{Key: "person", Title: "责任人", Width: 78, Editable: true},
			{Key: "due", Title: "完成时限", Width: 94, Editable: true, Sortable: true},
			{Key: "status", Title: "状态", Width: 121, Options: []string{"待签收", "办理中", "已办结"}, Editable: true},
			{Key: "share", Title: "进度", Width: 122},
		},
		rows: [][]Cell{
			taskRow(0, open, "饮水安全巩固提升", "县水利局", "王示例一", "12月底前", below, "下级逾期 1 项", quiet, 71),
			taskRow(1, open, "甲镇：改造管网 5 公里", "甲镇", "李示例二", "2026-11-30", below, "下级逾期 1 项", quiet, 78),
			taskRow(3, leaf, "甲一村：更换主管 1.2 公里", "甲一村", "张示例三", "2026-10-31", done, "已办结", quiet, 100),
			taskRow(3, leaf, "甲二村：水池清淤、管网 1.5 公里", "甲二村", "赵示例四", "2026-11-10", over, "逾期 12 天", red, 40),
			taskRow(3, leaf, "甲三村：新建水池 1 座", "甲三村", "钱示例五", "2026-11-25", soon, "剩 3 天", amber, 85),
			taskRow(3, leaf, "甲四村：管网 1.1 公里", "甲四村", "孙示例六", "2026-11-28", fine, "正常", green, 90),
			taskRow(1, closed, "乙镇：改造管网 4 公里", "乙镇", "周示例七", "2026-12-15", fine, "正常", green, 66),
			taskRow(1, closed, "丙乡：改造管网 3 公里", "丙乡", "吴示例八", "2026-12-15", fine, "正常", green, 62),
			taskRow(0, open, "防返贫动态监测集中排查", "县农业农村局", "郑示例九", "每月25日前", soon, "剩 3 天", amber, 58),
			taskRow(1, open, "甲镇：入户排查", "甲镇", "李示例二", "每月25日前", soon, "剩 3 天", amber, 50),
			taskRow(3, leaf, "甲一村：排查 312 户", "甲一村", "张示例三", "每月25日前", fine, "已报", green, 100),
			taskRow(3, leaf, "甲二村：排查 286 户", "甲二村", "赵示例四", "每月25日前", soon, "未报", amber, 0),
			taskRow(0, closed, "人居环境整治提升", "县住建局", "冯示例十", "年底前", fine, "正常", green, 73),
			taskRow(0, closed, "撂荒地整治", "县农业农村局", "郑示例九", "2026-12-20", fine, "正常", green, 64),
			taskRow(0, closed, "村集体经济“百村提升”", "县委组织部", "陈示例一", "长期坚持", fine, "11-30 复核", green, 55),
		},
	}
}

// collectGrid is the grid of design/collect.png.
func collectGrid() *fixed {
	row := func(kind string, tone look.Tone, cells ...Cell) []Cell {
		return append([]Cell{{Text: kind, Tone: tone, Bold: true}, {Text: "甲二村"}}, cells...)
	}
	changed := func(old, now string) Cell { return Cell{Strike: old, Text: now, Fill: FillChanged} }
	added := func(s string) Cell { return Cell{Text: s, Fill: FillAdded} }
	return &fixed{
		cols: []Column{
			{Key: "kind", Width: 48, Pinned: true}, {Key: "area", Title: "村", Width: 62, Pinned: true},
			{Key: "title", Title: "事项", Width: 172, Pinned: true}, {Key: "share", Title: "进度", Width: 134},
			{Key: "text", Title: "进展情况", Width: 250}, {Key: "trouble", Title: "存在问题", Width: 116, Editable: true},
			{Key: "due", Title: "完成时限", Width: 96},
		},
		rows: [][]Cell{
			row("修改", look.ToneSoon, Cell{Text: "水池清淤、管网 1.5 公里"}, changed("35%", "40%"), changed("清淤过半", "清淤完成，主管沟开挖 0.9 公里"), added("DN90 管材未到"), Cell{Text: "2026-11-10"}),
			row("冲突", look.ToneOverdue, Cell{Text: "撂荒地复耕 120 亩"}, Cell{Text: "镇 60% ／ 村 45%", Fill: FillConflict, Hint: "进度：镇里现有 60%，村里填的 45%。请在下面选一个，或暂不处理。"}, changed("已复耕 50 亩", "已复耕 54 亩"), Cell{}, Cell{Text: "2026-12-20"}),
			row("新增", look.ToneFine, added("村道塌方抢修"), added("20%"), added("已设围挡"), added(""), added("11月底前")),
			row("问题", look.ToneOverdue, Cell{Text: "公益性岗位续聘"}, Cell{Text: "１１0%　应在 0–100", Fill: FillConflict}, Cell{Text: "续聘 3 人"}, Cell{}, Cell{Text: "2026-11-30"}),
			row("修改", look.ToneSoon, Cell{Text: "厕所改造 18 户"}, changed("67%", "72%"), changed("完成 12 户", "完成 13 户"), Cell{}, Cell{Text: "2026-12-31"}),
		},
	}
}

// newWindow shows a grid in the program's look.
func newWindow(t testing.TB, g *Grid, w, h float32) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme{})
	win := test.NewTempWindow(t, g)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

// savePicture keeps a picture for a person to look at, in the folder named by SHOTS.
func savePicture(t testing.TB, name string, img image.Image) {
	t.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func TestPicture_Task(t *testing.T) {
	g := New(Config{Source: taskGrid(), Rows: true})
	w := newWindow(t, g, 818, 580)
	g.SetSort(Sort{Key: "title"})
	g.Select(3)
	test.AssertImageMatches(t, "task.png", w.Canvas().Capture())
	savePicture(t, "grid-task", w.Canvas().Capture())
}

func TestPicture_TaskSheetFiltered(t *testing.T) {
	g := New(Config{Source: taskGrid(), Filters: true, OnEdit: func(int, int, string) error { return nil }})
	w := newWindow(t, g, 620, 340)
	g.SelectCell(3, 2)
	g.shift = true
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	savePicture(t, "grid-sheet", w.Canvas().Capture())
	g.shift = false
	g.SelectCell(4, 3)
	w.Canvas().Focus(g)
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	savePicture(t, "grid-edit", w.Canvas().Capture())
}

func TestPicture_Collect(t *testing.T) {
	g := New(Config{Source: collectGrid()})
	w := newWindow(t, g, 870, 180)
	g.SelectCell(1, 3)
	test.AssertImageMatches(t, "collect.png", w.Canvas().Capture())
	savePicture(t, "grid-collect", w.Canvas().Capture())
}

// newPage stands chips, grid and drawer together as the task page does.
func newPage() (fyne.CanvasObject, *Grid) {
	g := New(Config{Source: taskGrid(), Rows: true})
	chips := kit.NewChips(nil)
	chips.Set([]kit.Chip{{Key: "all", Label: "全部", Count: 118, HasCount: true},
		{Key: "late", Label: "逾期", Count: 12, HasCount: true, Mark: look.MarkOverdue},
		{Key: "soon", Label: "3 天内", Count: 10, HasCount: true, Mark: look.MarkSoon},
		{Key: "unit", Label: "单位：全部", Menu: true}}, "all")
	d := kit.NewDrawer(nil, func() {})
	d.SetHead(kit.Head{Crumb: "县 › 甲镇 › 甲二村", Title: "水池清淤、管网 1.5 公里", Mark: look.MarkOverdue, Status: "逾期 12 天", Note: "滞后环节：甲二村 · 管材未到位"})
	d.SetTabs([]kit.Tab{{Key: "a", Label: "进展", Content: kit.NewField("进展情况", false, "", kit.NewLongEntry("", 3))}, {Key: "b", Label: "详情"}}, "a")
	d.SetFooter("F2 编辑", kit.NewButton("代录进展", kit.ButtonFirst, nil), kit.NewButton("催办", kit.ButtonPlain, nil))
	width := canvas.NewRectangle(look.Clear)
	width.SetMinSize(fyne.NewSize(look.DrawerWidth, 0))
	main := container.NewStack(kit.NewFlushCard(g))
	page := container.NewBorder(container.NewPadded(container.NewPadded(chips)), nil, nil, container.NewPadded(container.NewStack(width, d)), container.NewPadded(main))
	return container.NewStack(canvas.NewRectangle(look.Page), page), g
}

// TestPicture_Page draws the parts together at both sizes of the baseline, and at
// 125 %: nothing may be cut off. The pictures are for a person.
func TestPicture_Page(t *testing.T) {
	for name, c := range map[string]struct{ w, h, scale float32 }{
		"page-1366": {1366, 768, 1}, "page-1093": {1093, 614, 1}, "page-125": {1093, 614, 1.25},
	} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(look.Theme{})
			page, g := newPage()
			w := test.NewTempWindow(t, page)
			w.SetPadded(false)
			w.Resize(fyne.NewSize(c.w, c.h))
			w.Canvas().(test.WindowlessCanvas).SetScale(c.scale)
			g.Select(3)
			if m := page.MinSize(); m.Width > 1000 || m.Height > 560 {
				t.Errorf("least size %v", m)
			}
			savePicture(t, "grid-"+name, w.Canvas().Capture())
		})
	}
}
