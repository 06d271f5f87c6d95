package sheet

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf8"

	"xiangzhen/model"
)

// Format is what a file is, by its content.
type Format string

// The formats told apart. Those without a reader are refused with a sentence
// that says what they are and what to do.
const (
	XLSX      Format = "xlsx"
	CSV       Format = "csv"
	XLS       Format = "xls"
	XLSB      Format = "xlsb"
	ODS       Format = "ods"
	DOCX      Format = "docx"
	Encrypted Format = "encrypted"
	HTML      Format = "html"
	XML2003   Format = "xml"
	PDF       Format = "pdf"
	Picture   Format = "picture"
	Archive   Format = "zip"
	Unknown   Format = "unknown"
)

// readers has the formats that can be read; a later one joins by its line here.
var readers = map[Format]func(*source) (*Book, error){
	XLSX: readXLSX,
	CSV:  readCSV,
}

const saveAs = "请用 WPS 或 Excel 打开，另存为 .xlsx 后再来。"

// refusals says of a format without a reader what it is.
var refusals = map[Format]string{
	XLS:       "是老版本的 Excel 表格（.xls 或 .et），暂时读不了。" + saveAs,
	XLSB:      "是 .xlsb 表格，读不了。" + saveAs,
	ODS:       "是 .ods 表格，读不了。" + saveAs,
	DOCX:      "是 Word 文档，不是表格。请把里面的表格复制到 WPS 表格，存为 .xlsx 后再来。",
	Encrypted: "设有打开密码，读不了。请用 WPS 打开，去掉密码后另存为 .xlsx。",
	HTML:      "其实是网页格式的表格，暂时读不了。" + saveAs,
	XML2003:   "是 XML 格式的表格，暂时读不了。" + saveAs,
	PDF:       "是 PDF，不是表格。请向来文单位要表格文件。",
	Picture:   "是图片，不是表格。请向来文单位要表格文件。",
	Archive:   "是压缩包，请先解压。",
	Unknown:   "不是认得出的表格文件。请确认文件没有发错；如果能用 WPS 打开，请另存为 .xlsx 后再来。",
}

// source is a file to be read.
type source struct {
	name   string // as people know it
	r      io.ReaderAt
	size   int64
	limits Limits
}

// Limits bound what a foreign file may ask of the machine.
type Limits struct {
	Unzipped int64 // bytes of one part of the file, unpacked
	Cells    int   // cells with a value, of all sheets
	Strings  int   // entries of the table of shared strings
}

// DefaultLimits are far above any honest table of a county.
var DefaultLimits = Limits{Unzipped: 600 << 20, Cells: 10_000_000, Strings: 4_000_000}

// Open reads a workbook by its content, whatever its name says. Errors are
// *model.Error with a sentence that names the file.
func Open(path string) (*Book, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, openError(filepath.Base(path), err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, openError(filepath.Base(path), err)
	}
	if info.IsDir() {
		return nil, model.Errorf(model.CodeInvalid, "“%s”是文件夹，不是表格文件。", filepath.Base(path))
	}
	b, err := Read(filepath.Base(path), f, info.Size(), DefaultLimits)
	if b != nil {
		b.Path = path
	}
	return b, err
}

func openError(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return model.Wrap(err, model.CodeNotFound, "找不到文件“%s”。", name)
	case errors.Is(err, fs.ErrPermission):
		return model.Wrap(err, model.CodeReadOnly, "没有权限读“%s”，请换一个位置再试。", name)
	}
	return model.Wrap(err, model.CodeLocked, "“%s”打不开，可能正被 WPS 等程序占用，请关闭后再试。", name)
}

// Read is Open for what is not a file on disk. Where the format cannot be read
// the book returned with the error names it in Format.
func Read(name string, r io.ReaderAt, size int64, limits Limits) (*Book, error) {
	if size == 0 {
		return &Book{Format: Unknown}, model.Errorf(model.CodeInvalid, "“%s”是空文件，没有内容。", name)
	}
	src := &source{name: name, r: r, size: size, limits: limits}
	format, err := sniff(src)
	if err != nil {
		return &Book{Format: format}, err
	}
	read, ok := readers[format]
	if !ok {
		return &Book{Format: format}, model.Errorf(model.CodeUnsupported, "“%s”%s", name, refusals[format])
	}
	b, err := read(src)
	if err != nil {
		return &Book{Format: format}, err
	}
	b.Format = format
	return b, nil
}

// signatures are the first bytes of formats that need no closer look.
var signatures = []struct {
	prefix string
	format Format
}{
	{"%PDF", PDF}, {"\x89PNG", Picture}, {"\xFF\xD8\xFF", Picture}, {"GIF8", Picture}, {"BM", Picture},
	{"Rar!", Archive}, {"7z\xBC\xAF", Archive},
	// BIFF5 and older may stand without an OLE container around them.
	{"\x09\x08", XLS}, {"\x09\x04", XLS}, {"\x09\x02", XLS}, {"\x09\x00\x04\x00", XLS},
}

// sniffLength is how much of a file is looked at to tell what it is.
const sniffLength = 8 << 10

func sniff(src *source) (Format, error) {
	head := make([]byte, min(sniffLength, src.size))
	if _, err := src.r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return Unknown, model.Wrap(err, model.CodeDamaged, "“%s”读到一半出错，请重新复制一份再试。", src.name)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return sniffZip(src)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return sniffOLE(src)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.prefix)) {
			return s.format, nil
		}
	}
	return sniffText(head), nil
}

// sniffOLE tells an encrypted workbook from an old one by the name of its
// stream, which stands in the container in UTF-16.
func sniffOLE(src *source) (Format, error) {
	buf := make([]byte, min(src.size, 1<<20))
	if _, err := src.r.ReadAt(buf, 0); err != nil && !errors.Is(err, io.EOF) {
		return Unknown, model.Wrap(err, model.CodeDamaged, "“%s”读到一半出错，请重新复制一份再试。", src.name)
	}
	if bytes.Contains(buf, utf16Bytes("EncryptedPackage")) {
		return Encrypted, nil
	}
	if bytes.Contains(buf, utf16Bytes("WordDocument")) {
		return DOCX, nil
	}
	return XLS, nil
}

func utf16Bytes(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

func sniffText(head []byte) Format {
	if isUTF16(head) {
		return CSV
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	lower := bytes.ToLower(trimmed)
	switch {
	case bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(head, []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return XML2003
	case bytes.HasPrefix(lower, []byte("<")):
		return HTML
	case bytes.HasPrefix(lower, []byte("mime-version:")):
		return HTML
	case bytes.IndexByte(head, 0) >= 0:
		return Unknown
	case mostlyText(head):
		return CSV
	}
	return Unknown
}

func isUTF16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF"))
}

// mostlyText reports whether bytes can be text: UTF-8 but for a character cut at
// the end, or bytes without control characters (GB18030).
func mostlyText(b []byte) bool {
	for i := 0; i < len(b); {
		if b[i] < ' ' && b[i] != '\t' && b[i] != '\n' && b[i] != '\r' && b[i] != '\f' {
			return false
		}
		_, n := utf8.DecodeRune(b[i:])
		i += n
	}
	return true
}
