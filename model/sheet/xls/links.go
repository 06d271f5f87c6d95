package xls

import "encoding/binary"

// links knows which references of formulas lead to other workbooks.
type links struct {
	foreign []bool // of each SUPBOOK, in order
	sheets  []int  // SUPBOOK of each entry of EXTERNSHEET
}

// The marks of a SUPBOOK that names no file: this workbook itself, and add-ins.
const (
	ownBook = 0x0401
	addIn   = 0x3A01
)

const externSheetEntry = 6

// take reads the records of BIFF8 that list other workbooks. Those of BIFF5 are
// of another layout and hold names, not numbers.
func (l *links) take(rec record) {
	if rec.kind == recSupBook {
		mark := 0
		if len(rec.body) >= 4 {
			mark = rec.u16(2)
		}
		l.foreign = append(l.foreign, mark != ownBook && mark != addIn)
		return
	}
	for b := rec.body[2:]; len(b) >= externSheetEntry; b = b[externSheetEntry:] {
		l.sheets = append(l.sheets, int(binary.LittleEndian.Uint16(b)))
	}
}

// isForeign reports whether an entry of EXTERNSHEET is of another workbook.
func (l *links) isForeign(entry int) bool {
	return entry < len(l.sheets) && l.sheets[entry] < len(l.foreign) && l.foreign[l.sheets[entry]]
}

// tokenSizes are the lengths of a formula's tokens with their own byte, by the
// lower five bits of those that stand for operands, else by the whole byte.
// 0 are those of no fixed length.
var (
	plainSizes = [0x20]int{
		0x01: 5, 0x02: 5, 0x03: 1, 0x04: 1, 0x05: 1, 0x06: 1, 0x07: 1, 0x08: 1, 0x09: 1, 0x0A: 1, 0x0B: 1, 0x0C: 1, 0x0D: 1, 0x0E: 1,
		0x0F: 1, 0x10: 1, 0x11: 1, 0x12: 1, 0x13: 1, 0x14: 1, 0x15: 1, 0x16: 1, 0x1C: 2, 0x1D: 2, 0x1E: 3, 0x1F: 9,
	}
	operandSizes = [0x20]int{
		0x00: 8, 0x01: 3, 0x02: 4, 0x03: 5, 0x04: 5, 0x05: 9, 0x06: 7, 0x07: 7, 0x08: 7, 0x09: 3, 0x0A: 5, 0x0B: 9, 0x0C: 5, 0x0D: 9,
		0x19: 7, 0x1A: 7, 0x1B: 11, 0x1C: 7, 0x1D: 11,
	}
)

const (
	tokenString = 0x17
	tokenAttr   = 0x19
	attrChoose  = 0x04
)

// tokenSize returns how long the first token of a BIFF8 formula is; 0 where that
// cannot be told.
func tokenSize(b []byte) int {
	switch kind := b[0]; {
	case kind >= 0x20:
		return operandSizes[kind&0x1F]
	case kind == tokenString && len(b) >= smallestString:
		width := 1 + int(b[2]&flagWide)
		return smallestString + width*int(b[1])
	case kind == tokenAttr && len(b) >= 4 && b[1]&attrChoose != 0:
		return 4 + 2*(1+int(binary.LittleEndian.Uint16(b[2:])))
	case kind == tokenAttr:
		return 4
	default:
		return plainSizes[kind]
	}
}

// readsOther reports whether a BIFF8 formula reads another workbook: one of its
// tokens is a name, a cell or an area on a sheet of one.
func (l *links) readsOther(formula []byte) bool {
	for len(formula) > 0 {
		size := tokenSize(formula)
		if size == 0 || size > len(formula) {
			return false
		}
		if kind := formula[0]; kind >= 0x20 && kind&0x1F >= 0x19 && l.isForeign(int(binary.LittleEndian.Uint16(formula[1:]))) {
			return true
		}
		formula = formula[size:]
	}
	return false
}
