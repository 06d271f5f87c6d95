package xls

import (
	"encoding/binary"
	"fmt"
)

// The kinds of a substream, as its BOF says.
const (
	streamGlobals = 0x0005
	streamSheet   = 0x0010
)

// The versions in a BOF.
const (
	versionBIFF5 = 0x0500 // of BIFF7 too
	versionBIFF8 = 0x0600
)

// maxSheets bounds the sheets that a workbook lists: each costs more memory than
// it takes in the file.
const maxSheets = 4096

// bound is a sheet as the workbook lists it.
type bound struct {
	name       string
	at         int
	visibility Visibility
}

// parser reads a workbook's stream.
type parser struct {
	stream []byte
	limits Limits
	book   Book

	biff8   bool
	page    int // code page of BIFF5
	bounds  []bound
	strings []string
	formats map[int]string // codes by number
	styles  []xf
	bold    []bool   // by font, as the file counts them
	palette []string // own colours from the first on
	links   links
	spread  spread

	cells   int // and merged blocks, of all sheets
	scanned int // bytes walked over, of all sheets
}

func (p *parser) read() error {
	p.formats = map[int]string{}
	s := &scanner{stream: p.stream}
	kind, err := p.begin(s)
	if err != nil {
		return err
	}
	switch kind {
	case streamGlobals:
		err = p.readWorkbook(s)
	case streamSheet: // BIFF5 may hold one sheet and nothing else
		err = p.readSheet(s, bound{name: "Sheet1"})
	default:
		err = ErrNoWorkbook
	}
	for _, x := range p.styles {
		p.book.Styles = append(p.book.Styles, Format{ID: x.format, Code: p.formats[x.format], Look: p.lookOf(x)})
	}
	return err
}

// begin reads the BOF of the stream: what it holds, and which version.
func (p *parser) begin(s *scanner) (kind int, err error) {
	rec, ok, err := s.next()
	switch {
	case err != nil:
		return 0, err
	case !ok:
		return 0, fmt.Errorf("%w: an empty stream", ErrDamaged)
	case rec.kind == recBOF2 || rec.kind == recBOF3 || rec.kind == recBOF4:
		return 0, ErrTooOld
	case rec.kind != recBOF:
		return 0, fmt.Errorf("%w: no beginning", ErrDamaged)
	}
	switch rec.u16(0) {
	case versionBIFF8:
		p.biff8 = true
	case versionBIFF5:
	default:
		return 0, fmt.Errorf("%w: version %04X", ErrDamaged, rec.u16(0))
	}
	return rec.u16(2), nil
}

// readWorkbook reads what all sheets share, then the sheets it lists.
func (p *parser) readWorkbook(s *scanner) error {
	for {
		rec, ok, err := s.next()
		switch {
		case err != nil:
			return err
		case !ok || rec.kind == recEOF:
			return p.readSheets()
		}
		if err := p.takeGlobal(s, rec); err != nil {
			return err
		}
	}
}

// takeGlobal reads a record that concerns the whole workbook.
func (p *parser) takeGlobal(s *scanner, rec record) error {
	switch rec.kind {
	case recFilePass:
		return ErrEncrypted
	case recCodePage:
		p.page = rec.u16(0)
	case recDateMode:
		p.book.Date1904 = rec.u16(0) == 1
	case recFormat:
		p.takeFormat(s, rec)
	case recXF:
		p.styles = append(p.styles, p.xf(rec))
	case recFont:
		p.bold = append(p.bold, rec.u16(6) >= boldWeight)
	case recPalette:
		p.takePalette(rec)
	case recSST:
		return p.readStrings(s, rec)
	case recSupBook, recExternSheet:
		p.links.take(rec)
	case recDrawingGroup:
		p.book.Pictures = p.book.Pictures || holdsPictures(rec.body)
	case recBoundSheet:
		p.takeBound(s, rec)
		if len(p.bounds) > maxSheets {
			return ErrTooLarge
		}
	}
	return nil
}

// holdsPictures walks over the parts of the drawings that all sheets share, as far as
// the store of pictures (MS-ODRAW, OfficeArtBStoreContainer): without pictures there is
// none.
func holdsPictures(body []byte) bool {
	const head, store = 8, 0xF001
	for at := head; at+head <= len(body); { // behind the head of the container around it
		if binary.LittleEndian.Uint16(body[at+2:]) == store {
			return true
		}
		at += head + int(binary.LittleEndian.Uint32(body[at+4:]))
	}
	return false
}

// behind readies what stands in a record behind an offset, and in the CONTINUE
// records that follow, to be read as strings.
func (p *parser) behind(s *scanner, rec record, at int) *spread {
	p.spread.parts = s.continued(p.spread.parts, rec.body[at:])
	return &p.spread
}

// text reads a string, whose length stands in so many bytes, as the version has it.
func (p *parser) text(sp *spread, lengthSize int) (string, bool) {
	if p.biff8 {
		return sp.unicodeString(lengthSize)
	}
	return sp.byteString(lengthSize, p.page)
}

func (p *parser) takeFormat(s *scanner, rec record) {
	lengthSize := 1
	if p.biff8 {
		lengthSize = 2
	}
	if code, ok := p.text(p.behind(s, rec, 2), lengthSize); ok {
		p.formats[rec.u16(0)] = code
	}
}

// takeBound lists a worksheet. Those of charts, macros and the like have no
// cells that are data.
func (p *parser) takeBound(s *scanner, rec record) {
	const worksheet = 0
	name, _ := p.text(p.behind(s, rec, 6), 1)
	if rec.body[5] == worksheet {
		p.bounds = append(p.bounds, bound{name: name, at: int(rec.u32(0)), visibility: Visibility(rec.body[4] & 3)})
	}
}

// readStrings reads the table of shared strings: as many as there are, whatever
// it claims.
func (p *parser) readStrings(s *scanner, rec record) error {
	claimed := int(rec.u32(4))
	sp := p.behind(s, rec, 8)
	for len(p.strings) < claimed {
		text, ok := sp.unicodeString(2)
		if !ok {
			break
		}
		if p.strings = append(p.strings, text); len(p.strings) > p.limits.Strings {
			return ErrTooLarge
		}
	}
	return nil
}

// readSheets reads the sheets listed. Honest ones lie one behind the other, so
// all walks together are no longer than the stream.
func (p *parser) readSheets() error {
	if len(p.bounds) == 0 {
		return ErrNoWorkbook
	}
	for _, b := range p.bounds {
		s := &scanner{stream: p.stream, at: b.at}
		if !p.beginsSheet(s) {
			p.book.Sheets = append(p.book.Sheets, Sheet{Name: b.name, Visibility: b.visibility, Missing: true})
			continue
		}
		err := p.readSheet(s, b)
		if err != nil {
			return err
		}
		if p.scanned += s.at - b.at; p.scanned > len(p.stream) {
			return fmt.Errorf("%w: sheets within sheets", ErrDamaged)
		}
	}
	return nil
}

// beginsSheet reads the BOF of a listed sheet, where there is one.
func (p *parser) beginsSheet(s *scanner) bool {
	if s.at <= 0 || s.at >= len(p.stream) {
		return false
	}
	rec, ok, err := s.next()
	return ok && err == nil && rec.kind == recBOF
}
