package teams

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// room is the page in a window over the sample.
type room struct {
	*pagetest.Room
	*Page
	t     *testing.T
	saved string // where the last file was written
}

// newRoom shows a part of the page over the sample, or over what change makes of it.
func newRoom(t *testing.T, part string, change func(API) API) *room {
	t.Helper()
	r := &room{Room: pagetest.New(t), t: t}
	dir := filepath.Join(t.TempDir(), "导 出")
	pagetest.Must(t, os.MkdirAll(dir, 0o755))
	r.Desk.Save = func(name string, chosen func(string)) {
		r.saved = filepath.Join(dir, name)
		chosen(r.saved)
	}
	var from API = r.App
	if change != nil {
		from = change(from)
	}
	r.Page = New(from, r.Desk)
	r.Put(r.Page)
	r.Show(page.Route{Page: page.Teams, Filter: part})
	return r
}

func (r *room) rosterPart() *roster { return r.parts[PartRoster].(*roster) }
func (r *room) visitsPart() *visits { return r.parts[PartVisits].(*visits) }
func (r *room) doubtsPart() *doubts { return r.parts[PartDoubts].(*doubts) }

// keys types letters into the part's grid.
func keys(g *grid.Grid, words string) {
	for _, k := range words {
		g.TypedRune(k)
	}
}

// list reads records.
func (r *room) list(ledger string, where ...string) []*model.Record {
	r.t.Helper()
	_, got, err := r.App.List(r.t.Context(), app.ListRequest{Ledger: ledger, Where: where})
	pagetest.Must(r.t, err)
	return got.Records
}

// enter writes into the dialog's entry or date under a label.
func (r *room) entries() (out []*kit.Entry) {
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if e, is := o.(*kit.Entry); is {
			out = append(out, e)
		}
	})
	return out
}

// pickers are the fields of the dialog that are chosen from a list.
func (r *room) pickers() (out []*kit.Picker) {
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if e, is := o.(*kit.Picker); is {
			out = append(out, e)
		}
	})
	return out
}

// pick chooses the first that is found by what is typed.
func (r *room) pick(p *kit.Picker, typed string) {
	r.t.Helper()
	p.Open(typed)
	e, is := r.Win.Canvas().Focused().(*kit.Entry)
	if !is {
		r.t.Fatalf("no list is open for %s", typed)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// cells are the words of the rows of a grid's source.
func cellsOf(s grid.Source) string {
	var b strings.Builder
	for row := range s.Len() {
		for col := range s.Columns() {
			b.WriteString(s.Cell(row, col).Text + "|")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestPage_FitsAndShowsEveryPart(t *testing.T) {
	for _, part := range []string{PartRoster, PartSheet, PartDiary, PartVisits, PartYear, PartDoubts, PartDiffer} {
		t.Run(part, func(t *testing.T) {
			r := newRoom(t, part, nil)
			if m := r.content.MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
				t.Errorf("asks for %v", m)
			}
			r.Shows("驻村")
			r.NoErrors()
			r.Shot("teams-" + part)
		})
	}
}

// without is an API in which some things fail.
type without struct{ API }

func (without) Roster(context.Context) ([]app.RosterLine, error) {
	return nil, model.Errorf(model.CodeInternal, "读花名册出错。")
}

func TestPage_SaysWhatWentWrong(t *testing.T) {
	r := newRoom(t, PartRoster, func(api API) API { return without{api} })
	if len(r.Said.Errors) != 1 || !strings.Contains(model.Sentence(r.Said.Errors[0]), "读花名册出错") {
		t.Errorf("said %v", r.Said.Errors)
	}
}

func TestPage_ReadsAnewWhatChanged(t *testing.T) {
	r := newRoom(t, PartRoster, nil)
	m := r.rosterPart().shown[0].Member
	_, err := r.App.Set(t.Context(), ledgers.Team, m.ID, []app.Assignment{{Field: "name", Words: "赵改名"}})
	pagetest.Must(t, err)
	if got := r.rosterPart().shown[0].Member.Get("name").Text; got != "赵改名" {
		t.Errorf("shows %s", got)
	}
	if !r.stale[PartSheet] || !r.stale[PartDoubts] {
		t.Error("the other parts do not know")
	}
	test.AssertRendersToMarkup(t, "chips.xml", newWindow(t, newChips()).Canvas())
}

// newChips are the chips of the page as they are made for a part.
func newChips() *kit.Chips {
	c := kit.NewChips(nil)
	c.Set(partChips, PartSheet)
	return c
}

func newWindow(t *testing.T, o fyne.CanvasObject) fyne.Window {
	w := test.NewTempWindow(t, o)
	w.Resize(fyne.NewSize(700, 60))
	return w
}

// TestPage_TypingGoesOnBehindTheChip: who turns to 考勤 by the mouse can type at once.
func TestPage_TypingGoesOnBehindTheChip(t *testing.T) {
	r := newRoom(t, PartRoster, nil)
	var chips []fyne.Tappable
	pagetest.Walk(r.Page.chips[PartRoster], func(o fyne.CanvasObject) {
		if c, ok := o.(fyne.Tappable); ok {
			chips = append(chips, c)
		}
	})
	chips[slices.IndexFunc(partChips, func(c kit.Chip) bool { return c.Key == PartSheet })].Tapped(&fyne.PointEvent{})
	if f := r.Win.Canvas().Focused(); r.Page.front != PartSheet || f != r.Page.sheet.grid {
		t.Errorf("at %s the keyboard is with %T", r.Page.front, f)
	}
}
