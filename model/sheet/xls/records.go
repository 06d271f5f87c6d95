package xls

import (
	"encoding/binary"
	"fmt"
)

// The records that are read. Several kinds kept the numbers of older versions.
const (
	recFormula      = 0x0006
	recEOF          = 0x000A
	recExternSheet  = 0x0017
	recDateMode     = 0x0022
	recDrawingGroup = 0x00EB
	recFilePass     = 0x002F
	recFont         = 0x0031
	recContinue     = 0x003C
	recCodePage     = 0x0042
	recColInfo      = 0x007D
	recBoundSheet   = 0x0085
	recPalette      = 0x0092
	recAutoFilter   = 0x009D
	recMulRK        = 0x00BD
	recRString      = 0x00D6
	recXF           = 0x00E0
	recMergeCells   = 0x00E5
	recSST          = 0x00FC
	recLabelSST     = 0x00FD
	recSupBook      = 0x01AE
	recNumber       = 0x0203
	recLabel        = 0x0204
	recBoolErr      = 0x0205
	recFormula3     = 0x0206
	recString       = 0x0207
	recRow          = 0x0208
	recArray        = 0x0221
	recTable        = 0x0236
	recRK           = 0x027E
	recFormula4     = 0x0406
	recFormat       = 0x041E
	recSharedFmla   = 0x04BC
	recBOF          = 0x0809
	recBOF2         = 0x0009
	recBOF3         = 0x0209
	recBOF4         = 0x0409
	recordHeader    = 4
	cellHeader      = 6 // row, column, style
	formulaHeader   = 22
	mulRKEntry      = 6
	mulRKAround     = 6 // row and first column before, last column behind
	mergeEntry      = 8
	smallestString  = 3 // length and flags
	rowVisibilityAt = 12
)

// shortest is how long the records must be of which fixed places are read. The
// rest are read through spread, which knows its end.
var shortest = map[uint16]int{
	recFormula: 20, recFormula3: 20, recFormula4: 20, recDateMode: 2, recFont: 8, recCodePage: 2, recColInfo: 9, recBoundSheet: 6,
	recAutoFilter: 2, recMulRK: mulRKAround, recRString: cellHeader, recXF: 4, recMergeCells: 2, recSST: 8, recLabelSST: cellHeader + 4,
	recNumber: cellHeader + 8, recLabel: cellHeader, recBoolErr: cellHeader + 2, recRow: rowVisibilityAt + 2, recRK: cellHeader + 4,
	recFormat: 2, recBOF: 4, recExternSheet: 2, recSupBook: 2,
}

// record is one record; body lies in the stream.
type record struct {
	kind uint16
	body []byte
}

// u16 returns the number at an offset, which shortest vouches for.
func (r record) u16(at int) int { return int(binary.LittleEndian.Uint16(r.body[at:])) }

func (r record) u32(at int) uint32 { return binary.LittleEndian.Uint32(r.body[at:]) }

// scanner walks the records of a stream.
type scanner struct {
	stream []byte
	at     int
}

// next returns the record at hand; ok is false at the end of the stream. Every
// record is at least a header long, so a walk ends.
func (s *scanner) next() (rec record, ok bool, err error) {
	rest := s.stream[s.at:]
	if len(rest) < recordHeader {
		return record{}, false, nil
	}
	rec.kind = binary.LittleEndian.Uint16(rest)
	size := int(binary.LittleEndian.Uint16(rest[2:]))
	if size > len(rest)-recordHeader {
		return record{}, false, fmt.Errorf("%w: record %04X at %d runs over the end", ErrDamaged, rec.kind, s.at)
	}
	rec.body = rest[recordHeader : recordHeader+size]
	if size < shortest[rec.kind] {
		return record{}, false, fmt.Errorf("%w: record %04X at %d is too short", ErrDamaged, rec.kind, s.at)
	}
	s.at += recordHeader + size
	return rec, true, nil
}

// continued appends the CONTINUE records that follow to a record's body.
func (s *scanner) continued(parts [][]byte, body []byte) [][]byte {
	parts = append(parts[:0], body)
	for len(s.stream)-s.at >= recordHeader && binary.LittleEndian.Uint16(s.stream[s.at:]) == recContinue {
		rec, ok, err := s.next()
		if !ok || err != nil {
			break // the walk meets the same error next
		}
		parts = append(parts, rec.body)
	}
	return parts
}
