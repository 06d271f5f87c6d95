package ledgers

import (
	"slices"
	"testing"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model"
)

const day = model.Day("2026-11-22")

// book is a ledger with a field of each kind.
func book() *model.Ledger {
	return &model.Ledger{Key: "book", Label: "花名册", Title: "name", Parent: "above", Fields: []model.Field{
		{Key: "code", Label: "编号", Kind: model.KindInteger, Unit: "号"},
		{Key: "name", Label: "姓名", Kind: model.KindText, Required: true},
		{Key: "sum", Label: "金额", Kind: model.KindDecimal, Unit: "万元", Scale: 4},
		{Key: "due", Label: "时限", Kind: model.KindDate},
		{Key: "sort", Label: "类别", Kind: model.KindEnum, Options: model.Options("甲类", "乙类")},
		{Key: "yes", Label: "是否脱贫", Kind: model.KindBool},
		{Key: "id_number", Label: "证件号码", Kind: model.KindIDNumber, Sensitive: true},
		{Key: "illness", Label: "健康状况", Kind: model.KindText, Sensitive: true},
		{Key: "above", Label: "上级", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"book"}}},
		{Key: "note", Label: "说明", Kind: model.KindLongText},
		{Key: "files", Label: "附件", Kind: model.KindFiles},
		{Key: "set", Label: "登记日", Kind: model.KindDate, ReadOnly: true},
		{Key: "hidden", Label: "内部", Kind: model.KindText, Internal: true},
	}, Derived: []model.Field{
		{Key: "left", Label: "剩余天数", Kind: model.KindInteger, Unit: "天"},
		{Key: "light", Label: "红黄绿", Kind: model.KindEnum, Options: []model.Option{{Key: "red", Label: "逾期"}, {Key: "green", Label: "正常"}}},
	}}
}

func TestCondition(t *testing.T) {
	l := book()
	for name, c := range map[string]struct{ field, words, want string }{
		"text is looked into":            {"name", " 示例 ", "name~示例"},
		"nothing typed":                  {"name", "  ", ""},
		"a number is equal":              {"sum", "1.5", "sum=1.5"},
		"a number half typed":            {"sum", "一点", ""},
		"larger than":                    {"sum", ">=2", "sum>=2"},
		"a full-width sign":              {"sum", "＞2", "sum>2"},
		"a sign of books":                {"sum", "≤2", "sum<=2"},
		"a sign alone filters nothing":   {"sum", ">", ""},
		"what is not so":                 {"name", "<>甲", "name!=甲"},
		"before a day":                   {"due", "<2026-12-01", "due<2026-12-01"},
		"words of a date":                {"due", "月底", "due~月底"},
		"a day that is none":             {"due", ">那时候", ""},
		"an enum by part of its label":   {"sort", "乙", "sort~乙"},
		"yes":                            {"yes", "是", "yes=是"},
		"not yet yes":                    {"yes", "也许", ""},
		"what is empty":                  {"due", "空", "due="},
		"what is filled in":              {"due", "非空", "due!="},
		"a whole ID number":              {"id_number", "11010519491231002X", "id_number=11010519491231002X"},
		"part of an ID number":           {"id_number", "110105", ""},
		"no order among ID numbers":      {"id_number", ">11010519491231002X", ""},
		"health is not to be looked for": {"illness", "高血压", ""},
		"a reference by its words":       {"above", "张", "above~张"},
	} {
		if got := condition(l.Field(c.field), c.words, day); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestQuery_Request(t *testing.T) {
	l := book()
	q := query{search: "qsc", filters: map[string]string{"due": "空", "name": "示例", "sum": "x"}, sort: grid.Sort{Key: "sum", Desc: true}}
	req := q.request(l, day, 200, 100)
	if req.Ledger != "book" || req.Search != "qsc" || req.Sort != "-sum" || req.Offset != 200 || req.Limit != 100 {
		t.Errorf("request %+v", req)
	}
	if want := []string{"name~示例", "due="}; !slices.Equal(req.Where, want) {
		t.Errorf("where %q, want the order of the columns %q", req.Where, want)
	}
	if req := (query{sort: grid.Sort{Key: "sum"}}).request(l, day, 0, 0); req.Sort != "sum" {
		t.Errorf("sort %q", req.Sort)
	}
}

func TestQuery_Active(t *testing.T) {
	l := book()
	for name, c := range map[string]struct {
		q    query
		want bool
	}{
		"nothing":                {query{}, false},
		"only sorted":            {query{sort: grid.Sort{Key: "sum"}}, false},
		"searched":               {query{search: "甲"}, true},
		"filtered":               {query{filters: map[string]string{"name": "甲"}}, true},
		"a filter not finished":  {query{filters: map[string]string{"sum": ">"}}, false},
		"a filter of no column":  {query{filters: map[string]string{"gone": "甲"}}, false},
		"of a column not shown ": {query{filters: map[string]string{"hidden": "甲"}}, false},
	} {
		if got := c.q.active(l, day); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	a, b := query{filters: map[string]string{"name": "甲"}}, query{filters: map[string]string{"name": "乙"}}
	if a.sameFilters(b) || !a.sameFilters(a) {
		t.Error("sameFilters")
	}
}

func TestQuery_OnlyWhatAFigureCounted(t *testing.T) {
	l := &model.Ledger{Key: "x"}
	q := query{only: []string{"a", "b"}}
	if req := q.request(l, "2026-11-22", 0, 10); len(req.IDs) != 2 || !q.active(l, "2026-11-22") {
		t.Errorf("%+v", req)
	}
	if q := (query{}); q.request(l, "2026-11-22", 0, 10).IDs != nil {
		t.Error("all are not all")
	}
}
