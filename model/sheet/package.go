package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"xiangzhen/model"
)

// zipPackage is a zip of XML parts being read: what xlsx and docx have in common.
type zipPackage struct {
	*reading
	parts    map[string]*zip.File // by cleaned, lower-case name
	unzipped int64                // bytes unpacked so far, of all parts
}

func openPackage(src *source) (*zipPackage, error) {
	parts, err := zipParts(src)
	if err != nil {
		return nil, err
	}
	return &zipPackage{reading: newReading(src), parts: parts}, nil
}

// mainParts tell what a package is by the part it is built around.
var mainParts = []mark{
	{"xl/workbook.xml", XLSX}, {"xl/workbook.bin", XLSB}, {"word/document.xml", DOCX}, {"ppt/presentation.xml", PPTX},
}

// sniffZip tells what a zip container holds.
func sniffZip(src *source) (Format, error) {
	parts, err := zipParts(src)
	if err != nil {
		return XLSX, err
	}
	for _, m := range mainParts {
		if parts[m.word] != nil {
			return m.format, nil
		}
	}
	if f := parts["mimetype"]; f != nil {
		if b, err := readPart(f, 128); err == nil && strings.Contains(string(b), "spreadsheet") {
			return ODS, nil
		}
	}
	if parts["[content_types].xml"] != nil {
		return XLSX, nil
	}
	return Archive, nil
}

// zipParts indexes the container's parts by cleaned lower-case name: programs
// differ in case and slashes.
func zipParts(src *source) (map[string]*zip.File, error) {
	z, err := zip.NewReader(src.r, src.size)
	if err != nil {
		return nil, model.Wrap(err, model.CodeDamaged, "“%s”不完整或已损坏，可能没有复制完。请让对方重新发一份。", src.name)
	}
	parts := make(map[string]*zip.File, len(z.File))
	for _, f := range z.File {
		parts[partName("", f.Name)] = f
	}
	return parts, nil
}

// partName resolves a part's name against the folder of the part that names it.
func partName(folder, name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	if !strings.HasPrefix(name, "/") {
		name = folder + "/" + name
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

func readPart(f *zip.File, limit int64) ([]byte, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	return io.ReadAll(io.LimitReader(rc, limit))
}

// mainPart asks the package's own relations for the workbook.
func (x *zipPackage) mainPart() string {
	rels, err := x.relations("_rels/.rels", "")
	if err != nil {
		return ""
	}
	for _, r := range rels {
		if strings.HasSuffix(r.kind, "/officeDocument") && x.parts[r.target] != nil {
			return r.target
		}
	}
	return ""
}

// relation is what one part says of another.
type relation struct{ id, kind, target string }

// resolve finds the part a relation names. Some programs write the whole path
// where one from the folder is meant.
func (x *zipPackage) resolve(folder, target string) string {
	if whole := partName("", target); x.parts[partName(folder, target)] == nil && x.parts[whole] != nil {
		return whole
	}
	return partName(folder, target)
}

func (x *zipPackage) readRels(part string) ([]relation, error) {
	return x.relations(path.Dir(part)+"/_rels/"+path.Base(part)+".rels", path.Dir(part))
}

func (x *zipPackage) relations(part, folder string) ([]relation, error) {
	var rels []relation
	if x.parts[partName("", part)] == nil {
		return nil, nil
	}
	err := x.scan(partName("", part), func(s *xmlScanner) error {
		if s.is("Relationship") {
			id, _ := s.attr("Id")
			kind, _ := s.attr("Type")
			target, _ := s.attr("Target")
			rels = append(rels, relation{id, kind, x.resolve(folder, target)})
		}
		return nil
	})
	return rels, err
}

// relOf returns the part of a kind, by relation or by its usual name.
func relOf(rels []relation, folder, kind, usual string) string {
	for _, r := range rels {
		if strings.HasSuffix(r.kind, "/"+kind) {
			return r.target
		}
	}
	return partName(folder, usual)
}

// scan runs fn over every token of a part; a missing part has none.
func (x *zipPackage) scan(part string, fn func(*xmlScanner) error) error {
	f := x.parts[part]
	if f == nil {
		return nil
	}
	rc, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", part, err)
	}
	defer rc.Close()
	s := newXMLScanner(toUTF8(&limitReader{rc, x}))
	for {
		switch err := s.next(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", part, err)
		}
		if err := fn(s); err != nil {
			return err
		}
	}
}

// toUTF8 reads a part that says by its mark that it is UTF-16, and any other as
// it is.
func toUTF8(r io.Reader) io.Reader {
	return transform.NewReader(r, unicode.BOMOverride(transform.Nop))
}

// limitReader counts what is unpacked and fails, rather than ends, at the limit.
type limitReader struct {
	r io.Reader
	x *zipPackage
}

func (l *limitReader) Read(p []byte) (int, error) {
	left := l.x.src.limits.Unzipped - l.x.unzipped
	if left <= 0 {
		return 0, errTooLarge
	}
	n, err := l.r.Read(p[:min(int64(len(p)), left)])
	l.x.unzipped += int64(n)
	return n, err
}

func (x *zipPackage) readProperties() error {
	field := ""
	return x.scan("docprops/core.xml", func(s *xmlScanner) error {
		switch {
		case s.kind == tokenStart:
			field = string(s.name)
		case s.kind == tokenEnd:
			field = ""
		case field == "creator":
			x.book.Creator = string(s.text)
		case field == "modified":
			if t, err := time.Parse(time.RFC3339, strings.TrimSpace(string(s.text))); err == nil {
				x.book.Modified = t
			}
		}
		return nil
	})
}
