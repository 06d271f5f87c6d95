package gui

import (
	"strings"

	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
)

// parting closes the open ledger by then, once the clerk knows what was typed and not
// saved. Under the lock nothing of it may be shown: there it is closed as it is.
func (w *Window) parting(then func()) {
	words := w.unsaved()
	if words == "" || w.behind != nil {
		then()
		return
	}
	w.presenter.Confirm(task.Question{
		Title: "还没有保存", Text: words + "还没有保存，关闭后就没有了。",
		Yes: "不保存，关闭", No: "回去保存", Danger: true,
	}, then)
}

// unsaved says what the pages hold, in the order of the rail.
func (w *Window) unsaved() string {
	if w.session == nil {
		return ""
	}
	var out []string
	for _, e := range allPages() {
		if k, ok := w.session.pages[e.name].(page.Keeper); ok && k.Unsaved() != "" {
			out = append(out, k.Unsaved())
		}
	}
	return strings.Join(out, "，")
}
