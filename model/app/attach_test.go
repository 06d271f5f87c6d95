package app

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/photo"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
)

// secretPlace is what the sample photos say of where they were taken.
const secretPlace = "GPS-SECRET-PLACE"

// samplePhoto makes a photo with a place in its EXIF.
func samplePhoto(t testing.TB, w, h int, grey uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	img.SetGray(w/2, h/2, color.Gray{grey})
	var b bytes.Buffer
	check(t, jpeg.Encode(&b, img, nil))
	body := "Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x00\x00" + secretPlace
	return slices.Concat(b.Bytes()[:2], []byte{0xff, 0xe1, 0, byte(len(body) + 2)}, []byte(body), b.Bytes()[2:])
}

func writeSample(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	check(t, os.WriteFile(path, b, 0o644))
	return path
}

// aTask returns a task that is under way and asks for evidence.
func aTask(t testing.TB, a *App) *model.Record {
	t.Helper()
	ctx := context.Background()
	_, page, err := a.List(ctx, ListRequest{Ledger: ledgers.Task, Where: []string{"state=办理中"}})
	check(t, err)
	for _, rec := range page.Records {
		if !rec.Get("latest_text").IsEmpty() {
			_, err = a.Set(ctx, ledgers.Task, rec.ID, []Assignment{{"需佐证", "是"}})
			check(t, err)
			return rec
		}
	}
	t.Fatal("no task under way with progress")
	return nil
}

func attach(t testing.TB, a *App, id string, paths ...string) Done {
	t.Helper()
	done, err := a.Attach(context.Background(), AttachRequest{Ledger: "任务", ID: id, Paths: paths})
	check(t, err)
	return done
}

func attached(t testing.TB, a *App, id string) []Attachment {
	t.Helper()
	files, err := a.Attachments(context.Background(), ledgers.Task, id)
	check(t, err)
	return files
}

// TestAttach_OnTheWayToClosing: an item that asks for evidence closes only with it,
// and an undo takes the evidence off again.
func TestAttach_OnTheWayToClosing(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	closing := FlowRequest{Ledger: ledgers.Task, IDs: []string{task.ID}, Step: "申请办结"}
	if _, err := a.Flow(ctx, closing); model.CodeOf(err) != model.CodeRefused || !strings.Contains(model.Sentence(err), "佐证") {
		t.Fatalf("without evidence: %v", err)
	}
	path := writeSample(t, "清淤 后.jpg", samplePhoto(t, 60, 40, 1))
	done := attach(t, a, task.ID, path, path)
	if files := attached(t, a, task.ID); len(files) != 1 || files[0].Name != "清淤 后.jpg" || !files[0].Photo || files[0].Broken != "" {
		t.Fatalf("%+v", files)
	}
	if again := attach(t, a, task.ID, path); again.Op != 0 {
		t.Errorf("the same file again is operation %d", again.Op)
	}
	_, err := a.Undo(ctx, done.Op)
	check(t, err)
	if files := attached(t, a, task.ID); len(files) != 0 {
		t.Errorf("after undo: %+v", files)
	}
	if names, err := a.store.FileNames(); err != nil || len(names) != 1 {
		t.Errorf("the content went with the undo: %v, %v", names, err)
	}
	_, err = a.Redo(ctx)
	check(t, err)
	_, err = a.Flow(ctx, closing)
	check(t, err)
}

func TestAttach_Shrinks(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	path := writeSample(t, "大.JPEG", samplePhoto(t, photo.LongestSide+200, 110, 2))
	attach(t, a, task.ID, path)
	_, err := a.Attach(ctx, AttachRequest{Ledger: ledgers.Task, ID: task.ID, Paths: []string{path}, Original: true})
	check(t, err)
	files := attached(t, a, task.ID)
	if len(files) != 2 || files[0].Name != "大.jpg" || files[1].Name != "大.JPEG" {
		t.Fatalf("%+v", files)
	}
	for i, want := range []int{photo.LongestSide, photo.LongestSide + 200} {
		b, err := a.store.File(files[i].Hash)
		check(t, err)
		if w, _, err := photo.Size(b); err != nil || w != want {
			t.Errorf("%s is %d wide, %v", files[i].Name, w, err)
		}
	}
}

func TestAttach_Refusals(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	file := writeSample(t, "纪要.txt", []byte("纪要"))
	for name, tt := range map[string]struct {
		req  AttachRequest
		want model.Code
	}{
		"no such file":   {AttachRequest{Ledger: "任务", ID: task.ID, Paths: []string{file + "x"}}, model.CodeNotFound},
		"a folder":       {AttachRequest{Ledger: "任务", ID: task.ID, Paths: []string{filepath.Dir(file)}}, model.CodeUsage},
		"empty":          {AttachRequest{Ledger: "任务", ID: task.ID, Paths: []string{writeSample(t, "空.pdf", nil)}}, model.CodeDamaged},
		"nothing":        {AttachRequest{Ledger: "任务", ID: task.ID}, model.CodeUsage},
		"no such record": {AttachRequest{Ledger: "任务", ID: "x", Paths: []string{file}}, model.CodeNotFound},
		"no such field":  {AttachRequest{Ledger: "任务", ID: task.ID, Field: "任务名称", Paths: []string{file}}, model.CodeUsage},
		"no files there": {AttachRequest{Ledger: "单位", ID: "x", Paths: []string{file}}, model.CodeUsage},
	} {
		if _, err := a.Attach(ctx, tt.req); model.CodeOf(err) != tt.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := a.Set(ctx, ledgers.Task, task.ID, []Assignment{{"佐证材料", "照片.jpg"}}); model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("a name instead of a file: %v", err)
	}
	if got := plainName("a/b\u202e\x1fgpj.exe "); got != "abgpj.exe" || plainName("..") != "附件" {
		t.Errorf("%q", got)
	}
}

func TestDetachAndSave(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	attach(t, a, task.ID, writeSample(t, "前.jpg", samplePhoto(t, 8, 8, 3)), writeSample(t, "纪要.pdf", []byte("%PDF 纪要")))
	to := filepath.Join(t.TempDir(), "出 去.jpg")
	check(t, a.SaveAttachment(ctx, "任务", task.ID, "前.jpg", to, false))
	if b, err := os.ReadFile(to); err != nil || bytes.Contains(b, []byte(secretPlace)) || photo.Sniff(b) != photo.JPEG {
		t.Errorf("the place went out: %v", err)
	}
	if err := a.SaveAttachment(ctx, "任务", task.ID, "前.jpg", to, true); model.CodeOf(err) != model.CodeExists {
		t.Errorf("over another file: %v", err)
	}
	check(t, a.SaveAttachment(ctx, "任务", task.ID, "前.jpg", to+"2", true))
	if b, err := os.ReadFile(to + "2"); err != nil || !bytes.Contains(b, []byte(secretPlace)) {
		t.Errorf("asked for, the place is missing: %v", err)
	}
	_, err := a.Detach(ctx, "任务", task.ID, "前.jpg")
	check(t, err)
	if files := attached(t, a, task.ID); len(files) != 1 || files[0].Name != "纪要.pdf" || files[0].Photo {
		t.Errorf("%+v", files)
	}
	if _, err := a.Detach(ctx, "任务", task.ID, "前.jpg"); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("twice: %v", err)
	}
}

func TestExportEvidence(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	attach(t, a, task.ID, writeSample(t, "前.jpg", samplePhoto(t, 80, 60, 4)), writeSample(t, "后.jpg", samplePhoto(t, 60, 80, 5)), writeSample(t, "纪要.pdf", []byte("%PDF 纪要")))
	req := EvidenceRequest{List: ListRequest{Ledger: "任务", IDs: []string{task.ID}}, Out: filepath.Join(t.TempDir(), "迎检 包", "甲镇")}
	done, err := a.ExportEvidence(ctx, req)
	check(t, err)
	if done.Items != 1 || done.Files != 3 || len(done.Missing) != 0 {
		t.Errorf("%+v", done)
	}
	photos, err := filepath.Glob(filepath.Join(req.Out, "01 *", "01 前.jpg"))
	if err != nil || len(photos) != 1 {
		t.Fatalf("%v, %v", photos, err)
	}
	if b, err := os.ReadFile(photos[0]); err != nil || bytes.Contains(b, []byte(secretPlace)) {
		t.Errorf("the place went out: %v", err)
	}
	for _, name := range []string{bundleLedger, bundleAlbum, bundleHistory} {
		if _, err := sheet.Open(filepath.Join(req.Out, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	book, err := sheet.Open(filepath.Join(req.Out, bundleHistory))
	check(t, err)
	last := book.Sheets[0].Rows[len(book.Sheets[0].Rows)-1].Index
	if got := book.Sheets[0].Value(last, 5).Text; got != "佐证材料：前.jpg、后.jpg、纪要.pdf" {
		t.Errorf("the last line of the history is %q", got)
	}
	if _, err := a.ExportEvidence(ctx, req); model.CodeOf(err) != model.CodeExists {
		t.Errorf("a second time: %v", err)
	}
}

func TestExportAlbum(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	attach(t, a, task.ID, writeSample(t, "前.jpg", samplePhoto(t, 80, 60, 6)), writeSample(t, "纪要.pdf", []byte("%PDF 纪要")))
	gone := attached(t, a, task.ID)[1]
	check(t, os.Remove(filepath.Join(store.EvidenceFolder(a.Path()), gone.Hash[:2], gone.Hash)))
	done, err := a.ExportAlbum(ctx, EvidenceRequest{List: ListRequest{Ledger: "任务", IDs: []string{task.ID}}, Out: filepath.Join(t.TempDir(), "相 册.xlsx")})
	check(t, err)
	if done.Files != 1 || len(done.Missing) != 1 || !strings.Contains(done.Missing[0], "纪要.pdf") {
		t.Errorf("%+v", done)
	}
	z, err := zip.OpenReader(done.Zip)
	check(t, err)
	defer z.Close()
	if len(z.File) != 1 || !strings.HasSuffix(z.File[0].Name, "/01 前.jpg") {
		t.Errorf("%v", z.File)
	}
}

// TestExportAlbum_KeepsTheZipBeside: nobody was asked about the zip.
func TestExportAlbum_KeepsTheZipBeside(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	attach(t, a, task.ID, writeSample(t, "前.jpg", samplePhoto(t, 80, 60, 6)))
	dir := t.TempDir()
	req := EvidenceRequest{List: ListRequest{Ledger: "任务", IDs: []string{task.ID}}, Out: filepath.Join(dir, "相 册.xlsx")}
	packed := filepath.Join(dir, "相 册-原件.zip")
	check(t, os.WriteFile(packed, []byte("去年的"), 0o644))
	if _, err := a.ExportAlbum(ctx, req); model.CodeOf(err) != model.CodeExists || !strings.Contains(model.Sentence(err), "相 册-原件.zip") {
		t.Errorf("over another zip: %v", err)
	}
	if b, err := os.ReadFile(packed); err != nil || string(b) != "去年的" || isThere(req.Out) {
		t.Errorf("the zip is %q, %v; the album is there: %v", b, err, isThere(req.Out))
	}
	check(t, os.Remove(packed))
	check(t, os.Mkdir(req.Out, 0o755)) // the album cannot be written
	if _, err := a.ExportAlbum(ctx, req); err == nil || isThere(packed) {
		t.Errorf("half an album: %v", err)
	}
}

// tiring is a context that is cancelled after it was looked at so many times.
type tiring struct {
	context.Context
	left *int
}

func (c tiring) Err() error {
	if *c.left--; *c.left < 0 {
		return context.Canceled
	}
	return c.Context.Err()
}

// TestExportEvidence_CancelledLeavesNothing, wherever it is cancelled.
func TestExportEvidence_CancelledLeavesNothing(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	attach(t, a, task.ID, writeSample(t, "前.jpg", samplePhoto(t, 80, 60, 4)), writeSample(t, "后.jpg", samplePhoto(t, 60, 80, 5)))
	for looks, done := 0, false; !done; looks++ {
		out := filepath.Join(t.TempDir(), "迎检")
		left := looks
		_, err := a.ExportEvidence(tiring{ctx, &left}, EvidenceRequest{List: ListRequest{Ledger: "任务", IDs: []string{task.ID}}, Out: out})
		if done = err == nil; !done && (isThere(out) || !errors.Is(err, context.Canceled)) {
			t.Fatalf("cancelled at look %d it left the folder: %v, %v", looks, isThere(out), err)
		}
		if done && looks == 0 {
			t.Fatal("it never looked")
		}
	}
}

// TestExportEvidence_StaysInItsFolder: names that came with another ledger's records
// lead nowhere else and show no other ending than they have.
func TestExportEvidence_StaysInItsFolder(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	attach(t, a, task.ID, writeSample(t, "前.jpg", samplePhoto(t, 80, 60, 4)))
	at := attached(t, a, task.ID)[0].Attachment
	at.Name = "../../出\u202e去gpj.exe"
	_, err := a.do(ctx, "edit", "改名", func(tx *store.Tx) error {
		_, err := tx.Set(ledgers.Task, task.ID, map[string]model.Value{"files": model.Attachments(at)})
		return err
	})
	check(t, err)
	req := EvidenceRequest{List: ListRequest{Ledger: "任务", IDs: []string{task.ID}}, Out: filepath.Join(t.TempDir(), "甲", "乙", "迎检")}
	_, err = a.ExportEvidence(ctx, req)
	check(t, err)
	if got, err := filepath.Glob(filepath.Join(req.Out, "01 *", "01 *")); err != nil || len(got) != 1 || filepath.Base(got[0]) != "01 出去gpj.exe" {
		t.Errorf("%q, %v", got, err)
	}
	req.Out = filepath.Join(t.TempDir(), "相册.xlsx")
	done, err := a.ExportAlbum(ctx, req)
	check(t, err)
	z, err := zip.OpenReader(done.Zip)
	check(t, err)
	defer z.Close()
	if len(z.File) != 1 || strings.Count(z.File[0].Name, "/") != 1 || !strings.HasSuffix(z.File[0].Name, "/01 出去gpj.exe") {
		t.Errorf("%q", z.File[0].Name)
	}
}

// TestAttach_LockAndBackup: a password seals the files, here and in the second
// place, and the check finds what is missing.
func TestAttach_LockAndBackup(t *testing.T) {
	cheapLock(t)
	ctx, path := context.Background(), copyOf(t, demoFile(t))
	o := Options{Path: path, Today: testDay, Key: demoKey}
	if demoKey != nil {
		t.Skip("the sample is locked already")
	}
	a, err := Open(ctx, o)
	check(t, err)
	task := aTask(t, a)
	attach(t, a, task.ID, writeSample(t, "病历.txt", []byte("示例病历内容")))
	second := t.TempDir()
	_, err = a.BackupToSecond(ctx, second)
	check(t, err)
	check(t, a.Close())
	evidence := []string{store.EvidenceFolder(path), filepath.Join(second, filepath.Base(store.EvidenceFolder(path)))}
	shows := func() (n int) {
		for _, dir := range evidence {
			found, files := scanFolder(t, dir, []string{"示例病历内容"})
			if n += len(found); files == 0 {
				t.Errorf("no files in %s", dir)
			}
		}
		return n
	}
	if shows() != 2 {
		t.Fatal("the second place has not got it")
	}
	_, err = SetLock(ctx, o, "一句记得住的话")
	check(t, err)
	if n := shows(); n != 0 {
		t.Errorf("after SetLock it shows in %d places", n)
	}
	o.Password = "一句记得住的话"
	a, err = Open(ctx, o)
	check(t, err)
	if files := attached(t, a, task.ID); files[0].Broken != "" {
		t.Errorf("%+v", files)
	}
	check(t, a.Close())
	report, err := Verify(ctx, o)
	check(t, err)
	if len(report.Problems) != 0 {
		t.Errorf("%v", report.Problems)
	}
	backups, err := filepath.Glob(filepath.Join(second, "*.xzdb"))
	check(t, err)
	fresh := Options{Path: filepath.Join(t.TempDir(), "新 电脑.xzdb"), Today: testDay, Password: o.Password}
	_, err = Restore(ctx, fresh, backups[0])
	check(t, err)
	b, err := Open(ctx, fresh)
	check(t, err)
	brought, err := b.BringFiles(ctx, backups[0])
	if check(t, err); brought.Brought != 1 || LostFiles(brought) != nil {
		t.Errorf("%+v", brought)
	}
	if found, files := scanFolder(t, store.EvidenceFolder(fresh.Path), []string{"示例病历内容"}); len(found) > 0 || files == 0 {
		t.Errorf("brought to the fresh PC: %v of %d files", found, files)
	}
	check(t, os.RemoveAll(store.EvidenceFolder(fresh.Path)))
	if r, err := b.VerifyFile(ctx, b.Path()); err != nil || len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "病历.txt") {
		t.Errorf("the open ledger: %v, %v", r.Problems, err)
	}
	check(t, b.Close())
	_, err = RemoveLock(ctx, o)
	check(t, err)
	if n := shows(); n != 2 {
		t.Errorf("after RemoveLock it is readable in %d places", n)
	}
	check(t, os.RemoveAll(evidence[0]))
	if report, err = Verify(ctx, o); err != nil || len(report.Problems) != 1 || !strings.Contains(report.Problems[0], "病历.txt") {
		t.Errorf("%v, %v", report.Problems, err)
	}
}

// TestAlbum_800 holds the measure of the issue: 800 photos in 20 s, and in at most
// ten times what 100 take.
func TestAlbum_800(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	a := openDemo(t)
	var all []model.Attachment
	for i := range 800 {
		at, err := a.keepContent(fmt.Sprintf("%d.jpg", i), samplePhoto(t, 320, 240, uint8(i)), false)
		check(t, err)
		all = append(all, at)
	}
	took := map[int]time.Duration{}
	for _, n := range []int{100, 800} {
		start := time.Now()
		check(t, a.writeAlbum(context.Background(), []evidenceItem{{title: "01", files: all[:n]}}, filepath.Join(t.TempDir(), "相册.xlsx")))
		took[n] = time.Since(start)
	}
	t.Log(took)
	if took[800] > 20*time.Second || took[800] > 10*max(took[100], 50*time.Millisecond) {
		t.Errorf("%v", took)
	}
}
