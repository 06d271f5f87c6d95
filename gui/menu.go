package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/settings"
)

// ctrl is a shortcut with Ctrl, and with Shift where asked for.
func ctrl(key fyne.KeyName, more ...fyne.KeyModifier) fyne.Shortcut {
	mod := fyne.KeyModifierControl
	for _, m := range more {
		mod |= m
	}
	return &desktop.CustomShortcut{KeyName: key, Modifier: mod}
}

// menu holds every shortcut of the program: Fyne gives keys with Ctrl to the menus
// before the entry that has the keyboard, and to nobody else while one has it.
func (w *Window) menu() *fyne.MainMenu {
	return fyne.NewMainMenu(w.fileMenu(), w.editMenu(), w.goMenu(), w.helpMenu())
}

// item is a line of a menu.
func item(label string, shortcut fyne.Shortcut, action func()) *fyne.MenuItem {
	it := fyne.NewMenuItem(label, action)
	it.Shortcut = shortcut
	return it
}

func (w *Window) fileMenu() *fyne.Menu {
	return fyne.NewMenu("文件",
		item("新建台账文件…", nil, w.newLedger),
		item("打开台账文件…", ctrl(fyne.KeyO), w.openOther),
		fyne.NewMenuItemSeparator(),
		item("导入表格…", ctrl(fyne.KeyI), w.to(page.Route{Page: page.Import})),
		item("下发报表…", nil, w.to(page.Route{Page: page.Reports, Act: page.Issue})),
		item("汇报材料…", nil, w.to(page.Route{Page: page.Supervise, Act: page.Brief})),
		item("收表…", ctrl(fyne.KeyR), w.to(page.Route{Page: page.Reports, Act: page.Collect})),
		item("下村包…", nil, w.to(page.Route{Page: page.Settings, Filter: settings.Carry})),
		item("按上级表填报…", nil, w.to(page.Route{Page: page.Filling})),
		item("报表登记", nil, w.to(page.Route{Page: page.Uppers})),
		item("立即备份", ctrl(fyne.KeyB), w.backup),
		fyne.NewMenuItemSeparator(),
		item("锁定", ctrl(fyne.KeyL), w.lock),
		item("切换使用人…", nil, w.switchUser),
		fyne.NewMenuItemSeparator(),
		w.quitItem())
}

func (w *Window) quitItem() *fyne.MenuItem {
	quit := item("退出", ctrl(fyne.KeyQ), w.quit)
	quit.IsQuit = true
	return quit
}

func (w *Window) editMenu() *fyne.Menu {
	return fyne.NewMenu("编辑",
		item("撤销", &fyne.ShortcutUndo{}, w.typing(&fyne.ShortcutUndo{}, w.undo)),
		item("重做", &fyne.ShortcutRedo{}, w.typing(&fyne.ShortcutRedo{}, w.redo)),
		fyne.NewMenuItemSeparator(),
		item("新建", ctrl(fyne.KeyN), w.command(page.New)),
		item("编辑（F2）", nil, w.command(page.Edit)),
		item("填进展", ctrl(fyne.KeyE), w.command(page.Report)),
		item("保存", ctrl(fyne.KeyS), w.command(page.Save)),
		item("删除", ctrl(fyne.KeyDelete), w.command(page.Delete)),
		fyne.NewMenuItemSeparator(),
		item("查找", ctrl(fyne.KeyF), w.search),
		item("按列筛选", ctrl(fyne.KeyL, fyne.KeyModifierShift), w.command(page.Filters)),
		item("下一处待核对（F4）", nil, w.command(page.Next)))
}

// entryKeys lead to the pages with Ctrl, in the order of the rail; the last ones are
// those that people know from elsewhere.
var entryKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9, fyne.Key0, fyne.KeyComma}

// goMenu leads to the pages.
func (w *Window) goMenu() *fyne.Menu {
	m := fyne.NewMenu("前往")
	for i, e := range entries {
		m.Items = append(m.Items, item(e.word, ctrl(entryKeys[i]), w.to(page.Route{Page: e.name})))
	}
	m.Items = append(m.Items, fyne.NewMenuItemSeparator(), item("切换月份…", ctrl(fyne.KeyM), w.choosePeriod))
	return m
}

func (w *Window) helpMenu() *fyne.Menu {
	return fyne.NewMenu("帮助",
		item("本页说明（F1）", nil, w.help),
		item("快捷键一览", nil, w.shortcuts),
		item("关于"+Name, nil, w.about))
}

// to goes to a place, unless something lies over the page that asks first.
func (w *Window) to(r page.Route) func() {
	return func() {
		if w.Canvas().Overlays().Top() == nil {
			w.open(r)
		}
	}
}

// command hands a command to the page at the front. While a dialog is open only
// 保存 has a meaning: to accept it.
func (w *Window) command(c page.Command) func() {
	return func() {
		if top := w.Canvas().Overlays().Top(); top != nil {
			if d, ok := top.(*kit.Dialog); ok && c == page.Save {
				d.Accept()
			}
			return
		}
		if w.session == nil {
			return
		}
		p, knows := w.session.pages[w.session.front.Page].(page.Commander)
		if !knows || !p.Do(c) {
			w.toaster.Say(kit.Toast{Text: "这一页用不到这个操作。"})
		}
	}
}

// typing gives a shortcut to the entry that has the keyboard; else act.
func (w *Window) typing(s fyne.Shortcut, act func()) func() {
	return func() {
		if e, ok := w.win.Canvas().Focused().(*kit.Entry); ok {
			e.TypedShortcut(s)
			return
		}
		if w.Canvas().Overlays().Top() == nil {
			act()
		}
	}
}

// keys are the ones without Ctrl: they reach the canvas when whatever has the
// keyboard has no use for them.
func (w *Window) keys() {
	w.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyF1:
			w.help()
		case fyne.KeyF2:
			w.command(page.Edit)()
		case fyne.KeyF4:
			w.command(page.Next)()
		}
	})
}
