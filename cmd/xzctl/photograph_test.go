package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// photograph makes a photo: photograph FILE.
func photograph(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: photograph FILE")
	}
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 80, 60)), nil))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}
