package ledgers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/gui/page"
	"xiangzhen/model/app"
	builtin "xiangzhen/model/ledgers"
)

// visits opens a ledger that keeps files, with two records.
func visits(t *testing.T) (*room, []string) {
	t.Helper()
	r := newRoom(t)
	r.show(page.Route{Ledger: builtin.Visit})
	if r.ledger.Key != builtin.Visit || r.Page.win.Len() < 2 {
		t.Fatalf("%d records in %s", r.Page.win.Len(), r.ledger.Label)
	}
	return r, []string{r.Page.win.record(0).ID, r.Page.win.record(1).ID}
}

func (r *room) material(name string) []string {
	path := filepath.Join(r.t.TempDir(), name)
	must(r.t, os.WriteFile(path, []byte(name), 0o644))
	return []string{path}
}

func (r *room) files(ledger, id string) string { return r.value(ledger, id, "files") }

func TestTake_OnTheRecordInTheDrawer(t *testing.T) {
	r, ids := visits(t)
	if r.Take(r.material("走访.pdf")) {
		t.Fatal("no record is open")
	}
	r.record.open()
	r.settle()
	if r.Take(r.material("名单.xlsx")) {
		t.Error("a workbook became an attachment unasked")
	}
	if !r.Take(r.material("走访.pdf")) {
		t.Fatal("a scan is not taken")
	}
	r.settle()
	if got := r.files(builtin.Visit, ids[0]); got != "走访.pdf" || r.record.tab != tabFiles {
		t.Errorf("stored %q, tab %s", got, r.record.tab)
	}
	if got := words(r.record.drawer); !strings.Contains(got, "走访.pdf") {
		t.Errorf("%s", got)
	}
	r.shot("files", wide)
	r.shot("files-low", narrow)
	// The next record has none of it.
	r.grid.Select(1)
	r.settle()
	if got := words(r.record.drawer); strings.Contains(got, "走访.pdf") {
		t.Errorf("%s", got)
	}
	if !r.Take(r.material("名单.xlsx")) {
		t.Error("a workbook with the part in sight")
	}
	r.settle()
	if a, b := r.files(builtin.Visit, ids[0]), r.files(builtin.Visit, ids[1]); a != "走访.pdf" || b != "名单.xlsx" {
		t.Errorf("%q and %q", a, b)
	}
	r.quiet()
	r.toasts[len(r.toasts)-1].OnAction()
	r.settle()
	if got := r.files(builtin.Visit, ids[1]); got != "" || strings.Contains(words(r.record.drawer), "名单.xlsx") {
		t.Errorf("after 撤销: %q", got)
	}
}

// TestTake_WhileEditing: what is typed is not pushed aside.
func TestTake_WhileEditing(t *testing.T) {
	r, ids := visits(t)
	r.record.open()
	r.settle()
	r.record.edit()
	r.settle()
	if !r.Take(r.material("走访.pdf")) || r.files(builtin.Visit, ids[0]) != "" || r.record.form == nil {
		t.Error("the form went")
	}
	if got := r.toasts[len(r.toasts)-1].Text; !strings.Contains(got, "先保存或取消") {
		t.Error(got)
	}
	r.record.leave()
	r.record.add()
	r.settle()
	if r.Take(r.material("走访.pdf")) {
		t.Error("a record that is not there yet")
	}
}

// TestFiles_OnlyWhereALedgerKeepsThem: the tab chosen in one ledger is none in
// another.
func TestFiles_OnlyWhereALedgerKeepsThem(t *testing.T) {
	r, _ := visits(t)
	r.record.open()
	r.settle()
	r.record.drawer.Choose(tabFiles)
	r.settle()
	r.show(page.Route{Ledger: "team"})
	r.record.open()
	r.settle()
	if got := words(r.record.drawer); strings.Contains(got, "附件") {
		t.Errorf("%s", got)
	}
	if r.Take(r.material("走访.pdf")) {
		t.Error("this ledger keeps no files")
	}
	for _, it := range r.menu(0, 0) {
		if strings.HasPrefix(it.Label, "导出") {
			t.Errorf("the menu offers %s", it.Label)
		}
	}
	r.quiet()
}

func TestMenu_ExportsTheFilesOfChosenRecords(t *testing.T) {
	r, ids := visits(t)
	for i, name := range []string{"甲.pdf", "乙.pdf"} {
		_, err := r.app.Attach(t.Context(), app.AttachRequest{Ledger: builtin.Visit, ID: ids[i], Paths: r.material(name)})
		must(t, err)
	}
	r.settle()
	dir := t.TempDir()
	r.desk.Folder = func(chosen func(string)) { chosen(dir) }
	r.chooseTwo()
	for _, it := range r.menu(0, 0) {
		if it.Label == "导出附件…" {
			it.Action()
		}
	}
	r.tap("做迎检包")
	r.quiet()
	found, err := filepath.Glob(filepath.Join(dir, "*", "0? *", "*.pdf"))
	if err != nil || len(found) != 2 {
		t.Errorf("%v, %v", found, err)
	}
}
