package xiangzhen_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms are the packages of the house, top to bottom: a package imports only
// from rooms that its own line allows. cmd stands above all of them.
var rooms = map[string][]string{
	"xiangzhen/assets":                  {},
	"xiangzhen/assets/fonts":            {},
	"xiangzhen/assets/licences":         {},
	"xiangzhen/model":                   {},
	"xiangzhen/model/text":              {"model"},
	"xiangzhen/model/rule":              {"model", "model/text"},
	"xiangzhen/model/ledgers":           {"model", "model/text", "model/rule"},
	"xiangzhen/model/sheet":             {"model", "model/text", "model/sheet/xls"},
	"xiangzhen/model/sheet/xls/xlstest": {},
	"xiangzhen/model/sheet/xls":         {"model"},
	"xiangzhen/model/seal":              {},
	"xiangzhen/model/photo":             {},
	"xiangzhen/model/pack":              {"model"},
	"xiangzhen/model/store":             {"model", "model/seal", "model/text"},
	"xiangzhen/model/sample":            {"assets", "model", "model/text", "model/rule", "model/ledgers"},
	"xiangzhen/model/exchange":          {"model", "model/text", "model/rule", "model/ledgers", "model/sheet"},
	"xiangzhen/model/fill":              {"model", "model/text", "model/rule", "model/ledgers", "model/sheet", "model/exchange"},
	"xiangzhen/model/word":              {},
	"xiangzhen/model/report":            {"model", "model/text", "model/rule", "model/ledgers", "model/sheet", "model/word"},
	"xiangzhen/model/app": {"assets", "model", "model/text", "model/rule", "model/ledgers", "model/sheet",
		"model/seal", "model/store", "model/sample", "model/exchange", "model/fill", "model/report", "model/word", "model/photo", "model/pack"},
	"xiangzhen/model/app/apptest": {"model", "model/sheet"},

	"xiangzhen/gui/look":           {"assets/fonts"},
	"xiangzhen/gui/task":           {"gui/kit", "gui/look", "model"},
	"xiangzhen/gui/task/tasktest":  {"gui/task"},
	"xiangzhen/gui/kit":            {"gui/kit/ink", "gui/look", "model"},
	"xiangzhen/gui/kit/ink":        {"assets/fonts", "gui/look"},
	"xiangzhen/gui/kit/grid":       {"gui/kit", "gui/kit/ink", "gui/look", "model", "model/text"},
	"xiangzhen/gui/page":           {"gui/kit", "gui/look", "gui/task", "model"},
	"xiangzhen/gui/page/form":      pageRoom,
	"xiangzhen/gui/page/trail":     pageRoom,
	"xiangzhen/gui/page/plan":      pageRoom,
	"xiangzhen/gui/page/arise":     pageRoom,
	"xiangzhen/gui/page/dialog":    pageRoom,
	"xiangzhen/gui/page/steps":     pageRoom,
	"xiangzhen/gui/page/sheetview": pageRoom,
	"xiangzhen/gui/page/ticklist":  pageRoom,
	"xiangzhen/gui/page/evidence":  pageRoom,
	"xiangzhen/gui/page/pagetest":  append([]string{"gui/task/tasktest", "model/sheet"}, pageRoom...),
	"xiangzhen/assets/manual":      {},
	"xiangzhen/gui/native":         {"model"},
}

// pageRoom is what a page of the window may use: never another page. They go to
// one another by page.Desk.Open.
var pageRoom = []string{"gui/page", "gui/page/form", "gui/page/trail", "gui/page/plan", "gui/page/arise", "gui/page/dialog", "gui/page/steps", "gui/page/sheetview", "gui/page/ticklist", "gui/page/evidence", "gui/kit", "gui/kit/grid", "gui/look", "gui/task",
	"model", "model/text", "model/rule", "model/ledgers", "model/exchange", "model/fill", "model/app"}

// allowed returns what a package may import, and whether anything is said of it.
func allowed(pkg string) ([]string, bool) {
	imports, known := rooms[pkg]
	if !known && strings.HasPrefix(pkg, "xiangzhen/gui/page/") {
		return pageRoom, true
	}
	return imports, known
}

// fences name what only one room may use.
var fences = []struct{ module, only string }{
	{"github.com/xuri/excelize", "xiangzhen/model/sheet"},
	{"database/sql", "xiangzhen/model/store"},
	{"modernc.org/sqlite", "xiangzhen/model/store"},
}

// TestImportsRunDownwards holds the import directions of the house.
func TestImportsRunDownwards(t *testing.T) {
	for pkg, imports := range listImports(t) {
		rooms, known := allowed(pkg)
		inside := strings.HasPrefix(pkg, "xiangzhen/model") || strings.HasPrefix(pkg, "xiangzhen/gui/kit")
		if inside && !known {
			t.Errorf("%s has no line in rooms: say what it may import", pkg)
		}
		for _, imp := range imports {
			rest, ours := strings.CutPrefix(imp, "xiangzhen/")
			if ours && known && !slices.Contains(rooms, rest) {
				t.Errorf("%s must not import %s", pkg, imp)
			}
			if strings.HasPrefix(imp, "fyne.io/") && !strings.HasPrefix(pkg, "xiangzhen/gui") && !strings.HasPrefix(pkg, "xiangzhen/cmd/xiangzhen") {
				t.Errorf("%s imports %s: no window below gui", pkg, imp)
			}
			for _, f := range fences {
				if strings.HasPrefix(imp, f.module) && pkg != f.only {
					t.Errorf("%s imports %s: only %s may", pkg, imp, f.only)
				}
			}
		}
	}
}

// TestOneGateToTime holds that in the window only gui/task starts goroutines or
// calls fyne.Do: so every page can be tested without either.
func TestOneGateToTime(t *testing.T) {
	files, err := filepath.Glob("gui/*/*.go")
	for _, pattern := range []string{"gui/*.go", "gui/*/*/*.go"} {
		more, globErr := filepath.Glob(pattern)
		files, err = append(files, more...), errors.Join(err, globErr)
	}
	if err != nil || len(files) < 50 {
		t.Fatalf("%d files of gui, %v", len(files), err)
	}
	for _, name := range files {
		if strings.HasPrefix(name, "gui/task/") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok {
				t.Errorf("%s starts a goroutine: ask a task.Runner", name)
			}
			if sel, ok := n.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Do" || sel.Sel.Name == "DoAndWait") {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "fyne" {
					t.Errorf("%s calls fyne.%s: ask a task.Runner", name, sel.Sel.Name)
				}
			}
			return true
		})
	}
}

// TestModelImportsOnlyStd keeps the words everything is written in free of
// anything but the standard library.
func TestModelImportsOnlyStd(t *testing.T) {
	for _, imp := range listImports(t)["xiangzhen/model"] {
		if strings.Contains(strings.Split(imp, "/")[0], ".") {
			t.Errorf("model imports %s", imp)
		}
	}
}

// listImports asks the go command for every package's own imports, tests left out.
func listImports(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	imports := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		imports[fields[0]] = fields[1:]
	}
	return imports
}
