package app

import (
	"archive/zip"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
)

func TestWriteEnvelope(t *testing.T) {
	cheapLock(t)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "甲镇 台账.xzdb")
	a, err := CreateDemo(ctx, Options{Path: path, Today: "2026-11-22"}, "甲镇", 1)
	check(t, err)
	check(t, a.Close())
	done, err := SetLock(ctx, Options{Path: path, Today: "2026-11-22"}, testPassword)
	check(t, err)
	a, err = Open(ctx, Options{Path: path, Today: "2026-11-22", Password: done.Code})
	check(t, err)
	defer a.Close()
	out := filepath.Join(t.TempDir(), "密封件.docx")
	check(t, a.WriteEnvelope(ctx, out, DefaultKeeper, done.Code))
	got := documentWords(t, out)
	for _, want := range []string{done.Code, "党政办主任", "甲镇", "2026", "谁也打不开", "演示"} {
		if !strings.Contains(got, want) {
			t.Errorf("the sheet does not say %q", want)
		}
	}
	if strings.Contains(got, testPassword) {
		t.Error("the password stands on the sheet")
	}
	if err := a.WriteEnvelope(ctx, filepath.Join(out, "no folder", "x.docx"), "书记", done.Code); err == nil {
		t.Error("written where there is no folder")
	}
}

// documentWords is the text part of a document.
func documentWords(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	check(t, err)
	defer z.Close()
	f, err := z.Open("word/document.xml")
	check(t, err)
	b, err := io.ReadAll(f)
	check(t, err)
	return string(b)
}

func TestFitPassword(t *testing.T) {
	check(t, FitPassword("甲镇台账二六"))
	if err := FitPassword("12345"); model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("five characters: %v", err)
	}
}
