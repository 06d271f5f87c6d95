package ledgers

import (
	"context"
	"errors"
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

func TestRowEdits(t *testing.T) {
	l := book()
	fields := shownFields(l) // name code sum due sort yes id_number …
	got := rowEdits(l, fields, 3, 4, [][]string{
		{"甲类", " 是 ", "110105********002X", "高血压"},
		{"乙类", "否", "11010519491231002X"},
	})
	if len(got) != 2 || got[0].row != 3 || got[1].row != 4 {
		t.Fatalf("rows %+v", got)
	}
	if want := []app.Assignment{{Field: "sort", Words: "甲类"}, {Field: "yes", Words: "是"}, {Field: "illness", Words: "高血压"}}; !slices.Equal(got[0].assign, want) {
		t.Errorf("a masked number must not wipe out the real one: %+v", got[0].assign)
	}
	if len(got[1].assign) != 3 || got[1].assign[2].Words != "11010519491231002X" {
		t.Errorf("second row %+v", got[1].assign)
	}
	if got := rowEdits(l, fields, 0, len(fields)-1, [][]string{{"逾期", "over the edge"}}); len(got) != 0 {
		t.Errorf("a derived column takes nothing: %+v", got)
	}
}

func TestSplitAndFilled(t *testing.T) {
	edits := []rowEdit{
		{1, []app.Assignment{{Field: "name", Words: ""}}},
		{2, []app.Assignment{{Field: "name", Words: "甲"}, {Field: "sort", Words: ""}}},
		{3, []app.Assignment{{Field: "name", Words: ""}}},
	}
	within, beyond := split(edits, 2)
	if len(within) != 1 || len(beyond) != 2 {
		t.Fatalf("%d within, %d beyond", len(within), len(beyond))
	}
	if got := filled(beyond); len(got) != 1 || got[0].row != 2 || len(got[0].assign) != 1 {
		t.Errorf("new records %+v", got)
	}
}

func TestHeadless(t *testing.T) {
	l := book()
	cols := columnsOf(l, shownFields(l), nil)
	for name, c := range map[string]struct {
		col    int
		values [][]string
		want   int
	}{
		"with a head":              {0, [][]string{{"姓名", "编号（号）", "金额"}, {"甲", "1", "2"}}, 1},
		"a head with a gap":        {0, [][]string{{"姓名", "", "金额（万元）"}, {"甲", "1", "2"}}, 1},
		"without a head":           {0, [][]string{{"甲", "1", "2"}}, 1},
		"another head":             {1, [][]string{{"姓名"}, {"甲"}}, 2},
		"a head beyond the edge":   {0, [][]string{{""}, {"甲"}}, 2},
		"nothing":                  {0, nil, 0},
		"the head is part of text": {0, [][]string{{"姓名", "甲"}}, 1},
	} {
		if got := headless(cols, c.col, c.values); len(got) != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// pickyWriter refuses rows whose first words are 错, as app.SetMany does.
type pickyWriter struct {
	calls int
	wrote [][]app.RowChange
	err   error
}

func (w *pickyWriter) SetMany(_ context.Context, _ string, rows []app.RowChange) (app.Done, error) {
	w.calls++
	if w.err != nil {
		return app.Done{}, w.err
	}
	for i, r := range rows {
		if r.Assign[0].Words == "错" {
			return app.Done{}, &app.RowError{Row: i, Err: model.Errorf(model.CodeInvalid, "写得不对。")}
		}
	}
	w.wrote = append(w.wrote, rows)
	return app.Done{Op: int64(w.calls)}, nil
}

func rowsWith(words ...string) []app.RowChange {
	out := make([]app.RowChange, len(words))
	for i, s := range words {
		out[i] = app.RowChange{ID: s, Assign: []app.Assignment{{Field: "name", Words: s}}}
	}
	return out
}

func TestWriteSound(t *testing.T) {
	w := &pickyWriter{}
	done, refused, err := writeSound(t.Context(), w, "book", rowsWith("甲", "错", "乙", "错", "丙"))
	if err != nil || done.Op == 0 || len(w.wrote) != 1 || len(w.wrote[0]) != 3 {
		t.Fatalf("wrote %+v, %v", w.wrote, err)
	}
	if len(refused) != 2 || refused[0].row != 1 || refused[1].row != 3 {
		t.Errorf("refused %+v", refused)
	}
}

func TestWriteSound_Ends(t *testing.T) {
	if done, refused, err := writeSound(t.Context(), &pickyWriter{}, "book", rowsWith("错")); err != nil || done.Op != 0 || len(refused) != 1 {
		t.Errorf("nothing sound: %+v %+v %v", done, refused, err)
	}
	var many []string
	for range mostRefused + 5 {
		many = append(many, "错")
	}
	w := &pickyWriter{}
	if _, _, err := writeSound(t.Context(), w, "book", rowsWith(append(many, "甲")...)); model.CodeOf(err) != model.CodeInvalid || len(w.wrote) != 0 {
		t.Errorf("too many: %v, wrote %+v", err, w.wrote)
	}
	broken := errors.New("disk")
	if _, _, err := writeSound(t.Context(), &pickyWriter{err: broken}, "book", rowsWith("甲")); !errors.Is(err, broken) {
		t.Errorf("a fault: %v", err)
	}
}

func TestKnown_LeavesOutWhatIsGone(t *testing.T) {
	rows := rowsWith("a", "", "c")
	edits, left := known([]rowEdit{{row: 1}, {row: 2}, {row: 3}}, rows)
	if len(left) != 2 || edits[1].row != 3 || left[1].ID != "c" {
		t.Errorf("left %+v of %+v", left, edits)
	}
}

func TestTypingFault(t *testing.T) {
	l := book()
	for name, c := range map[string]struct {
		field, words string
		ok           bool
	}{
		"words":          {"name", "张示例", true},
		"nothing":        {"sum", "", true},
		"no number":      {"sum", "很多", false},
		"a number":       {"sum", "1.5", true},
		"a date":         {"due", "6月底前", true},
		"no date":        {"due", "13月40日", false},
		"a masked value": {"id_number", "110105****", false},
	} {
		if err := typingFault(l.Field(c.field), c.words, day); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCellEdit_Fail(t *testing.T) {
	w, _ := bigWindow(5)
	e := cellEdit{w: w, record: "id-1", assign: []app.Assignment{{Field: "name", Words: "甲"}, {Field: "code", Words: "7"}}}
	e.settle(app.Done{}, &model.Error{Code: model.CodeInvalid, Field: "code", Message: "编号已有。"})
	if n := w.notes[cellKey{"id-1", "code"}]; !n.problem || n.words != "编号已有。" || n.typed != "7" {
		t.Errorf("the field: %+v", n)
	}
	if n := w.notes[cellKey{"id-1", "name"}]; n.problem || !n.held {
		t.Errorf("the rest of the row: %+v", n)
	}
	e.settle(app.Done{}, errors.New("disk"))
	if n := w.notes[cellKey{"id-1", "name"}]; !n.problem {
		t.Errorf("an error of no field concerns all: %+v", n)
	}
	e.settle(app.Done{Problems: []model.Problem{{Field: "name", Message: "少见。", Suggestion: "请核对。"}}}, nil)
	if n := w.notes[cellKey{"id-1", "name"}]; n.problem || n.held || n.words != "少见。请核对。" || len(w.notes) != 1 {
		t.Errorf("written with a doubt: %+v", w.notes)
	}
}
