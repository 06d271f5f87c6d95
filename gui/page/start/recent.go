package start

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// ledgerName is a ledger's name to people: that of its file.
func ledgerName(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// mostRecent is how many ledgers used last are offered: one line.
const mostRecent = 4

// newRecent offers the ledgers used last; names alone, with the folder where two are
// called the same.
func newRecent(paths []string, open func(path string)) fyne.CanvasObject {
	if len(paths) == 0 {
		return container.NewWithoutLayout()
	}
	label := kit.NewLine("最近打开", look.TextTable, look.Second, false)
	label.Fixed = true
	objects := []fyne.CanvasObject{label}
	for i, name := range recentNames(paths) {
		path := paths[i]
		b := kit.NewButton(name, kit.ButtonLink, func() { open(path) })
		b.Icon = look.IconLedger
		objects = append(objects, b)
	}
	return container.NewHBox(objects...)
}

// recentNames are the names of the ledgers offered.
func recentNames(paths []string) []string {
	count := map[string]int{}
	for _, p := range paths {
		count[ledgerName(p)]++
	}
	var out []string
	for _, p := range paths[:min(len(paths), mostRecent)] {
		name := ledgerName(p)
		if count[name] > 1 {
			name += "（" + filepath.Base(filepath.Dir(p)) + "）"
		}
		out = append(out, name)
	}
	return out
}

// workbooks are the endings of files that are read as tables; any other is taken for
// a ledger.
var workbooks = []string{".xlsx", ".xls", ".xlsm", ".et", ".csv", ".html", ".htm"}

// isWorkbook reports whether a file is a table by its name.
func isWorkbook(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	for _, w := range workbooks {
		if ext == w {
			return true
		}
	}
	return false
}
