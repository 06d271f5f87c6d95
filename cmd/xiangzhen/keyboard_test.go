//go:build x11

package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"xiangzhen/gui/page/pagetest"
	ledger "xiangzhen/model/app"
)

const newTask = "修缮村级活动室"

// item is a task of the sample that its village answers for in these tests.
const (
	item     = "入户集中排查312户"
	village  = "青山村"
	findItem = "rhjzpc312" // its initials
)

// TestKeyboard_WholeJob does a township's job by keyboard alone: a new task, undo
// and redo, progress, a form to every village, a returned one with a conflict that
// is decided, all checked in the ledger.
func TestKeyboard_WholeJob(t *testing.T) {
	w := startDemo(t, "1366x768")
	w.addTask()
	w.Keys("ctrl+z")
	w.waits("the new task is undone", func() bool { return w.count("title="+newTask) == 0 })
	w.Keys("ctrl+y")
	w.waits("the new task is there again", func() bool { return w.count("title="+newTask) == 1 })

	out := filepath.Join(w.Home(), "下 发")
	w.Keys("ctrl+8", "ctrl+n")
	w.rest()
	w.Keys("ctrl+s") // 选文件夹，生成 16 个表
	w.rest()
	w.Keys("ctrl+a")
	w.Paste(out)
	w.Keys("Return")
	w.waits("16 forms went out", func() bool { return len(w.files(out)) == 16 })
	w.rest()
	w.Keys("Escape") // the words for the group

	w.Keys("ctrl+f")
	w.Type(findItem)
	w.rest()
	w.Keys("Return")
	w.rest()
	w.Keys("ctrl+e", "shift+Tab", "shift+Tab", "ctrl+a")
	w.Type("60")
	w.Keys("ctrl+s")
	w.waits("the township's own figure is kept", func() bool { return w.percent() == "60" })

	returned := w.answer(out, "45")
	w.Keys("ctrl+r", "ctrl+a")
	w.Paste(returned)
	w.Keys("Return")
	w.rest()
	if got := w.percent(); got != "60" {
		t.Fatalf("%s before anything was accepted", got)
	}
	w.Keys("2") // 采用村里的
	w.Keys("ctrl+s")
	w.waits("the village's figure is taken", func() bool { return w.percent() == "45" })
	w.noComplaints()
	w.Stop()
}

// addTask types a task for a village and waits until it is in the ledger.
func (w *window) addTask() {
	w.t.Helper()
	w.Keys("ctrl+2")
	w.rest()
	w.Keys("ctrl+n")
	w.rest()
	w.Paste(newTask)
	w.Keys("Tab", "Tab")
	w.Type("qsc") // 青山村
	w.rest()
	w.Keys("Return", "Tab")
	w.Paste("12月20日前")
	w.Keys("ctrl+s")
	w.waits("the new task is there", func() bool { return w.count("title="+newTask, "unit="+village) == 1 })
}

// answer fills the village's form as it is done at WPS and returns its path.
func (w *window) answer(out, percent string) string {
	w.t.Helper()
	form, err := filepath.Glob(filepath.Join(out, village+"*.xlsx"))
	if err != nil || len(form) != 1 {
		w.t.Fatalf("%v, %v", form, err)
	}
	to := filepath.Join(w.Home(), "收 到", village+"（最终2）.xlsx")
	return pagetest.Answer(w.t, form[0], to, time.Date(2026, 11, 21, 9, 0, 0, 0, time.Local),
		map[int]map[string]string{w.rowOf(form[0]): {"完成比例": percent, "进展情况": "已排查完毕"}})
}

// rowOf is the row of the item in a form, counted from 1.
func (w *window) rowOf(form string) int {
	w.t.Helper()
	return pagetest.RowOf(w.t, form, "事项", item)
}

// percent is what the ledger holds of the item's November, "" for nothing.
func (w *window) percent() (words string) {
	w.t.Helper()
	w.read(func(a *ledger.App) {
		ctx := context.Background()
		_, tasks, err := a.List(ctx, ledger.ListRequest{Ledger: "task", Where: []string{"title=" + item}})
		if err != nil || len(tasks.Records) != 1 {
			w.t.Fatalf("%d tasks, %v", len(tasks.Records), err)
		}
		l, got, err := a.List(ctx, ledger.ListRequest{Ledger: "progress", Where: []string{"task=" + tasks.Records[0].ID, "period=2026-11"}})
		if err != nil {
			w.t.Fatal(err)
		}
		for _, r := range got.Records {
			words = l.Field("percent").Show(r.Get("percent"))
		}
	})
	return words
}

// files lists the workbooks of a folder.
func (w *window) files(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names
}

// waits waits for something that the window does on being told to.
func (w *window) waits(what string, holds func() bool) {
	w.t.Helper()
	w.Until(what, 15*time.Second, holds)
}

// rest gives the window time to show what the next key is meant for.
func (w *window) rest() { time.Sleep(700 * time.Millisecond) }
