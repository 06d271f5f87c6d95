package xls

import (
	"slices"
	"testing"
)

// xfRec makes a style of BIFF8.
func xfRec(font int, align byte, borders uint16, pattern uint32, colours uint16) []byte {
	return rec(recXF, uint16(font), uint16(0), uint16(0), align, make([]byte, 3), borders, uint16(0), pattern<<26, colours)
}

func TestLook(t *testing.T) {
	font := func(weight uint16) []byte {
		return rec(recFont, uint16(220), uint16(0), uint16(8), weight, make([]byte, 6))
	}
	globals := join(font(400), font(700), font(400), font(400), font(700),
		xfRec(0, 0, 0, 0, 0), xfRec(1, 2|8, 0x1111, 1, 10), xfRec(5, 3, 0, 1, 64), xfRec(9, 7, 0, 2, 10), rec(recXF, uint16(0), uint16(14)))
	b := mustRead(t, workbook(0x0600, globals, sheetPart{Name: name8("表"), Records: rec(recColInfo, uint16(0), uint16(1), uint16(12*256+128), uint16(0), uint16(0), uint16(0))}))
	var got []Look
	for _, s := range b.Styles {
		got = append(got, s.Look)
	}
	want := []Look{{}, {Bold: true, Wrap: true, Border: true, Align: AlignCenter, Fill: "FF0000"}, {Bold: true, Align: AlignRight}, {}, {}}
	if !slices.Equal(got, want) {
		t.Errorf("looks %+v, want %+v", got, want)
	}
	if w := b.Sheets[0].Widths; !slices.Equal(w, []Width{{1, 2, 12.5}}) {
		t.Errorf("widths %v", w)
	}
}

func TestLook_OwnPalette(t *testing.T) {
	globals := join(rec(recPalette, uint16(2), []byte{1, 2, 3, 0, 0xFB, 0xE3, 0xE1, 0, 9}), xfRec(0, 0, 0, 1, 9), xfRec(0, 0, 0, 1, 12))
	b := mustRead(t, workbook(0x0600, globals, sheetPart{Name: name8("表")}))
	if b.Styles[0].Look.Fill != "FBE3E1" || b.Styles[1].Look.Fill != "0000FF" {
		t.Errorf("%+v", b.Styles)
	}
	if len(defaultPalette) != automatic-firstOwn {
		t.Errorf("%d colours", len(defaultPalette))
	}
}
