package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"xiangzhen/model"
)

// TestBringFiles: what is missing or changed comes from the folder that has it sound,
// and what no folder has is named.
func TestBringFiles(t *testing.T) {
	ctx, s := context.Background(), openFiles(t)
	here, there, changed, gone := keep(t, s, "在这里"), keep(t, s, "在那里"), keep(t, s, "被改过"), keep(t, s, "哪里都没有")
	_, err := s.Do(ctx, model.Operation{Kind: "add", Label: "新增"}, func(tx *Tx) error {
		r := model.NewRecord("task", "")
		r.Put("title", model.Text("水池清淤"))
		r.Put("files", model.Attachments(
			model.Attachment{Hash: here, Name: "一.jpg"}, model.Attachment{Hash: there, Name: "二.jpg"},
			model.Attachment{Hash: changed, Name: "三.jpg"}, model.Attachment{Hash: gone, Name: "四.jpg"}))
		return tx.Add(r)
	})
	if err != nil {
		t.Fatal(err)
	}
	second, bad := filepath.Join(t.TempDir(), "U 盘-佐证"), filepath.Join(t.TempDir(), "坏-佐证")
	if _, err := s.CopyFiles(second); err != nil {
		t.Fatal(err)
	}
	own := EvidenceFolder(s.Path())
	for _, path := range []string{filePath(own, there), filePath(own, gone), filePath(second, gone)} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	// the first folder holds something else under that name
	for _, path := range []string{filePath(own, changed), filePath(bad, there)} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("别的"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.BringFiles(ctx, bad, second, filepath.Join(bad, "没有的"))
	if err != nil || got.Kept != 3 || got.Brought != 2 || len(got.Bad) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if b, err := s.File(there); err != nil || string(b) != "在那里" {
		t.Errorf("%q, %v", b, err)
	}
}
