package reports

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// byHand is the dialog in which a village's form is filled for her (手工代填), from what
// she said on the phone or on paper. What it makes is looked at like any return.
type byHand struct {
	*Page
	table  app.HandSheet
	rows   handRows
	dialog *kit.Dialog
	by     *kit.Picker
	zero   *kit.Tick
	grid   *grid.Grid
}

// openHand reads the village's form and asks for what she said.
func (p *Page) openHand(form string, period model.Period, area string) {
	page.Run(p.desk, func(ctx context.Context) (app.HandSheet, error) { return p.api.HandSheet(ctx, form, period, area) }, func(s app.HandSheet) {
		if canvas := p.desk.Canvas(); canvas != nil {
			h := &byHand{Page: p, table: s, rows: handRows{table: s, said: map[[2]int]string{}}}
			h.build(canvas)
		}
	})
}

func (h *byHand) build(canvas fyne.Canvas) {
	h.by = kit.NewSelect("怎么报来的", kit.TextChoices([]string{app.ByPhone, app.ByPaper, app.ByGroup}))
	h.by.SetChoice(kit.Choice{ID: app.ByPhone, Text: app.ByPhone})
	h.zero = kit.NewTick("本月无（零报告）", false, func(bool) {})
	h.grid = grid.New(grid.Config{Source: &h.rows, OnEdit: h.rows.edit, OnPaste: h.rows.paste, Empty: "这个村在这张表里没有行。"})
	top := newLabelled("来源", h.by, "", h.zero)
	size := fyne.NewSize(min(handWidth, canvas.Size().Width-6*look.GapPage), min(handHeight, canvas.Size().Height-260))
	content := container.NewBorder(top, kit.NewNote("只填说到的；没填的不动。点“看并入结果”先看清单，不会马上写入，代填的表留底。"), nil, nil,
		container.New(inset{look.Gap}, container.New(sized{size}, kit.NewFlushCard(h.grid))))
	h.dialog = kit.ShowDialog(canvas, fmt.Sprintf("手工代填：%s《%s》%s", h.table.Area.Name, h.table.Form.Label, h.table.Period.Words()), content,
		kit.NewButton("取消", kit.ButtonPlain, func() { h.dialog.Close() }), kit.NewButton("看并入结果", kit.ButtonMain, h.send))
	h.grid.SelectCell(0, 1)
	canvas.Focus(h.grid)
}

const (
	handWidth  float32 = 980
	handHeight float32 = 360
)

// send writes the form and shows what taking it in would do.
func (h *byHand) send() {
	req := app.HandRequest{Form: h.table.Form.Key, Period: h.table.Period, Area: h.table.Area.ID, By: h.by.Choice().ID, Zero: h.zero.On(), Cells: h.rows.cells()}
	page.Run(h.desk, func(ctx context.Context) (string, error) { return h.api.WriteByHand(ctx, req) }, func(file string) {
		h.dialog.Close()
		h.openCollect([]string{file})
	})
}

// handRows shows the rows of a village's form: what is held in grey, what was said
// over it.
type handRows struct {
	table app.HandSheet
	said  map[[2]int]string // by row and column of the table
}

// Len is the number of rows.
func (r *handRows) Len() int { return len(r.table.Rows) }

// Columns lists the columns.
func (r *handRows) Columns() []grid.Column {
	out := []grid.Column{{Key: "name", Title: "事项", Width: 200, Pinned: true}}
	for _, c := range r.table.Columns {
		width := float32(126)
		if c.Field.Kind == model.KindLongText {
			width = 200
		}
		out = append(out, grid.Column{Key: string(c.Path), Title: c.Header, Width: width, Editable: true, Kind: c.Field.Kind, Options: optionsOf(c.Field)})
	}
	return out
}

// optionsOf are the words that a field takes, where there are only some.
func optionsOf(f *model.Field) []string {
	if f.Kind == model.KindBool {
		return []string{"是", "否"}
	}
	var out []string
	for _, o := range f.Options {
		out = append(out, o.Label)
	}
	return out
}

// Cell shows one value.
func (r *handRows) Cell(row, col int) grid.Cell {
	line := r.table.Rows[row]
	if col == 0 {
		return grid.Cell{Text: line.Name, Hint: line.Name}
	}
	held := line.Values[col-1]
	if words, ok := r.said[[2]int{row, col - 1}]; ok && words != held {
		return grid.Cell{Text: words, Strike: held, Fill: grid.FillChanged}
	}
	return grid.Cell{Text: held, Tone: look.ToneQuiet}
}

// edit keeps what was said of a cell.
func (r *handRows) edit(row, col int, words string) error {
	if col > 0 {
		r.said[[2]int{row, col - 1}] = words
	}
	return nil
}

// paste keeps what was said of a range.
func (r *handRows) paste(at grid.Range, values [][]string) error {
	for i, line := range values {
		for j, words := range line {
			if row, col := at.Row1+i, at.Col1+j; row < r.Len() && col > 0 && col <= len(r.table.Columns) {
				r.said[[2]int{row, col - 1}] = words
			}
		}
	}
	return nil
}

// cells are what was said that differs from what is held.
func (r *handRows) cells() []app.HandCell {
	var out []app.HandCell
	for i, line := range r.table.Rows {
		for j, c := range r.table.Columns {
			if words, ok := r.said[[2]int{i, j}]; ok && words != "" && words != line.Values[j] {
				out = append(out, app.HandCell{Row: line.ID, Path: c.Path, Words: words})
			}
		}
	}
	return out
}

// sized gives its one object a least size.
type sized struct{ least fyne.Size }

// MinSize is the object's, widened.
func (l sized) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize().Max(l.least) }

// Layout fills the room.
func (l sized) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }
