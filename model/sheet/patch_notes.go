package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The kinds of the parts that notes are kept in.
const (
	commentsType = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
	vmlType      = "application/vnd.openxmlformats-officedocument.vmlDrawing"
)

// putNotes puts the notes on the cells: their words into the part of comments, a
// box for each into the drawing, as Excel and WPS want it.
func (sp *sheetPatch) putNotes(m *sheetMarks) error {
	rels, err := sp.readRels(sp.name)
	if err != nil {
		return err
	}
	comments, drawing := "", ""
	for _, r := range rels {
		switch {
		case strings.HasSuffix(r.kind, "/comments"):
			comments = r.target
		case strings.HasSuffix(r.kind, "/vmlDrawing") && sp.isLegacy(r.id):
			drawing = r.target
		}
	}
	fresh, err := sp.putWords(comments, m)
	if err != nil {
		return err
	}
	return sp.putBoxes(drawing, fresh)
}

// isLegacy reports whether a relation is the drawing of the sheet's notes, and not
// that of pictures in its page header.
func (sp *sheetPatch) isLegacy(id string) bool {
	t, ok := sp.part.first("legacyDrawing")
	if !ok {
		return false
	}
	v, _, _ := t.attr(sp.part.b, "id")
	return v == id
}

// putWords writes the words and returns the cells that had no note so far.
func (sp *sheetPatch) putWords(name string, m *sheetMarks) ([]cellPlace, error) {
	if name == "" {
		return m.places(), sp.newComments(m)
	}
	part, err := sp.patcher.part(name)
	if err != nil {
		return nil, err
	}
	root, ok := part.first("comments")
	_, listed := part.first("commentList")
	if !ok || !listed {
		return nil, errUnusual
	}
	author := 0
	for t := range xmlTags(part.b) {
		if t.name == "author" && !t.close {
			author++
		}
	}
	prefix := root.prefix(part.b)
	if !part.append("authors", fmt.Sprintf("<%[1]sauthor>%[2]s</%[1]sauthor>", prefix, commentAuthor)) {
		return nil, errUnusual
	}
	old := commentTexts(part)
	var fresh []cellPlace
	for _, at := range m.places() {
		words := m.note(at)
		if text, has := old[at]; has {
			text.putBefore(part, runXML(prefix, words+"\n"))
			continue
		}
		fresh = append(fresh, at)
		part.append("commentList", commentXML(prefix, at, author, words))
	}
	return fresh, nil
}

// oldNote is where the words of a note begin. Words that are no runs (plain, with
// the prefix they are written with) have to become one before another is added.
type oldNote struct {
	begin            int
	isPlain          bool
	plainAt, plainTo int
	prefix           string
}

func (n oldNote) putBefore(part *xmlPart, run string) {
	part.insert(n.begin, run)
	if n.isPlain {
		part.insert(n.plainAt, "<"+n.prefix+"r>")
		part.insert(n.plainTo, "</"+n.prefix+"r>")
	}
}

// commentTexts returns the notes there are by their cells.
func commentTexts(part *xmlPart) map[cellPlace]oldNote {
	out := map[cellPlace]oldNote{}
	var at cellPlace
	plain := false // directly inside the text
	for t := range xmlTags(part.b) {
		note := out[at]
		switch {
		case t.name == "comment" && !t.close:
			ref, _, _ := t.attr(part.b, "ref")
			at.row, at.col, _ = ParseCellName(ref)
			continue
		case t.name == "text" && !t.close && !t.self:
			note.begin, plain = t.end, true
		case t.name == "text", t.name == "r":
			plain = false
			continue
		case t.name == "t" && plain && t.close:
			note.isPlain, note.plainTo, note.prefix = true, t.end, t.prefix(part.b)
		case t.name == "t" && plain:
			note.plainAt = t.start
		default:
			continue
		}
		out[at] = note
	}
	return out
}

func runXML(prefix, words string) string {
	return fmt.Sprintf(`<%[1]sr><%[1]st xml:space="preserve">%[2]s</%[1]st></%[1]sr>`, prefix, xmlEscape(words))
}

func commentXML(prefix string, at cellPlace, author int, words string) string {
	return fmt.Sprintf(`<%[1]scomment ref="%[2]s" authorId="%[3]d"><%[1]stext>%[4]s</%[1]stext></%[1]scomment>`,
		prefix, CellName(at.row, at.col), author, runXML(prefix, words))
}

// newComments adds a part of comments to a sheet without one.
func (sp *sheetPatch) newComments(m *sheetMarks) error {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<comments xmlns="` + mainSpace + `"><authors><author>` + commentAuthor + `</author></authors><commentList>`)
	for _, at := range m.places() {
		b.WriteString(commentXML("", at, 0, m.note(at)))
	}
	b.WriteString(`</commentList></comments>`)
	name := sp.fresh("xl/commentsXZ", ".xml")
	sp.add(name, b.String())
	if _, err := sp.relate(sp.name, "comments", "/"+name); err != nil {
		return err
	}
	return sp.declare(name, commentsType)
}

// putBoxes draws a hidden box for each new note.
func (sp *sheetPatch) putBoxes(name string, fresh []cellPlace) error {
	if len(fresh) == 0 {
		return nil
	}
	if name == "" {
		return sp.newDrawing(fresh)
	}
	part, err := sp.patcher.part(name)
	if err != nil {
		return err
	}
	content := string(part.b)
	shapes := ""
	if !strings.Contains(content, boxType) {
		shapes = shapeType
	}
	next := firstShape
	for _, m := range shapeNumber.FindAllStringSubmatch(content, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			next = max(next, n+1)
		}
	}
	if !part.append("xml", shapes+boxes(fresh, next)) {
		return errUnusual
	}
	return nil
}

// firstShape is the number that the first shape of a drawing has.
const firstShape = 1025

var shapeNumber = regexp.MustCompile(`_x0000_s(\d{1,9})"`)

// newDrawing adds a drawing of notes to a sheet without one.
func (sp *sheetPatch) newDrawing(fresh []cellPlace) error {
	if _, named := sp.part.first("legacyDrawing"); named {
		return errUnusual // it names a part that is not there
	}
	at, err := sp.legacyPlace()
	if err != nil {
		return err
	}
	name := sp.fresh("xl/drawings/vmlDrawingXZ", ".vml")
	sp.add(name, `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">`+
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>`+shapeType+boxes(fresh, firstShape)+`</xml>`)
	if err := sp.declareExtension("vml", vmlType); err != nil {
		return err
	}
	id, err := sp.relate(sp.name, "vmlDrawing", "/"+name)
	if err != nil {
		return err
	}
	const space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	sp.part.insert(at, fmt.Sprintf(`<%slegacyDrawing xmlns:xzr="%s" xzr:id="%s"/>`, sp.prefix, space, id))
	return nil
}

// boxType is the kind of shape that a note's box is.
const (
	boxType   = `_x0000_t202"`
	shapeType = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
)

// boxes are the shapes of notes, numbered from first on. They show when the mouse
// is over their cell.
func boxes(places []cellPlace, first int) string {
	var b strings.Builder
	for i, at := range places {
		fmt.Fprintf(&b, `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:1.5pt;width:180pt;height:80pt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
			`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>`+
			`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 15, %d, 2, %d, 15, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
			first+i, i+1, at.col, max(at.row-2, 0), at.col+3, max(at.row-2, 0)+5, at.row-1, at.col-1)
	}
	return b.String()
}
