package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sample is a document with all that can stand in one.
func sample() Document {
	return Document{
		Title: "督办通知单", Subtitle: "示例督〔2026〕3号", At: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		Blocks: []Block{
			Heading{1, "一、总体情况"},
			Text{Words: "全镇 16 个村已报 15 个。\n甲二村 <未报> & 待催。"},
			Heading{2, "（一）饮水"},
			Table{Widths: []int{1, 3, 1, 3}, Head: 1, Rows: [][]Cell{
				{{Words: "序号"}, {Words: "事项"}, {Words: "时限"}, {Words: "进展"}},
				{{Words: "1"}, {Words: "管网改造"}, {Words: "11月底前"}, {Words: "已完成 3 公里，其余等管材到货后开工"}},
				{{Words: "反馈意见", Label: true, Tall: 4}, {Span: 3}},
			}},
			Text{Words: "甲镇党政办", Align: Right},
		},
	}
}

func encode(t *testing.T, d Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Encode(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// parts unpacks a document.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

func TestEncode_IsWellFormed(t *testing.T) {
	for name, text := range parts(t, encode(t, sample())) {
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

func TestEncode_Words(t *testing.T) {
	text := parts(t, encode(t, sample()))["word/document.xml"]
	for _, want := range []string{"督办通知单", "〔2026〕3号", "甲二村 &lt;未报&gt; &amp; 待催。", `<w:gridSpan w:val="3"/>`, "<w:tblHeader/>", "管网改造"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if n := strings.Count(text, "<w:tr>"); n != 3 {
		t.Errorf("%d rows", n)
	}
}

func TestEncode_SameBytes(t *testing.T) {
	if !bytes.Equal(encode(t, sample()), encode(t, sample())) {
		t.Error("the same document gives other bytes")
	}
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"甲<乙>&\"": "甲&lt;乙&gt;&amp;&quot;", "a\x00b\x1bc": "abc", "上\t下\n左": "上 下 左", "坏\xff字": "坏字",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMeasures(t *testing.T) {
	for _, widths := range [][]int{{1, 1, 1}, {7, 3}, {1}, {0, 0}} {
		sum := 0
		for _, w := range (Table{Widths: widths}).measures() {
			sum += w
		}
		if sum != textWidth {
			t.Errorf("%v: %d, want %d", widths, sum, textWidth)
		}
	}
}

// TestOffice opens the document in LibreOffice, which stands for WPS.
func TestOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err == nil {
		office, err = filepath.EvalSymlinks(office)
	}
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(office), "libswlo.so")); err != nil {
		t.Skip("LibreOffice has no Writer (make tools-office installs it)")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "督办 单.docx")
	if err := os.WriteFile(path, encode(t, sample()), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "txt:Text", "--outdir", dir, path)
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	text, err := os.ReadFile(filepath.Join(dir, "督办 单.txt"))
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for _, want := range []string{"督办通知单", "管网改造", "甲二村 <未报> & 待催。", "甲镇党政办"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("LibreOffice does not show %q in\n%s", want, text)
		}
	}
}
