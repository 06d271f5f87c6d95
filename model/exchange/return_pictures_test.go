package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model/sheet"
)

// planPictured plans a workbook with pictures laid over its page.
func (w *workbook) planPictured(images ...sheet.Image) *Plan {
	w.m.t.Helper()
	book := w.book()
	book.Sheets[0].Images = images
	r, err := ReadReturn(book, w.m.readInput("上报.xlsx"))
	if err != nil || r == nil {
		w.m.t.Fatal(r, err)
	}
	p, err := PlanReturn(r, w.m, w.m.env())
	if err != nil {
		w.m.t.Fatal(err)
	}
	return p
}

// went tells where pictures go: the record's name, or why to none.
func went(p *Plan) string {
	var out []string
	for _, pic := range p.Pictures {
		out = append(out, fmt.Sprintf("%s>%s %s", pic.Where(), pic.Name, pic.Why))
	}
	return strings.Join(out, "\n")
}

func over(first, last int) sheet.Image {
	return sheet.Image{Row: first, LastRow: last, Col: 3, Part: "xl/media/image1.png"}
}

func TestPlanReturn_Pictures(t *testing.T) {
	w := newLedger(t).issue(1)
	road, house := w.row("硬化通组路")+1, w.row("改造危房")+1
	w.set("硬化通组路", "progress.percent", "60")
	linked, grouped := over(road, road), over(road, house)
	linked.Part, linked.Fault = "", "内容没有存在文件里"
	grouped.Grouped = true
	tests := []struct {
		name string
		over sheet.Image
		goes string // the record
		why  string
	}{
		{"a row that says something", over(road, road), "硬化通组路", ""},
		{"a row that says nothing new", over(house, house), "改造危房", ""},
		{"the title", over(1, 1), "", "没有压在采用的事项上"},
		{"the header", over(formHeaderRow, formHeaderRow), "", "没有压在采用的事项上"},
		{"far below", over(900, 1<<20), "", "没有压在采用的事项上"},
		{"from the header down", over(formHeaderRow, road), "硬化通组路", ""},
		{"two rows", over(road, house), "硬化通组路", "按最上面一行挂"},
		{"grouped over two rows", grouped, "", "请取消组合"},
		{"without its content", linked, "", "没有存在文件里"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := w.planPictured(tt.over).Pictures[0]
			if got.Name != tt.goes || (got.ID != "") != (tt.goes != "") || !strings.Contains(got.Why, tt.why) || (got.Why == "") != (tt.why == "") {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestPlanReturn_PicturesOfKnownRows: a return that was taken in before, one that lost
// what went out with it, and a row of the village's own still find their records.
func TestPlanReturn_PicturesOfKnownRows(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("硬化通组路", "progress.percent", "60").free(1, map[Path]string{"title": "自己加的事", "progress.text": "刚开始"})
	road, own := w.row("硬化通组路")+1, w.row("自己加的事")+1
	rows := []sheet.Image{over(road, road), over(own, own)}
	first := w.planPictured(rows...)
	if got := went(first); got != fmt.Sprintf("C%d>硬化通组路 \nC%d>自己加的事 ", road, own) {
		t.Errorf("first:\n%s", got)
	}
	m.apply(first)
	again := w.planPictured(rows...)
	same := slices.EqualFunc(first.Pictures, again.Pictures, func(a, b PicturePlan) bool { return a.ID == b.ID && a.ID != "" })
	if again.Repeat == "" || !same {
		t.Errorf("taken in before:\n%s", went(again))
	}
	if p := w.clone().withoutBase().planPictured(rows[0]); p.Pictures[0].ID != taskID(1) {
		t.Errorf("without what went out:\n%s", went(p))
	}
	only := m.issue(1).planPictured(rows[0])
	if only.Empty || !newLedger(t).issue(1).planPictured(over(1, 1)).Empty {
		t.Error("a photo on a row is an entry, one on the title is none")
	}
}
