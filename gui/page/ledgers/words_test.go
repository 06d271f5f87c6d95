package ledgers

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

func TestPlainWords(t *testing.T) {
	l := book()
	for want, got := range map[string]string{
		"共 35 条":             noteOf(35, false),
		"符合条件 2 条":           noteOf(2, true),
		"没有记录":               statusOf(1, 0),
		"选中 2 条　　共 35 条":     statusOf(2, 35),
		"“甲”":                few([]string{"甲"}),
		"“甲”“乙”“丙”等 4 条":     few([]string{"甲", "乙", "丙", "丁"}),
		"已修改 3 条":            writtenWords("修改", 3, 0),
		"已修改 3 条，1 条有问题没有写入": writtenWords("修改", 3, 1),
		"花名册20261122.xlsx":   fileName(l, day, ".xlsx"),
		"未命名的花名册":            nameOf(l, model.NewRecord("book", "x")),
		"只导出符合条件的 2 条":       exportNote(2, true),
		"导出全部 35 条":          exportNote(35, false),
		"一二三四五六七八九十一二三四五六七八九十…": short("一二三四五六七八九十一二三四五六七八九十一"),
		"短":          short("短"),
		"花名册（上级）7 条": relationWords(relation{ledger: l, field: l.Field("above"), total: 7}),
		"已新增“张示例”":   savedWords(l, person(), true, nil),
		"已保存“张示例”，有 1 处疑点：身份证号校验不对": savedWords(l, person(), false, []model.Problem{{Message: "身份证号校验不对"}}),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestOptionsOf(t *testing.T) {
	want := []string{"甲类", "乙类", "丙类", "丁类"}
	if got := optionsOf("甲类、乙类\n 丙类 \n\n，丁类"); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if optionsOf(" \n") != nil {
		t.Error("of nothing")
	}
}

// referrers are the fields that point at the book.
func referrers() []model.Referrer {
	l := book()
	visit := &model.Ledger{Key: "visit", Label: "走访", Fields: []model.Field{
		{Key: "of", Label: "走访对象", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"book"}, Owner: true}}}}
	task := &model.Ledger{Key: "task", Label: "任务", Fields: []model.Field{
		{Key: "person", Label: "责任人", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"book"}}}}}
	return []model.Referrer{{Ledger: l, Field: l.Field("above")}, {Ledger: visit, Field: &visit.Fields[0]}, {Ledger: task, Field: &task.Fields[0]}}
}

func TestDeleteQuestion(t *testing.T) {
	l := book()
	e := effectOf(l, referrers(), []app.Use{{Ledger: "走访", Field: "走访对象", N: 2}, {Ledger: "花名册", Field: "上级", N: 1}, {Ledger: "走访", Field: "走访对象", N: 3}})
	q := deleteQuestion([]string{"张示例"}, e)
	for _, part := range []string{"“张示例”", "5 条走访", "下级 1 条", "可以撤销"} {
		if !strings.Contains(q.Text, part) {
			t.Errorf("%q does not say %s", q.Text, part)
		}
	}
	if !q.Danger || !e.further || inUse([]string{"张示例"}, e) != nil {
		t.Errorf("question %+v, effect %+v", q, e)
	}
	if q := deleteQuestion([]string{"甲", "乙"}, effect{}); q.Yes != "删除 2 条" || strings.Contains(q.Text, "一起") {
		t.Errorf("of two without anything: %+v", q)
	}
}

func TestInUse(t *testing.T) {
	e := effectOf(book(), referrers(), []app.Use{{Ledger: "任务", Field: "责任人", N: 4}, {Ledger: "下发", Field: "接收单位", N: 1}})
	err := inUse([]string{"张示例"}, e)
	if model.CodeOf(err) != model.CodeInUse || !strings.Contains(err.Error(), "4 条任务（责任人）、1 条下发（接收单位）") {
		t.Errorf("error %v", err)
	}
}

func TestFormFields(t *testing.T) {
	l := book()
	l.Fields = append(l.Fields, model.Field{Key: "of", Label: "所属", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"task"}, Owner: true}})
	adding, editing := keysOf(formFields(l, true)), keysOf(formFields(l, false))
	if !slices.Contains(adding, "of") || slices.Contains(editing, "of") {
		t.Errorf("the owner is told once: %q, %q", adding, editing)
	}
	for _, key := range []string{"set", "hidden", "files"} {
		if slices.Contains(adding, key) {
			t.Errorf("the form asks for %s", key)
		}
	}
}

func TestLineOf(t *testing.T) {
	l, rec := book(), person()
	if got := lineOf(l, rec, "above"); got != "张示例" {
		t.Errorf("%q", got)
	}
	l.Title = ""
	if got := lineOf(l, rec, "name"); !strings.Contains(got, " · ") || strings.Contains(got, "张示例") || strings.Contains(got, "11010519491231002X") {
		t.Errorf("without a name: %q", got)
	}
}

func TestErrorsInWords(t *testing.T) {
	err := refusedError([]refusal{{row: 4, err: model.Errorf(model.CodeInvalid, "缺姓名。")}, {row: 6}})
	if !strings.Contains(err.Error(), "第 5 行") || !strings.Contains(err.Error(), "缺姓名") || !strings.Contains(err.Error(), "另有 1 行") {
		t.Errorf("%v", err)
	}
	if fieldOf(errors.New("disk")) != "" || fieldOf(&model.Error{Field: "name"}) != "name" {
		t.Error("fieldOf")
	}
	if len(growQuestion(book(), 12).Yes) == 0 || !strings.Contains(growQuestion(book(), 12).Text, "12 行") {
		t.Error("growQuestion says how many")
	}
	if got := mergeWords(book(), person(), person()); len(got) != 4 || !strings.Contains(got[0], "张示例") {
		t.Errorf("%q", got)
	}
	if !leaveQuestion().Danger {
		t.Error("what is given up is gone")
	}
}
