package sheet

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// source is a file to be read.
type source struct {
	name   string // as people know it
	r      io.ReaderAt
	size   int64
	limits Limits
}

func (src *source) tooLarge(cause error) error {
	return &model.Error{Code: model.CodeInvalid, Err: cause,
		Message: fmt.Sprintf("“%s”展开后大得不正常，为安全起见没有读。请检查文件里是否有大片空白格式或图片。", src.name)}
}

func (src *source) damaged(cause error) error {
	return model.Wrap(cause, model.CodeDamaged, "“%s”内容已损坏，读不下去。请用 WPS 打开后另存为新的 .xlsx，或让对方重新发一份。", src.name)
}

// refused says of a file what it is and that it cannot be read.
func (src *source) refused(format Format) error {
	return model.Errorf(model.CodeUnsupported, "“%s”%s", src.name, refusals[format])
}

// head returns the first bytes of the file, at most n.
func (src *source) head(n int64) ([]byte, error) {
	b := make([]byte, min(n, src.size))
	if _, err := src.r.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, model.Wrap(err, model.CodeDamaged, "“%s”读到一半出错，请重新复制一份再试。", src.name)
	}
	return b, nil
}

// readAll returns the whole of a file that is kept in memory while it is read.
func (src *source) readAll() ([]byte, error) {
	if src.size > src.limits.Unzipped {
		return nil, src.tooLarge(nil)
	}
	return src.head(src.size)
}

// reading is what the readers of all formats do alike: they make a book, count
// what it holds against the limits and say once what was odd.
type reading struct {
	src      *source
	book     *Book
	cells    int // and merges, read so far, of all sheets
	warnings map[string]bool
}

func newReading(src *source) *reading {
	return &reading{src: src, book: &Book{}, warnings: map[string]bool{}}
}

var errTooLarge = errors.New("over the limit")

// count counts a cell, a merge or the like towards what a file may hold.
func (rd *reading) count() error {
	if rd.cells++; rd.cells > rd.src.limits.Cells {
		return errTooLarge
	}
	return nil
}

// warn notes once what was odd.
func (rd *reading) warn(format string, args ...any) {
	w := fmt.Sprintf(format, args...)
	if !rd.warnings[w] {
		rd.warnings[w] = true
		rd.book.Warnings = append(rd.book.Warnings, w)
	}
}

// warnMissing warns of a sheet that the workbook lists but does not hold.
func (rd *reading) warnMissing(sheet string) {
	rd.warn("工作表“%s”的内容在文件里找不到，已跳过。", sheet)
}

// warnGarbled warns of text whose encoding did not fit.
func (rd *reading) warnGarbled(content string) {
	if strings.ContainsRune(content, '\uFFFD') {
		rd.warn("文件里有认不出的文字（显示为 \uFFFD），请核对，或用 WPS 打开后另存为 .xlsx 再导入。")
	}
}

// explain turns what ended a reading into a sentence for people.
func (rd *reading) explain(err error) error {
	if errors.Is(err, errTooLarge) {
		return rd.src.tooLarge(err)
	}
	return rd.src.damaged(err)
}

// decodeMarkup turns a page or an XML document into a string, by its content and
// where that leaves several readings by the encoding it names.
func decodeMarkup(raw []byte) string {
	content, name := text.Decode(raw)
	if name != text.EncodingGB18030 {
		return content
	}
	m := declared.FindSubmatch(raw[:min(len(raw), sniffLength)])
	if m == nil {
		return content
	}
	e, err := htmlindex.Get(string(m[1]))
	switch {
	case err != nil || e == simplifiedchinese.GBK:
		return content
	case e == unicode.UTF8:
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	other, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return content
	}
	return string(other)
}

// declared is how a page or an XML document names its encoding.
var declared = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_:.-]+)`)

func byCol(a, b Cell) int { return cmp.Compare(a.Col, b.Col) }

// lastOfEach keeps the last of several cells of a row that claim one place.
func lastOfEach(cells []Cell, odd *oddities) []Cell {
	out := cells[:0]
	for _, c := range cells {
		if n := len(out); n > 0 && out[n-1].Col == c.Col {
			odd.note(oddDuplicate, c)
			out[n-1] = c
			continue
		}
		out = append(out, c)
	}
	return out
}

// rowsOf makes rows of the cells of a sheet in whatever order they came. The
// rows keep the slice.
func rowsOf(cells []Cell, hidden map[int]bool, odd *oddities) []Row {
	order := func(a, b Cell) int { return cmp.Or(cmp.Compare(a.Row, b.Row), byCol(a, b)) }
	if !slices.IsSortedFunc(cells, order) {
		slices.SortStableFunc(cells, order)
	}
	var rows []Row
	for len(cells) > 0 {
		index := cells[0].Row
		n := slices.IndexFunc(cells, func(c Cell) bool { return c.Row != index })
		if n < 0 {
			n = len(cells)
		}
		rows = append(rows, Row{Index: index, Hidden: hidden[index], Cells: lastOfEach(cells[:n:n], odd)})
		cells = cells[n:]
	}
	return rows
}

// setDigits gives a cell a number as the file has it written, or where it is
// none, a text.
func setDigits(c *Cell, raw string, f numFormat) {
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		c.Kind, c.Text = Text, raw
		return
	}
	c.Kind, c.Text, c.Num, c.Format, c.Date = Number, raw, n, f.code, f.date
}

// setNumber gives a cell a number that the file does not hold as digits. From
// sixteen digits on it is written as Excel does, so that an ID number that was
// kept as one shows its damage.
func setNumber(c *Cell, n float64, f numFormat) {
	verb := byte('f')
	if n >= 1e15 || n <= -1e15 {
		verb = 'E'
	}
	c.Kind, c.Text, c.Num, c.Format, c.Date = Number, strconv.FormatFloat(n, verb, -1, 64), n, f.code, f.date
}

// setISODate gives a cell the serial of a date written as ISO 8601, and reports
// whether it was one.
func setISODate(c *Cell, raw string, date1904 bool) bool {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, raw); err == nil {
			setNumber(c, serialOf(t, date1904), numFormat{"yyyy-mm-dd", true})
			return true
		}
	}
	return false
}
