package tasks

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// material writes files to drop: photos by their ending, words by any other.
func (r *room) material(names ...string) []string {
	r.t.Helper()
	dir := r.t.TempDir()
	out := make([]string, len(names))
	for i, name := range names {
		content := []byte(name)
		if filepath.Ext(name) == ".jpg" {
			img := image.NewRGBA(image.Rect(0, 0, 320, 240+i))
			for at := range len(img.Pix) / 4 {
				img.SetRGBA(at%320, at/320, color.RGBA{uint8(120 + 40*(at/320/80)), 150, uint8(90 + 30*i), 255})
			}
			var b bytes.Buffer
			must(r.t, jpeg.Encode(&b, img, nil))
			content = b.Bytes()
		}
		out[i] = filepath.Join(dir, name)
		must(r.t, os.WriteFile(out[i], content, 0o644))
	}
	return out
}

// files are the names on an item as the ledger has them.
func (r *room) files(id string) string {
	r.t.Helper()
	var names []string
	for _, f := range r.stored(id).Get("files").Attachments() {
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}

// TestTake_OnTheItemInTheDrawer: photos go there from any tab; a workbook, which may
// be a list or a return, only where the files are in sight.
func TestTake_OnTheItemInTheDrawer(t *testing.T) {
	r := newRoom(t)
	n := r.to("水池清淤")
	r.setDrawer(true)
	book := r.material("清单.xlsx")
	if r.Take(book) || r.files(n.rec.ID) != "" {
		t.Fatal("a workbook became evidence unasked")
	}
	if !r.Take(r.material("清淤前.jpg", "清淤后.jpg")) || r.drawer.tab != tabEvidence {
		t.Fatalf("photos: tab %s", r.drawer.tab)
	}
	if !r.Take(book) {
		t.Error("a workbook with the part in sight")
	}
	if got := r.files(n.rec.ID); got != "清淤前.jpg 清淤后.jpg 清单.xlsx" {
		t.Errorf("stored: %s", got)
	}
	if got := r.toast(); !strings.Contains(got, "水池清淤") || r.toasts[len(r.toasts)-1].Action != "撤销" {
		t.Errorf("%s", got)
	}
	if got := r.words(); !strings.Contains(got, "清淤后.jpg") || len(r.said.Errors) > 0 {
		t.Errorf("%v\n%s", r.said.Errors, got)
	}
	r.shot("evidence")
	r.toasts[len(r.toasts)-1].OnAction()
	if got := r.files(n.rec.ID); got != "清淤前.jpg 清淤后.jpg" {
		t.Errorf("after 撤销: %s", got)
	}
	if got := r.words(); strings.Contains(got, "清单.xlsx") {
		t.Errorf("it is still shown:\n%s", got)
	}
}

func TestTake_NotWithoutADrawer(t *testing.T) {
	r := newRoom(t)
	r.to("水池清淤")
	r.setDrawer(false)
	if r.Take(r.material("a.jpg")) {
		t.Error("nobody sees where it goes")
	}
}

// TestTake_NotOnALevelAbove: what the county gave is only read.
func TestTake_NotOnALevelAbove(t *testing.T) {
	r := newRoom(t)
	r.grid.Select(0)
	r.setDrawer(true)
	n := r.current()
	if !n.foreign {
		t.Fatal("the first row is not the county's")
	}
	if !r.Take(r.material("a.jpg")) || !strings.Contains(r.toast(), "上级") || r.files(n.rec.ID) != "" {
		t.Errorf("%s", r.toast())
	}
}

// TestTake_KeepsWhatIsTyped: going to 佐证 loses nothing of the report.
func TestTake_KeepsWhatIsTyped(t *testing.T) {
	r := newRoom(t)
	r.to("水池清淤")
	r.setDrawer(true)
	r.drawer.choose(tabProgress)
	r.typeIn("进展情况", "清淤过半")
	r.Take(r.material("a.jpg"))
	if r.Unsaved() == "" {
		t.Error("nothing is unsaved")
	}
	r.drawer.choose(tabProgress)
	if got := r.entry("进展情况").Text; got != "清淤过半" {
		t.Errorf("%q", got)
	}
}

func TestDrawer_AsksForEvidence(t *testing.T) {
	r := newRoom(t)
	n := r.to("水池清淤")
	_, err := r.app.Set(t.Context(), ledgers.Task, n.rec.ID, []app.Assignment{{Field: "需佐证", Words: "是"}})
	must(t, err)
	r.setDrawer(true)
	r.drawer.choose(tabEvidence)
	if got := r.words(); !strings.Contains(got, "要求佐证") {
		t.Errorf("%s", got)
	}
	r.shot("evidence-wanted")
}

func TestMenu_ExportsTheEvidenceOfChosenItems(t *testing.T) {
	r := newRoom(t)
	n := r.to("水池清淤")
	r.setDrawer(true)
	r.Take(r.material("a.jpg"))
	dir := t.TempDir()
	r.desk.Folder = func(chosen func(string)) { chosen(dir) }
	menu(t, r.rowMenu(r.currentRow(), 0), "导出佐证…").Action()
	r.tap("做迎检包")
	found, err := filepath.Glob(filepath.Join(dir, "迎检包 2026-11-22", "01 *", "01 a.jpg"))
	if err != nil || len(found) != 1 || !strings.Contains(found[0], "水池清淤") {
		t.Errorf("%s: %v, %v, %v", n.rec.ID, found, err, r.said.Errors)
	}
}
