package photo

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// pngMark begins every png.
const pngMark = "\x89PNG\r\n\x1a\n"

// Strip takes out of a picture where and with what it was taken (EXIF with GPS,
// XMP, IPTC, comments), and leaves every other byte as it is. How the camera was
// held stays: without it the picture would lie on its side. It fails with ErrBroken
// where the file cannot be followed, so that nothing is passed on unseen.
func Strip(b []byte) ([]byte, error) {
	switch Sniff(b) {
	case JPEG:
		return stripJPEG(b)
	case PNG:
		return stripPNG(b)
	}
	return nil, ErrBroken
}

// segment is a part of a jpeg: its marker, and all its bytes, marker included.
type segment struct {
	marker byte
	bytes  []byte
}

// The markers that matter.
const (
	markScan    = 0xda // what follows are the pixels
	markEnd     = 0xd9
	markApp0    = 0xe0 // JFIF
	markExif    = 0xe1 // EXIF, XMP
	markMulti   = 0xe2 // colour profile, or a list of further pictures
	markAdobe   = 0xee // how colours are coded
	markApp15   = 0xef
	markComment = 0xfe
)

// segments cuts a jpeg into its segments up to the pixels; rest is what remains.
func segments(b []byte) (all []segment, rest []byte, ok bool) {
	for at := 2; at+4 <= len(b); {
		if b[at] != 0xff {
			return all, nil, false
		}
		if b[at+1] == 0xff { // fill
			at++
			continue
		}
		if b[at+1] == markScan {
			return all, b[at:], true
		}
		end := at + 2 + int(binary.BigEndian.Uint16(b[at+2:]))
		if end < at+4 || end > len(b) {
			return all, nil, false
		}
		all = append(all, segment{b[at+1], b[at:end]})
		at = end
	}
	return all, nil, false
}

func stripJPEG(b []byte) ([]byte, error) {
	all, rest, ok := segments(b)
	if !ok {
		return nil, ErrBroken
	}
	out := slices.Clone(b[:2])
	upright := exifOrientation(orientation(b))
	for _, s := range all {
		if upright != nil && s.marker != markApp0 {
			out, upright = append(out, upright...), nil
		}
		if !s.tells() {
			out = append(out, s.bytes...)
		}
	}
	return append(append(out, upright...), untilEnd(rest)...), nil
}

// tells reports whether a segment may say where or by whom: all those of programs,
// but the ones that pixels and colours need.
func (s segment) tells() bool {
	switch {
	case s.marker == markComment:
		return true
	case s.marker == markApp0, s.marker == markAdobe:
		return false
	case s.marker == markMulti:
		return !bytes.HasPrefix(s.bytes[4:], []byte("ICC_PROFILE\x00"))
	}
	return s.marker > markApp0 && s.marker <= markApp15
}

// untilEnd drops what a phone hangs on behind the picture: a film, or a second
// picture with an EXIF of its own. Among the pixels ff is followed by 00 or a
// restart, so that the end cannot be mistaken. Segments between the scans of a
// progressive picture are passed over by their length.
func untilEnd(rest []byte) []byte {
	for at := 0; at+1 < len(rest); at++ {
		if rest[at] != 0xff {
			continue
		}
		switch m := rest[at+1]; {
		case m == markEnd:
			return rest[:at+2]
		case m >= 0xc0 && m < 0xd0 || m >= markScan && m <= markComment:
			if at+4 <= len(rest) {
				at += 1 + int(binary.BigEndian.Uint16(rest[at+2:]))
			}
		}
	}
	return rest
}

// exifHead begins the EXIF of a jpeg.
const exifHead = "Exif\x00\x00"

// tagOrientation is the tag of TIFF that says how the camera was held.
const tagOrientation = 0x0112

// orientation reads how the camera was held, 1 (upright) to 8.
func orientation(b []byte) int {
	all, _, _ := segments(b)
	for _, s := range all {
		if tiff, is := bytes.CutPrefix(s.bytes[4:], []byte(exifHead)); is && s.marker == markExif {
			return tiffOrientation(tiff)
		}
	}
	return 1
}

// tiffOrientation looks through the first directory of a TIFF.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return 1
	}
	for n := order.Uint16(b[at:]); n > 0; n-- {
		entry := at + 2
		if entry+12 > uint64(len(b)) {
			return 1
		}
		if order.Uint16(b[entry:]) == tagOrientation {
			if o := order.Uint16(b[entry+8:]); o >= 1 && o <= 8 {
				return int(o)
			}
			return 1
		}
		at += 12
	}
	return 1
}

// exifOrientation is a segment of EXIF that says only how the camera was held; nil
// if upright.
func exifOrientation(o int) []byte {
	if o == 1 {
		return nil
	}
	body := []byte(exifHead + "MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00")
	body = append(body, byte(o), 0, 0, 0, 0, 0, 0)
	head := binary.BigEndian.AppendUint16([]byte{0xff, markExif}, uint16(len(body)+2))
	return append(head, body...)
}

// telling are the chunks of a png that say where, when or with what.
var telling = []string{"eXIf", "tEXt", "zTXt", "iTXt", "tIME"}

func stripPNG(b []byte) ([]byte, error) {
	out := []byte(pngMark)
	for at := len(pngMark); at+12 <= len(b); {
		n := uint64(binary.BigEndian.Uint32(b[at:]))
		if n > uint64(len(b)-at-12) {
			return nil, ErrBroken
		}
		kind, end := string(b[at+4:at+8]), at+12+int(n)
		if !slices.Contains(telling, kind) {
			out = append(out, b[at:end]...)
		}
		if kind == "IEND" {
			return out, nil
		}
		at = end
	}
	return nil, ErrBroken
}
