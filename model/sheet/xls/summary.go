package xls

import (
	"bytes"
	"encoding/binary"
	"time"
)

// The properties of a document that are of use, by their numbers in
// SummaryInformation, and the types they stand in.
const (
	propCodePage = 1
	propAuthor   = 4
	propSaved    = 13

	typeInt16    = 2
	typeString   = 30
	typeWString  = 31
	typeFileTime = 64
)

// The layout of a property stream with one set.
const (
	setOffsetAt = 44 // where the offset of the first set stands
	setHeader   = 8  // size and count before the list
	propEntry   = 8  // number and offset of one
)

// parseSummary reads who made a document and when it was last saved. Anything
// amiss leaves them empty: they are a help, no more.
func parseSummary(b []byte) (creator string, saved time.Time) {
	set, ok := tail(b, setOffsetAt)
	if !ok {
		return "", time.Time{}
	}
	if set, ok = tailAt(b, binary.LittleEndian.Uint32(set)); !ok || len(set) < setHeader {
		return "", time.Time{}
	}
	page := 0
	if v, ok := property(set, propCodePage, typeInt16); ok {
		page = int(binary.LittleEndian.Uint16(v))
	}
	if v, ok := property(set, propSaved, typeFileTime); ok && len(v) >= 8 {
		saved = fileTime(binary.LittleEndian.Uint64(v))
	}
	if v, ok := property(set, propAuthor, typeString); ok {
		creator = propertyText(v, page)
	}
	if v, ok := property(set, propAuthor, typeWString); ok {
		creator = propertyText(v, pageUTF16)
	}
	return creator, saved
}

// property returns the bytes of a property if it is of the type, at least four.
func property(set []byte, number, kind uint32) ([]byte, bool) {
	count := binary.LittleEndian.Uint32(set[4:])
	for list := set[setHeader:]; count > 0 && len(list) >= propEntry; count, list = count-1, list[propEntry:] {
		if binary.LittleEndian.Uint32(list) != number {
			continue
		}
		v, ok := tailAt(set, binary.LittleEndian.Uint32(list[4:]))
		if !ok || len(v) < 8 || binary.LittleEndian.Uint32(v) != kind {
			return nil, false
		}
		return v[4:], true
	}
	return nil, false
}

// propertyText reads a text with its length before it, in bytes, or for UTF-16
// in characters.
func propertyText(v []byte, page int) string {
	n := int64(binary.LittleEndian.Uint32(v))
	if page == pageUTF16 && n < int64(len(v)) {
		n *= 2
	}
	v = v[4:]
	v = v[:min(n, int64(len(v)))]
	if page == pageUTF16 {
		return string(bytes.TrimRight(appendUTF16(nil, units(nil, v)), "\x00"))
	}
	return decodePage(bytes.TrimRight(v, "\x00"), page)
}

// fileTime turns the ticks of 100 ns since 1601 into a time; 0 is none.
func fileTime(ticks uint64) time.Time {
	const epoch = 116444736000000000 // 1970 in ticks
	if ticks < epoch || ticks > epoch<<2 {
		return time.Time{}
	}
	ticks -= epoch
	return time.Unix(int64(ticks/1e7), int64(ticks%1e7)*100).UTC()
}

// tail returns what stands at an offset, at least four bytes.
func tail(b []byte, at int) ([]byte, bool) {
	if len(b) < at+4 {
		return nil, false
	}
	return b[at:], true
}

// tailAt is tail at an offset that the file gives.
func tailAt(b []byte, at uint32) ([]byte, bool) {
	if int64(at) > int64(len(b)) {
		return nil, false
	}
	return tail(b, int(at))
}
