package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"xiangzhen/model"
)

// PasteName is how the sentences about a pasted table name it.
const PasteName = "粘贴的内容"

// ReadPaste reads a table copied in WPS, Word or Excel. html is what the
// clipboard holds as HTML (with or without the header that Windows puts before
// it), plain what it holds as text; either may be empty. The HTML counts where it
// holds a table: it knows merged cells and the numbers behind what is shown.
// Plain text becomes a sheet of the columns its tabs make, and one of a single
// column without them: commas and blanks part nothing, for people write them.
func ReadPaste(html, plain string) (*Book, error) {
	if page := clipboardPage(html); strings.Contains(strings.ToLower(page), "<table") {
		b, err := Read(PasteName, strings.NewReader(page), int64(len(page)), pasteLimits)
		if err == nil && b.Format == HTML {
			return b, nil
		}
	}
	if strings.TrimSpace(plain) == "" {
		return nil, model.Errorf(model.CodeInvalid, "%s里没有表格。请在 WPS 里选中表格，复制后再粘贴。", PasteName)
	}
	src := &source{name: PasteName, r: strings.NewReader(plain), size: int64(len(plain)), limits: pasteLimits}
	b, err := readSeparated(src, strings.ToValidUTF8(plain, "\uFFFD"), '\t')
	if err != nil {
		return nil, err
	}
	b.Format = CSV
	return b, nil
}

// pasteLimits bound what a clipboard may hold.
var pasteLimits = Limits{Unzipped: 64 << 20, Cells: 1_000_000, Strings: 1_000_000}

// clipOffsets is the header of the clipboard format "HTML Format": lines such as
// StartHTML:0000000105 that give places in bytes.
var clipOffsets = regexp.MustCompile(`^Version:[\d.]+\r?\n(?:[A-Za-z]+:[^\r\n]*\r?\n?)+?`)

// clipboardPage returns the page of a clipboard's HTML without the header that
// Windows puts before it. Where the places in the header are wrong, as some
// programs write them, the page begins at its first angle bracket.
func clipboardPage(clip string) string {
	if !clipOffsets.MatchString(clip) {
		return clip
	}
	first := max(strings.IndexByte(clip, '<'), 0)
	from, to := clipOffset(clip[:first], "StartHTML"), clipOffset(clip[:first], "EndHTML")
	if from < first || to > len(clip) || from >= to {
		return strings.TrimRight(clip[first:], "\x00")
	}
	return clip[from:to]
}

// clipOffset returns a place that the header gives, -1 without one.
func clipOffset(header, name string) int {
	_, rest, found := strings.Cut(header, name+":")
	digits, _, _ := strings.Cut(rest, "\n")
	n, err := strconv.Atoi(strings.TrimSpace(digits))
	if !found || err != nil {
		return -1
	}
	return n
}
