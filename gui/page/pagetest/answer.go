package pagetest

import (
	"bytes"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"xiangzhen/model/sheet"
)

// headRow is the row of the headers in a form that went out; its data follows.
const headRow = 4

// Answer fills a form that went out, as a village does at WPS, and saves it under
// another path: text by header, for rows counted from 1.
func Answer(t testing.TB, form, to string, at time.Time, rows map[int]map[string]string) string {
	t.Helper()
	e, err := sheet.Edit(form)
	Must(t, err)
	defer e.Close()
	name := e.Sheets()[0]
	for row, cells := range rows {
		for header, text := range cells {
			Must(t, e.Set(name, headRow+row, columnOf(t, e, name, header), text))
		}
	}
	Must(t, e.SetModified(at))
	Must(t, e.SaveAs(to))
	return to
}

// Photograph lays a photo over a row of a form that was filled, counted from 1; row
// -3 is that of the title.
func Photograph(t testing.TB, form string, row int) {
	t.Helper()
	e, err := sheet.Edit(form)
	Must(t, err)
	defer e.Close()
	var b bytes.Buffer
	Must(t, jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 80, 60)), nil))
	Must(t, e.AddPicture(e.Sheets()[0], headRow+row, 3, ".jpg", b.Bytes()))
	Must(t, e.SaveAs(form))
}

// columnOf finds the column whose header begins with the words.
func columnOf(t testing.TB, e *sheet.Editor, name, header string) int {
	t.Helper()
	for col := 1; col <= 40; col++ {
		text, err := e.Cell(name, headRow, col)
		Must(t, err)
		if strings.HasPrefix(text, header) {
			return col
		}
	}
	t.Fatalf("no column %s", header)
	return 0
}

// RowOf finds the row of a form, counted from 1, that has the words in the column
// of a header.
func RowOf(t testing.TB, form, header, words string) int {
	t.Helper()
	e, err := sheet.Edit(form)
	Must(t, err)
	defer e.Close()
	name := e.Sheets()[0]
	col := columnOf(t, e, name, header)
	for row := 1; row < 200; row++ {
		text, err := e.Cell(name, headRow+row, col)
		Must(t, err)
		if text == words {
			return row
		}
	}
	t.Fatalf("no row %s", words)
	return 0
}
