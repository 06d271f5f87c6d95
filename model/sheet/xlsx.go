package sheet

import (
	"path"

	"xiangzhen/model/text"
)

// xlsxFile is an xlsx package being read.
type xlsxFile struct {
	*zipPackage
	strings []string
	formats []numFormat // by style index

	cellImages string            // the part in which WPS lists the pictures of cells
	named      map[string]string // their contents' parts by their names, nil until it was read
	rich       *richPictures     // nil until a cell asked for it
	pictures   int               // found so far, of all sheets
	beyond     int               // more than are taken
}

func readXLSX(src *source) (*Book, error) {
	pkg, err := openPackage(src)
	if err != nil {
		return nil, err
	}
	x := &xlsxFile{zipPackage: pkg}
	if err := x.read(); err != nil {
		return nil, x.explain(err)
	}
	return x.book, nil
}

func (x *xlsxFile) read() error {
	workbook := "xl/workbook.xml"
	if main := x.mainPart(); main != "" {
		workbook = main
	}
	sheets, err := x.readWorkbook(workbook)
	if err != nil {
		return err
	}
	rels, err := x.readRels(workbook)
	if err != nil {
		return err
	}
	folder := path.Dir(workbook)
	if err := x.readStrings(relOf(rels, folder, "sharedStrings", "sharedstrings.xml")); err != nil {
		return err
	}
	if err := x.readStyles(relOf(rels, folder, "styles", "styles.xml")); err != nil {
		return err
	}
	if err := x.readProperties(); err != nil {
		return err
	}
	x.cellImages = relOf(rels, folder, "cellImage", "cellimages.xml")
	for _, s := range sheets {
		if err := x.readSheetPart(s, rels); err != nil {
			return err
		}
	}
	x.warnBeyond()
	return nil
}

// sheetRef is a sheet as the workbook lists it.
type sheetRef struct {
	name, rel  string
	visibility Visibility
}

var visibilities = map[string]Visibility{"hidden": Hidden, "veryHidden": VeryHidden}

func (x *xlsxFile) readWorkbook(part string) ([]sheetRef, error) {
	var refs []sheetRef
	err := x.scan(part, func(s *xmlScanner) error {
		switch {
		case s.is("workbookPr"):
			x.book.Date1904 = s.on("date1904")
		case s.is("sheet"):
			name, _ := s.attr("name")
			state, _ := s.attr("state")
			rel, _ := s.attr("id")
			refs = append(refs, sheetRef{name: name, rel: rel, visibility: visibilities[state]})
		}
		return nil
	})
	if err == nil && len(refs) == 0 {
		err = errXML
	}
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = ref.name
	}
	for i, name := range text.PlainNames(names) {
		refs[i].name = name
	}
	return refs, err
}
