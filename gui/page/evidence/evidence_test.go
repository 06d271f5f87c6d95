package evidence

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

// room is the part over a task of the sample.
type room struct {
	*pagetest.Room
	part *Part
	id   string
}

func newRoom(t *testing.T) *room {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	r := &room{Room: pagetest.New(t)}
	_, list, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledgers.Task, Limit: 1})
	pagetest.Must(t, err)
	r.id, r.part = list.Records[0].ID, New(r.Desk, r.App)
	r.PutObject(container.NewVBox(r.part.Object))
	t.Cleanup(r.App.Subscribe(func(model.Change) { r.show(false) }))
	r.show(false)
	return r
}

// show shows the task as it is stored.
func (r *room) show(readOnly bool) {
	l, rec, err := r.App.Get(r.T.Context(), ledgers.Task, r.id)
	pagetest.Must(r.T, err)
	r.part.Show(l, rec, readOnly)
}

// leave shows another item.
func (r *room) leave() { r.part.Show(r.part.ledger, model.NewRecord(ledgers.Task, ""), false) }

// write makes a file to add.
func (r *room) write(name string, content []byte) string {
	path := filepath.Join(r.T.TempDir(), name)
	pagetest.Must(r.T, os.WriteFile(path, content, 0o644))
	return path
}

// photograph is a photo with hills in it, different for each n.
func photograph(t testing.TB, w, h, n int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{170, 195, 220, 255}
			if y > h/2+(x*(n%5+1)/9)%(h/4+1) {
				c = color.RGBA{uint8(90 + 15*(n%5)), 130, 80, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	pagetest.Must(t, jpeg.Encode(&b, img, nil))
	return b.Bytes()
}

// lines are the files shown.
func (r *room) lines() (out []*line) {
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if l, is := o.(*line); is {
			out = append(out, l)
		}
	})
	return out
}

func (r *room) names() string {
	var out []string
	for _, l := range r.lines() {
		out = append(out, l.name.Text())
	}
	return strings.Join(out, " ")
}

// stored are the files on the task as the ledger has them.
func (r *room) stored() []app.Attachment {
	files, err := r.App.Attachments(r.T.Context(), ledgers.Task, r.id)
	pagetest.Must(r.T, err)
	return files
}

func TestPart_AddsByTheButton(t *testing.T) {
	r := newRoom(t)
	r.Shows("拖到窗口里")
	if r.Button("导出") != nil {
		t.Error("there is nothing to put together")
	}
	r.Material = []string{r.write("清淤 后.jpg", photograph(t, 400, 300, 1)), r.write("纪要.pdf", []byte("%PDF"))}
	r.Tap("添加文件")
	r.NoErrors()
	if got := r.names(); got != "清淤 后.jpg 纪要.pdf" {
		t.Fatalf("shown: %q", got)
	}
	if l := r.lines(); l[0].picture == nil || l[1].picture != nil || l[1].ending.Text() != "PDF" || !strings.HasPrefix(l[0].note.Text(), "照片") {
		t.Errorf("%+v, %+v", l[0], l[1])
	}
	if got := r.Toast(); !strings.Contains(got, "添加 2 个文件") {
		t.Error(got)
	}
	r.Material = r.Material[:1]
	r.Tap("添加文件")
	if got := r.Toast(); !strings.Contains(got, "没有重复添加") || len(r.stored()) != 2 {
		t.Errorf("again: %s, %d files", got, len(r.stored()))
	}
}

// TestPart_KeepsTheOriginal: a large photo is made smaller unless it is asked for
// whole; the wish does not go on to another item.
func TestPart_KeepsTheOriginal(t *testing.T) {
	r := newRoom(t)
	big := photograph(t, 2400, 1200, 1)
	r.Material = []string{r.write("大.jpg", big)}
	r.Tap("添加文件")
	test.Tap(r.part.original)
	r.Material = []string{r.write("原.jpg", photograph(t, 2400, 1200, 2))}
	r.Tap("添加文件")
	files := r.stored()
	for i, want := range []int{2000, 2400} {
		path, err := r.App.ViewAttachment(t.Context(), ledgers.Task, r.id, files[i].Hash)
		pagetest.Must(t, err)
		f, err := os.Open(path)
		pagetest.Must(t, err)
		c, _, err := image.DecodeConfig(f)
		pagetest.Must(t, err)
		pagetest.Must(t, f.Close())
		if c.Width != want {
			t.Errorf("%s is %d wide, want %d", files[i].Name, c.Width, want)
		}
	}
	l, list, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledgers.Task, Limit: 2})
	pagetest.Must(t, err)
	if r.part.Show(l, list.Records[1], false); r.part.original.On() || len(r.lines()) != 0 {
		t.Error("another item has the wish, or the files")
	}
}

func TestPart_OpensACopy(t *testing.T) {
	r := newRoom(t)
	content := photograph(t, 40, 30, 1)
	r.part.Add([]string{r.write("照片.jpg", content), r.write("程序.exe", []byte("MZ"))})
	test.Tap(r.lines()[0])
	r.NoErrors()
	if b, err := os.ReadFile(r.Revealed); err != nil || !bytes.Equal(b, content) || filepath.Base(r.Revealed) != "照片.jpg" {
		t.Errorf("opened %q: %v", r.Revealed, err)
	}
	r.Revealed = ""
	r.lines()[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if r.Revealed != "" || len(r.Said.Errors) != 1 || model.CodeOf(r.Said.Errors[0]) != model.CodeRefused {
		t.Errorf("a program was opened: %q, %v", r.Revealed, r.Said.Errors)
	}
}

// TestPart_RemovesTheRightOne of two with one name, and an undo brings it back.
func TestPart_RemovesTheRightOne(t *testing.T) {
	r := newRoom(t)
	r.part.Add([]string{r.write("1.jpg", photograph(t, 40, 30, 1)), r.write("纪要.pdf", []byte("a"))})
	r.part.Add([]string{r.write("1.jpg", photograph(t, 40, 30, 2))})
	before := r.stored()
	r.lines()[2].TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if got := r.stored(); len(got) != 2 || got[0].Hash != before[0].Hash || got[1].Hash != before[1].Hash {
		t.Fatalf("%+v", got)
	}
	test.Tap(r.lines()[1].cross)
	if got := r.names(); got != "1.jpg" || !strings.Contains(r.Toast(), "已移除“纪要.pdf”") {
		t.Errorf("%s, %s", got, r.Toast())
	}
	last, err := r.App.Undoable(t.Context())
	pagetest.Must(t, err)
	r.Desk.Undo(last.ID)
	if got := r.names(); got != "1.jpg 纪要.pdf" {
		t.Errorf("after the undo: %s", got)
	}
}

// TestPart_AsksOnlyWhereTheMakerDid.
func TestPart_AsksOnlyWhereTheMakerDid(t *testing.T) {
	r := newRoom(t)
	for want, words := range map[bool]string{true: "是", false: "否"} {
		_, err := r.App.Set(t.Context(), ledgers.Task, r.id, []app.Assignment{{Field: "需佐证", Words: words}})
		pagetest.Must(t, err)
		if got := strings.Contains(r.Written(), "要求佐证"); got != want {
			t.Errorf("需佐证=%s: asked %v", words, got)
		}
	}
}

func TestPart_OfALevelAboveIsRead(t *testing.T) {
	r := newRoom(t)
	r.show(true)
	r.Shows("没有佐证材料")
	r.show(false)
	r.part.Add([]string{r.write("照片.jpg", photograph(t, 40, 30, 1))})
	r.leave()
	r.show(true)
	if r.Button("添加文件") != nil || r.Button("导出") == nil || len(r.lines()) != 1 || r.lines()[0].cross != nil {
		t.Errorf("%s", r.Written())
	}
	r.lines()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if len(r.stored()) != 1 {
		t.Error("it was taken off")
	}
}

func TestPart_TellsWhatIsMissing(t *testing.T) {
	r := newRoom(t)
	r.part.Add([]string{r.write("照片.jpg", photograph(t, 40, 30, 1)), r.write("录像.mp4", []byte("film"))})
	gone := r.stored()[0]
	pagetest.Must(t, os.Remove(filepath.Join(store.EvidenceFolder(r.App.Path()), gone.Hash[:2], gone.Hash)))
	r.leave()
	r.show(false)
	r.Shows("文件不见了或已损坏")
	test.Tap(r.lines()[0])
	if len(r.Said.Errors) != 1 || model.CodeOf(r.Said.Errors[0]) != model.CodeNotFound {
		t.Errorf("%v", r.Said.Errors)
	}
	// What goes out without it names it.
	r.Folder = filepath.Join(t.TempDir(), "带 走")
	pagetest.Must(t, os.Mkdir(r.Folder, 0o755))
	r.Tap("导出")
	r.Tap("做迎检包")
	r.Shows("有 1 个文件没有带上")
}

func TestPart_LongList(t *testing.T) {
	r := newRoom(t)
	var paths []string
	for i := range mostShown + 3 {
		paths = append(paths, r.write(fmt.Sprintf("照片%02d.jpg", i), photograph(t, 40+i, 30, i)))
	}
	r.part.Add(paths)
	if n := len(r.lines()); n != mostShown {
		t.Fatalf("%d lines", n)
	}
	r.Tap("显示其余 3 个")
	if l := r.lines(); len(l) != len(paths) || l[len(l)-1].picture == nil {
		t.Errorf("%d lines", len(l))
	}
}

func TestExport(t *testing.T) {
	r := newRoom(t)
	r.part.Add([]string{r.write("前.jpg", photograph(t, 80, 60, 1)), r.write("纪要.pdf", []byte("%PDF"))})
	r.SaveAs, r.Folder = filepath.Join(t.TempDir(), "相 册.xlsx"), t.TempDir()
	r.Tap("导出")
	r.Shows("选中 1 项，共 2 个文件", "拍摄地点")
	r.Shot("evidence-export")
	r.Tap("做相册")
	r.NoErrors()
	for _, path := range []string{r.SaveAs, strings.TrimSuffix(r.SaveAs, ".xlsx") + "-原件.zip"} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	if got := r.Toast(); got != "佐证相册已做好：1 项，2 个文件" {
		t.Error(got)
	}
	for _, name := range []string{"迎检包 2026-11-22", "迎检包 2026-11-22 (2)"} {
		r.Tap("导出")
		r.Tap("做迎检包")
		r.NoErrors()
		if found, err := filepath.Glob(filepath.Join(r.Folder, name, "01 *", "*")); err != nil || len(found) != 2 {
			t.Errorf("%s holds %v, %v", name, found, err)
		}
	}
}

// TestExport_Place: where a photo was taken goes out only where it is asked for.
func TestExport_Place(t *testing.T) {
	r := newRoom(t)
	const place = "GPS-SECRET-PLACE"
	b, body := photograph(t, 80, 60, 1), "Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x00\x00"+place
	r.part.Add([]string{r.write("前.jpg", append(append(append([]byte{}, b[:2]...), append([]byte{0xff, 0xe1, 0, byte(len(body) + 2)}, body...)...), b[2:]...))})
	for _, asked := range []bool{false, true} {
		r.Folder = t.TempDir()
		r.Tap("导出")
		if asked {
			pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
				if tick, is := o.(fyne.Tappable); is && strings.Contains(fmt.Sprintf("%T", o), "Tick") {
					tick.Tapped(nil)
				}
			})
		}
		r.Tap("做迎检包")
		found, err := filepath.Glob(filepath.Join(r.Folder, "*", "01 *", "01 前.jpg"))
		if err != nil || len(found) != 1 {
			t.Fatalf("%v, %v", found, err)
		}
		out, err := os.ReadFile(found[0])
		pagetest.Must(t, err)
		if bytes.Contains(out, []byte(place)) != asked {
			t.Errorf("asked for: %v, and the place is in the file: %v", asked, !asked)
		}
	}
}

func TestItems(t *testing.T) {
	r := newRoom(t)
	l, list, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledgers.Task, Limit: 3})
	pagetest.Must(t, err)
	if len(Items(r.Desk, r.App, l, nil)) != 0 || len(Items(r.Desk, r.App, r.App.Catalog().Ledger(ledgers.Area), list.Records)) != 0 {
		t.Error("an entry that means nothing")
	}
	items := Items(r.Desk, r.App, l, list.Records)
	if len(items) != 1 || items[0].Label != "导出佐证…" {
		t.Fatalf("%+v", items)
	}
	items[0].Action()
	r.Shows("选中 3 项")
	r.Folder = t.TempDir()
	r.Tap("做迎检包")
	if got := r.Toast(); got != "迎检包已做好：3 项，0 个文件" {
		t.Error(got)
	}
}
