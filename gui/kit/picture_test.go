package kit

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// newApp starts an app in the program's look; objects are made after it.
func newApp(t testing.TB) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
}

// newWindow shows an object.
func newWindow(t testing.TB, o fyne.CanvasObject, w, h float32) fyne.Window {
	t.Helper()
	win := test.NewTempWindow(t, o)
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

func noop() {}

// sampleDrawer is the drawer of design/task.png.
func sampleDrawer() *Drawer {
	d := NewDrawer(nil, noop)
	d.SetHead(Head{Crumb: "县 › 甲镇 › 甲二村", Title: "水池清淤、管网 1.5 公里", Mark: look.MarkOverdue,
		Status: "逾期 12 天", Note: "滞后环节：甲二村 · 管材未到位"})
	text := NewLongEntry("", 3)
	text.SetText("清淤完成，主管沟开挖 0.9 公里，")
	trouble := NewEntry("")
	trouble.SetText("DN90 管材未到")
	date := NewDateEntry("完成时限", true, func(string) (string, error) { return "定时，2026-11-10 止", nil })
	date.SetText("11月10日前")
	form := container.NewVBox(NewField("进展情况", false, "", text), NewField("存在问题", false, "没有就空着", trouble), date)
	d.SetTabs([]Tab{{Key: "progress", Label: "进展", Content: form}, {Key: "detail", Label: "详情", Content: widget.NewLabel("详情")},
		{Key: "chain", Label: "责任链", Content: widget.NewLabel("链")}, {Key: "proof", Label: "佐证", Count: 3, Content: widget.NewLabel("佐证")},
		{Key: "history", Label: "历史", Content: widget.NewLabel("历史")}}, "progress")
	d.SetFooter("F2 编辑", NewButton("代录进展", ButtonFirst, noop), NewButton("申请办结", ButtonPlain, noop), NewButton("催办", ButtonPlain, noop))
	return d
}

// sampleConflict is the conflict of design/collect.png.
func sampleConflict(calls ConflictCalls) *ConflictCard {
	return NewConflictCard(Conflict{
		Title: "冲突：撂荒地复耕 120 亩 · 进度", Where: "表中第 9 行 F 列",
		Base: Side{"下发时原值", "40%", "11-01 发出"}, Ours: Side{"镇里现有", "60%", "李示例二 11-18 现场核实"},
		Theirs: []Side{{"村里填的", "45%", "赵示例四 11-20 本文件"}}, Keep: "保留镇里的", Take: "采用村里的",
	}, calls)
}

func sampleChips() *Chips {
	c := NewChips(nil)
	c.Set([]Chip{
		{Key: "all", Label: "全部", Count: 118, HasCount: true},
		{Key: "late", Label: "逾期", Count: 12, HasCount: true, Mark: look.MarkOverdue},
		{Key: "soon", Label: "3 天内", Count: 10, HasCount: true, Mark: look.MarkSoon},
		{Key: "review", Label: "待审核", Count: 5, HasCount: true},
		{Key: "stale", Label: "久未更新", Count: 4, HasCount: true},
		{Key: "kind", Label: "类别：全部", Menu: true}, {Key: "unit", Label: "单位：全部", Menu: true},
	}, "all")
	return c
}

func sampleChart(onTap func(row, part int)) *BarChart {
	b := NewBarChart([]Part{{"办结", look.Bar}, {"临期", look.Soon}, {"逾期", look.Overdue}}, onTap)
	b.SetRows([]BarRow{
		{"甲一村", []int{82, 10, 0}, 100, "92%"}, {"甲二村", []int{38, 5, 16}, 100, "48%"},
		{"甲三村", []int{67, 10, 0}, 100, "77%"}, {"甲四村", []int{75, 5, 0}, 100, "85%"},
	})
	return b
}

func sampleFigure() *Figure {
	f := NewFigure("逾期事项", noop)
	f.Set("12", look.ToneOverdue, "较上周减少 3 项")
	return f
}

// onPage stands an object on the page's ground with the page's gap around it.
func onPage(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(canvas.NewRectangle(look.Page), container.NewPadded(container.NewPadded(container.NewPadded(o))))
}

// TestPictures draws each part at the size it has in the drawings; own drawing is
// compared with a master.
func TestPictures(t *testing.T) {
	newApp(t)
	buttons := container.NewHBox(NewButton("导入", ButtonPlain, noop), NewButton("分解到村", ButtonFirst, noop),
		func() *Button { b := NewButton("新建", ButtonMain, noop); b.Key = "Ctrl+N"; return b }(),
		func() *Button {
			b := NewButton("撤销：并入“甲一村”上报表", ButtonLink, noop)
			b.Icon = look.IconUndo
			return b
		}(),
		func() *Button { b := NewButton("已禁用", ButtonPlain, noop); b.Disable(); return b }(), NewIconButton(look.IconClose, noop))
	icons := container.NewGridWrap(fyne.NewSquareSize(28))
	for _, i := range []look.Icon{look.IconToday, look.IconTask, look.IconOrder, look.IconSecretary, look.IconVillage, look.IconHousehold,
		look.IconProject, look.IconReport, look.IconLedger, look.IconSettings, look.IconHistory, look.IconUndo, look.IconRedo, look.IconSearch,
		look.IconClose, look.IconAdd, look.IconCheck, look.IconDown, look.IconRight, look.IconLeft, look.IconCalendar, look.IconClip, look.IconFilter,
		look.IconImport, look.IconExport, look.IconCopy, look.IconEdit, look.IconDelete, look.IconFolder, look.IconWarning, look.IconHelp,
		look.IconMore, look.IconMenu, look.IconLock, look.IconPhone} {
		icons.Add(canvas.NewImageFromResource(i.Resource(look.Ink)))
	}
	for name, c := range map[string]struct {
		o      fyne.CanvasObject
		w, h   float32
		master bool
	}{
		"chips":        {sampleChips(), 740, 52, false},
		"chips-narrow": {sampleChips(), 420, 96, false},
		"chart":        {NewCard("各村完成情况", nil, sampleChart(nil)), 520, 230, true},
		"figures":      {container.NewGridWithColumns(2, sampleFigure(), sampleFigure()), 480, 130, false},
		"drawer":       {sampleDrawer(), 376, 600, false},
		"drawer-low":   {sampleDrawer(), 376, 420, false},
		"conflict":     {sampleConflict(ConflictCalls{}), 880, 230, false},
		"conflict-low": {sampleConflict(ConflictCalls{}), 520, 330, false},
		"buttons":      {container.NewVBox(buttons), 760, 60, false},
		"icons":        {icons, 420, 160, true},
		"empty":        {NewCard("", nil, NewEmpty(look.IconTask, "还没有任务", "可以从县里下发的表导入，也可以自己新建。导入时先看清单，确认后才写入。", NewButton("导入", ButtonPlain, noop), NewButton("新建", ButtonMain, noop))), 640, 380, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWindow(t, onPage(c.o), c.w, c.h)
			shot := w.Canvas().Capture()
			savePicture(t, "kit-"+name, shot)
			if c.master {
				test.AssertImageMatches(t, name+".png", shot)
			}
		})
	}
}
