package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"xiangzhen/model/sheet"
)

// photograph makes a photo, photograph FILE, or lays one over a cell of the first sheet
// of a workbook: photograph FILE.xlsx ROW COLUMN.
func photograph(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 && len(args) != 3 {
		ts.Fatalf("usage: photograph FILE [ROW COLUMN]")
	}
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 80, 60)), nil))
	path := ts.MkAbs(args[0])
	if len(args) == 1 {
		ts.Check(os.WriteFile(path, b.Bytes(), 0o644))
		return
	}
	row, err := strconv.Atoi(args[1])
	ts.Check(err)
	e, err := sheet.Edit(path)
	ts.Check(err)
	defer e.Close()
	ts.Check(e.AddPicture(e.Sheets()[0], row, sheet.ParseColName(args[2]), ".jpg", b.Bytes()))
	ts.Check(e.SaveAs(path))
}
