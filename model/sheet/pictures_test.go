package sheet

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func pictureBytes(t testing.TB, asPNG bool) []byte {
	t.Helper()
	var b bytes.Buffer
	img, err := image.NewGray(image.Rect(0, 0, 8, 6)), error(nil)
	if asPNG {
		err = png.Encode(&b, img)
	} else {
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// album is a workbook of two sheets with pictures and notes, one between without.
func album(t testing.TB, n int) *Out {
	one, two := pictureBytes(t, false), pictureBytes(t, true)
	out := &Out{Title: "相册", Sheets: []OutSheet{{Name: "一"}, {Name: "空"}, {Name: "二", Comments: []Comment{{Row: 1, Col: 1, Text: "批注"}}}}}
	for i := range out.Sheets {
		out.Sheets[i].AddLine("水池清淤", TitleStyle, TitleHeight, 1, 3)
	}
	for i := range n {
		out.Sheets[0].Pictures = append(out.Sheets[0].Pictures, OutPicture{Row: i + 2, Col: 2, Width: 80, Height: 60, Data: one, Alt: `清淤"前"<1>`})
	}
	out.Sheets[2].Pictures = []OutPicture{{Row: 3, Col: 1, Width: 10, Height: 10, Data: two}}
	return out
}

// TestPictures reads them back with excelize, which knows what Excel does.
func TestPictures(t *testing.T) {
	path := filepath.Join(t.TempDir(), "相册.xlsx")
	if err := Write(path, album(t, 12)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range 12 {
		pics, err := f.GetPictures("一", fmt.Sprintf("B%d", i+2))
		if err != nil || len(pics) != 1 || !bytes.Equal(pics[0].File, pictureBytes(t, false)) {
			t.Fatalf("B%d: %d pictures, %v", i+2, len(pics), err)
		}
	}
	if pics, err := f.GetPictures("二", "A3"); err != nil || len(pics) != 1 || pics[0].Extension != ".png" {
		t.Errorf("%d pictures, %v", len(pics), err)
	}
	if cells, err := f.GetPictureCells("空"); err != nil || len(cells) != 0 {
		t.Errorf("%v, %v", cells, err)
	}
	if notes, err := f.GetComments("二"); err != nil || len(notes) != 1 {
		t.Errorf("notes: %v, %v", notes, err)
	}
	if book, err := Open(path); err != nil || book.Sheets[0].Value(1, 1).Text != "水池清淤" {
		t.Errorf("our own reader: %v", err)
	}
}

func TestPictures_InOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "相册.xlsx")
	if err := Write(path, album(t, 1)); err != nil {
		t.Fatal(err)
	}
	part := partsOf(t, path)["xl/worksheets/sheet3.xml"]
	at, notes := strings.Index(part, "<drawing "), strings.Index(part, "<legacyDrawing ")
	if at < 0 || notes < at || strings.Index(part, "<pageSetup") > at {
		t.Errorf("the drawing stands at %d, the notes at %d", at, notes)
	}
}

// TestPictures_SameBytes: the same workbook gives the same bytes.
func TestPictures_SameBytes(t *testing.T) {
	var one, two bytes.Buffer
	if err := Encode(&one, album(t, 5)); err != nil {
		t.Fatal(err)
	}
	if err := Encode(&two, album(t, 5)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("they differ")
	}
}

func BenchmarkPictures(b *testing.B) {
	for _, n := range []int{100, 800} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			out := album(b, n)
			for b.Loop() {
				var w bytes.Buffer
				if err := Encode(&w, out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
