//go:build x11

package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestPictures takes the pictures of README and docs (make screenshots): every page
// of the sample at the two sizes that a township's screen has.
func TestPictures(t *testing.T) {
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		t.Skip("make screenshots runs this")
	}
	for _, size := range []string{"1366x768", "1093x614"} {
		t.Run(size, func(t *testing.T) {
			w := startFresh(t, size)
			take := func(name string) {
				w.rest()
				w.rest()
				w.Save(filepath.Join(dir, name+"-"+size+".png"))
			}
			w.rest()
			take("first-start")
			w.Keys("2")
			w.ledgerIsOpen()
			take("today")
			w.Keys("ctrl+2")
			take("tasks")
			w.Keys("ctrl+n")
			take("new-task")
			w.Keys("Escape", "ctrl+8")
			out := filepath.Join(w.Home(), "下 发")
			w.Keys("ctrl+n", "ctrl+a")
			w.Paste(out)
			w.Keys("Return")
			w.waits("the forms went out", func() bool { return len(w.files(out)) == 16 })
			take("reports")
			w.Keys("ctrl+f")
			w.Type(findItem)
			w.rest()
			w.Keys("Return")
			w.rest()
			w.Keys("ctrl+e", "shift+Tab", "shift+Tab", "ctrl+a")
			w.Type("60")
			w.Keys("ctrl+s")
			take("progress")
			w.answer(out, "45")
			w.Keys("ctrl+r", "ctrl+a")
			w.Paste(filepath.Join(w.Home(), "收 到"))
			w.Keys("Return")
			take("collect")
			for key, name := range map[string]string{"ctrl+9": "ledgers", "ctrl+3": "supervise", "ctrl+4": "secretary", "ctrl+5": "teams", "ctrl+0": "history", "ctrl+comma": "settings"} {
				w.Keys(key)
				take(name)
			}
		})
	}
}
