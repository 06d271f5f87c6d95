package main

import (
	"fmt"
	"strings"
	"time"

	"xiangzhen/model/sheet"
)

// paper is a form open in front of a person: all that is known of it is what the
// words on it say.
type paper struct {
	*sheet.Editor
	page   string
	header int            // row of the column titles
	cols   map[string]int // by the words the titles begin with
	first  int            // rows that the township filled
	last   int
}

// The titles by which a person finds the columns.
const (
	colItem    = "事项"
	colBefore  = "上期完成比例"
	colPercent = "完成比例"
	colText    = "进展情况"
	colProblem = "存在问题"
	colNext    = "下步打算"
)

var titles = []string{colItem, colBefore, colPercent, colText, colProblem, colNext}

// How far from the corner a person looks for the header.
const (
	lookRows = 20
	lookCols = 40
)

// openPaper opens a form and finds its header and rows by its words.
func openPaper(path string) (*paper, error) {
	e, err := sheet.Edit(path)
	if err != nil {
		return nil, err
	}
	p := &paper{Editor: e, page: e.Sheets()[0]}
	if err := p.find(); err != nil {
		return nil, closing(e, fmt.Errorf("%s：%w", path, err))
	}
	return p, nil
}

// closing lets go of a file after a failure that matters more.
func closing(e *sheet.Editor, err error) error {
	if closeErr := e.Close(); closeErr != nil {
		return fmt.Errorf("%w（文件也关不上：%w）", err, closeErr)
	}
	return err
}

// find looks for the header row, then for the rows with an item below it.
func (p *paper) find() error {
	for row := 1; row <= lookRows; row++ {
		cols, err := p.titlesIn(row)
		if err != nil {
			return err
		}
		if len(cols) == len(titles) {
			p.header, p.cols = row, cols
			return p.findRows()
		}
	}
	return fmt.Errorf("前 %d 行里找不到有“%s”的表头", lookRows, strings.Join(titles, "”“"))
}

// titlesIn returns the columns of a row whose words begin with a title.
func (p *paper) titlesIn(row int) (map[string]int, error) {
	cols := map[string]int{}
	for col := 1; col <= lookCols; col++ {
		words, err := p.Cell(p.page, row, col)
		if err != nil {
			return nil, err
		}
		for _, t := range titles {
			if strings.HasPrefix(strings.TrimSpace(words), t) {
				cols[t] = col
			}
		}
	}
	return cols, nil
}

func (p *paper) findRows() error {
	p.first, p.last = p.header+1, p.header
	for {
		item, err := p.at(p.last+1, colItem)
		if err != nil {
			return err
		}
		if item == "" {
			return nil
		}
		p.last++
	}
}

// at reads the cell of a row under a title.
func (p *paper) at(row int, title string) (string, error) { return p.Cell(p.page, row, p.cols[title]) }

// put types into the cell of a row under a title.
func (p *paper) put(row int, title string, value any) error {
	return p.Set(p.page, row, p.cols[title], value)
}

// enter types one row.
func (p *paper) enter(row int, e entry) error {
	for _, cell := range []struct {
		title string
		value any
	}{{colPercent, e.typed}, {colText, e.text}, {colProblem, e.problem}, {colNext, e.next}} {
		if cell.value == "" {
			continue
		}
		if err := p.put(row, cell.title, cell.value); err != nil {
			return err
		}
	}
	return nil
}

// retitle writes another title above a column.
func (p *paper) retitle(title, other string) error { return p.put(p.header, title, other) }

// sign fills the 填报单位 line, which stands above the header.
func (p *paper) sign(fill func(line string) (string, error)) error {
	for row := 1; row < p.header; row++ {
		for col := 1; col <= lookCols; col++ {
			line, err := p.Cell(p.page, row, col)
			if err != nil {
				return err
			}
			if !strings.HasPrefix(line, "填报单位") {
				continue
			}
			if line, err = fill(line); err != nil {
				return err
			}
			return p.Set(p.page, row, col, line)
		}
	}
	return fmt.Errorf("表头上面找不到“填报单位”一行")
}

// saveAs saves under another name with the time of saving, as WPS does.
func (p *paper) saveAs(path string, at time.Time) error {
	if err := p.SetModified(at); err != nil {
		return closing(p.Editor, err)
	}
	if err := p.SaveAs(path); err != nil {
		return closing(p.Editor, err)
	}
	return p.Close()
}
