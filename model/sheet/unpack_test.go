package sheet

import (
	"archive/zip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xiangzhen/model"
)

// archiveOf writes a zip; names that begin with gbk: are written in GBK, unmarked.
func archiveOf(t *testing.T, entries ...[2]string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "各 村.zip")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e[0], Method: zip.Deflate}
		if name, gbk := strings.CutPrefix(e[0], "gbk:"); gbk {
			if h.Name, err = simplifiedchinese.GBK.NewEncoder().String(name); err != nil {
				t.Fatal(err)
			}
			h.NonUTF8 = true
		}
		part, err := w.CreateHeader(h)
		if err == nil && !strings.HasSuffix(e[0], "/") {
			_, err = part.Write([]byte(e[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestUnpack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "解 压")
	file := archiveOf(t, [2]string{"gbk:上报/青山村.xlsx", "一"}, [2]string{"上报/白石村.xlsx", "二"}, [2]string{"空的/", ""}, [2]string{"上报/~$白石村.xlsx", "锁"},
		[2]string{"__MACOSX/._a.xlsx", "x"}, [2]string{".DS_Store", "x"}, [2]string{"../../外面.xlsx", "三"}, [2]string{`C:\表\甲?.xlsx`, "四"},
		[2]string{"照片\u202egpj.xlsx\u2066", "七"}, [2]string{"同名.xlsx", "五"}, [2]string{"同名.XLSX", "六"})
	for range 2 { // again replaces the same files
		got, err := Unpack(file, dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, u := range got {
			b, err := os.ReadFile(u.Path)
			if err != nil || u.Err != nil {
				t.Fatal(err, u.Err)
			}
			names = append(names, u.Name+"="+string(b))
			if rel, err := filepath.Rel(dir, u.Path); err != nil || strings.HasPrefix(rel, "..") {
				t.Errorf("%s lies at %s", u.Name, u.Path)
			}
		}
		want := []string{"C_/表/甲_.xlsx=四", "上报/白石村.xlsx=二", "上报/青山村.xlsx=一", "同名(2).XLSX=六", "同名.xlsx=五", "外面.xlsx=三", "照片gpj.xlsx=七"}
		slices.Sort(names)
		if slices.Sort(want); !slices.Equal(names, want) {
			t.Errorf("got %v\nwant %v", names, want)
		}
	}
}

func TestUnpack_refuses(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "坏.zip")
	whole, err := os.ReadFile(archiveOf(t, [2]string{"甲.xlsx", strings.Repeat("一二三", 2000)}))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(broken, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Unpack(broken, dir); model.CodeOf(err) != model.CodeDamaged {
		t.Errorf("cut short: %v", err)
	}
	if _, err := Unpack(filepath.Join(dir, "没有.zip"), dir); model.CodeOf(err) != model.CodeLocked {
		t.Errorf("not there: %v", err)
	}
	at := strings.Index(string(whole), "甲.xlsx") + len("甲.xlsx") + 12
	spoilt := slices.Clone(whole)
	for i := range 8 {
		spoilt[at+i] ^= 0xff
	}
	if err := os.WriteFile(broken, spoilt, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := Unpack(broken, filepath.Join(dir, "x"))
	if err != nil || len(got) != 1 || model.CodeOf(got[0].Err) != model.CodeDamaged {
		t.Errorf("spoilt within: %+v, %v", got, err)
	}
	if _, err := os.Stat(got[0].Path); err == nil {
		t.Error("half a file is left")
	}
	for name, want := range map[string]bool{"a.zip": true, "甲.ZIP": true, "a.xlsx": false, "zip": false} {
		if IsZip(name) != want {
			t.Errorf("%s", name)
		}
	}
}
