package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"xiangzhen/model/text"
)

// patcher changes an xlsx part by part: what is not asked for stays byte for byte,
// which no library keeps (conditional formats of newer Excel, print settings of
// WPS, form controls, pictures in headers). A package that is written in a way the
// patcher does not know is errUnusual, and is copied instead.
type patcher struct {
	*zipPackage
	changed map[string]*xmlPart // by name in the package, lower case
	added   map[string][]byte   // by name as written
	styles  *stylePatch
}

var errUnusual = errors.New("package written in an unusual way")

// mainSpace is the namespace of the parts as all but "strict" files have it.
const mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

// patchMarks writes the marks into a copy of an xlsx.
func patchMarks(from string, book *Book, marks map[string]*sheetMarks, w io.Writer) error {
	f, err := os.Open(from)
	if err != nil {
		return openError(text.BaseName(from), err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return openError(text.BaseName(from), err)
	}
	src := &source{name: text.BaseName(from), r: f, size: info.Size(), limits: DefaultLimits}
	pkg, err := openPackage(src)
	if err != nil {
		return err
	}
	p := &patcher{zipPackage: pkg, changed: map[string]*xmlPart{}, added: map[string][]byte{}}
	if err := p.mark(book, marks); err != nil {
		return err
	}
	return p.write(f, info.Size(), w)
}

// mark makes all changes in memory.
func (p *patcher) mark(book *Book, marks map[string]*sheetMarks) error {
	x := &xlsxFile{zipPackage: p.zipPackage}
	workbook := "xl/workbook.xml"
	if main := p.mainPart(); main != "" {
		workbook = main
	}
	refs, err := x.readWorkbook(workbook)
	if err != nil {
		return err
	}
	rels, err := p.readRels(workbook)
	if err != nil {
		return err
	}
	if p.styles, err = p.openStyles(relOf(rels, path.Dir(workbook), "styles", "styles.xml")); err != nil {
		return err
	}
	for _, ref := range refs {
		s, m := book.Sheet(ref.name), marks[ref.name]
		if s == nil || m == nil {
			continue
		}
		if err := p.markSheet(x.worksheetPart(ref.rel, rels), s, m); err != nil {
			return fmt.Errorf("sheet %s: %w", ref.name, err)
		}
	}
	p.styles.finish()
	return nil
}

// part opens a part for changes.
func (p *patcher) part(name string) (*xmlPart, error) {
	if c := p.changed[name]; c != nil {
		return c, nil
	}
	f := p.parts[name]
	if f == nil {
		return nil, errUnusual
	}
	b, err := readPart(f, p.src.limits.Unzipped-p.unzipped)
	if err != nil {
		return nil, err
	}
	if p.unzipped += int64(len(b)); p.unzipped >= p.src.limits.Unzipped {
		return nil, errTooLarge
	}
	if bytes.IndexByte(b[:min(len(b), 64)], 0) >= 0 {
		return nil, errUnusual // UTF-16
	}
	p.changed[name] = &xmlPart{b: b}
	return p.changed[name], nil
}

// add puts a new part into the package.
func (p *patcher) add(name, content string) { p.added[name] = []byte(content) }

// fresh returns a name for a new part that the package does not have: xl/commentsXZ1.xml.
func (p *patcher) fresh(stem, ext string) string {
	for i := 1; ; i++ {
		name := fmt.Sprintf("%s%d%s", stem, i, ext)
		if p.parts[strings.ToLower(name)] == nil && p.added[name] == nil {
			return name
		}
	}
}

// relate notes in the relations of a part that it uses another, and returns the id.
func (p *patcher) relate(part, kind, target string) (string, error) {
	const space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	name := path.Dir(part) + "/_rels/" + path.Base(part) + ".rels"
	if p.parts[name] == nil {
		written := p.parts[part].Name
		own := path.Dir(written) + "/_rels/" + path.Base(written) + ".rels"
		const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
		body := string(p.added[own])
		if body == "" {
			body = head + "</Relationships>"
		}
		id := fmt.Sprintf("rIdXZ%d", strings.Count(body, "<Relationship ")+1)
		p.add(own, strings.TrimSuffix(body, "</Relationships>")+relationXML("", id, space+kind, target)+"</Relationships>")
		return id, nil
	}
	rels, err := p.part(name)
	if err != nil {
		return "", err
	}
	n := len(rels.edits) + 1
	for bytes.Contains(rels.b, fmt.Appendf(nil, `"rIdXZ%d"`, n)) { // the file has been marked before
		n++
	}
	id := fmt.Sprintf("rIdXZ%d", n)
	root, _ := rels.first("Relationships")
	if !rels.append("Relationships", relationXML(root.prefix(rels.b), id, space+kind, target)) {
		return "", errUnusual
	}
	return id, nil
}

func relationXML(prefix, id, kind, target string) string {
	return fmt.Sprintf(`<%sRelationship Id="%s" Type="%s" Target="%s"/>`, prefix, id, kind, xmlEscape(target))
}

// declare names the type of a new part in the list of all.
func (p *patcher) declare(name, kind string) error {
	return p.declareWith(`Override PartName="/`+xmlEscape(name)+`" ContentType="`+kind+`"/>`, "")
}

// declareExtension names the type of all parts with an ending, unless that has been
// done.
func (p *patcher) declareExtension(ext, kind string) error {
	return p.declareWith(`Default Extension="`+ext+`" ContentType="`+kind+`"/>`, ext)
}

func (p *patcher) declareWith(element, ext string) error {
	types, err := p.part("[content_types].xml")
	if err != nil {
		return err
	}
	if ext != "" && p.declares(types, ext) {
		return nil
	}
	root, ok := types.first("Types")
	if !ok || root.self {
		return errUnusual
	}
	types.insert(root.end, "<"+root.prefix(types.b)+element)
	return nil
}

func (p *patcher) declares(types *xmlPart, ext string) bool {
	for t := range xmlTags(types.b) {
		if v, _, _ := t.attr(types.b, "Extension"); t.name == "Default" && strings.EqualFold(v, ext) {
			return true
		}
	}
	return slices.ContainsFunc(types.edits, func(e xmlEdit) bool { return strings.Contains(e.with, `Extension="`+ext+`"`) })
}

// write copies the package: parts that were not changed are not even unpacked.
func (p *patcher) write(r io.ReaderAt, size int64, w io.Writer) error {
	in, err := zip.NewReader(r, size)
	if err != nil {
		return err
	}
	out := zip.NewWriter(w)
	for _, f := range in.File {
		c := p.changed[partName("", f.Name)]
		if c == nil || len(c.edits) == 0 {
			if err := out.Copy(f); err != nil {
				return err
			}
			continue
		}
		if err := writePart(out, f.Name, c.bytes()); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.added)) {
		if err := writePart(out, name, p.added[name]); err != nil {
			return err
		}
	}
	return out.Close()
}

func writePart(out *zip.Writer, name string, content []byte) error {
	w, err := out.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}
