package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/photo"
	"xiangzhen/model/sheet"
)

// laid is a picture to be laid over a form: over the nth row of its body, 0 the title.
type laid struct {
	row     int
	content []byte
}

// photographed lays pictures over a copy of a return.
func photographed(t testing.TB, form string, pictures ...laid) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "上 报", filepath.Base(form))
	e, err := sheet.Edit(form)
	check(t, err)
	defer e.Close()
	for _, p := range pictures {
		row := 4 + p.row
		if p.row == 0 {
			row = 1
		}
		check(t, e.AddPicture(e.Sheets()[0], row, 3, photo.Sniff(p.content).Ext(), p.content))
	}
	check(t, e.SaveAs(to))
	return to
}

// evidenceOf lists the files on the records of a ledger: title=name,name.
func evidenceOf(t testing.TB, a *App) string {
	t.Helper()
	l, page, err := a.List(context.Background(), ListRequest{Ledger: ledgers.Task})
	check(t, err)
	var out []string
	for _, rec := range page.Records {
		if files := rec.Get("files"); !files.IsEmpty() {
			out = append(out, l.Name(rec)+"="+l.Field("files").Show(files))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// TestCollect_Pictures: photos over a row become evidence of its record in the same
// operation; those over none are told; the file once more changes nothing, and undo
// takes all out.
func TestCollect_Pictures(t *testing.T) {
	a := openDemo(t)
	before, had := state(t, a), evidenceOf(t, a)
	one, two, big, odd := samplePhoto(t, 80, 60, 1), samplePhoto(t, 80, 60, 250), samplePhoto(t, 2400, 100, 3), samplePhoto(t, 8, 6, 4)
	file := photographed(t, respond(t, "青山村", "青山", noon, map[int]typed{1: {"进展情况": "已开工"}}),
		laid{1, one}, laid{1, two}, laid{2, big}, laid{0, one}, laid{2, odd})
	file = replacePicture(t, file, odd, []byte("MZ not a photo"))

	dry := dryCollect(t, a, file)
	if dry.Pictures.Found != 5 || !strings.Contains(strings.Join(dry.Pictures.Lines, "\n"), "随表照片 2 张，挂到“") || evidenceOf(t, a) != had {
		t.Fatalf("dry run: %+v", dry.Pictures)
	}
	r := collect(t, a, file)[0]
	lines := strings.Join(r.Pictures.Notes, "\n")
	if r.Pictures.New != 3 || r.Op == 0 || r.Counts.Problem > 0 {
		t.Fatalf("%+v %+v", r.Pictures, r.Counts)
	}
	for _, want := range []string{"C1 的 1 张照片没有收：没有压在", "C6 的 1 张照片没有收：不是照片"} {
		if !strings.Contains(lines, want) {
			t.Errorf("%q does not tell %q", lines, want)
		}
	}
	got := evidenceOf(t, a)
	if strings.Count(got, "青山村2026年11月照片") != 3 || !strings.Contains(got, "照片1.jpg、青山村2026年11月照片2.jpg") {
		t.Errorf("evidence:\n%s", got)
	}
	checkShrunk(t, a)
	again := collect(t, a, file)[0]
	if again.Op != 0 || again.Pictures.New != 0 || !again.Repeated() || evidenceOf(t, a) != got {
		t.Errorf("again: op %d, %+v\n%s", again.Op, again.Pictures, evidenceOf(t, a))
	}
	_, err := a.Undo(context.Background(), r.Op)
	check(t, err)
	if state(t, a) != before || evidenceOf(t, a) != had {
		t.Errorf("undo left:\n%s\n%s", diff(before, state(t, a)), evidenceOf(t, a))
	}
}

// checkShrunk looks for the large photo: it must have been made smaller.
func checkShrunk(t testing.TB, a *App) {
	t.Helper()
	_, page, err := a.List(context.Background(), ListRequest{Ledger: ledgers.Task})
	check(t, err)
	longest := 0
	for _, rec := range page.Records {
		for _, at := range rec.Get("files").Attachments() {
			if b, err := a.store.File(at.Hash); err == nil {
				w, h, err := photo.Size(b)
				check(t, err)
				longest = max(longest, w, h)
			}
		}
	}
	if longest != photo.LongestSide {
		t.Errorf("the longest side is %d, want %d", longest, photo.LongestSide)
	}
}

func dryCollect(t testing.TB, a *App, path string) FileResult {
	t.Helper()
	results, err := a.Collect(context.Background(), CollectRequest{Paths: []string{path}, DryRun: true})
	check(t, err)
	check(t, results[0].Err)
	return results[0]
}

// TestCollect_PicturesLater: the same words come again with a photo. Only the photo is
// news, which a dry run must tell.
func TestCollect_PicturesLater(t *testing.T) {
	a := openDemo(t)
	form := respond(t, "青山村", "青山", noon, map[int]typed{1: {"进展情况": "已开工"}})
	collect(t, a, form)
	before, had := state(t, a), evidenceOf(t, a)
	later := photographed(t, form, laid{1, samplePhoto(t, 80, 60, 1)})
	if dry := dryCollect(t, a, later); dry.Repeated() || dry.Pictures.New != 1 || dry.Status != statusPlanned {
		t.Errorf("dry run: %s %+v", dry.Status, dry.Pictures)
	}
	r := collect(t, a, later)[0]
	if r.Op == 0 || r.Pictures.New != 1 || evidenceOf(t, a) == had || state(t, a) == before {
		t.Errorf("%s op %d %+v", r.Status, r.Op, r.Pictures)
	}
	if dry := dryCollect(t, a, later); !dry.Repeated() || dry.Pictures.New != 0 {
		t.Errorf("once more: %s %+v", dry.Status, dry.Pictures)
	}
	_, err := a.Undo(context.Background(), r.Op)
	check(t, err)
	if state(t, a) != before || evidenceOf(t, a) != had {
		t.Error("undo left the photo")
	}
}

// TestCollect_OnlyPictures: a form with nothing but a photo is no empty one.
func TestCollect_OnlyPictures(t *testing.T) {
	a := openDemo(t)
	r := collect(t, a, photographed(t, respond(t, "青山村", "青山", noon, nil), laid{1, samplePhoto(t, 80, 60, 1)}))[0]
	if r.Status != statusMerged || r.Pictures.New != 1 {
		t.Errorf("%s %+v", r.Status, r.Pictures)
	}
}

// TestCollect_PictureForWords: a picture put into the cell of a figure is no figure, no
// fault of it, and does not take away what stood there.
func TestCollect_PictureForWords(t *testing.T) {
	a := openDemo(t)
	collect(t, a, respond(t, "青山村", "一", noon, map[int]typed{1: {"进展情况": "已开工", "完成比例": "60"}}))
	before := state(t, a)
	later := map[int]typed{1: {"进展情况": "已开工", "完成比例": `=DISPIMG("ID_0F",1)`}}
	r := collect(t, a, respond(t, "青山村", "二", noon.Add(time.Hour), later))[0]
	if r.Counts.Problem+r.Counts.Cleared+r.Counts.Conflict > 0 || state(t, a) != before {
		t.Errorf("%+v\n%s", r.Counts, diff(before, state(t, a)))
	}
	if r.Pictures.Found != 1 || !strings.Contains(strings.Join(r.Pictures.Notes, ""), "没有存在文件里") {
		t.Errorf("%+v", r.Pictures)
	}
}

// TestCollect_PictureBomb: a picture that claims gigabytes is told and not decoded.
func TestCollect_PictureBomb(t *testing.T) {
	a := openDemo(t)
	var small bytes.Buffer
	check(t, png.Encode(&small, image.NewGray(image.Rect(0, 0, 9, 9))))
	bomb := slices.Clone(small.Bytes())
	copy(bomb[16:], []byte{0, 0, 0x70, 0, 0, 0, 0x70, 0}) // 28,672 × 28,672; the check sum is mended below
	mendPNG(bomb)
	start := time.Now()
	path := respond(t, "青山村", "青山", noon, map[int]typed{1: {"进展情况": "已开工"}})
	bombed := replacePicture(t, photographed(t, path, laid{1, small.Bytes()}), small.Bytes(), bomb)
	r := collect(t, a, bombed)[0]
	if r.Pictures.New != 0 || !strings.Contains(strings.Join(r.Pictures.Notes, ""), "尺寸大得不正常") || r.Counts.Update == 0 {
		t.Errorf("%+v %+v", r.Pictures, r.Counts)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

// TestImport_PicturesTold: an import of a foreign table says what it leaves.
func TestImport_PicturesTold(t *testing.T) {
	a := openDemo(t)
	path := filepath.Join(t.TempDir(), "任务.xlsx")
	s := sheet.OutSheet{Name: "任务"}
	for _, words := range [][]string{{"任务名称", "责任单位", "完成时限"}, {"清淤一", "青山村", "2026-12-31"}, {"清淤二", "白石村", "2026-12-31"}} {
		s.Rows = append(s.Rows, historyRow(sheet.Style{}, words...))
	}
	s.Pictures = []sheet.OutPicture{{Row: 2, Col: 4, Width: 9, Height: 9, Data: samplePhoto(t, 9, 9, 1)}}
	check(t, sheet.Write(path, &sheet.Out{Title: "任务", Sheets: []sheet.OutSheet{s}}))
	results, err := a.Import(context.Background(), ImportRequest{Files: []string{path}, Ledger: "任务", DryRun: true})
	check(t, err)
	if got := strings.Join(results[0].Warnings, ""); !strings.Contains(got, "1 张照片，导入时不收") {
		t.Errorf("warnings %q, %v", got, model.Sentence(results[0].Err))
	}
}

// mendPNG writes the check sum of a changed header.
func mendPNG(b []byte) {
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
}

// replacePicture puts another content in the place of a picture in a workbook.
func replacePicture(t testing.TB, path string, old, content []byte) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	check(t, err)
	defer z.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		check(t, err)
		b, err := io.ReadAll(r)
		check(t, err)
		if bytes.Equal(b, old) {
			b = content
		}
		part, err := w.Create(f.Name)
		check(t, err)
		_, err = part.Write(b)
		check(t, err)
	}
	check(t, w.Close())
	return writeSample(t, "青山.xlsx", out.Bytes())
}
