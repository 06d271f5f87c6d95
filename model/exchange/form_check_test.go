package exchange

import (
	"reflect"
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// weekly is a form such as a user makes, in labels.
func weekly() Form {
	return Form{Key: "u_x", Label: " 道路周报 ", Over: "任务", Where: []string{"state!=done", "title~路"}, Cadence: "每周",
		Columns: []FormColumn{{Path: PathSeq, Header: "序号", Width: 6}, {Path: "title"}, {Path: "责任单位"}, {Path: "percent", Header: "上期完成比例", Grey: true},
			{Path: "person.phone"}, {Path: "progress.percent", Fill: true}, {Path: "任务进展.进展情况", Fill: true}},
		Due: model.Due{Day: 5, Hour: 17, Minute: 30}, ZeroOK: true, FreeRows: 3, Notes: []string{"一", "二"}, Receivers: []string{"a", "b"}, Basis: "甲政办〔2026〕1号", Own: true}
}

func TestCheckForm(t *testing.T) {
	f, err := CheckForm(builtin(), weekly())
	if err != nil {
		t.Fatal(err)
	}
	var paths []Path
	for _, c := range f.Columns {
		paths = append(paths, c.Path)
	}
	want := []Path{PathSeq, "title", "unit", "percent", "person.phone", "progress.percent", "progress.text"}
	if f.Label != "道路周报" || f.Over != ledgers.Task || f.Cadence != model.Weekly || f.Due.Roll != model.RollLater || !slices.Equal(paths, want) {
		t.Errorf("%+v", f)
	}
	again, err := CheckForm(builtin(), f)
	if err != nil || !reflect.DeepEqual(again, f) {
		t.Errorf("a form that was checked changes: %+v, %v", again, err)
	}
}

func TestCheckForm_refuses(t *testing.T) {
	for field, spoil := range map[string][]func(*Form){
		"label":   {func(f *Form) { f.Label = "　 " }},
		"over":    {func(f *Form) { f.Over = ledgers.Claim }},
		"cadence": {func(f *Form) { f.Cadence = "偶尔" }},
		"roll":    {func(f *Form) { f.Due.Roll = "随便" }},
		"due_day": {func(f *Form) { f.Due.Day = 8 }, func(f *Form) { f.Due.Day = -1 }, func(f *Form) { f.Cadence, f.Due.Day = model.Monthly, 32 }},
		"due_hour": {func(f *Form) { f.Due.Hour = 25 }, func(f *Form) { f.Due.Hour = 24 }, func(f *Form) { f.Due.Minute = 60 },
			func(f *Form) { f.Due.Hour = -1 }},
		"due_on": {func(f *Form) { f.Due.On = "2026-11-30" }},
		"columns": {func(f *Form) { f.Columns = nil }, func(f *Form) { f.Columns = f.Columns[2:] },
			func(f *Form) { f.Columns = append(f.Columns, FormColumn{Path: "title"}) },
			func(f *Form) { f.Columns = append(f.Columns, FormColumn{Path: "light", Fill: true}) },
			func(f *Form) { f.Columns = append(f.Columns, FormColumn{Path: "unit.name", Fill: true}) },
			func(f *Form) { f.Columns = append(f.Columns, FormColumn{Path: "progress.period", Fill: true}) },
			func(f *Form) { f.Columns[5].Grey = true }, func(f *Form) { f.Columns[5].Fill, f.Columns[6].Fill = false, false },
			func(f *Form) { f.Columns = make([]FormColumn, mostColumns+1) }},
		"shape":     {func(f *Form) { f.Shape = "matrix" }},
		"free_rows": {func(f *Form) { f.FreeRows = -1 }, func(f *Form) { f.FreeRows = 501 }, func(f *Form) { f.Shape, f.FreeRows = ShapeNew, 0 }},
	} {
		for i, fn := range spoil {
			f := weekly()
			fn(&f)
			_, err := CheckForm(builtin(), f)
			e, ok := err.(*model.Error)
			if !ok || e.Field != field {
				t.Errorf("%s %d: %v", field, i, err)
			}
		}
	}
	for _, path := range []Path{"nothing", "progress.nothing", "任务进展.没有", "unit.nothing"} {
		f := weekly()
		f.Columns = append(f.Columns, FormColumn{Path: path})
		if _, err := CheckForm(builtin(), f); model.CodeOf(err) != model.CodeNotFound {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestForm_Record holds that a form comes back from its record as it was.
func TestForm_Record(t *testing.T) {
	c := builtin()
	l := c.Ledger(ledgers.Form)
	own, err := CheckForm(c, weekly())
	if err != nil {
		t.Fatal(err)
	}
	fresh := own
	fresh.Shape, fresh.Due, fresh.Where, fresh.Receivers, fresh.Notes, fresh.Cadence = ShapeNew, model.Due{On: "2026-11-30", Next: true}, nil, nil, nil, model.Once
	for _, f := range append(Shipped(), own, fresh) {
		rec := model.NewRecord(ledgers.Form, "")
		if err := f.Record(rec); err != nil {
			t.Fatal(err)
		}
		for key := range rec.Values {
			if l.Field(key) == nil {
				t.Errorf("the ledger has no %s", key)
			}
		}
		back, err := FormOf(rec)
		f.Own = true
		if err != nil || !reflect.DeepEqual(back, f) {
			t.Errorf("came back as %+v, not %+v (%v)", back, f, err)
		}
	}
	broken := model.NewRecord(ledgers.Form, "")
	broken.Put("columns", model.Text("{"))
	if _, err := FormOf(broken); model.CodeOf(err) != model.CodeDamaged {
		t.Errorf("%v", err)
	}
}

// TestShipped holds the shipped forms to what a user's own are held to.
func TestShipped(t *testing.T) {
	for _, f := range Shipped() {
		got, err := CheckForm(builtin(), f)
		if err != nil || !reflect.DeepEqual(got, f) {
			t.Errorf("%s: %v", f.Key, err)
		}
	}
}

func TestForm_PeriodFor(t *testing.T) {
	for _, tt := range []struct {
		cadence model.Cadence
		words   string
		want    model.Period
	}{
		{model.Monthly, "2026-11", "2026-11"}, {model.Monthly, "2026年11月25日", "2026-11"}, {model.Monthly, "2026Q4", ""}, {model.Monthly, "", ""},
		{model.Weekly, "2026-11-23", "2026-W48"}, {model.Weekly, "2026-11", ""}, {model.Quarterly, "2026-11", "2026Q4"},
		{model.Once, "2026-11-23", "2026-11-23"}, {model.Once, "2026-11", "2026-11"}, {model.Once, "十一月", ""},
	} {
		f := Form{Label: "表", Cadence: tt.cadence}
		got, err := f.PeriodFor(tt.words)
		if got != tt.want || (err != nil) != (tt.want == "") || err != nil && model.CodeOf(err) != model.CodeUsage {
			t.Errorf("%s %q: %q, %v", tt.cadence, tt.words, got, err)
		}
	}
	once := Form{Cadence: model.Once, Due: model.Due{On: "2026-11-30"}}
	if got := once.PeriodOn("2026-11-01"); got != "2026-11-30" {
		t.Errorf("asked once: %s", got)
	}
}
