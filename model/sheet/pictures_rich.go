package sheet

import (
	"errors"
	"strconv"
	"strings"
)

// richPictures are the pictures that Excel keeps in cells (置于单元格中) as values of a
// richer kind (MS-XLSX, 2.3.6). A cell says the number of its value's metadata; from
// there it goes on through four parts to the content.
type richPictures struct {
	metadata []int    // of cells (vm, from 1): which of values
	values   []int    // which rich value each is
	rich     []int    // which of rels each rich value shows, -1 for what is no picture
	kinds    []string // of rich values, as their structures have it
	rels     []string // relations by id
	content  map[string]string
}

// The parts of rich values, by their usual names.
const (
	richMetadata  = "xl/metadata.xml"
	richValues    = "xl/richdata/rdrichvalue.xml"
	richStructure = "xl/richdata/rdrichvaluestructure.xml"
	richRelations = "xl/richdata/richvaluerel.xml"
	richImage     = "_localImage"
)

// richPicture returns the content's part of the picture that a cell's value is; false
// where the value is something else.
func (x *xlsxFile) richPicture(metadata int) (part string, ok bool, err error) {
	if x.rich == nil {
		x.rich = &richPictures{content: map[string]string{}}
		if err := x.readRich(x.rich); errors.Is(err, errTooLarge) {
			return "", false, err
		} else if err != nil {
			x.rich = &richPictures{} // the cells are errors then, as older programs see them
		}
	}
	r := x.rich
	at, ok := index(r.metadata, metadata-1)
	if at, ok = index(r.values, at); !ok {
		return "", false, nil
	}
	rel, ok := index(r.rich, at)
	if !ok || rel < 0 {
		return "", false, nil
	}
	if rel >= len(r.rels) {
		return "", true, nil // a picture, but its content is lost
	}
	return r.content[r.rels[rel]], true, nil
}

// index returns an entry of a list, -1 and false beyond its ends.
func index(list []int, at int) (int, bool) {
	if at < 0 || at >= len(list) {
		return -1, false
	}
	return list[at], true
}

// readRich reads the parts in the order in which each explains the next.
func (x *xlsxFile) readRich(r *richPictures) error {
	for _, step := range []struct {
		part string
		take func(*xmlScanner) error
	}{
		{richMetadata, r.takeMetadata()}, {richStructure, r.takeStructure}, {richValues, r.takeValues()}, {richRelations, r.takeRelation},
	} {
		err := x.scan(step.part, func(s *xmlScanner) error {
			if err := step.take(s); err != nil || s.kind != tokenStart {
				return err
			}
			return x.count()
		})
		if err != nil {
			return err
		}
	}
	rels, err := x.readRels(richRelations)
	for _, rel := range rels {
		r.content[rel.id] = rel.target
	}
	return err
}

// takeMetadata reads what stands in valueMetadata; cellMetadata beside it is about
// formulas.
func (r *richPictures) takeMetadata() func(*xmlScanner) error {
	ofValues := false
	return func(s *xmlScanner) error {
		switch {
		case s.is("valueMetadata"), s.ends("valueMetadata"):
			ofValues = s.kind == tokenStart
		case s.is("rvb"):
			r.values = append(r.values, s.intAttr("i"))
		case s.is("rc") && ofValues:
			r.metadata = append(r.metadata, s.intAttr("v"))
		}
		return nil
	}
}

func (r *richPictures) takeStructure(s *xmlScanner) error {
	if s.is("s") {
		kind, _ := s.attr("t")
		r.kinds = append(r.kinds, kind)
	}
	return nil
}

// takeValues reads of each rich value that is a picture its first number.
func (r *richPictures) takeValues() func(*xmlScanner) error {
	image, first, inside := false, false, false
	return func(s *xmlScanner) error {
		switch {
		case s.is("rv"):
			kind := s.intAttr("s")
			image, first = kind >= 0 && kind < len(r.kinds) && r.kinds[kind] == richImage, true
			r.rich = append(r.rich, -1)
		case s.is("v"):
			inside = !s.selfClose
		case s.ends("v"):
			inside, first = false, false
		case s.kind == tokenText && inside && first && image && len(r.rich) > 0:
			if n, err := strconv.Atoi(strings.TrimSpace(string(s.text))); err == nil {
				r.rich[len(r.rich)-1] = n
			}
		}
		return nil
	}
}

func (r *richPictures) takeRelation(s *xmlScanner) error {
	if s.is("rel") {
		id, _ := s.attr("id")
		r.rels = append(r.rels, id)
	}
	return nil
}
