package sheet

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// layout writes what stands around the cells.
func (e *encoder) layout(s *OutSheet) error {
	steps := []func(*OutSheet) error{e.validations, e.comments, e.filter, e.print}
	for _, step := range steps {
		if err := step(s); err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) validations(s *OutSheet) error {
	for _, v := range s.Validations {
		dv, err := e.validation(v)
		if err != nil {
			return err
		}
		if err := e.f.AddDataValidation(s.Name, dv); err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) validation(v Validation) (*excelize.DataValidation, error) {
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(v.Range.String())
	if err := e.rule(dv, v); err != nil {
		return nil, err
	}
	if v.Prompt != "" {
		dv.SetInput(clip(v.PromptTitle, 32), clip(v.Prompt, 255))
	}
	style := excelize.DataValidationErrorStyleStop
	if v.Warn || v.Locked {
		style = excelize.DataValidationErrorStyleWarning
	}
	dv.SetError(style, clip(v.ErrorTitle, 32), clip(v.Error, 225))
	return dv, nil
}

func (e *encoder) rule(dv *excelize.DataValidation, v Validation) error {
	switch {
	case len(v.List) > 0:
		return e.dropdown(dv, v.List)
	case v.Min != nil && v.Max != nil:
		return dv.SetRange(*v.Min, *v.Max, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	case v.Locked:
		// Nothing satisfies it, so that every change is asked about.
		dv.Type, dv.Formula1 = "custom", "FALSE"
	}
	return nil
}

// maxInlineList is how long the choices of a dropdown may be when they stand in
// the validation itself; Excel refuses a file with longer ones.
const maxInlineList = 255

// dropdown offers choices, by a hidden list sheet where they are too long or
// hold a comma.
func (e *encoder) dropdown(dv *excelize.DataValidation, choices []string) error {
	joined := strings.Join(choices, ",")
	if utf16Len(joined) <= maxInlineList && !strings.Contains(strings.Join(choices, ""), ",") {
		return dv.SetDropList(choices)
	}
	e.lists = append(e.lists, choices)
	col := ColName(len(e.lists))
	dv.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", listSheet, col, col, len(choices)))
	return nil
}

// listSheet holds the choices of long dropdowns.
const listSheet = "_xz_list"

// writeLists makes the list sheet, if a dropdown needs it.
func (e *encoder) writeLists([]OutSheet) error {
	if len(e.lists) == 0 {
		return nil
	}
	if _, err := e.f.NewSheet(listSheet); err != nil {
		return err
	}
	for i, choices := range e.lists {
		for j, c := range choices {
			if err := e.f.SetCellStr(listSheet, CellName(j+1, i+1), c); err != nil {
				return err
			}
		}
	}
	return e.f.SetSheetVisible(listSheet, false, true)
}

func clip(s string, limit int) string {
	r := []rune(s)
	if len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}

// commentAuthor signs the notes this program puts on cells.
const commentAuthor = "乡振台账"

func (e *encoder) comments(s *OutSheet) error {
	for _, c := range s.Comments {
		err := e.f.AddComment(s.Name, excelize.Comment{Cell: CellName(c.Row, c.Col), Author: commentAuthor,
			Paragraph: []excelize.RichTextRun{{Text: c.Text}}})
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) filter(s *OutSheet) error {
	if s.Filter == nil {
		return nil
	}
	return e.f.AutoFilter(s.Name, s.Filter.String(), nil)
}

// Margins of a form in inches: 1.5 cm at the sides, 2 cm above and below.
const (
	sideMargin = 0.59
	headMargin = 0.79
	footMargin = 0.31 // of the page number
)

const paperA4 = 9

func (e *encoder) print(s *OutSheet) error {
	orientation, paper, fitWidth, fitHeight := "portrait", paperA4, 1, 0
	if s.Print.Landscape {
		orientation = "landscape"
	}
	err := e.f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation,
		FitToWidth: &fitWidth, FitToHeight: &fitHeight})
	if err != nil {
		return err
	}
	fit, side, head, foot, centred := true, sideMargin, headMargin, footMargin, true
	if err := e.f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := e.f.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &head,
		Bottom: &head, Header: &foot, Footer: &foot, Horizontally: &centred}); err != nil {
		return err
	}
	if s.Print.PageNumbers {
		if err := e.f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}); err != nil {
			return err
		}
	}
	if s.Print.RepeatTo == 0 {
		return nil
	}
	return e.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.Name,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(s.Name, "'", "''"), max(1, s.Print.RepeatFrom), s.Print.RepeatTo)})
}
