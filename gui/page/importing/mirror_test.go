package importing_test

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
	"xiangzhen/model/app/apptest"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

func TestMirror_KeptAndUndone(t *testing.T) {
	r := newRoom(t)
	path := filepath.Join(t.TempDir(), "监测对象信息.xlsx")
	row := apptest.SystemRow{"行政村": "青山村", "户主姓名": "新示例户", "家庭人口数": "3", "检测对象类别": "边缘户", "识别监测时间": "202603"}
	pagetest.Must(t, sheet.Write(path, apptest.SystemExport("2026-11-20", []apptest.SystemRow{row, {"行政村": "青山村", "户主姓名": "新示例乙", "家庭人口数": "1"}})))
	r.open(t, path)
	r.NoErrors()
	r.Tap("作为系统导出留存")
	var day *kit.Entry
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if e, is := o.(*kit.Entry); is {
			day = e
		}
	})
	if day.Text != "2026-11-20" {
		t.Errorf("proposes %q", day.Text)
	}
	r.Shot("import-mirror")
	for words, want := range map[string]string{"": "请填写数据截至日期。", "不知道": "日期写得不对", "2026年11月": "日期写得不对", "2026-12-31": "这一天还没有到"} {
		day.SetText(words)
		r.Tap("留存")
		if !strings.Contains(strings.Join(wordsIn(r), "|"), want) {
			t.Errorf("%q: does not say %s", words, want)
		}
	}
	day.SetText("2026年11月19日")
	r.Tap("留存")
	r.NoErrors()
	kept, err := r.App.Mirrors(t.Context(), ledgers.Household)
	pagetest.Must(t, err)
	if len(kept) != 1 || kept[0].AsOf != "2026-11-19" || kept[0].Rows != 2 {
		t.Fatalf("kept %+v", kept)
	}
	_, got, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledgers.Household, Where: []string{"户主姓名=新示例户"}})
	pagetest.Must(t, err)
	if got.Total != 0 {
		t.Error("the ledger was changed")
	}
	r.Shot("import-mirrored")
	r.Tap("撤销")
	if kept, err := r.App.Mirrors(t.Context(), ledgers.Household); err != nil || len(kept) != 0 {
		t.Errorf("after undo: %v, %v", kept, err)
	}
}

// wordsIn are the lines of the dialog.
func wordsIn(r *room) (out []string) {
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Line:
			out = append(out, o.Text())
		case *kit.Para:
			out = append(out, o.Text())
		}
	})
	return out
}
