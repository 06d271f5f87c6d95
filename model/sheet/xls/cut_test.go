package xls

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model/sheet/xls/xlstest"
)

// everyRecord are streams that hold each kind of record that is read.
func everyRecord(t testing.TB) map[string][]byte {
	globals := join(rec(recDateMode, uint16(1)), rec(recCodePage, uint16(1200)), rec(recFont, uint16(220), uint16(0), uint16(8), uint16(700), make([]byte, 6), byte(2), byte(0), "宋"),
		rec(recFormat, uint16(165), string8(`yyyy"年"`)), rec(recXF, uint16(0), uint16(165), make([]byte, 16)), rec(recPalette, uint16(1), uint32(0x0000FF)),
		rec(recSupBook, uint16(1), uint16(0x0401)), rec(recExternSheet, uint16(1), uint16(0), uint16(0), uint16(0)), sst("村名", "青山村"))
	cells := join(rec(recRow, uint16(0), uint16(0), uint16(9), uint16(300), uint32(0), uint16(0x20), uint16(0)), rec(recColInfo, uint16(2), uint16(3), uint16(9), uint16(0), uint16(1), uint16(0)),
		rec(recLabelSST, head(1, 1, 0), uint32(1)), rec(recLabel, head(1, 2, 0), string8("旧式")), rec(recRString, head(1, 3, 0), string8("两种"), uint16(1), uint32(0)),
		rec(recNumber, head(2, 1, 0), 17177.1233), rec(recRK, head(2, 2, 0), rk(-12, true, false)), rec(recMulRK, head(3, 1, 7), rk(1, true, false), uint16(8), rk(2, true, false), uint16(1)),
		rec(recBoolErr, head(4, 1, 0), byte(1), byte(0)), formula(5, 1, float(99.5), 0, 0x3A, 0, 0, 0, 0, 0, 0), formula(5, 2, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0),
		rec(recSharedFmla, make([]byte, 8)), rec(recArray, make([]byte, 12)), rec(recTable, make([]byte, 16)), rec(recString, string8("算出的字")), rec(recNumber, head(6, 1, 0), math.NaN()),
		rec(recMergeCells, uint16(1), []uint16{0, 1, 0, 2}), rec(recAutoFilter, uint16(3)))
	old := join(bof(xlstest.BIFF5, streamSheet), rec(recCodePage, uint16(936)), rec(recFormat, byte(1), "0"), rec(recLabel, head(2, 2, 0), uint16(4), gbk(t, "台账")),
		rec(recRString, head(2, 3, 0), uint16(1), "a", byte(0)), formula(3, 1, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0), rec(recString, uint16(1), "b"), eof())
	return map[string][]byte{"BIFF8": workbook(xlstest.BIFF8, globals, sheetPart{Name: name8("月报"), Records: cells}, sheetPart{Name: name8("二"), Visibility: 1}), "BIFF5": old}
}

// placed is where one record of a stream begins, and how long its body is.
type placed struct{ at, size int }

func recordsOf(stream []byte) []placed {
	var out []placed
	for at := 0; at+recordHeader <= len(stream); {
		p := placed{at, int(binary.LittleEndian.Uint16(stream[at+2:]))}
		out = append(out, p)
		at += recordHeader + p.size
	}
	return out
}

// cutTo returns the stream with one record cut to a shorter body. The places of the
// sheets are moved along, so that what is behind is read as before.
func cutTo(stream []byte, p placed, size int) []byte {
	out := slices.Concat(stream[:p.at+recordHeader+size], stream[p.at+recordHeader+p.size:])
	binary.LittleEndian.PutUint16(out[p.at+2:], uint16(size))
	for _, r := range recordsOf(out) {
		if binary.LittleEndian.Uint16(out[r.at:]) == recBoundSheet && r.size >= 4 {
			place := out[r.at+recordHeader:]
			if where := int(binary.LittleEndian.Uint32(place)); where > p.at {
				binary.LittleEndian.PutUint32(place, uint32(where-p.size+size))
			}
		}
	}
	return out
}

// TestRead_EveryRecordCut reads the streams with each of their records cut to every
// length: what is read at fixed places never lies behind the end of a record. Where
// the record is cut is also where the stream ends, so that a read beyond it has
// nothing left to fall on.
func TestRead_EveryRecordCut(t *testing.T) {
	for name, stream := range everyRecord(t) {
		if b := mustRead(t, stream); len(b.Sheets[0].Cells) < 3 {
			t.Fatalf("%s: %d cells", name, len(b.Sheets[0].Cells))
		}
		seen := map[uint16]bool{}
		for _, p := range recordsOf(stream) {
			seen[binary.LittleEndian.Uint16(stream[p.at:])] = true
			for size := range p.size {
				for _, raw := range [][]byte{cutTo(stream, p, size), slices.Clip(slices.Clone(cutTo(stream, p, size)[:p.at+recordHeader+size]))} {
					b, err := Read(bytes.NewReader(raw), int64(len(raw)), wide)
					if (b == nil) == (err == nil) || err != nil && !strings.HasPrefix(err.Error(), "xls: ") {
						t.Errorf("%s: record at %d cut to %d: book %v, error %v", name, p.at, size, b != nil, err)
					}
				}
			}
		}
		for kind := range shortest {
			if name == "BIFF8" && !seen[kind] && kind != recFormula3 && kind != recFormula4 {
				t.Errorf("no record %04X is tried", kind)
			}
		}
	}
}
