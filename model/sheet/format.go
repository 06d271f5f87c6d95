package sheet

import (
	"bytes"
	"io"
	"os"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet/xls"
	"xiangzhen/model/text"
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
	SYLK      Format = "sylk"
	DOCX      Format = "docx"
	DOC       Format = "doc"
	PPTX      Format = "pptx"
	Encrypted Format = "encrypted"
	HTML      Format = "html"
	MHTML     Format = "mhtml"
	XML2003   Format = "xml"
	PDF       Format = "pdf"
	Picture   Format = "picture"
	Archive   Format = "zip"
	Unknown   Format = "unknown"
)

// readers has the formats that can be read; a later one joins by its line here.
var readers = map[Format]func(*source) (*Book, error){
	XLSX:    readXLSX,
	CSV:     readCSV,
	XLS:     readXLS,
	HTML:    readHTML,
	XML2003: readXML2003,
	DOCX:    readDOCX,
}

const saveAs = "请用 WPS 或 Excel 打开，另存为 .xlsx 后再来。"

// refusals says of what cannot be read what it is: of XLS the versions too old,
// of HTML the pages without a table.
var refusals = map[Format]string{
	XLS:       "是 Excel 4.0 或更早的表格，读不了。" + saveAs,
	XLSB:      "是 .xlsb 表格，读不了。" + saveAs,
	ODS:       "是 .ods 表格，读不了。" + saveAs,
	DOCX:      "是 Word 文档，里面没有表格。请确认文件没有发错；表格是图片的，请向来文单位要表格文件。",
	DOC:       "是旧格式的 Word 文档（.doc），读不了。请用 WPS 或 Word 打开，另存为 .docx 后再来。",
	SYLK:      "是 SYLK 格式的表格（.slk），读不了。" + saveAs,
	PPTX:      "是演示文稿，不是表格。请向来文单位要表格文件。",
	Encrypted: "设有打开密码，读不了。请用 WPS 打开，去掉密码后另存为 .xlsx。",
	HTML:      "是网页，里面没有表格。" + saveAs,
	MHTML:     "是网页存档格式的表格（.mht），读不了。" + saveAs,
	PDF:       "是 PDF，不是表格。请向来文单位要表格文件。",
	Picture:   "是图片，不是表格。请向来文单位要表格文件。",
	Archive:   "是压缩包，请先解压。",
	Unknown:   "不是认得出的表格文件。请确认文件没有发错；如果能用 WPS 打开，请另存为 .xlsx 后再来。",
}

// Limits bound what a foreign file may ask of the machine.
type Limits struct {
	Unzipped int64 // bytes of the whole file, unpacked
	Cells    int   // cells with a value and merged blocks, of all sheets
	Strings  int   // entries of the table of shared strings
}

// DefaultLimits are far above any honest table of a county.
var DefaultLimits = Limits{Unzipped: 600 << 20, Cells: 10_000_000, Strings: 4_000_000}

// Open reads a workbook by its content, whatever its name says. Errors are
// *model.Error with a sentence that names the file.
func Open(path string) (*Book, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, openError(text.BaseName(path), err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, openError(text.BaseName(path), err)
	}
	if info.IsDir() {
		return nil, model.Errorf(model.CodeInvalid, "“%s”是文件夹，不是表格文件。", text.BaseName(path))
	}
	b, err := Read(text.BaseName(path), f, info.Size(), DefaultLimits)
	if b != nil {
		b.Path = path
	}
	return b, err
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
		return &Book{Format: format}, src.refused(format)
	}
	b, err := read(src)
	if err != nil {
		return &Book{Format: format}, err
	}
	b.Format = format
	return b, nil
}

// mark is a word that tells a format.
type mark struct {
	word   string
	format Format
}

// signatures are the first bytes of formats that need no closer look.
var signatures = []mark{
	{"%PDF", PDF}, {"\x89PNG", Picture}, {"\xFF\xD8\xFF", Picture}, {"GIF8", Picture},
	{"Rar!", Archive}, {"7z\xBC\xAF", Archive}, {"ID;P", SYLK}, {"{\\rtf", DOC},
	// BIFF5 and older may stand without an OLE container around them.
	{"\x09\x08", XLS}, {"\x09\x04", XLS}, {"\x09\x02", XLS}, {"\x09\x00\x04\x00", XLS},
}

// sniffLength is how much of a file is looked at to tell what it is.
const sniffLength = 8 << 10

func sniff(src *source) (Format, error) {
	head, err := src.head(sniffLength)
	if err != nil {
		return Unknown, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return sniffZip(src)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return sniffOLE(src)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.word)) {
			return s.format, nil
		}
	}
	if isBitmap(head) {
		return Picture, nil
	}
	return sniffText(head), nil
}

// isBitmap knows a .bmp by its letters and the zeros behind its size; a csv may
// begin with the same letters.
func isBitmap(head []byte) bool {
	return len(head) > 10 && bytes.HasPrefix(head, []byte("BM")) && bytes.Equal(head[6:10], make([]byte, 4))
}

// oleStreams tell what an OLE container holds by the streams it must have.
var oleStreams = []mark{
	{"EncryptedPackage", Encrypted}, {"Workbook", XLS}, {"Book", XLS}, {"WordDocument", DOC}, {"PowerPoint Document", PPTX},
}

// sniffOLE tells what an OLE container holds. The names of its streams tell;
// where it is too damaged to list them, they may still be found as UTF-16.
func sniffOLE(src *source) (Format, error) {
	names := xls.Streams(src.r, src.size)
	for _, m := range oleStreams {
		if slices.ContainsFunc(names, func(s string) bool { return strings.EqualFold(s, m.word) }) {
			return m.format, nil
		}
	}
	buf, err := src.head(1 << 20)
	if err != nil {
		return Unknown, err
	}
	for _, m := range oleStreams {
		if bytes.Contains(buf, utf16Bytes(m.word)) {
			return m.format, nil
		}
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

// markup tells the formats written in angle brackets by a word near their
// start; what has none of the words is taken for a piece of a web page.
var markup = []mark{
	{"urn:schemas-microsoft-com:office:spreadsheet", XML2003}, {"schemas.microsoft.com/office/word/2003/wordml", DOC},
	{"<html", HTML}, {"<table", HTML},
	{"urn:oasis:names:tc:opendocument", ODS}, {"<?xml", Unknown}, {"<", HTML},
}

func sniffText(head []byte) Format {
	content, _ := text.Decode(head)
	lower := strings.ToLower(strings.TrimLeft(content, " \t\r\n"))
	switch {
	case strings.HasPrefix(lower, "<"):
		i := slices.IndexFunc(markup, func(m mark) bool { return strings.Contains(lower, m.word) })
		return markup[i].format
	case strings.HasPrefix(lower, "mime-version:"), strings.HasPrefix(lower, "from:") && strings.Contains(lower, "multipart/related"):
		return MHTML
	case isUTF16(head) || mostlyText(head):
		return CSV
	}
	return Unknown
}

// isUTF16 reports whether text says by its mark that it is UTF-16. Without the
// mark too much that is no text would pass.
func isUTF16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF"))
}

// mostlyText reports whether bytes can be text: without control characters,
// which neither UTF-8 nor GB18030 uses inside a character.
func mostlyText(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool {
		return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f'
	})
}
