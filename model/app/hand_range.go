package app

import (
	"context"
	"fmt"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// writeRange makes a filled form for each village of a range that was copied from a
// table with its headers. A column is known by its header, a row by its name.
func (a *App) writeRange(ctx context.Context, req GroupRequest) (GroupAnswer, error) {
	book, err := sheet.ReadPaste("", req.Words)
	if err != nil {
		return GroupAnswer{}, err
	}
	form, err := a.form(ctx, req.Form)
	if err != nil {
		return GroupAnswer{}, err
	}
	r := rangeReader{App: a, ctx: ctx, req: req, form: form, s: &book.Sheets[0], tables: map[string]HandSheet{}, said: map[string][]HandCell{}}
	if err := r.heads(); err != nil {
		return GroupAnswer{}, err
	}
	for i := range r.s.Rows[1:] {
		if err := r.row(&r.s.Rows[i+1]); err != nil {
			return GroupAnswer{}, err
		}
	}
	return r.write()
}

// rangeReader reads a pasted range.
type rangeReader struct {
	*App
	ctx         context.Context
	req         GroupRequest
	form        exchange.Form
	s           *sheet.Sheet
	name, place int                   // the columns of the row's name and of its village, 0 for none
	columns     map[int]exchange.Path // to be filled
	tables      map[string]HandSheet  // by village
	order       []string              // the villages as they came up
	said        map[string][]HandCell
	out         GroupAnswer
}

// placeHeads are the headers of the column that says whose row it is.
var placeHeads = []string{"村", "村名", "单位", "责任单位", "填报单位", "所在村", "行政村"}

// heads finds what the columns are by the first row.
func (r *rangeReader) heads() error {
	l := r.Catalog().Ledger(r.form.Over)
	known := map[string]exchange.Path{}
	for _, c := range r.form.Columns {
		known[text.HeaderKey(r.headerOf(r.form, c))] = c.Path
		if tg, err := exchange.ResolvePath(r.Catalog(), l, c.Path); err == nil && tg.Field != nil {
			known[text.HeaderKey(tg.Field.Label)] = c.Path
		}
	}
	fill := map[exchange.Path]bool{}
	for _, c := range r.form.Columns {
		fill[c.Path] = c.Fill
	}
	r.columns = map[int]exchange.Path{}
	for _, c := range r.s.Rows[0].Cells {
		key := text.HeaderKey(c.Text)
		path := known[key]
		switch {
		case path == exchange.Path(l.Title):
			r.name = c.Col
		case slices.Contains(placeHeads, key):
			r.place = c.Col
		case fill[path]:
			r.columns[c.Col] = path
		case path == "" && key != "":
			r.out.Unread = append(r.out.Unread, fmt.Sprintf("列“%s”不是这张表要填的，没有读取。", c.Text))
		}
	}
	if r.name == 0 || len(r.columns) == 0 {
		return model.Errorf(model.CodeInvalid, "没有认出表头。请连同“%s”和要填的列的表头一起复制。", l.Field(l.Title).Label)
	}
	return nil
}

// row keeps what a row says, or why it is not known whose or what it is.
func (r *rangeReader) row(row *sheet.Row) error {
	name, _ := row.Cell(r.name)
	if text.HeaderKey(name.Text) == "" {
		return nil
	}
	area := r.req.Area
	if c, ok := row.Cell(r.place); ok && r.place > 0 && c.Text != "" {
		if id, _, known := r.resolver(r.ctx, r.store).place(c.Text, r.homeID()); known {
			area = id
		}
	}
	if area == "" {
		r.unread(row, name.Text, "不知道是哪个村的")
		return nil
	}
	table, err := r.table(area)
	if err != nil {
		return err
	}
	var found []string
	for _, t := range table.Rows {
		if text.HeaderKey(t.Name) == text.HeaderKey(name.Text) {
			found = append(found, t.ID)
		}
	}
	if len(found) != 1 {
		r.unread(row, name.Text, fmt.Sprintf("在%s的表里有 %d 项", table.Area.Name, len(found)))
		return nil
	}
	for col, path := range r.columns {
		if c, ok := row.Cell(col); ok && c.Text != "" {
			r.said[area] = append(r.said[area], HandCell{found[0], path, c.Text})
		}
	}
	return nil
}

func (r *rangeReader) unread(row *sheet.Row, name, why string) {
	r.out.Unread = append(r.out.Unread, fmt.Sprintf("第 %d 行“%s”%s，没有读取。", row.Index, name, why))
}

// table is the form of a village.
func (r *rangeReader) table(area string) (HandSheet, error) {
	if t, ok := r.tables[area]; ok {
		return t, nil
	}
	t, err := r.HandSheet(r.ctx, r.req.Form, r.req.Period, area)
	r.tables[area] = t
	r.order = append(r.order, area)
	return t, err
}

// write writes a form for each village that said something.
func (r *rangeReader) write() (GroupAnswer, error) {
	for _, area := range r.order {
		if len(r.said[area]) == 0 {
			continue
		}
		file, err := r.WriteByHand(r.ctx, HandRequest{Form: r.req.Form, Period: r.req.Period, Area: area, By: ByGroup, Cells: r.said[area]})
		if err != nil {
			return r.out, err
		}
		r.out.Files = append(r.out.Files, file)
	}
	return r.out, nil
}
