// Package xlstest builds small .xls files byte by byte for the tests of their
// readers. No program of ours writes the format.
package xlstest

import (
	"encoding/binary"
	"maps"
	"slices"
	"unicode/utf16"
)

// The versions of a workbook, as its BOF has them.
const (
	BIFF5 = uint16(0x0500)
	BIFF8 = uint16(0x0600)
)

// Rec makes a record of fixed-size numbers and bytes, little-endian.
func Rec(kind uint16, fields ...any) []byte {
	var body []byte
	for _, f := range fields {
		if s, ok := f.(string); ok {
			f = []byte(s)
		}
		body, _ = binary.Append(body, binary.LittleEndian, f) // fails for types without a size only
	}
	head := binary.LittleEndian.AppendUint16(nil, kind)
	return append(binary.LittleEndian.AppendUint16(head, uint16(len(body))), body...)
}

// Join puts records behind each other.
func Join(records ...[]byte) []byte { return slices.Concat(records...) }

// Wide makes the characters of a BIFF8 string of two bytes each.
func Wide(s string) []byte {
	out, _ := binary.Append(nil, binary.LittleEndian, utf16.Encode([]rune(s)))
	return out
}

// String8 makes a BIFF8 string with its length in two bytes and wide characters.
func String8(s string) []byte {
	wide := Wide(s)
	return Join(binary.LittleEndian.AppendUint16(nil, uint16(len(wide)/2)), []byte{1}, wide)
}

// Name8 makes a BIFF8 string with its length in one byte.
func Name8(s string) []byte {
	wide := Wide(s)
	return Join([]byte{byte(len(wide) / 2), 1}, wide)
}

// Strings makes a table of shared strings.
func Strings(texts ...string) []byte {
	body := binary.LittleEndian.AppendUint32(nil, uint32(len(texts)))
	body = binary.LittleEndian.AppendUint32(body, uint32(len(texts)))
	for _, s := range texts {
		body = append(body, String8(s)...)
	}
	return Rec(0x00FC, body)
}

// Sheet is a worksheet: Name as the version has it, records without BOF and EOF.
type Sheet struct {
	Name       []byte
	Visibility byte
	Records    []byte
}

// Bof begins a substream.
func Bof(version, kind uint16) []byte { return Rec(0x0809, version, kind, make([]byte, 12)) }

// Eof ends a substream.
func Eof() []byte { return Rec(0x000A) }

// Stream makes the stream of a workbook.
func Stream(version uint16, globals []byte, sheets ...Sheet) []byte {
	size := len(Bof(version, 5)) + len(globals) + len(Eof())
	for _, s := range sheets {
		size += len(Rec(0x0085, uint32(0), uint16(0), s.Name))
	}
	out := Join(Bof(version, 5), globals)
	var bodies []byte
	for _, s := range sheets {
		out = append(out, Rec(0x0085, uint32(size+len(bodies)), s.Visibility, byte(0), s.Name)...)
		bodies = append(bodies, Join(Bof(version, 0x10), s.Records, Eof())...)
	}
	return Join(out, Eof(), bodies)
}

// The layout of a container of version 3.
const (
	sector     = 512
	smallest   = 4096 // shorter streams would need a store of their own
	endOfChain = 0xFFFFFFFE
	free       = 0xFFFFFFFF
	fatMark    = 0xFFFFFFFD
	perSector  = sector / 4
	entrySize  = 128
)

// container is an OLE container in the making.
type container struct {
	fat  []uint32
	body []byte
}

// chain adds a stream and returns its first sector.
func (c *container) chain(b []byte) uint32 {
	first := uint32(len(c.fat))
	for at := 0; at < len(b); at += sector {
		c.fat = append(c.fat, uint32(len(c.fat))+1)
	}
	c.fat[len(c.fat)-1] = endOfChain
	c.body = append(append(c.body, b...), make([]byte, -len(b)&(sector-1))...)
	return first
}

// OLE packs streams into a container, each padded to at least 4,096 bytes.
func OLE(streams map[string][]byte) []byte {
	var c container
	names := slices.Sorted(maps.Keys(streams))
	directory := entry("Root Entry", 5, endOfChain, 0, 1)
	for i, name := range names {
		b := append(slices.Clone(streams[name]), make([]byte, max(0, smallest-len(streams[name])))...)
		e := entry(name, 2, c.chain(b), uint32(len(b)), free)
		if i+1 < len(names) {
			binary.LittleEndian.PutUint32(e[72:], uint32(i+2)) // the next one hangs at its right
		}
		directory = append(directory, e...)
	}
	return c.seal(c.chain(directory))
}

// seal adds the table of sectors and the header.
func (c *container) seal(dir uint32) []byte {
	fat := c.fat
	tables := 1
	for tables*perSector < len(fat)+tables {
		tables++
	}
	first := uint32(len(fat))
	for range tables {
		fat = append(fat, fatMark)
	}
	for len(fat)%perSector != 0 {
		fat = append(fat, free)
	}
	header := make([]byte, sector)
	copy(header, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	binary.LittleEndian.PutUint16(header[24:], 0x3E)
	binary.LittleEndian.PutUint16(header[26:], 3)
	binary.LittleEndian.PutUint16(header[28:], 0xFFFE)
	binary.LittleEndian.PutUint16(header[30:], 9)
	binary.LittleEndian.PutUint16(header[32:], 6)
	binary.LittleEndian.PutUint32(header[44:], uint32(tables))
	binary.LittleEndian.PutUint32(header[48:], dir)
	binary.LittleEndian.PutUint32(header[56:], smallest)
	binary.LittleEndian.PutUint32(header[60:], endOfChain)
	binary.LittleEndian.PutUint32(header[68:], endOfChain)
	for i := range 109 {
		at := uint32(free)
		if i < tables {
			at = first + uint32(i)
		}
		binary.LittleEndian.PutUint32(header[76+4*i:], at)
	}
	table, _ := binary.Append(nil, binary.LittleEndian, fat)
	return Join(header, c.body, table)
}

// entry makes an entry of the directory.
func entry(name string, kind byte, first, size, child uint32) []byte {
	e := make([]byte, entrySize)
	wide := Wide(name + "\x00")
	copy(e, wide)
	binary.LittleEndian.PutUint16(e[64:], uint16(len(wide)))
	e[66] = kind
	for _, at := range []int{68, 72} {
		binary.LittleEndian.PutUint32(e[at:], free)
	}
	binary.LittleEndian.PutUint32(e[76:], child)
	binary.LittleEndian.PutUint32(e[116:], first)
	binary.LittleEndian.PutUint32(e[120:], size)
	return e
}
