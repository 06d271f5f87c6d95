package uppers

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// theirs shows what differs between what was sent and a file that came back or was
// published (与上级对照).
type theirs struct {
	*Page
	object fyne.CanvasObject
	header *page.Header
	keep   *kit.Button
	about  *kit.Line // by what rows were found, and what was not compared
	chips  *kit.Chips
	grid   *grid.Grid
	rows   differences
	req    app.TheirsRequest
	found  app.Theirs
}

func newTheirs(p *Page) *theirs {
	t := &theirs{Page: p}
	t.keep = kit.NewButton("留存上级的表", kit.ButtonPlain, t.keepFile)
	t.header = page.NewHeader("与上级对照", kit.NewButton("返回报表登记", kit.ButtonPlain, p.openList), kit.NewButton("换列对行…", kit.ButtonPlain, t.askKey),
		t.keep, kit.NewButton("导出标色表", kit.ButtonMain, t.export))
	t.about = kit.NewLine("", look.TextBody, look.Second, false)
	t.chips = kit.NewChips(func(key string, _ fyne.Position) { t.choose(key) })
	t.grid = grid.New(grid.Config{Source: &t.rows, Rows: true, Empty: "与上级的一样，没有不同。"})
	t.object = page.Rows(t.header.Object, t.about, t.chips, kit.NewFlushCard(t.grid))
	return t
}

// ask chooses the file that came back for a period.
func (t *theirs) ask(table *app.UpperTable, s app.UpperSending) {
	t.desk.Materials(func(paths []string) {
		if len(paths) > 0 {
			t.compare(app.TheirsRequest{Table: table.ID, Period: string(s.Period), Path: paths[0]})
		}
	})
}

// compare compares, and shows what was found. Where nothing tells the rows apart, it is
// asked by which columns they are found.
func (t *theirs) compare(req app.TheirsRequest) {
	page.Attempt(t.desk, func(ctx context.Context) (app.Theirs, error) { return t.api.CompareTheirs(ctx, req) }, func(found app.Theirs, err error) {
		if model.CodeOf(err) == model.CodeAmbiguous {
			t.req, t.found = req, app.Theirs{}
			t.askKeyWith(model.Sentence(err))
			return
		}
		if err != nil {
			t.desk.Presenter.Error(err)
			return
		}
		t.req, t.found = req, found
		t.keep.Enable()
		t.header.SetNote(fmt.Sprintf("《%s》%s 与 %s，比了 %d 行", found.Table.Title, found.Sent.Period.Words(), filepath.Base(req.Path), found.Rows))
		words, tone := aboutWords(found)
		t.about.SetTone(tone)
		t.about.SetText(words)
		t.choose(chipAll)
		t.show(t.object)
		if c := t.desk.Canvas(); c != nil {
			c.Focus(t.grid)
		}
	})
}

// choose shows the findings of one kind.
func (t *theirs) choose(kind string) {
	t.chips.Set(differenceChips(t.found.Findings()), kind)
	t.rows.shown = nil
	for _, f := range t.found.Findings() {
		if kind == chipAll || string(f.Kind) == kind {
			t.rows.shown = append(t.rows.shown, f)
		}
	}
	t.grid.Reload()
	t.grid.Select(0)
	t.object.Refresh()
}

// askKey asks by which columns the rows are found.
func (t *theirs) askKey() { t.askKeyWith("两边按这几列找到同一行，用、分开。") }

func (t *theirs) askKeyWith(why string) {
	field := &model.Field{Key: "key", Label: "按哪几列对行", Kind: model.KindText, Required: true}
	var now []string
	if len(t.found.Tables) > 0 {
		now = t.found.Tables[0].Key
	}
	dialog.Ask(t.desk, t.api, dialog.Question{
		Title: "换列对行", Intro: why, Fields: []*model.Field{field}, Yes: "对照",
		Begin: func(f *form.Form) { f.Propose("key", strings.Join(now, "、"), "") },
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			req := t.req
			req.Key = nil
			for _, as := range got {
				req.Key = strings.FieldsFunc(as.Words, func(r rune) bool { return strings.ContainsRune("、，,；; ", r) })
			}
			if _, err := t.api.CompareTheirs(ctx, req); err != nil {
				return app.Done{}, err
			}
			t.req = req
			return app.Done{}, nil
		},
		Done: func(app.Done) { t.compare(t.req) },
	})
}

// keepFile keeps their file beside what was sent.
func (t *theirs) keepFile() {
	page.Run(t.desk, func(ctx context.Context) (app.Done, error) {
		return t.api.KeepTheirs(ctx, t.req.Table, t.req.Period, t.req.Path)
	}, func(done app.Done) {
		t.keep.Disable()
		t.desk.Done("上级的表已留存在"+t.found.Sent.Period.Words()+"旁边。", done.Op)
	})
}

// export writes the marked workbook.
func (t *theirs) export() {
	req := t.req
	name := fmt.Sprintf("%s%s与上级对照.xlsx", t.found.Table.Title, t.found.Sent.Period.Words())
	t.desk.Save(name, func(path string) {
		req.Out = path
		t.desk.Presenter.Long(task.Long{Title: "导出", Work: func(ctx context.Context, _ *task.Progress) error {
			_, err := t.api.CompareTheirs(ctx, req)
			return err
		}, Done: func(err error) {
			if err != nil {
				t.desk.Presenter.Error(err)
				return
			}
			t.wrote(path, "标色表已导出：上级多的行绿色，改过的格黄色（批注是我们报的），上级没有的行红色")
		}})
	})
}

// chipAll shows the findings of all kinds.
const chipAll = "全部"

// differenceChips count the findings of each kind that there is.
func differenceChips(found []app.Finding) []kit.Chip {
	out := []kit.Chip{{Key: chipAll, Label: chipAll, Count: len(found), HasCount: true}}
	for _, kind := range []app.FindingKind{app.FoundChanged, app.FoundGone, app.FoundNew} {
		n := 0
		for _, f := range found {
			if f.Kind == kind {
				n++
			}
		}
		if n > 0 {
			out = append(out, kit.Chip{Key: string(kind), Label: differenceWords[kind], Count: n, HasCount: true})
		}
	}
	return out
}

// differenceWords say what differs, seen from what was sent.
var differenceWords = map[app.FindingKind]string{app.FoundChanged: "改过的格", app.FoundGone: "上级没有的行", app.FoundNew: "上级多的行"}

// aboutWords say by what rows were found, and what was not compared.
func aboutWords(t app.Theirs) (string, look.Tone) {
	var words []string
	for _, a := range t.Tables {
		if len(a.Key) > 0 {
			words = append(words, "按“"+strings.Join(a.Key, "、")+"”对行")
		}
		if len(a.Missing) > 0 {
			words = append(words, "上级没有的列："+strings.Join(a.Missing, "、"))
		}
		if len(a.Extra) > 0 {
			words = append(words, "上级多出的列："+strings.Join(a.Extra, "、"))
		}
	}
	tone := look.ToneQuiet
	for i, p := range t.Problems {
		if tone = look.ToneSoon; i == fewProblems {
			words = append(words, fmt.Sprintf("还有 %d 处没有比", len(t.Problems)-i))
			break
		}
		words = append(words, strings.TrimSuffix(p.Message, "。"))
	}
	return strings.Join(words, "；"), tone
}

// fewProblems is how many problems the line has room for.
const fewProblems = 2

// differences shows findings in the grid.
type differences struct{ shown []app.Finding }

// Len is the number of findings.
func (r *differences) Len() int { return len(r.shown) }

// Columns lists the columns.
func (r *differences) Columns() []grid.Column {
	return []grid.Column{
		{Key: "kind", Title: "不同", Width: 110, Pinned: true}, {Key: "row", Title: "行", Width: 50, Pinned: true, Align: grid.AlignRight},
		{Key: "name", Title: "哪一行", Width: 220, Pinned: true, Grow: true}, {Key: "column", Title: "列", Width: 150},
		{Key: "ours", Title: "我们报的", Width: 170, Grow: true}, {Key: "theirs", Title: "上级的", Width: 170, Grow: true},
	}
}

// Cell shows one value.
func (r *differences) Cell(row, col int) grid.Cell {
	f := r.shown[row]
	words := []string{differenceWords[f.Kind], f.Area, f.Name, f.Header, f.Before, f.After}[col]
	c := grid.Cell{Text: words, Hint: words}
	switch {
	case col == 0:
		c.Bold = true
	case col == 5 && f.Kind == app.FoundChanged:
		c.Fill = grid.FillChanged
	case f.Kind == app.FoundNew && col == 2:
		c.Fill = grid.FillAdded
	case f.Kind == app.FoundGone && col == 2:
		c.Fill = grid.FillConflict
	}
	return c
}
