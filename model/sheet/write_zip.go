package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"
)

// orderedZip packs the parts of a workbook sorted by name: excelize hands them
// over in the order of a map, but the same workbook must give the same bytes.
// Parts are kept packed, so memory stays near the size of the file.
type orderedZip struct {
	w     io.Writer
	parts map[string]*zipPart
	open  *zipPart // takes what is written until the next part
	// deflate packs one part after another: a packer takes a megabyte of memory.
	deflate *flate.Writer
}

func newOrderedZip(w io.Writer) excelize.ZipWriter {
	return &orderedZip{w: w, parts: map[string]*zipPart{}}
}

// packLevel is what archive/zip itself uses.
const packLevel = 5

// Create begins a part and ends the one before.
func (z *orderedZip) Create(name string) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	p := &zipPart{sum: crc32.NewIEEE()}
	if z.deflate == nil {
		var err error
		if z.deflate, err = flate.NewWriter(&p.packed, packLevel); err != nil {
			return nil, err
		}
	} else {
		z.deflate.Reset(&p.packed)
	}
	p.deflate = z.deflate
	z.open, z.parts[name] = p, p
	return p, nil
}

// AddFS is part of excelize's interface but never called for workbooks.
func (z *orderedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the parts out.
func (z *orderedZip) Close() error {
	if err := z.finish(); err != nil {
		return err
	}
	out := zip.NewWriter(z.w)
	for _, name := range slices.Sorted(maps.Keys(z.parts)) {
		p := z.parts[name]
		w, err := out.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: p.sum.Sum32(),
			UncompressedSize64: p.size, CompressedSize64: uint64(p.packed.Len())})
		if err != nil {
			return err
		}
		if _, err := p.packed.WriteTo(w); err != nil {
			return err
		}
	}
	return out.Close()
}

func (z *orderedZip) finish() error {
	if z.open == nil {
		return nil
	}
	p := z.open
	z.open = nil
	return p.deflate.Close()
}

// zipPart is one part on its way.
type zipPart struct {
	packed  bytes.Buffer
	deflate *flate.Writer
	sum     hash.Hash32
	size    uint64
}

func (p *zipPart) Write(b []byte) (int, error) {
	n, err := p.deflate.Write(b)
	p.size += uint64(n)
	if _, sumErr := p.sum.Write(b[:n]); err == nil {
		err = sumErr
	}
	return n, err
}
