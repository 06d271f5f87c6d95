package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/seal"
)

func openFiles(t *testing.T) *Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "台 账[1]", "甲镇.xzdb")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := Create(context.Background(), path, Options{Builtin: testLedgers()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func keep(t *testing.T, s *Store, content string) string {
	t.Helper()
	hash, err := s.KeepFile([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestKeepFile(t *testing.T) {
	s := openFiles(t)
	hash := keep(t, s, "水池清淤前")
	if again := keep(t, s, "水池清淤前"); again != hash {
		t.Errorf("the same content is %s and %s", hash, again)
	}
	if b, err := s.File(hash); err != nil || string(b) != "水池清淤前" {
		t.Errorf("%q, %v", b, err)
	}
	if names, err := s.FileNames(); err != nil || len(names) != 1 || names[0] != hash {
		t.Errorf("%v, %v", names, err)
	}
	left, err := filepath.Glob(filepath.Join(globPlain.Replace(EvidenceFolder(s.Path())), "*", "*.part"))
	if err != nil || len(left) > 0 {
		t.Errorf("drafts are left: %v, %v", left, err)
	}
}

func TestFile_MissingAndChanged(t *testing.T) {
	s := openFiles(t)
	hash := keep(t, s, "照片")
	path := filePath(EvidenceFolder(s.Path()), hash)
	if err := os.WriteFile(path, []byte("照骗"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.File(hash); model.CodeOf(err) != model.CodeDamaged {
		t.Errorf("changed: %v", err)
	}
	// The right content mends it.
	keep(t, s, "照片")
	if _, err := s.File(hash); err != nil {
		t.Errorf("mended: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := s.File(hash); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("missing: %v", err)
	}
}

func TestCheckFiles(t *testing.T) {
	ctx, s := context.Background(), openFiles(t)
	good, gone := keep(t, s, "好的"), keep(t, s, "没了的")
	keep(t, s, "没人用的")
	_, err := s.Do(ctx, model.Operation{Kind: "add", Label: "新增"}, func(tx *Tx) error {
		r := model.NewRecord("task", "")
		r.Put("title", model.Text("水池清淤"))
		r.Put("files", model.Attachments(model.Attachment{Hash: good, Name: "一.jpg"}, model.Attachment{Hash: gone, Name: "二.jpg"}, model.Attachment{Name: "纸质"}))
		return tx.Add(r)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.CheckFiles(ctx); err != nil || got.Kept != 2 || got.Unused != 1 || len(got.Bad) != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	if err := os.Remove(filePath(EvidenceFolder(s.Path()), gone)); err != nil {
		t.Fatal(err)
	}
	got, err := s.CheckFiles(ctx)
	if err != nil || got.Kept != 1 || len(got.Bad) != 1 || got.Bad[0].Name != "二.jpg" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestCopyFiles(t *testing.T) {
	s, to := openFiles(t), filepath.Join(t.TempDir(), "U 盘")
	hash := keep(t, s, "一")
	for _, want := range []int{1, 0} {
		if n, err := s.CopyFiles(to); err != nil || n != want {
			t.Errorf("%d copied, want %d: %v", n, want, err)
		}
	}
	if b, err := os.ReadFile(filePath(to, hash)); err != nil || string(b) != "一" {
		t.Errorf("%q, %v", b, err)
	}
}

// TestResealFiles seals what was plain, opens it again, and goes on where it was
// interrupted.
func TestResealFiles(t *testing.T) {
	s := openFiles(t)
	dir := EvidenceFolder(s.Path())
	hash := keep(t, s, "贫困户的病历")
	if err := s.KeepThumb(hash, []byte("\xff\xd8小图")); err != nil {
		t.Fatal(err)
	}
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	path := filePath(dir, hash)
	if err := os.Rename(path, path+oldFile); err != nil { // power cut
		t.Fatal(err)
	}
	for range 2 {
		if err := ResealFiles(dir, key, true); err != nil {
			t.Fatal(err)
		}
	}
	if found := grepFiles(t, dir, "贫困户", "小图"); found != "" {
		t.Errorf("%s shows it", found)
	}
	if _, err := s.File(hash); model.CodeOf(err) != model.CodeDamaged {
		t.Errorf("without the key: %v", err)
	}
	cipher, err := key.Cipher()
	if err != nil {
		t.Fatal(err)
	}
	s.secrets.codec = sealed{cipher}
	if b, err := s.File(hash); err != nil || string(b) != "贫困户的病历" {
		t.Errorf("with the key: %q, %v", b, err)
	}
	if b, err := s.Thumb(hash); err != nil || string(b) != "\xff\xd8小图" {
		t.Errorf("the small one: %q, %v", b, err)
	}
	if other := keep(t, s, "另一份病历"); grepFiles(t, dir, "病历") != "" {
		t.Errorf("%s was kept in the clear", other)
	}
	if err := ResealFiles(dir, key, false); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "贫困户的病历" {
		t.Errorf("opened again: %q, %v", b, err)
	}
}

// grepFiles returns a file below dir that holds one of the words, "" if none does.
func grepFiles(t *testing.T, dir string, words ...string) (found string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				found = path
			}
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return found
}
