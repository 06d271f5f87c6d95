package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/sheet"
)

// The ways in which a village answers without its workbook.
const (
	ByPhone = "电话"
	ByPaper = "纸质"
	ByGroup = "群消息"
)

// HandSheet is a village's form as it is filled here for her (手工代填): the rows that
// would go out, and the columns to fill.
type HandSheet struct {
	Form    exchange.Form
	Period  model.Period
	Area    Receiver
	Columns []HandColumn
	Rows    []HandRow
}

// HandColumn is a column to fill.
type HandColumn struct {
	Path   exchange.Path
	Header string
	Field  *model.Field
}

// HandRow is one row with what this ledger has for its columns, in their order.
type HandRow struct {
	ID, Name string
	Values   []string
}

// HandCell is what was said of a row.
type HandCell struct {
	Row   string // its record
	Path  exchange.Path
	Words string
}

// HandRequest says what a village has answered other than by its workbook.
type HandRequest struct {
	Form   string
	Period model.Period
	Area   string // id of the village
	By     string // ByPhone, ByPaper or ByGroup
	Cells  []HandCell
	Zero   bool // 本月无
}

// HandSheet returns the form of an area to be filled by hand.
func (a *App) HandSheet(ctx context.Context, name string, period model.Period, area string) (HandSheet, error) {
	form, in, err := a.handInput(ctx, name, period, area)
	if err != nil {
		return HandSheet{}, err
	}
	l := a.Catalog().Ledger(form.Over)
	out := HandSheet{Form: form, Period: in.Period, Area: Receiver{area, in.AreaName}}
	for _, c := range form.Columns {
		tg, err := exchange.ResolvePath(a.Catalog(), l, c.Path)
		if err == nil && c.Fill && tg.Field != nil {
			out.Columns = append(out.Columns, HandColumn{c.Path, a.headerOf(form, c), tg.Field})
		}
	}
	for _, r := range in.Rows {
		row := HandRow{ID: r.ID, Name: r.Values[exchange.Path(l.Title)].Text}
		for _, c := range out.Columns {
			row.Values = append(row.Values, c.Field.Show(Shown(false)(c.Field, r.Values[c.Path])))
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

// handInput gathers the form of an area as if it went out now.
func (a *App) handInput(ctx context.Context, name string, period model.Period, area string) (exchange.Form, exchange.FormInput, error) {
	form, err := a.form(ctx, name)
	if err != nil {
		return form, exchange.FormInput{}, err
	}
	if period, err = form.PeriodFor(string(period)); err != nil {
		return form, exchange.FormInput{}, err
	}
	res := a.resolver(ctx, a.store)
	rec := res.area(area)
	if rec == nil || !res.isBelow(area, a.homeID()) {
		return form, exchange.FormInput{}, model.Errorf(model.CodeNotFound, "没有找到要代填的单位，请在列表里选一个村。")
	}
	in, err := a.formInput(ctx, a.store, form, period, rec)
	return form, in, err
}

// WriteByHand writes the village's form, filled with what she has said, beside the
// ledger and returns its path. Nothing is taken in: that is for Preview and Collect,
// with the plan that any return has. The workbook stays as evidence of who said what.
func (a *App) WriteByHand(ctx context.Context, req HandRequest) (string, error) {
	form, in, err := a.handInput(ctx, req.Form, req.Period, req.Area)
	if err != nil {
		return "", err
	}
	if !slices.Contains([]string{ByPhone, ByPaper, ByGroup}, req.By) {
		return "", model.Errorf(model.CodeUsage, "请说明是电话、纸质还是群消息。")
	}
	in.Filler, in.FilledOn = req.By+"代填", a.Today()
	out, err := exchange.BuildForm(in)
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("%s%s（%s）%s代填%s.xlsx", in.AreaName, form.Label, exchange.PeriodWords(in.Period), req.By, a.now().Format("0102-150405"))
	path := filepath.Join(beside(a.Path(), "代填"), name)
	if err := sheet.Write(path, out); err != nil {
		return "", err
	}
	if req.Zero {
		req.Cells = a.noneCell(form, in)
	}
	return path, fillByHand(path, form, req.Cells)
}

// noneThisMonth is what a form without anything to report says (零报告).
const noneThisMonth = "本月无"

// noneCell says 本月无 in the first column of words of the first row.
func (a *App) noneCell(form exchange.Form, in exchange.FormInput) []HandCell {
	ids := in.FreeIDs
	if len(in.Rows) > 0 {
		ids = []string{in.Rows[0].ID}
	}
	for _, c := range form.Columns {
		tg, err := exchange.ResolvePath(a.Catalog(), a.Catalog().Ledger(form.Over), c.Path)
		if err == nil && c.Fill && tg.Field != nil && len(ids) > 0 && tg.Field.Kind == model.KindLongText {
			return []HandCell{{ids[0], c.Path, noneThisMonth}}
		}
	}
	return nil
}

// fillByHand writes what was said into the cells of a form that was just written.
// What is not said stays empty: it states nothing.
func fillByHand(path string, form exchange.Form, say []HandCell) (err error) {
	book, err := sheet.Open(path)
	if err != nil {
		return err
	}
	e, err := sheet.Edit(path)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := e.Close(); err == nil {
			err = closeErr
		}
	}()
	page, cells := exchange.AnswerCells(book, form)
	said := map[HandCell]string{}
	for _, c := range say {
		said[HandCell{Row: c.Row, Path: c.Path}] = c.Words
	}
	wrote := false
	for _, c := range cells {
		words := said[HandCell{Row: c.ID, Path: c.Path}]
		if words == "" {
			continue
		}
		wrote = true
		if err := e.Set(page, c.Row, c.Col, words); err != nil {
			return err
		}
	}
	if !wrote {
		return model.Errorf(model.CodeInvalid, "还没有填内容。没有进展的请选“本月无”。")
	}
	return e.SaveAs(path)
}
