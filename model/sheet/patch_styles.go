package sheet

import (
	"fmt"
	"strconv"
	"strings"
)

// markFill is the pale red of a marked cell.
const markFill = "FBE3E1"

// stylePatch adds to the styles of a workbook: for each style of a marked cell the
// same with a red ground. The styles there are keep their numbers.
type stylePatch struct {
	part    *xmlPart
	formats []string // the xf elements of cells, as written
	prefix  string
	fills   int
	added   []string
	marked  map[int]int // style → the same marked
	wrapped int         // of the column 问题, 0 until asked for

	fillsTag, formatsTag, fillsEnd, formatsEnd xmlTag
}

func (p *patcher) openStyles(name string) (*stylePatch, error) {
	part, err := p.part(name)
	if err != nil {
		return nil, err
	}
	s := &stylePatch{part: part, marked: map[int]int{}}
	root, ok := part.first("styleSheet")
	if !ok || !strings.Contains(string(part.b[root.start:root.end]), mainSpace) {
		return nil, errUnusual
	}
	s.prefix = root.prefix(part.b)
	var okFills, okFormats bool
	s.fillsTag, okFills = part.first("fills")
	s.formatsTag, okFormats = part.first("cellXfs")
	if !okFills || !okFormats || s.fillsTag.self || s.formatsTag.self {
		return nil, errUnusual
	}
	s.fillsEnd, okFills = part.closing("fills", s.fillsTag.end)
	s.formatsEnd, okFormats = part.closing("cellXfs", s.formatsTag.end)
	if !okFills || !okFormats {
		return nil, errUnusual
	}
	s.fills = s.count("fill", s.fillsTag.end, s.fillsEnd.start)
	s.readFormats()
	return s, nil
}

// count counts the elements of a name between two places.
func (s *stylePatch) count(name string, from, to int) int {
	n := 0
	for t := range xmlTags(s.part.b[from:to]) {
		if t.name == name && !t.close {
			n++
		}
	}
	return n
}

func (s *stylePatch) readFormats() {
	block := s.part.b[s.formatsTag.end:s.formatsEnd.start]
	begun := -1
	for t := range xmlTags(block) {
		switch {
		case t.name != "xf":
		case t.self:
			s.formats = append(s.formats, string(block[t.start:t.end]))
		case t.close && begun >= 0:
			s.formats, begun = append(s.formats, string(block[begun:t.end])), -1
		case !t.close:
			begun = t.start
		}
	}
}

// red returns the number of the style that looks like another but for its ground.
func (s *stylePatch) red(style int) int {
	if style < 0 || style >= len(s.formats) {
		style = 0
	}
	if id, ok := s.marked[style]; ok {
		return id
	}
	look := `<` + s.prefix + `xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`
	if style < len(s.formats) {
		look = s.formats[style]
	}
	x := xmlPart{b: []byte(look)}
	tag, _ := x.first("xf")
	x.setAttr(tag, "fillId", strconv.Itoa(s.fills))
	x.setAttr(tag, "applyFill", "1")
	s.marked[style] = s.add(string(x.bytes()))
	return s.marked[style]
}

// words returns the number of the style of the column 问题: wrapped on the same ground.
func (s *stylePatch) words() int {
	if s.wrapped == 0 {
		s.wrapped = s.add(fmt.Sprintf(`<%[1]sxf numFmtId="0" fontId="0" fillId="%[2]d" borderId="0" applyFill="1" applyAlignment="1"><%[1]salignment vertical="center" wrapText="1"/></%[1]sxf>`,
			s.prefix, s.fills))
	}
	return s.wrapped
}

func (s *stylePatch) add(look string) int {
	s.added = append(s.added, look)
	return len(s.formats) + len(s.added) - 1
}

// finish writes the new styles behind those there are.
func (s *stylePatch) finish() {
	if len(s.added) == 0 {
		return
	}
	fill := fmt.Sprintf(`<%[1]sfill><%[1]spatternFill patternType="solid"><%[1]sfgColor rgb="FF%[2]s"/><%[1]sbgColor indexed="64"/></%[1]spatternFill></%[1]sfill>`, s.prefix, markFill)
	s.part.setAttr(s.fillsTag, "count", strconv.Itoa(s.fills+1))
	s.part.insert(s.fillsEnd.start, fill)
	s.part.setAttr(s.formatsTag, "count", strconv.Itoa(len(s.formats)+len(s.added)))
	s.part.insert(s.formatsEnd.start, strings.Join(s.added, ""))
}
