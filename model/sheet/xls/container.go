package xls

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/richardlehane/mscfb"
)

// file is what a workbook's file holds.
type file struct {
	workbook []byte // the records
	creator  string
	modified time.Time
}

// oleMark begins every OLE container.
const oleMark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// openBudget is how many bytes opening a container may read: room for sixty
// thousand entries of its directory, where honest ones have a hundred. mscfb
// walks the directory by recursion.
const openBudget = 8 << 20

// The header of a container: where its counts of sectors stand.
const (
	headerSize     = 512
	headerShift    = 30 // log 2 of the size of a sector
	headerFAT      = 44
	headerMiniFAT  = 64
	headerDIFAT    = 72
	sectorOverhead = 2
)

// openFile finds the records of a workbook, in a container or bare.
func openFile(r io.ReaderAt, size, limit int64) (*file, error) {
	if size > limit {
		return nil, ErrTooLarge
	}
	var head [len(oleMark)]byte
	if _, err := r.ReadAt(head[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(head[:]) != oleMark {
		stream := make([]byte, size)
		if _, err := r.ReadAt(stream, 0); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return &file{workbook: stream}, nil
	}
	doc, err := openContainer(r, size)
	if err != nil {
		return nil, err
	}
	return readContainer(doc, size)
}

// Streams lists the streams at the top of an OLE container, which tell what
// document it holds; nil where it cannot be opened.
func Streams(r io.ReaderAt, size int64) []string {
	doc, err := openContainer(r, size)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range doc.File {
		if len(entry.Path) == 0 {
			names = append(names, entry.Name)
		}
	}
	return names
}

// openContainer refuses what claims more sectors than it has bytes before mscfb
// reckons with the claims.
func openContainer(r io.ReaderAt, size int64) (*mscfb.Reader, error) {
	var h [headerSize]byte
	if n, err := r.ReadAt(h[:], 0); n < len(h) {
		return nil, fmt.Errorf("%w: header: %w", ErrDamaged, err)
	}
	sectors := size>>(min(h[headerShift], 12)) + sectorOverhead
	for _, at := range []int{headerFAT, headerMiniFAT, headerDIFAT} {
		if int64(binary.LittleEndian.Uint32(h[at:])) > sectors {
			return nil, fmt.Errorf("%w: more sectors than bytes", ErrDamaged)
		}
	}
	guarded := &guard{r: r, size: size, left: openBudget}
	doc, err := mscfb.New(guarded)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	guarded.left = math.MaxInt64 // streams are bounded by their size
	return doc, nil
}

// guard reads no more than a budget, and zeros behind the end of a file up to a
// whole sector: some programs leave the last one short.
type guard struct {
	r    io.ReaderAt
	size int64
	left int64
}

const largestSector = 4096

// ReadAt implements io.ReaderAt.
func (g *guard) ReadAt(b []byte, at int64) (int, error) {
	if g.left -= int64(len(b)); g.left < 0 {
		return 0, ErrTooLarge
	}
	n, err := g.r.ReadAt(b, at)
	if errors.Is(err, io.EOF) && at < g.size && at+int64(len(b)) <= g.size+largestSector {
		clear(b[n:])
		return len(b), nil
	}
	return n, err
}

// readContainer takes the workbook and its properties out of a container. A
// workbook saved for two versions at once has the newer one in Workbook. Streams
// further down belong to embedded documents.
func readContainer(doc *mscfb.Reader, size int64) (*file, error) {
	var workbook, book, summary *mscfb.File
	for _, entry := range doc.File {
		switch {
		case len(entry.Path) > 0:
		case strings.EqualFold(entry.Name, "Workbook"):
			workbook = entry
		case strings.EqualFold(entry.Name, "Book"):
			book = entry
		case entry.Name == "SummaryInformation":
			summary = entry
		}
	}
	if workbook == nil {
		workbook = book
	}
	if workbook == nil {
		return nil, ErrNoWorkbook
	}
	stream, err := readStream(workbook, size)
	if err != nil {
		return nil, err
	}
	f := &file{workbook: stream}
	if summary != nil {
		if b, err := readStream(summary, size); err == nil { // a workbook without properties is a workbook
			f.creator, f.modified = parseSummary(b)
		}
	}
	return f, nil
}

// readPiece is how much of a stream is read at a time: mscfb takes a time that
// grows with the square of one read.
const readPiece = 64 << 10

func readStream(entry *mscfb.File, size int64) ([]byte, error) {
	if entry.Size > size {
		return nil, fmt.Errorf("%w: a stream larger than its file", ErrDamaged)
	}
	stream := make([]byte, entry.Size)
	for at := 0; at < len(stream); {
		n, err := entry.Read(stream[at:min(at+readPiece, len(stream))])
		at += n
		if err != nil && !errors.Is(err, io.EOF) || n == 0 {
			return nil, fmt.Errorf("%w: stream: %w", ErrDamaged, err)
		}
	}
	return stream, nil
}
