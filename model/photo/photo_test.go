package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"
)

// red in the upper left quarter, white elsewhere: shows how a picture was turned.
func corner(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{255, 0, 0, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSegment puts a segment behind the start of a jpeg.
func withSegment(b []byte, marker byte, body string) []byte {
	head := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2))
	return slices.Concat(b[:2], head, []byte(body), b[2:])
}

// exif is a little-endian EXIF with an orientation and, as words, a place.
func exif(o byte) string {
	return exifHead + "II\x2a\x00\x08\x00\x00\x00\x02\x00" +
		"\x12\x01\x03\x00\x01\x00\x00\x00" + string([]byte{o, 0, 0, 0}) +
		"\x25\x88\x04\x00\x01\x00\x00\x00\x26\x00\x00\x00" + "\x00\x00\x00\x00" + "GPS-SECRET-PLACE"
}

func withChunk(b []byte, kind, body string) []byte {
	c := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	c = append(c, kind+body...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	return slices.Concat(b[:33], c, b[33:]) // behind IHDR
}

func TestSniff(t *testing.T) {
	img := corner(4, 4)
	for b, want := range map[string]Kind{string(jpegOf(t, img)): JPEG, string(pngOf(t, img)): PNG, "%PDF-1.7": None, "": None, "\xff\xd8": None} {
		if got := Sniff([]byte(b)); got != want {
			t.Errorf("%.4q is %q, want %q", b, got, want)
		}
	}
	if JPEG.Ext() != ".jpg" || PNG.Ext() != ".png" || None.Ext() != "" {
		t.Error("endings")
	}
}

// TestThumb_Upright turns a picture as each of the eight numbers of EXIF says.
func TestThumb_Upright(t *testing.T) {
	// Where the red quarter is seen afterwards: right?, below?
	want := map[byte][2]bool{1: {false, false}, 2: {true, false}, 3: {true, true}, 4: {false, true},
		5: {false, false}, 6: {true, false}, 7: {true, true}, 8: {false, true}}
	plain := jpegOf(t, corner(80, 40))
	for o, place := range want {
		b := withSegment(plain, markExif, exif(o))
		small, err := Thumb(b)
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(small))
		if err != nil {
			t.Fatal(err)
		}
		w, h := img.Bounds().Dx(), img.Bounds().Dy()
		if lying := o >= 5; (w < h) != lying {
			t.Errorf("%d: %d×%d", o, w, h)
		}
		if sw, sh, err := Size(b); err != nil || sw != w || sh != h {
			t.Errorf("%d: Size %d×%d, %v", o, sw, sh, err)
		}
		if got := redAt(img); got != place {
			t.Errorf("%d: red is right, below %v, want %v", o, got, place)
		}
	}
}

// redAt tells in which quarter the red is.
func redAt(img image.Image) [2]bool {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	for _, right := range []bool{false, true} {
		for _, below := range []bool{false, true} {
			x, y := w/4, h/4
			if right {
				x += w / 2
			}
			if below {
				y += h / 2
			}
			if _, g, _, _ := img.At(x, y).RGBA(); g < 0x4000 {
				return [2]bool{right, below}
			}
		}
	}
	return [2]bool{}
}

func TestShrink(t *testing.T) {
	small := jpegOf(t, corner(LongestSide, 10))
	if got, changed, err := Shrink(small); err != nil || changed || !bytes.Equal(got, small) {
		t.Errorf("a small one: changed %v, %v", changed, err)
	}
	big := pngOf(t, corner(LongestSide+500, 250))
	got, changed, err := Shrink(big)
	if err != nil || !changed || Sniff(got) != JPEG {
		t.Fatalf("a big one: changed %v, %v, %s", changed, err, Sniff(got))
	}
	if w, h, err := Size(got); err != nil || w != LongestSide || h != 200 {
		t.Errorf("%d×%d, %v", w, h, err)
	}
}

// TestBombs: dimensions are believed before anything is unpacked.
func TestBombs(t *testing.T) {
	b := pngOf(t, corner(4, 4))
	binary.BigEndian.PutUint32(b[16:], 29_000)
	binary.BigEndian.PutUint32(b[20:], 29_000)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	for name, fn := range map[string]func([]byte) error{
		"thumb":  func(b []byte) error { _, err := Thumb(b); return err },
		"shrink": func(b []byte) error { _, _, err := Shrink(b); return err },
		"size":   func(b []byte) error { _, _, err := Size(b); return err },
	} {
		if err := fn(b); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
		if err := fn([]byte("文字")); !errors.Is(err, ErrBroken) {
			t.Errorf("%s of text: %v", name, err)
		}
	}
	half := jpegOf(t, corner(40, 40))
	if _, err := Thumb(half[:len(half)/2]); !errors.Is(err, ErrBroken) {
		t.Errorf("half a picture: %v", err)
	}
}

// TestStrip_JPEG: what tells goes, what remains is the same to the byte.
func TestStrip_JPEG(t *testing.T) {
	plain := jpegOf(t, corner(16, 16))
	full := withSegment(plain, markComment, "GPS-SECRET")
	full = withSegment(full, 0xed, "Photoshop 3.0\x00GPS-SECRET")
	full = withSegment(full, markMulti, "MPF\x00GPS-SECRET")
	full = withSegment(full, markExif, "http://ns.adobe.com/xap/1.0/\x00GPS-SECRET")
	full = append(withSegment(full, markExif, exif(1)), "GPS-SECRET film behind"...)
	if got, err := Strip(full); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("%v; %d bytes, want %d", err, len(got), len(plain))
	}
	profile := withSegment(plain, markMulti, "ICC_PROFILE\x00colours")
	if got, err := Strip(profile); err != nil || !bytes.Equal(got, profile) {
		t.Errorf("the colours went: %v", err)
	}
	lying, err := Strip(withSegment(plain, markExif, exif(6)))
	if err != nil || bytes.Contains(lying, []byte("GPS")) || orientation(lying) != 6 {
		t.Errorf("lying: %v, orientation %d", err, orientation(lying))
	}
	again, err := Strip(lying)
	if err != nil || !bytes.Equal(again, lying) {
		t.Errorf("a second time changes it: %v", err)
	}
}

func TestStrip_PNG(t *testing.T) {
	plain := pngOf(t, corner(16, 16))
	full := withChunk(withChunk(plain, "eXIf", "GPS"), "tEXt", "Location\x00GPS")
	if got, err := Strip(append(full, "GPS behind"...)); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("%v; %d bytes, want %d", err, len(got), len(plain))
	}
}

// TestStrip_Broken: what cannot be followed is not passed on.
func TestStrip_Broken(t *testing.T) {
	j, p := jpegOf(t, corner(4, 4)), pngOf(t, corner(4, 4))
	for _, b := range [][]byte{j[:20], p[:40], []byte("text"), slices.Concat(j[:2], []byte{0xff, 0xe1, 0, 0, 0}), nil} {
		if got, err := Strip(b); !errors.Is(err, ErrBroken) {
			t.Errorf("%.8q: %d bytes, %v", b, len(got), err)
		}
	}
}

func FuzzPhoto(f *testing.F) {
	f.Add(withSegment(jpegOf(f, corner(8, 8)), markExif, exif(6)))
	f.Add(withChunk(pngOf(f, corner(8, 8)), "eXIf", "x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if w, h, err := Size(b); err != nil || w*h > 1_000_000 {
			_, _ = Strip(b)
			return
		}
		_, thumbErr := Thumb(b)
		out, err := Strip(b)
		if err != nil {
			return
		}
		if _, err := Thumb(out); (err == nil) != (thumbErr == nil) {
			t.Errorf("a thumb before: %v, after: %v", thumbErr, err)
		}
		again, err := Strip(out)
		if err != nil || !bytes.Equal(again, out) {
			t.Errorf("stripped twice: %v", err)
		}
	})
}
