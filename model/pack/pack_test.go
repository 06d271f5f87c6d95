package pack

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
)

var made = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

func cheap(t testing.TB) {
	before := WorkFactor
	WorkFactor = 10
	t.Cleanup(func() { WorkFactor = before })
}

func folder(t testing.TB, files map[string]string) (string, []Source) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "台 账")
	var out []Source
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		out = append(out, Source{Name: name, Path: path})
	}
	return dir, out
}

func TestPack_ThereAndBack(t *testing.T) {
	cheap(t)
	files := map[string]string{"甲镇.xzdb": strings.Repeat("台账", 5000), "佐证/ab/abcd": "照片", "空": ""}
	for _, password := range []string{"", "甲镇 搬家"} {
		dir, sources := folder(t, files)
		to := filepath.Join(dir, "甲镇"+Ext)
		m, err := Write(to, Manifest{Kind: "move", Name: "甲镇.xzdb", Made: made}, sources, password)
		if err != nil || len(m.Files) != 3 {
			t.Fatal(m, err)
		}
		if _, err := Write(to, m, sources, password); model.CodeOf(err) != model.CodeExists {
			t.Error(err)
		}
		if is, locked := Is(to); !is || locked != (password != "") {
			t.Errorf("%q: %v %v", password, is, locked)
		}
		if b, err := os.ReadFile(to); err != nil || password != "" && bytes.Contains(b, []byte("xzdb")) {
			t.Error("the pack shows what is in it", err)
		}
		for _, wrong := range []string{"", "不对"} {
			if p, err := Open(to, wrong); password != "" && model.CodeOf(err) != model.CodePassword {
				t.Errorf("%q opens: %v %v", wrong, p, err)
			}
		}
		p, err := Open(to, password)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range p.Files {
			out := filepath.Join(t.TempDir(), "出来")
			if err := p.Extract(f, out); err != nil {
				t.Fatal(err)
			}
			if b, err := os.ReadFile(out); err != nil || string(b) != files[f.Name] {
				t.Errorf("%s: %d bytes, %v", f.Name, len(b), err)
			}
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
}

// forged makes a zip with a manifest of any content.
func forged(t testing.TB, m Manifest, files ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(files, [2]string{manifestName, string(text)}) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f[0], Method: zip.Deflate})
		if err == nil {
			_, err = w.Write([]byte(f[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpen_Hostile(t *testing.T) {
	named := func(name string) []byte {
		return forged(t, Manifest{Format: 1, Files: []File{{Name: name, Bytes: 1}}}, [2]string{name, "x"})
	}
	bomb := strings.Repeat("\x00", sparse+30<<20)
	tests := map[string]struct {
		data []byte
		code model.Code
	}{
		"slip":        {named("../外面"), model.CodeDamaged},
		"root":        {named("/etc/外面"), model.CodeDamaged},
		"backslash":   {named(`..\外面`), model.CodeDamaged},
		"drive":       {named("C:外面"), model.CodeDamaged},
		"dots":        {named("佐证/../../外面"), model.CodeDamaged},
		"control":     {named("佐证/\x01"), model.CodeDamaged},
		"twice":       {forged(t, Manifest{Format: 1, Files: []File{{Name: "a", Bytes: 1}, {Name: "a", Bytes: 1}}}, [2]string{"a", "x"}, [2]string{"a", "y"}), model.CodeDamaged},
		"not listed":  {forged(t, Manifest{Format: 1}, [2]string{"a", "x"}), model.CodeDamaged},
		"not there":   {forged(t, Manifest{Format: 1, Files: []File{{Name: "a", Bytes: 1}}}), model.CodeDamaged},
		"other size":  {forged(t, Manifest{Format: 1, Files: []File{{Name: "a", Bytes: 2}}}, [2]string{"a", "x"}), model.CodeDamaged},
		"bomb":        {forged(t, Manifest{Format: 1, Files: []File{{Name: "a", Bytes: int64(len(bomb))}}}, [2]string{"a", bomb}), model.CodeDamaged},
		"newer":       {forged(t, Manifest{Format: 2}), model.CodeNewer},
		"no manifest": {[]byte("PK\x03\x04"), model.CodeDamaged},
		"sound":       {named("佐证/ab/照片"), ""},
	}
	for name, tt := range tests {
		path := filepath.Join(t.TempDir(), "包"+Ext)
		if err := os.WriteFile(path, tt.data, 0o644); err != nil {
			t.Fatal(err)
		}
		p, err := Open(path, "")
		if model.CodeOf(err) != tt.code {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && p.Close() != nil {
			t.Error("it does not close")
		}
	}
}

// TestExtract_Changed: what is not as it was packed is not taken out.
func TestExtract_Changed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "包"+Ext)
	if err := os.WriteFile(path, forged(t, Manifest{Format: 1, Files: []File{{Name: "a", Bytes: 1, SHA256: strings.Repeat("0", 64)}}}, [2]string{"a", "x"}), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	to := filepath.Join(t.TempDir(), "出来")
	if err := p.Extract(p.Files[0], to); model.CodeOf(err) != model.CodeDamaged {
		t.Error(err)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("it is there all the same")
	}
	if err := p.Extract(p.Files[0], filepath.Join(to, "没有")); model.CodeOf(err) != model.CodeReadOnly {
		t.Error(err)
	}
}

// FuzzOpen: whatever the bytes, no panic, no name that leads out, no size beyond what
// was said.
func FuzzOpen(f *testing.F) {
	cheap(f)
	f.Add(forged(f, Manifest{Format: 1, Files: []File{{Name: "佐证/a", Bytes: 1}}}, [2]string{"佐证/a", "x"}))
	f.Add([]byte(ageMark + "\n-> scrypt rF0/NwblUHHTpgQgRpe5CQ 8\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := read(bytes.NewReader(data), int64(len(data)), "包", "密码")
		if err != nil {
			if model.CodeOf(err) == model.CodeInternal {
				t.Errorf("no sentence: %v", err)
			}
			return
		}
		dir := t.TempDir()
		for _, f := range p.Files {
			to := filepath.Join(dir, filepath.FromSlash(f.Name))
			if rel, err := filepath.Rel(dir, to); err != nil || !filepath.IsLocal(rel) {
				t.Errorf("%q leads out", f.Name)
			}
			if err := p.Extract(f, filepath.Join(dir, "x")); err == nil && f.Bytes > 0 {
				if info, err := os.Stat(filepath.Join(dir, "x")); err != nil || info.Size() != f.Bytes {
					t.Errorf("%v %v", info, err)
				}
			}
		}
	})
}
