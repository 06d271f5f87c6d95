package evidence

import (
	"image"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

func TestMeant(t *testing.T) {
	for name, c := range map[string]struct {
		paths   []string
		inSight bool
		want    bool
	}{
		"a photo on any tab":                {[]string{"清淤.JPG"}, false, true},
		"photos and a scan":                 {[]string{"a.jpg", "盖章.pdf", "录像.mp4"}, false, true},
		"a workbook may be a return":        {[]string{"表.xlsx"}, false, false},
		"a photo with a workbook":           {[]string{"a.jpg", "表.xlsx"}, false, false},
		"a paper may hold a table":          {[]string{"通知.docx"}, false, false},
		"a folder":                          {[]string{"收到的表"}, false, false},
		"nothing":                           {nil, false, false},
		"a workbook with the part in sight": {[]string{"表.xlsx"}, true, true},
	} {
		if got := Meant(c.paths, c.inSight); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestNoteAndEnding(t *testing.T) {
	at := func(hash string) model.Attachment { return model.Attachment{Hash: hash, Name: "a"} }
	for want, a := range map[string]app.Attachment{
		"只登记了名称":    {},
		"文件不见了或已损坏": {Attachment: at("h"), Broken: "不见了", Bytes: 9},
		"照片　312 KB": {Attachment: at("h"), Photo: true, Bytes: 312 << 10},
		"2.5 MB":    {Attachment: at("h"), Bytes: 5 << 19},
		"1023 字节":   {Attachment: at("h"), Bytes: 1023},
		"照片　1 KB":   {Attachment: at("h"), Photo: true, Bytes: 1024},
	} {
		if got := note(a); got != want {
			t.Errorf("%+v is %q, want %q", a, got, want)
		}
	}
	for name, want := range map[string]string{"纪要.pdf": "PDF", "a.docx": "DOCX", "无": "文件", "a.numbers": "文件", "a.7z": "7Z"} {
		if got := ending(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestAddedWords(t *testing.T) {
	if got := addedWords("清淤", 1, 3); got != "已给“清淤”添加 2 个文件" {
		t.Error(got)
	}
	if got := addedWords("清淤", 3, 3); got != "“清淤”已经有这些文件，没有重复添加。" {
		t.Error(got)
	}
}

func TestFreeName(t *testing.T) {
	there := map[string]bool{"迎检包": true, "迎检包 (2)": true}
	taken := func(name string) bool { return there[name] }
	if got := freeName("迎检包", taken); got != "迎检包 (3)" {
		t.Error(got)
	}
	if got := freeName("相册", taken); got != "相册" {
		t.Error(got)
	}
}

func TestMiddle(t *testing.T) {
	for _, c := range []struct{ in, want image.Rectangle }{
		{image.Rect(0, 0, 320, 240), image.Rect(0, 0, 320, 240)},
		{image.Rect(0, 0, 240, 320), image.Rect(0, 70, 240, 250)},
		{image.Rect(10, 10, 330, 110), image.Rect(103, 10, 236, 110)},
		{image.Rect(0, 0, 1, 300), image.Rect(0, 149, 1, 150)},
	} {
		if got := middle(c.in, 4, 3); got != c.want {
			t.Errorf("of %v: %v, want %v", c.in, got, c.want)
		}
	}
	if picture([]byte("no photo")) != nil {
		t.Error("what is no photo has a picture")
	}
}

// TestWanted: only an item whose maker asked for it waits for evidence.
func TestWanted(t *testing.T) {
	all := model.NewCatalog(ledgers.All()...)
	l, plain := all.Ledger(ledgers.Task), all.Ledger(ledgers.Visit)
	rec := model.NewRecord(l.Key, "1")
	if Wanted(l, rec) {
		t.Error("nobody asked")
	}
	rec.Put(need, model.Bool(true))
	if !Wanted(l, rec) {
		t.Error("the maker asked")
	}
	rec.Put(Field(l).Key, model.Attachments(model.Attachment{Name: "纸质"}))
	if Wanted(l, rec) || Count(l, rec) != 1 {
		t.Error("there is evidence")
	}
	if Wanted(plain, model.NewRecord(plain.Key, "1")) || Label(plain) != "附件" || Label(l) != "佐证" {
		t.Errorf("%s, %s", Label(plain), Label(l))
	}
	if Field(nil) != nil || Field(all.Ledger(ledgers.Area)) != nil || Count(all.Ledger(ledgers.Area), rec) != 0 {
		t.Error("places have no files")
	}
}
