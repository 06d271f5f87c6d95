package trail

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

func ledger() *model.Ledger {
	return &model.Ledger{Key: "book", Label: "花名册", Title: "name", Fields: []model.Field{
		{Key: "name", Label: "姓名", Kind: model.KindText},
		{Key: "due", Label: "完成时限", Kind: model.KindDate},
		{Key: "state", Label: "状态", Kind: model.KindEnum, Options: []model.Option{{Key: "todo", Label: "待交办"}, {Key: "doing", Label: "办理中"}}},
		{Key: "note", Label: "说明", Kind: model.KindLongText},
		{Key: "id_number", Label: "身份证号", Kind: model.KindIDNumber, Sensitive: true},
		{Key: "inner", Label: "内部", Kind: model.KindText, Internal: true},
	}}
}

// values makes a side of an entry of key, value pairs.
func values(pairs ...string) map[string]model.Value {
	out := map[string]model.Value{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = model.Text(pairs[i+1])
	}
	return out
}

func TestChange_String(t *testing.T) {
	for want, c := range map[string]Change{
		"完成时限：11月底前 → 12月底前": {"完成时限", "11月底前", "12月底前"},
		"说明：已设围挡":            {"说明", "", "已设围挡"},
		"说明：清空（原为 已设围挡）":     {"说明", "已设围挡", ""},
	} {
		if got := c.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestChanges(t *testing.T) {
	e := model.Entry{Kind: model.Changed,
		Before: values("state", "todo", "id_number", "11010519491231002X", "inner", "a", "name", "张示例"),
		After:  values("note", "第一行\n第二行", "state", "doing", "id_number", "11010519491231005X", "inner", "b", "name", "张示例")}
	got := Changes(ledger(), e)
	labels := make([]string, len(got))
	for i, c := range got {
		labels[i] = c.Label
	}
	if want := []string{"状态", "说明"}; !slices.Equal(labels[:2], want) {
		t.Fatalf("changes %q, want the order of the fields and nothing internal", labels)
	}
	if got[0].String() != "状态：待交办 → 办理中" || got[1].After != "第一行 第二行" {
		t.Errorf("changes %v", got)
	}
	for _, c := range got {
		if strings.Contains(c.String(), "19491231") {
			t.Errorf("a sensitive value in full: %s", c)
		}
	}
	if Changes(nil, e) != nil {
		t.Error("of a ledger that is gone")
	}
}

func TestTitle(t *testing.T) {
	l := ledger()
	for want, e := range map[string]model.Entry{
		"新名": {Before: values("name", "旧名"), After: values("name", "新名")},
		"旧名": {Before: values("name", "旧名")},
		"":   {After: values("note", "只改说明")},
	} {
		if got := Title(l, e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if Title(nil, model.Entry{}) != "" || Title(&model.Ledger{}, model.Entry{}) != "" {
		t.Error("without a ledger or a field that names its records")
	}
}

func TestLedgers(t *testing.T) {
	c := model.NewCatalog(ledger(), &model.Ledger{Key: "task", Label: "任务"})
	got := Ledgers(c, []model.Entry{{Ledger: "task"}, {Ledger: "book"}, {Ledger: "task"}, {Ledger: "u_gone"}})
	if !strings.Contains(got, "任务 2") || !strings.Contains(got, "花名册 1") || !strings.Contains(got, "u_gone 1") {
		t.Errorf("%q", got)
	}
	if Ledgers(c, nil) != "" {
		t.Error("of nothing")
	}
}

func TestKindAndWhen(t *testing.T) {
	for kind, want := range map[model.EntryKind]string{model.Added: "新增", model.Deleted: "删除", model.Changed: "修改"} {
		if got := Kind(kind); got != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
	at := time.Date(2026, 11, 22, 16, 5, 0, 0, time.Local)
	if got := When(model.Operation{At: at}); got != "11-22 16:05" {
		t.Errorf("when %q", got)
	}
}

func TestLines(t *testing.T) {
	l := ledger()
	if got := lines(l, model.Entry{Kind: model.Added, After: values("name", "甲")}); !slices.Equal(got, []string{"新增"}) {
		t.Errorf("added %q", got)
	}
	if got := lines(l, model.Entry{Kind: model.Changed, Before: values("name", "甲"), After: values("name", "乙")}); !slices.Equal(got, []string{"姓名：甲 → 乙"}) {
		t.Errorf("changed %q", got)
	}
}

// shown are the notes of a list, and how tall it is.
func shown(t *testing.T, entries []model.Entry) (notes []string, height float32) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	list := List(ledger(), entries)
	w := test.NewTempWindow(t, list)
	w.Resize(fyne.NewSize(look.DrawerWidth, 400))
	for _, o := range test.LaidOutObjects(list) {
		if n, is := o.(*kit.Line); is && n.Text() != "" {
			notes = append(notes, n.Text())
		}
	}
	return notes, list.MinSize().Height
}

func TestList(t *testing.T) {
	at := time.Date(2026, 11, 22, 16, 5, 0, 0, time.Local)
	long := strings.Repeat("主管沟开挖", 20)
	entries := []model.Entry{
		{Kind: model.Changed, Op: model.Operation{At: at, Label: "修改任务", Actor: model.Actor{Name: "李示例二"}}, After: values("note", "短")},
		{Kind: model.Added, Op: model.Operation{At: at, Label: "载入示例县"}, After: values("name", "甲")},
	}
	notes, height := shown(t, entries)
	if want := []string{"11-22 16:05　李示例二　修改任务", "11-22 16:05　本机　载入示例县"}; !slices.Equal(notes, want) {
		t.Errorf("notes %q", notes)
	}
	entries[0].After = values("note", long)
	if _, taller := shown(t, entries); taller <= height {
		t.Errorf("a long change takes %v, a short one %v", taller, height)
	}
	if notes, height = shown(t, nil); len(notes) != 0 || height == 0 {
		t.Errorf("without a change: %q, %v high", notes, height)
	}
}

func TestChanges_ParametersByTheirWords(t *testing.T) {
	l := model.NewCatalog(ledgers.All()...).Ledger(ledgers.Parameter)
	entry := func(key, value string) model.Entry {
		return model.Entry{Kind: model.Added, After: map[string]model.Value{"key": model.Text(key), "value": model.Text(value)}}
	}
	for key, want := range map[string][3]string{
		rule.DueSoonDays: {"临期提醒天数", "参数：临期提醒天数", "取值：5"},
		rule.UnitHome:    {"本级单位", "参数：本级单位", "取值：已选定"},
	} {
		e := entry(key, "5")
		got := Changes(l, e)
		if Title(l, e) != want[0] || len(got) != 2 || got[0].String() != want[1] || got[1].String() != want[2] {
			t.Errorf("%s: %s, %v", key, Title(l, e), got)
		}
	}
}
