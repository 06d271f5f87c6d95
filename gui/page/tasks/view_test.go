package tasks

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/steps"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// item makes a task; pairs are field and words.
func item(id, parent string, pairs ...string) *model.Record {
	r := model.NewRecord(ledgers.Task, id)
	r.Area = "town"
	r.Put("title", model.Text(id))
	r.Derived = map[string]model.Value{}
	if parent != "" {
		r.Put("parent", model.Reference(parent, parent))
	}
	for i := 0; i < len(pairs); i += 2 {
		key, words := pairs[i], pairs[i+1]
		switch key {
		case "unit":
			r.Put(key, model.Reference(words, words))
		case "light", "light_reason", "problem":
			r.Derived[key] = model.Text(words)
		default:
			r.Put(key, model.Text(words))
		}
	}
	return r
}

func area(id, parent string, level model.Level, order int64) *model.Record {
	r := model.NewRecord(ledgers.Area, id)
	r.Put("name", model.Text(id))
	r.Put("level", model.Text(string(level)))
	r.Put("order", model.Int(order))
	if parent != "" {
		r.Put("parent", model.Reference(parent, parent))
	}
	return r
}

// small is a county's item with a township's and three villages', and another
// township's.
func small() data {
	home := area("town", "county", model.LevelTown, 1)
	areas := []*model.Record{area("county", "", model.LevelCounty, 1), home, area("other", "county", model.LevelTown, 2),
		area("东村", "town", model.LevelVillage, 3), area("西村", "town", model.LevelVillage, 1), area("南村", "town", model.LevelVillage, 2)}
	d := data{ledger: catalog().Ledger(ledgers.Task), progress: catalog().Ledger(ledgers.Progress), today: testDay, period: "2026-11",
		home: home, soon: "3", own: map[string]bool{}, byID: map[string]*model.Record{}, places: newPlaces(areas, nil),
		reports: map[string]*model.Record{}, earlier: map[string]*model.Record{}, actor: model.Actor{Unit: "town", Level: model.LevelTown, Name: "甲"}}
	d.all = []*model.Record{
		item("县", "", "unit", "county", "light", ledgers.LightBelow),
		item("镇", "县", "unit", "town", "light", ledgers.LightBelow, "state", ledgers.StateDoing),
		item("东", "镇", "unit", "东村", "light", ledgers.LightRed, "light_reason", ledgers.ReasonTime, "state", ledgers.StateDoing, "category", "产业振兴"),
		item("西", "镇", "unit", "西村", "light", ledgers.LightGreen, "state", ledgers.StateReview, "problem", "缺管材"),
		item("南", "镇", "unit", "南村", "light", ledgers.LightDone, "state", ledgers.StateDone),
		item("外", "县", "unit", "other"),
		item("自", "", "unit", "town", "light", ledgers.LightYellow, "light_reason", ledgers.ReasonTime, "state", ledgers.StateSign),
	}
	for _, r := range d.all {
		d.byID[r.ID], d.own[r.ID] = r, r.ID != "县" && r.ID != "外"
	}
	return d
}

func catalog() *model.Catalog { return model.NewCatalog(ledgers.All()...) }

// shape writes rows down: depth and id.
func shape(rows []row) string {
	var out []string
	for _, r := range rows {
		out = append(out, strings.Repeat("-", r.depth)+r.rec.ID)
	}
	return strings.Join(out, " ")
}

func TestTree_Rows(t *testing.T) {
	tests := []struct {
		name string
		view view
		shut []string
		want string
	}{
		{"all, in the order of the divisions", view{Chip: chipAll}, nil, "县 -镇 --西 --南 --东 自"},
		{"folded", view{Chip: chipAll}, []string{"镇"}, "县 -镇 自"},
		{"a filter unfolds", view{Chip: chipLate}, []string{"县"}, "县 -镇 --东"},
		{"待签收", view{Chip: chipTodo}, nil, "自"},
		{"待审核", view{Chip: chipReview}, nil, "县 -镇 --西"},
		{"已办结", view{Chip: chipDone}, nil, "县 -镇 --南"},
		{"临期", view{Chip: chipSoon}, nil, "自"},
		{"nothing", view{Chip: chipGap}, nil, ""},
		{"category", view{Category: "产业振兴"}, nil, "县 -镇 --东"},
		{"unit", view{Unit: "西村"}, nil, "县 -镇 --西"},
		{"search in problems", view{Search: "管材"}, nil, "县 -镇 --西"},
		{"search by initials", view{Search: "qgc"}, nil, "县 -镇 --西"},
		{"a column", view{Columns: map[string]string{colUnit: "南"}}, nil, "县 -镇 --南"},
		{"flat", view{Chip: chipAll, Flat: true}, nil, "镇 西 南 东 自"},
		{"flat by light", view{Flat: true, Sort: grid.Sort{Key: colLight}}, nil, "东 自 西 镇 南"},
		{"sorted among siblings, empty last", view{Sort: grid.Sort{Key: "category", Desc: true}}, nil, "县 -镇 --东 --西 --南 自"},
	}
	tree := grow(small())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			shut := map[string]bool{}
			for _, id := range tt.shut {
				shut[id] = true
			}
			if got := shape(tree.rows(tt.view, shut)); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestTree_LoopsAndStrays(t *testing.T) {
	d := small()
	d.all = append(d.all, item("环", "环", "unit", "town"), item("孤", "没有", "unit", "town"))
	for _, id := range []string{"环", "孤"} {
		d.own[id] = true
	}
	if got := shape(grow(d).rows(view{Chip: chipAll}, nil)); !strings.Contains(got, " 环") || !strings.Contains(got, " 孤") {
		t.Errorf("%s", got)
	}
	if !d.places.within("东村", "town") || d.places.within("other", "town") || d.places.within("none", "town") || !d.places.within("none", "") {
		t.Error("within")
	}
	if got := d.places.crumb("西村"); got != "county › town › 西村" {
		t.Errorf("%s", got)
	}
}

func TestCounts(t *testing.T) {
	got := counts(small())
	for key, want := range map[string]int{chipAll: 5, chipLate: 1, chipSoon: 1, chipReview: 1, chipTodo: 1, chipDone: 1, chipGap: 0, chipStale: 0} {
		if got[key] != want {
			t.Errorf("%s: %d, want %d", key, got[key], want)
		}
	}
	if len(chipWhere) != len(chipFits)-1 {
		t.Error("a chip cannot be exported")
	}
}

func TestFastRows(t *testing.T) {
	tree := grow(small())
	if got := shape(tree.fastRows("", view{Chip: chipAll})); got != "自 西 东" {
		t.Errorf("%s", got)
	}
	if got := shape(tree.fastRows("镇", view{Chip: chipAll})); got != "西 东" {
		t.Errorf("below one: %s", got)
	}
	if got := shape(tree.fastRows("镇", view{Chip: chipLate})); got != "东" {
		t.Errorf("late ones: %s", got)
	}
	if got := fastWords(tree, &fast{top: "镇"}, 2); !strings.Contains(got, "2026年11月“镇”，2 项") {
		t.Errorf("%s", got)
	}
	if monthWords("2026-09") != "2026年9月" || monthWords("x") != "x" {
		t.Error("monthWords")
	}
}

func TestLight(t *testing.T) {
	tests := []struct {
		light, reason string
		days, below   int64
		mark          look.Mark
		words         string
	}{
		{ledgers.LightRed, ledgers.ReasonTime, -12, 0, look.MarkOverdue, "逾期 12 天"},
		{ledgers.LightRed, ledgers.ReasonGap, 5, 0, look.MarkOverdue, "进度滞后"},
		{ledgers.LightRed, ledgers.ReasonSilence, 5, 0, look.MarkOverdue, "久未更新"},
		{ledgers.LightRed, ledgers.ReasonReview, 5, 0, look.MarkOverdue, "到期未复核"},
		{ledgers.LightYellow, ledgers.ReasonTime, 3, 0, look.MarkSoon, "剩 3 天"},
		{ledgers.LightYellow, ledgers.ReasonTime, 0, 0, look.MarkSoon, "今天到期"},
		{ledgers.LightYellow, ledgers.ReasonGap, 9, 0, look.MarkSoon, "进度偏慢"},
		{ledgers.LightYellow, ledgers.ReasonSilence, 9, 0, look.MarkSoon, "久未更新"},
		{ledgers.LightYellow, ledgers.ReasonReview, 9, 0, look.MarkSoon, "待复核"},
		{ledgers.LightGreen, "", 9, 0, look.MarkFine, "正常"},
		{ledgers.LightBelow, "", 9, 2, look.MarkBelow, "下级逾期 2 项"},
		{ledgers.LightDone, "", 9, 0, look.MarkDone, "已办结"},
		{ledgers.LightNone, "", 0, 0, look.MarkNone, ""},
	}
	for _, tt := range tests {
		r := item("x", "", "light", tt.light, "light_reason", tt.reason)
		r.Derived["days_left"], r.Derived["late_below"] = model.Int(tt.days), model.Int(tt.below)
		if mark, words := steps.Light(r); mark != tt.mark || words != tt.words {
			t.Errorf("%s %s: %v %s", tt.light, tt.reason, mark, words)
		}
	}
}

func TestPercentAndQuantity(t *testing.T) {
	l := catalog().Ledger(ledgers.Task)
	tests := []struct {
		name            string
		state           string
		numbers         map[string]int64
		share           float32
		words, quantity string
		owed            string
	}{
		{"reported", ledgers.StateDoing, map[string]int64{"percent": 40_00, "target_qty": 1_5000, "done_qty": 6000}, 0.4, "40%", "0.6/1.5 公里", ""},
		{"summed", ledgers.StateDoing, map[string]int64{"computed_percent": 67_04, "target_qty": 12_0000, "computed_qty": 8_0000, "owed": 1_2000}, 0.6704, "67%", "8/12 公里", "未分解1.2公里"},
		{"finished of all", ledgers.StateDoing, map[string]int64{"children_total": 4, "children_done": 1}, 0.25, "1/4 项", "", ""},
		{"done", ledgers.StateDone, map[string]int64{"percent": 90_00}, 1, "100%", "", ""},
		{"too much", ledgers.StateDoing, map[string]int64{"percent": 120_00}, 1, "120%", "", ""},
		{"unknown", ledgers.StateDoing, nil, 0, "", "", ""},
		{"not begun", ledgers.StateDoing, map[string]int64{"target_qty": 100_0000, "owed": -5}, 0, "", "0/100 公里", ""},
	}
	for _, tt := range tests {
		r := item("x", "", "state", tt.state, "target_unit", "公里")
		for key, n := range tt.numbers {
			r.Derived[key] = model.Int(n)
		}
		share, words, _ := percent(r)
		if diff := share - tt.share; diff > 0.001 || diff < -0.001 || words != tt.words || quantity(l, r) != tt.quantity || owed(l, r) != tt.owed {
			t.Errorf("%s: %v %s %s %s", tt.name, share, words, quantity(l, r), owed(l, r))
		}
	}
}

func TestColumns(t *testing.T) {
	l := catalog().Ledger(ledgers.Task)
	all := listColumns(l)
	var titles, keys []string
	for _, c := range all {
		if slices.Contains(keys, c.Key) || c.Title == "" {
			t.Errorf("column %s twice or without a title", c.Key)
		}
		keys, titles = append(keys, c.Key), append(titles, c.Title)
	}
	if got := chosenColumns(all, nil); len(got) != len(shipped) {
		t.Errorf("shipped: %d", len(got))
	}
	if got := chosenColumns(all, []string{"remark"}); len(got) != 2 || got[0].Key != colTitle || got[1].Key != "remark" {
		t.Errorf("chosen: %+v", got)
	}
	if i := slices.Index(keys, "urgency"); i < 0 || len(all[i].Options) == 0 || !all[i].Editable {
		t.Errorf("紧急程度 is not chosen from a list: %v", titles)
	}
	for _, c := range all {
		if (c.Key == colState || c.Key == colLight || c.Key == "held_up") && c.Editable {
			t.Errorf("%s can be typed", c.Title)
		}
	}
	if length("甲乙ab") != 3 {
		t.Errorf("length %d", length("甲乙ab"))
	}
}

func TestSource_Cells(t *testing.T) {
	d := small()
	due := d.byID["东"]
	due.Put("due", model.OnDay("2026-11-30"))
	due.Put("due_first", model.OnDay("2026-10-25"))
	tree := grow(d)
	s := &source{data: d, cols: listColumns(d.ledger), rows: tree.rows(view{Chip: chipAll}, nil), edits: edits{}}
	at := func(id, key string) grid.Cell {
		return s.Cell(rowOf(s.rows, id), slices.IndexFunc(s.cols, func(c grid.Column) bool { return c.Key == key }))
	}
	if c := at("县", colTitle); c.Tone != look.ToneQuiet || c.Fill != grid.FillMuted || c.Twist != grid.TwistOpen || !c.Bold {
		t.Errorf("the county's: %+v", c)
	}
	if c := at("东", colDue); c.Text != "11-30" || c.Strike != "10-25" || !strings.Contains(c.Hint, "原时限") {
		t.Errorf("延期: %+v", c)
	}
	if c := at("东", colLight); c.Mark != look.MarkOverdue || c.Tone != look.ToneOverdue {
		t.Errorf("light: %+v", c)
	}
	if c := at("东", colTitle); c.Indent != 2 || c.Twist != grid.TwistNone {
		t.Errorf("leaf: %+v", c)
	}
	s.edits[cellKey{"东", colPerson}] = edit{words: "甲\n乙"}
	if c := at("东", colPerson); c.Text != "甲 乙" || c.Fill != grid.FillChanged {
		t.Errorf("staged: %+v", c)
	}
	s.flat = true
	if c := at("东", colTitle); c.Indent != 0 {
		t.Error("flat is indented")
	}
}

func TestKept(t *testing.T) {
	prefs := test.NewTempApp(t).Preferences()
	k := recall(prefs)
	k.Columns, k.Widths["due"] = []string{"due"}, 99
	k.put(namedView{Name: "逾期", View: view{Chip: chipLate}})
	k.put(namedView{Name: "本月", View: view{Columns: map[string]string{colUnit: "甲"}, Sort: grid.Sort{Key: colDue, Desc: true}, Flat: true}})
	k.put(namedView{Name: "逾期", View: view{Chip: chipSoon}})
	must(t, k.keep(prefs))
	got := recall(prefs)
	if len(got.Views) != 2 || got.view("逾期").View.Chip != chipSoon || !got.view("本月").View.Flat || got.view("本月").View.Sort.Key != colDue || got.Widths["due"] != 99 {
		t.Errorf("%+v", got)
	}
	got.drop("逾期")
	if got.view("逾期") != nil || len(got.Views) != 1 {
		t.Error("drop")
	}
	prefs.SetString(keyLayout, "{broken")
	if got := recall(prefs); len(got.Views) != 0 || got.Widths == nil {
		t.Errorf("what cannot be read: %+v", got)
	}
}

// many makes n tasks under 50 items of the township.
func many(n int) data {
	d := small()
	d.all, d.own, d.byID = nil, map[string]bool{}, map[string]*model.Record{}
	for i := range n {
		parent := ""
		if i >= 50 {
			parent = fmt.Sprint("任务", i%50)
		}
		r := item(fmt.Sprint("任务", i), parent, "unit", []string{"东村", "西村", "南村"}[i%3], "light", ledgers.LightGreen, "state", ledgers.StateDoing)
		r.Put("due", model.OnDay(testDay.Add(i%300)))
		r.Put("content", model.Text("改造农村供水管网，更换主管，清淤水池"))
		r.Derived["percent"] = model.Int(int64(i % 10000))
		d.all, d.own[r.ID], d.byID[r.ID] = append(d.all, r), true, r
	}
	return d
}

func BenchmarkRows20000(b *testing.B) {
	tree := grow(many(20000))
	for name, v := range map[string]view{
		"all":        {Chip: chipAll},
		"chip":       {Chip: chipLate},
		"search":     {Search: "管网"},
		"initials":   {Search: "gsgw"},
		"filter":     {Columns: map[string]string{colUnit: "东"}},
		"sortDue":    {Sort: grid.Sort{Key: colDue}},
		"sortTitle":  {Sort: grid.Sort{Key: colTitle}, Flat: true},
		"sortUnit":   {Sort: grid.Sort{Key: colUnit}, Flat: true},
		"sortAmount": {Sort: grid.Sort{Key: colPercent}, Flat: true},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				tree.rows(v, nil)
			}
		})
	}
	b.Run("grow", func(b *testing.B) {
		for b.Loop() {
			grow(tree.data)
		}
	})
	b.Run("counts", func(b *testing.B) {
		for b.Loop() {
			counts(tree.data)
		}
	})
}
