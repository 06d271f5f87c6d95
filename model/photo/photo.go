package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// Kind is what a picture is, by its content.
type Kind string

// The kinds of pictures. None is anything else.
const (
	None Kind = ""
	JPEG Kind = "jpeg"
	PNG  Kind = "png"
)

// The measures of photos taken in.
const (
	LongestSide = 2000 // pixels: enough for a page of A4
	ThumbSide   = 320
	quality     = 85
	thumbGrade  = 75
)

// The most that is decoded. A phone of 108 megapixels makes 12000×9000; a jpeg
// takes 1.5 to 3 bytes a pixel in memory, a png up to 8.
const (
	maxBytes     = 64 << 20
	maxJPEGPixel = 120_000_000
	maxPNGPixel  = 40_000_000
	maxSide      = 30_000
)

// ErrTooLarge is returned for a picture that would take too much memory, ErrBroken
// for one that cannot be decoded.
var (
	ErrTooLarge = errors.New("photo: too large")
	ErrBroken   = errors.New("photo: broken")
)

// Sniff tells a picture by its first bytes.
func Sniff(b []byte) Kind {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(b, []byte(pngMark)):
		return PNG
	}
	return None
}

// Ext returns the ending of a file of the kind: .jpg.
func (k Kind) Ext() string {
	switch k {
	case JPEG:
		return ".jpg"
	case PNG:
		return ".png"
	}
	return ""
}

// Size returns the dimensions of a picture as it is looked at, in pixels.
func Size(b []byte) (width, height int, err error) {
	c, err := config(b)
	if err != nil {
		return 0, 0, err
	}
	if Sniff(b) == JPEG && orientation(b) >= 5 {
		c.Width, c.Height = c.Height, c.Width
	}
	return c.Width, c.Height, nil
}

// config reads the dimensions and refuses what is too large to decode.
func config(b []byte) (c image.Config, err error) {
	limit := maxJPEGPixel
	switch Sniff(b) {
	case JPEG:
		c, err = jpeg.DecodeConfig(bytes.NewReader(b))
	case PNG:
		c, err = png.DecodeConfig(bytes.NewReader(b))
		limit = maxPNGPixel
	default:
		err = ErrBroken
	}
	switch {
	case err != nil || c.Width <= 0 || c.Height <= 0:
		return c, ErrBroken
	case len(b) > maxBytes || c.Width > maxSide || c.Height > maxSide || c.Width*c.Height > limit:
		return c, ErrTooLarge
	}
	return c, nil
}

// decode decodes a picture that is not too large; it is not turned yet.
func decode(b []byte) (image.Image, error) {
	if _, err := config(b); err != nil {
		return nil, err
	}
	var img image.Image
	var err error
	if Sniff(b) == JPEG {
		img, err = jpeg.Decode(bytes.NewReader(b))
	} else {
		img, err = png.Decode(bytes.NewReader(b))
	}
	if err != nil {
		return nil, ErrBroken
	}
	return img, nil
}

// Shrink returns a picture whose longest side is at most LongestSide, upright and
// as jpeg, and whether anything was done. One that is small enough stays as it is,
// to the byte.
func Shrink(b []byte) (out []byte, changed bool, err error) {
	c, err := config(b)
	if err != nil {
		return nil, false, err
	}
	if max(c.Width, c.Height) <= LongestSide {
		return b, false, nil
	}
	out, err = scaled(b, LongestSide, quality)
	return out, err == nil, err
}

// Thumb returns a small jpeg of a picture, upright, its longest side at most
// ThumbSide.
func Thumb(b []byte) ([]byte, error) { return scaled(b, ThumbSide, thumbGrade) }

func scaled(b []byte, longest, quality int) ([]byte, error) {
	img, err := decode(b)
	if err != nil {
		return nil, err
	}
	small := flat(img, longest)
	if Sniff(b) == JPEG {
		small = turn(small, orientation(b))
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, small, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// flat draws a picture on white, no larger than given: jpeg knows nothing behind.
func flat(img image.Image, longest int) *image.RGBA {
	size := img.Bounds().Size()
	w, h := size.X, size.Y
	if m := max(w, h); m > longest {
		w, h = max(1, w*longest/m), max(1, h*longest/m)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.BiLinear.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	return out
}

// turn sets a picture upright by the number of EXIF: 2 mirrored, 3 upside down, 4
// both, 5 to 8 the same lying on a side.
func turn(img *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := place(orientation, x, y, w, h)
			copy(out.Pix[out.PixOffset(tx, ty):][:4], img.Pix[img.PixOffset(x, y):][:4])
		}
	}
	return out
}

// place tells where a pixel of a picture of w×h goes.
func place(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
