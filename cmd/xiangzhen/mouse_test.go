//go:build x11

package main

import (
	"image/color"
	"path/filepath"
	"testing"

	"xiangzhen/gui/look"
)

// Places in a window of 1366 × 768, whose layout is fixed by the sizes in gui/look.
const (
	railX      = 76  // the middle of the rail
	railTasks  = 141 // its lines
	railReport = 369
	headerY    = 102 // the buttons of a page
	topY       = 51  // the top bar
	undoX      = 1262
	redoX      = 1340
)

// TestMouse_WholeJob does the same as TestKeyboard_WholeJob by mouse; only words
// are typed.
func TestMouse_WholeJob(t *testing.T) {
	w := startFresh(t, "1366x768")
	w.rest()
	w.Click(683, 328, 1) // 看演示
	w.ledgerIsOpen()

	w.Click(railX, railTasks, 1)
	w.rest()
	w.clickMain() // 新建
	w.rest()
	w.Paste(newTask)
	w.Click(678, 268, 1) // 责任单位
	w.rest()
	w.Type("qsc")
	w.rest()
	w.Click(678, 304, 1) // the first of the list
	w.Click(678, 417, 1) // 完成时限
	w.Paste("12月20日前")
	w.clickMain() // 新建 in the dialog
	w.waits("the new task is there", func() bool { return w.count("title="+newTask, "unit="+village) == 1 })
	w.rest() // 撤销 is named once the top bar has heard of it
	w.Click(undoX, topY, 1)
	w.waits("the new task is undone", func() bool { return w.count("title="+newTask) == 0 })
	w.rest()
	w.Click(redoX, topY, 1)
	w.waits("the new task is there again", func() bool { return w.count("title="+newTask) == 1 })

	w.Click(railX, railReport, 1)
	w.rest()
	out := filepath.Join(w.Home(), "下 发")
	w.Click(733, 480, 1) // 下发 in the empty page
	w.rest()
	w.clickMain() // 选文件夹，生成 16 个表
	w.rest()
	w.Keys("ctrl+a")
	w.Paste(out)
	w.clickMain()
	w.waits("16 forms went out", func() bool { return len(w.files(out)) == 16 })
	w.rest()
	w.Keys("Escape") // the words for the group

	w.Click(683, topY, 1) // the search
	w.rest()
	w.Type(findItem)
	w.rest()
	w.Click(683, 87, 1) // the first hit
	w.rest()
	w.Click(1092, 402, 3) // 完成比例 in the drawer
	w.Keys("ctrl+a")
	w.Type("60")
	w.Click(1062, 697, 1) // 代录进展
	w.waits("the township's own figure is kept", func() bool { return w.percent() == "60" })

	returned := w.answer(out, "45")
	w.Click(railX, railReport, 1)
	w.rest()
	w.clickMain() // 收表
	w.rest()
	w.Keys("ctrl+a")
	w.Paste(returned)
	w.clickMain() // 读取
	w.rest()
	w.Click(668, 692, 1) // 采用村里的
	w.rest()
	if got := w.percent(); got != "60" {
		t.Fatalf("%s before the red button", got)
	}
	w.clickMain() // 并入
	w.waits("the village's figure is taken", func() bool { return w.percent() == "45" })
	w.noComplaints()
}

// clickMain clicks the one red button there is: of the dialog if one is open, else
// of the page.
func (w *window) clickMain() {
	w.t.Helper()
	img := w.Picture()
	red := func(x, y int) bool {
		r, g, b, _ := img.At(x, y).RGBA()
		c := color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xFF}
		return c == look.Accent || c == look.AccentHover
	}
	// A button is a run of red much longer than any letter; behind a dialog the page's
	// button is shaded, so that only one has the colour itself.
	for y := headerY - 30; y < img.Bounds().Max.Y; y += 2 {
		for x, run := 0, 0; x < img.Bounds().Max.X; x++ {
			if run++; !red(x, y) {
				run = 0
			}
			if run == mainRun {
				w.Click(x-mainRun/2, y+4, 1)
				return
			}
		}
	}
	w.t.Fatal("no red button on the screen")
}

// mainRun is the least width of a red button, in pixels.
const mainRun = 40
