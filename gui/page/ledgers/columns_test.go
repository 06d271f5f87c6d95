package ledgers

import (
	"slices"
	"testing"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
)

func keysOf(fields []*model.Field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.Key
	}
	return out
}

func TestShownFields(t *testing.T) {
	want := []string{"name", "code", "sum", "due", "sort", "yes", "id_number", "illness", "above", "note", "files", "set", "left", "light"}
	if got := keysOf(shownFields(book())); !slices.Equal(got, want) {
		t.Errorf("fields %q\nwant   %q: the name first, nothing internal, what is derived last", got, want)
	}
	l := book()
	l.Title = ""
	if got := shownFields(l)[0].Key; got != "code" {
		t.Errorf("without a title the first is %s", got)
	}
}

func TestVisible_TheFirstColumnStays(t *testing.T) {
	got := keysOf(visible(shownFields(book()), []string{"name", "sum", "left"}))
	if slices.Contains(got, "sum") || slices.Contains(got, "left") || got[0] != "name" {
		t.Errorf("visible %q", got)
	}
}

func TestColumnsOf(t *testing.T) {
	l := book()
	byKey := map[string]grid.Column{}
	cols := columnsOf(l, shownFields(l), map[string]float32{"sum": 99})
	for _, c := range cols {
		byKey[c.Key] = c
	}
	if !cols[0].Pinned || cols[1].Pinned {
		t.Error("only the name is pinned")
	}
	if c := byKey["sum"]; c.Title != "金额（万元）" || c.Align != grid.AlignRight || c.Width != 99 || !c.Editable {
		t.Errorf("a number: %+v", c)
	}
	if c := byKey["yes"]; !slices.Equal(c.Options, []string{"是", "否"}) || c.Align != grid.AlignLeft {
		t.Errorf("a yes or no: %+v", c)
	}
	if c := byKey["sort"]; !slices.Equal(c.Options, []string{"甲类", "乙类"}) {
		t.Errorf("an enum: %+v", c)
	}
	if c := byKey["id_number"]; c.Sortable || !c.Editable || !c.Filter {
		t.Errorf("a sensitive one: %+v", c)
	}
	for _, key := range []string{"left", "light", "set", "files"} {
		if byKey[key].Editable {
			t.Errorf("%s can be typed", key)
		}
	}
	if byKey["files"].Filter {
		t.Error("attachments have a filter")
	}
}

func TestEditable_NotTheStateOfAFlow(t *testing.T) {
	l := book()
	l.Flow = &model.Flow{State: "sort"}
	if editable(l, l.Field("sort")) || !editable(l, l.Field("name")) {
		t.Error("the state goes by steps alone")
	}
}

// person is a record of the book.
func person() *model.Record {
	rec := model.NewRecord("book", "id-1")
	rec.Put("name", model.Text("张示例"))
	rec.Put("sum", model.Int(123400))
	rec.Put("due", model.Date(model.DateWords{Text: "6月底前", Start: "2026-06-30", End: "2026-06-30", Kind: model.DateFixed}))
	rec.Put("id_number", model.Text("11010519491231002X"))
	rec.Put("note", model.Text("第一行\n第二行"))
	rec.Derived = map[string]model.Value{"left": model.Int(-3), "light": model.Text("red")}
	return rec
}

func TestCellOf(t *testing.T) {
	l, rec := book(), person()
	cell := func(key string) grid.Cell { return cellOf(l, l.Field(key), rec) }
	if c := cell("due"); c.Text != "6月底前" || c.Tone != look.TonePlain {
		t.Errorf("a date keeps its words: %+v", c)
	}
	if c := cell("note"); c.Text != "第一行 第二行" || c.Hint != c.Text {
		t.Errorf("a long text: %+v", c)
	}
	if c := cell("id_number"); c.Text == "11010519491231002X" || c.Text == "" {
		t.Errorf("an ID number is not masked: %+v", c)
	}
	if c := cell("light"); c.Mark != look.MarkOverdue || c.Tone != look.ToneOverdue || c.Text != "逾期" {
		t.Errorf("a light: %+v", c)
	}
	if c := cell("left"); c.Tone != look.ToneQuiet || c.Text != "-3" {
		t.Errorf("what is derived: %+v", c)
	}
	if c := cell("sort"); c != (grid.Cell{}) {
		t.Errorf("nothing: %+v", c)
	}
}

func TestEditWords_AreInFull(t *testing.T) {
	l, rec := book(), person()
	if got := editWords(l.Field("id_number"), rec.Get("id_number")); got != "11010519491231002X" {
		t.Errorf("edit begins with %q", got)
	}
}

func TestFit(t *testing.T) {
	l := book()
	long := person()
	long.Put("note", model.Text("这是一段很长的说明，长得一列放不下，因此要被截断，末尾用省略号表示还有下文"))
	got := fit(l, shownFields(l), []*model.Record{person(), long})
	if got["note"] != mostWidth {
		t.Errorf("a long text takes %v", got["note"])
	}
	if got["name"] < widthOf("张示例")+cellRoom || got["sort"] < widthOf("类别")+headRoom || got["sort"] < leastWidth {
		t.Errorf("widths %v", got)
	}
	if widthOf("甲") <= widthOf("a") {
		t.Error("a Chinese character is wider")
	}
}
