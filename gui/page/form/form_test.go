package form

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// book is a ledger with a field of each kind.
func book() *model.Ledger {
	return &model.Ledger{Key: "book", Label: "花名册", Title: "name", Fields: []model.Field{
		{Key: "of", Label: "所属", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"task"}, Owner: true}},
		{Key: "name", Label: "姓名", Kind: model.KindText, Required: true},
		{Key: "study", Label: "学历", Kind: model.KindText, Options: model.Options("大专", "本科")},
		{Key: "sum", Label: "金额", Kind: model.KindDecimal, Unit: "万元", Scale: 4},
		{Key: "due", Label: "时限", Kind: model.KindDate},
		{Key: "month", Label: "月份", Kind: model.KindMonth},
		{Key: "sort", Label: "类别", Kind: model.KindEnum, Options: []model.Option{{Key: "a", Label: "甲类"}, {Key: "b", Label: "乙类"}}},
		{Key: "many", Label: "风险", Kind: model.KindMultiEnum, Options: model.Options("因病", "因灾")},
		{Key: "yes", Label: "是否脱贫", Kind: model.KindBool},
		{Key: "id_number", Label: "证件号码", Kind: model.KindIDNumber, Sensitive: true},
		{Key: "village", Label: "村", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"area", "unit"}}},
		{Key: "note", Label: "说明", Kind: model.KindLongText, Help: "写清办理情况"},
		{Key: "files", Label: "附件", Kind: model.KindFiles},
		{Key: "set", Label: "登记日", Kind: model.KindDate, ReadOnly: true},
		{Key: "inner", Label: "内部", Kind: model.KindText, Internal: true},
	}}
}

const day = model.Day("2026-11-22")

// room is a form in a window.
type room struct {
	*Form
	t       *testing.T
	win     fyne.Window
	changes int
}

func newRoom(t *testing.T) *room {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	r := &room{t: t}
	r.Form = New(Params{Fields: Fields(book()), Today: day, OnChanged: func() { r.changes++ },
		Refs: Refs{"area": {{ID: "id-q", Text: "青山村", Note: "甲镇"}, {ID: "id-b", Text: "白石村"}}, "unit": {{ID: "id-u", Text: "县水利局"}}}})
	r.win = test.NewTempWindow(t, container.NewVScroll(r.Object))
	r.win.Resize(fyne.NewSize(look.DrawerWidth, 2000))
	return r
}

func (r *room) input(key string) *input {
	r.t.Helper()
	for _, in := range r.inputs {
		if in.field.Key == key {
			return in
		}
	}
	r.t.Fatalf("no input %s", key)
	return nil
}

// enter types words into a field's entry.
func (r *room) enter(key, words string) {
	r.t.Helper()
	r.win.Canvas().Focus(r.input(key).focus)
	for _, c := range words {
		r.win.Canvas().Focused().TypedRune(c)
	}
}

// pick types into a picker and chooses by Enter.
func (r *room) pick(key, words string) {
	r.t.Helper()
	r.enter(key, words)
	r.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// note is the line under a field.
func (r *room) note(key string) string {
	r.t.Helper()
	switch o := r.input(key).object.(type) {
	case *kit.Field:
		return o.Note()
	case *kit.DateEntry:
		return o.Note()
	}
	r.t.Fatalf("field %s is %T", key, r.input(key).object)
	return ""
}

func person() *model.Record {
	rec := model.NewRecord("book", "id-1")
	rec.Put("name", model.Text("张示例"))
	rec.Put("sum", model.Int(15000))
	rec.Put("due", model.Date(model.DateWords{Text: "6月底前", Start: "2026-06-30", End: "2026-06-30", Kind: model.DateFixed}))
	rec.Put("sort", model.Text("b"))
	rec.Put("yes", model.Bool(true))
	rec.Put("id_number", model.Text("11010519491231002X"))
	rec.Put("village", model.Reference("id-q", "青山村"))
	return rec
}

func TestFields(t *testing.T) {
	var keys []string
	for _, f := range Fields(book(), "note") {
		keys = append(keys, f.Key)
	}
	want := []string{"name", "study", "sum", "due", "month", "sort", "many", "yes", "id_number", "village"}
	if !slices.Equal(keys, want) {
		t.Errorf("fields %q, want %q", keys, want)
	}
}

func TestForm_ShowsARecordInFull(t *testing.T) {
	r := newRoom(t)
	r.Show(person())
	for key, want := range map[string]string{
		"name": "张示例", "due": "6月底前", "sort": "乙类", "yes": "是", "id_number": "11010519491231002X", "village": "id-q", "study": "", "note": "",
	} {
		if got := r.input(key).text(); got != want {
			t.Errorf("%s shows %q, want %q", key, got, want)
		}
	}
	if got := r.Changes(); len(got) != 0 {
		t.Errorf("changes at once: %+v", got)
	}
	r.Show(nil)
	if got := r.input("name").text(); got != "" || len(r.Changes()) != 0 {
		t.Errorf("of nobody %q", got)
	}
}

func TestForm_TellsWhatWasEntered(t *testing.T) {
	r := newRoom(t)
	r.Show(person())
	r.enter("note", "清淤完成")
	r.pick("sort", "甲")
	r.pick("village", "bsc") // initials of 白石村
	r.pick("study", "中专")    // no choice, but words are taken
	r.enter("month", "2026-11")
	want := []app.Assignment{{Field: "study", Words: "中专"}, {Field: "month", Words: "2026-11"}, {Field: "sort", Words: "甲类"}, {Field: "village", Words: "id-b"}, {Field: "note", Words: "清淤完成"}}
	if got := r.Changes(); !slices.Equal(got, want) {
		t.Errorf("changes %+v\nwant %+v", got, want)
	}
	if r.changes == 0 {
		t.Error("nobody was told")
	}
}

func TestForm_ClearsAField(t *testing.T) {
	r := newRoom(t)
	r.Show(person())
	r.win.Canvas().Focus(r.input("sort").focus)
	r.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if got := r.Changes(); !slices.Equal(got, []app.Assignment{{Field: "sort"}}) {
		t.Errorf("changes %+v", got)
	}
}

func TestForm_ReferenceByWordsNotKnown(t *testing.T) {
	r := newRoom(t)
	r.Show(nil)
	r.pick("village", "丙四村")
	if got := r.Changes(); !slices.Equal(got, []app.Assignment{{Field: "village", Words: "丙四村"}}) {
		t.Errorf("changes %+v", got)
	}
}

func TestForm_Propose(t *testing.T) {
	r := newRoom(t)
	r.Show(nil)
	r.Propose("village", "青山村", "id-q")
	r.Propose("gone", "x", "")
	if got := r.Changes(); !slices.Equal(got, []app.Assignment{{Field: "village", Words: "id-q"}}) {
		t.Errorf("changes %+v", got)
	}
}

func TestForm_DatesInWords(t *testing.T) {
	for words, want := range map[string]string{
		"2026年12月20日": "到 2026-12-20", "长期坚持": "长期", "立即整改": "", "每月25日前": "周期",
	} {
		r := newRoom(t)
		r.enter("due", words)
		if got := r.note("due"); got == "" || !strings.Contains(got, want) {
			t.Errorf("%s is understood as %q", words, got)
		}
	}
	r := newRoom(t)
	if r.enter("due", "2026-12-20"); r.note("due") != "" {
		t.Errorf("a day written as the program writes it is explained: %q", r.note("due"))
	}
	r.enter("due", "13月40日")
	if _, err := meaning(book().Field("due"), "13月40日", day); err == nil || r.note("due") == "" {
		t.Errorf("a day that is none: %q", r.note("due"))
	}
}

func TestForm_Problem(t *testing.T) {
	for _, key := range []string{"name", "sort", "note", "due"} {
		r := newRoom(t)
		if !r.Problem(&model.Error{Code: model.CodeInvalid, Field: key, Message: "这里不对。"}, r.win.Canvas()) {
			t.Fatalf("%s is not of the form", key)
		}
		if r.note(key) != "这里不对。" || r.win.Canvas().Focused() != r.input(key).focus {
			t.Errorf("%s says %q, focus %T", key, r.note(key), r.win.Canvas().Focused())
		}
	}
	r := newRoom(t)
	for _, err := range []error{errors.New("disk"), &model.Error{Message: "全部不对。"}, &model.Error{Field: "inner", Message: "不对。"}} {
		if r.Problem(err, r.win.Canvas()) {
			t.Errorf("%v concerns no field", err)
		}
	}
	r.Problem(&model.Error{Field: "name", Message: "缺姓名。"}, nil)
	r.enter("name", "甲")
	if r.note("name") != "" {
		t.Errorf("after typing %q", r.note("name"))
	}
}

func TestForm_Focus(t *testing.T) {
	r := newRoom(t)
	r.Focus(r.win.Canvas())
	if r.win.Canvas().Focused() != r.inputs[0].focus {
		t.Error("the keyboard is elsewhere")
	}
	New(Params{}).Focus(r.win.Canvas()) // a form without entries
	r.Focus(nil)                        // before the window is shown
}

func TestPlaceholder(t *testing.T) {
	l := book()
	for key, want := range map[string]string{"month": "如 2026-11", "many": "可填多项，用、分开：因病、因灾", "name": ""} {
		if got := placeholder(l.Field(key)); got != want {
			t.Errorf("%s: %q", key, got)
		}
	}
}

func TestFacts(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	box := Facts(book(), person(), "name", "id_number", "note", "gone", "sort").(*fyne.Container)
	if len(box.Objects) != 3 {
		t.Errorf("%d lines: what is empty or unknown is left out", len(box.Objects))
	}
	w := test.NewTempWindow(t, box)
	w.Resize(fyne.NewSize(look.DrawerWidth, 300))
	long := Fact("说明", strings.Repeat("主管沟开挖", 30))
	if short := Fact("说明", "短"); long.MinSize().Height <= short.MinSize().Height {
		t.Errorf("long words take %v", long.MinSize())
	}
	test.AssertRendersToMarkup(t, "facts.xml", w.Canvas())
}

// shelf is a Lister over fixed records.
type shelf struct {
	err   error
	asked []string
}

func (s *shelf) Catalog() *model.Catalog { return model.NewCatalog(book()) }

func (s *shelf) List(_ context.Context, req app.ListRequest) (*model.Ledger, model.Page, error) {
	if s.err != nil {
		return nil, model.Page{}, s.err
	}
	s.asked = append(s.asked, req.Ledger)
	l := &model.Ledger{Key: req.Ledger, Title: "name", Parent: "parent", Fields: []model.Field{
		{Key: "name", Kind: model.KindText}, {Key: "parent", Kind: model.KindRef, Ref: &model.Ref{}}}}
	rec := model.NewRecord(req.Ledger, "id-1")
	rec.Put("name", model.Text("青山村"))
	rec.Put("parent", model.Reference("id-0", "甲镇"))
	return l, model.Page{Total: 1, Records: []*model.Record{rec}}, nil
}

func TestReadRefs(t *testing.T) {
	from := &shelf{}
	refs, err := ReadRefs(t.Context(), from, book())
	if err != nil || !slices.Equal(from.asked, []string{"task", "area", "unit"}) {
		t.Fatalf("asked %q, %v", from.asked, err)
	}
	if want := []kit.Choice{{ID: "id-1", Text: "青山村", Note: "甲镇"}}; !slices.Equal(refs["area"], want) {
		t.Errorf("choices %+v", refs["area"])
	}
	if _, err := ReadRefs(t.Context(), &shelf{err: errors.New("disk")}, book()); err == nil {
		t.Error("an error is swallowed")
	}
}

func TestFilter(t *testing.T) {
	all := []kit.Choice{{ID: "1", Text: "青山村"}, {ID: "2", Text: "白石村"}}
	for query, want := range map[string]int{"": 2, "qsc": 1, "白石": 1, "没有": 0} {
		if got := Filter(all)(query); len(got) != want {
			t.Errorf("%q gives %+v", query, got)
		}
	}
	if got := Filter(make([]kit.Choice, 500))(""); len(got) != mostChoices {
		t.Errorf("%d choices at once", len(got))
	}
}

func TestNew_PairsShortEntries(t *testing.T) {
	test.NewTempApp(t)
	var fields []*model.Field
	for _, k := range []model.Kind{model.KindText, model.KindText, model.KindText, model.KindLongText, model.KindText} {
		fields = append(fields, &model.Field{Key: string(k), Label: "项", Kind: k})
	}
	plain, pairs := New(Params{Fields: fields}), New(Params{Fields: fields, Pairs: true})
	if got := len(pairs.Object.(*fyne.Container).Objects); got != 4 || len(pairs.inputs) != len(plain.inputs) {
		t.Errorf("%d lines, %d entries", got, len(pairs.inputs))
	}
}
