package tasks

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page/steps"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// sheet is the list over the small county, with one column more.
func sheet() *source {
	d := small()
	all := chosenColumns(listColumns(d.ledger), []string{colUnit, colPerson, colDue, colLight, "target_qty"})
	return &source{data: d, cols: all, rows: grow(d).rows(view{Chip: chipAll}, nil), edits: edits{}}
}

func TestCheckCell(t *testing.T) {
	s := sheet()
	tests := []struct{ id, col, words, want string }{
		{"东", colTitle, "清淤", ""},
		{"东", colTitle, "", "不能空着"},
		{"东", colPerson, "", ""},
		{"东", colDue, "12月底前", ""},
		{"东", colDue, "哪天都行吧", "完成时限"},
		{"东", colLight, "红", "程序算出"},
		{"县", colTitle, "清淤", "上级的事项"},
	}
	for _, tt := range tests {
		col := s.cols[slices.IndexFunc(s.cols, func(c grid.Column) bool { return c.Key == tt.col })]
		err := checkCell(s.data, s.rows[rowOf(s.rows, tt.id)].node, col, tt.words)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s %s %q: %v", tt.id, tt.col, tt.words, err)
		}
	}
}

func TestStage(t *testing.T) {
	s := sheet()
	at := rowOf(s.rows, "西")
	title := slices.IndexFunc(s.cols, func(c grid.Column) bool { return c.Key == colTitle })
	got := stage(s, grid.Range{Row1: at, Col1: title}, [][]string{
		{"西", "西村", "甲", "哪天都行吧"},
		{"新名", "南村", "乙", "12月底前", "绿", "5", "表外"},
	})
	if len(got) != 6 {
		t.Fatalf("%d cells: %+v", len(got), got)
	}
	if e := got[cellKey{"西", colDue}]; e.problem == "" || e.words != "哪天都行吧" {
		t.Errorf("a bad day is not kept with its reason: %+v", e)
	}
	if e := got[cellKey{"南", colLight}]; e.problem == "" {
		t.Errorf("a computed column takes a value: %+v", e)
	}
	if e := got[cellKey{"南", colTitle}]; e.words != "新名" || e.problem != "" {
		t.Errorf("%+v", e)
	}
	if ready, bad := got.counts(); ready != 4 || bad != 2 || got.words() != "待写入 4 格，另有 2 格有问题，红格不会写入。" {
		t.Errorf("%d %d %s", ready, bad, got.words())
	}
	if e := stage(s, grid.Range{Row1: 0, Col1: title}, [][]string{{"县"}, {""}}); len(e) != 1 || e[cellKey{"镇", colTitle}].problem == "" {
		t.Errorf("a title emptied, the county's left: %+v", e)
	}
	if e := stage(s, grid.Range{Row1: len(s.rows) - 1, Col1: title}, [][]string{{"自"}, {"x"}}); len(e) != 0 {
		t.Errorf("beyond the end: %+v", e)
	}
}

func TestEdits_Words(t *testing.T) {
	if got := (edits{{"a", "b"}: {problem: "x"}}).words(); !strings.Contains(got, "1 格有问题") {
		t.Error(got)
	}
	if got := (edits{{"a", "b"}: {words: "x"}, {"a", "c"}: {sent: true}}).words(); !strings.Contains(got, "待写入 1 格") {
		t.Error(got)
	}
}

func TestEdit_Cell(t *testing.T) {
	old := grid.Cell{Text: "旧", Indent: 2}
	if c := (edit{words: "新"}).cell(old); c.Strike != "旧" || c.Text != "新" || c.Fill != grid.FillChanged || c.Indent != 2 {
		t.Errorf("%+v", c)
	}
	if c := (edit{words: "新", problem: "不行"}).cell(old); c.Fill != grid.FillConflict || c.Hint != "不行" {
		t.Errorf("%+v", c)
	}
	if c := (edit{words: "新", sent: true}).cell(old); c.Strike != "" || c.Fill != grid.FillNone || c.Text != "新" {
		t.Errorf("%+v", c)
	}
}

func TestChanges(t *testing.T) {
	d := small()
	d.reports["东"] = &model.Record{ID: "r1", Values: map[string]model.Value{}}
	ledger, list := changes(d, edits{{"西", colUnit}: {words: "西村"}, {"西", colDue}: {words: "长期"}, {"东", colTitle}: {words: "x", problem: "不行"},
		{"南", colTitle}: {words: "y", sent: true}})
	if ledger != ledgers.Task || len(list) != 1 || list[0].ID != "西" || len(list[0].Assign) != 2 {
		t.Fatalf("%s %+v", ledger, list)
	}
	ledger, list = changes(d, edits{{"西", ofReport + "text"}: {words: "开工"}, {"东", colReported}: {words: "40"}})
	if ledger != ledgers.Progress || len(list) != 2 {
		t.Fatalf("%s %+v", ledger, list)
	}
	if east := list[0]; east.ID != "r1" || east.Assign[0].Field != "reported_on" || east.Assign[1].Words != "40" {
		t.Errorf("a report that is there: %+v", east)
	}
	if west := list[1]; west.ID != "" || west.Assign[0].Words != "西" || west.Assign[1].Words != "2026-11" || west.Assign[3].Field != "text" {
		t.Errorf("a new report: %+v", west)
	}
	all := edits{{"西", ofReport + "text"}: {words: "开工"}, {"西", colReported}: {words: "400"}}
	_, list = changes(d, all)
	all.refuse(list[0], "percent", "太大")
	if all[cellKey{"西", colReported}].problem != "太大" || all[cellKey{"西", ofReport + "text"}].problem != "" {
		t.Errorf("%+v", all)
	}
	all.settle(list)
	if all.clean(); len(all) != 0 {
		t.Errorf("left: %+v", all)
	}
}

func TestOffers(t *testing.T) {
	d := small()
	village := model.Actor{Unit: "西村", Level: model.LevelVillage, Name: "乙"}
	town := d.actor
	tests := []struct {
		name  string
		actor model.Actor
		ids   []string
		want  string
	}{
		{"the town on a village's item in hand", town, []string{"东"}, "申请办结 办结 申请延期 中止 终止"},
		{"the town on one up for review", town, []string{"西"}, "办结 登记纸质审批 退回 中止 终止"},
		{"the town on a finished one", town, []string{"南"}, "恢复办理"},
		{"the village on its own", village, []string{"西"}, "登记纸质审批"},
		{"the village on another's", village, []string{"东"}, ""},
		{"the county's item", town, []string{"县"}, ""},
		{"several", town, []string{"东", "南"}, "申请办结 办结 恢复办理 申请延期 中止 终止"},
		{"none", town, nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d.actor = tt.actor
			var items []*model.Record
			for _, id := range tt.ids {
				items = append(items, d.byID[id])
			}
			var words []string
			for _, o := range offers(d, items) {
				words = append(words, o.step.Label)
			}
			if got := strings.Join(words, " "); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestLikelyAndAsks(t *testing.T) {
	d := small()
	for id, want := range map[string]string{"东": "申请办结", "西": "办结", "南": "恢复办理", "自": "签收"} {
		if o, _ := likely(offers(d, []*model.Record{d.byID[id]}), d.byID[id]); o.step.Label != want {
			t.Errorf("%s: %s, want %s", id, o.step.Label, want)
		}
	}
	if _, ok := likely(nil, d.byID["县"]); ok {
		t.Error("a step out of nothing")
	}
	flow := d.ledger.Flow
	for step, want := range map[string]string{"申请延期": "申请延期至 理由", "中止": "复核日期 理由", "退回": "理由", "签收": "", "登记纸质审批": "谁、什么时候批准的"} {
		var got []string
		for _, f := range steps.Asks(*flow.Step(step)) {
			got = append(got, f.Label)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s asks %v", step, got)
		}
	}
	back := offer{*flow.Step("退回"), []string{"a", "b"}}
	if stepWords(back, 1) != "退回…" || stepWords(back, 2) != "退回（2 项）…" || stepWords(back, 5) != "退回（5 项中的 2 项）…" {
		t.Errorf("%s", stepWords(back, 5))
	}
}

func TestUrge(t *testing.T) {
	d := small()
	d.byID["东"].Put("person", model.Reference("", "赵示例"))
	d.byID["东"].Put("due", model.OnDay("2026-11-10"))
	d.byID["东"].Derived["days_left"] = model.Int(-12)
	d.byID["东"].Derived["percent"] = model.Int(40_00)
	words, n := urge(d, []*model.Record{d.byID["东"], d.byID["南"], d.byID["西"]})
	want := "【催办】以下 2 项请抓紧办理，并报送进展：\n东村\n1. 东（责任人 赵示例，时限 2026-11-10，逾期 12 天，进度 40%）\n西村\n1. 西"
	if n != 2 || words != want {
		t.Errorf("%d:\n%s", n, words)
	}
	if words, n := urge(d, []*model.Record{d.byID["南"]}); n != 0 || words != "" {
		t.Error("a finished item is urged")
	}
}

func TestSum(t *testing.T) {
	d := small()
	it := d.byID["镇"]
	it.Put("target_qty", model.Int(12_0000))
	it.Put("target_unit", model.Text("公里"))
	it.Derived["owed"] = model.Int(1_2000)
	list := func(shares ...string) []*receiver {
		var out []*receiver
		for i, s := range shares {
			out = append(out, &receiver{name: []string{"东村", "西村", "南村"}[i], chosen: s != "-", share: strings.Trim(s, "-")})
		}
		return out
	}
	tests := []struct {
		list []*receiver
		want string
	}{
		{list("0.5", "0.3", "-"), "选了 2 个单位，合计 0.8公里，还剩 0.4公里 未分解。"},
		{list("0.5", "0.7"), "选了 2 个单位，合计 1.2公里，正好分完。"},
		{list("1", "1"), "选了 2 个单位，合计 2公里，比未分解的多 0.8公里，请核对。"},
		{list("很多"), "“东村”的分解量“很多”不是数，请改成数字。"},
		{list("-", "-"), "选了 0 个单位，合计 0公里，还剩 1.2公里 未分解。"},
	}
	for _, tt := range tests {
		if got := sum(d, it, tt.list).words(d, it); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
	bare := d.byID["自"]
	if got := sum(d, bare, list("")).words(d, bare); got != "选了 1 个单位。这一项没有目标量，只分任务。" {
		t.Error(got)
	}
	if got := sum(d, bare, list("2")).words(d, bare); !strings.Contains(got, "无法核对") {
		t.Error(got)
	}
}

func TestReceivers_PasteAndFind(t *testing.T) {
	tree := grow(small())
	list := receivers(tree, tree.nodes["镇"])
	var names []string
	for _, r := range list {
		names = append(names, r.name)
	}
	if strings.Join(names, " ") != "西村 南村 东村" || !list[0].has {
		t.Fatalf("%v", names)
	}
	if below := receivers(tree, tree.nodes["县"]); len(below) != 3 {
		t.Errorf("of the county's item: %d", len(below))
	}
	unknown := pasteShares(list, "1. 西村 1.2公里\n东　０.8\r\n\n北村 3\n南村")
	if strings.Join(unknown, " ") != "北村" || list[0].share != "1.2" || list[2].share != "０.8" || !list[1].chosen || list[1].share != "" {
		t.Errorf("%v %+v %+v %+v", unknown, list[0], list[1], list[2])
	}
	if got, more := matching(list, "xc", 5); len(got) != 1 || more != 0 {
		t.Errorf("by initials: %d", len(got))
	}
	if got, more := matching(list, "", 2); len(got) != 2 || more != 1 {
		t.Errorf("%d and %d more", len(got), more)
	}
	req := splitRequest("task", "镇", list)
	if len(req.To) != 3 || req.Shares[0] != "1.2" {
		t.Errorf("%+v", req)
	}
	if req := splitRequest("task", "镇", []*receiver{{id: "a", chosen: true}, {id: "b"}}); len(req.To) != 1 || req.Shares != nil {
		t.Errorf("without shares: %+v", req)
	}
}

func TestChain(t *testing.T) {
	tree := grow(small())
	links, more := chain(tree.nodes["镇"])
	var words []string
	for _, l := range links {
		words = append(words, strings.Repeat("-", l.depth)+l.node.rec.ID)
	}
	if got := strings.Join(words, " "); got != "县 -镇 --东 --西 --南" || more != 0 || !links[1].here {
		t.Errorf("%s, %d more", got, more)
	}
	n := &node{rec: item("上", "")}
	for range mostLinks + 5 {
		n.children = append(n.children, &node{rec: item("下", "上")})
	}
	if links, more := chain(n); len(links) != mostLinks || more != 6 {
		t.Errorf("%d links, %d more", len(links), more)
	}
}

func TestChoices(t *testing.T) {
	d := small()
	var units []string
	for _, c := range unitChoices(d) {
		units = append(units, c.Text)
	}
	if got := strings.Join(units, " "); got != "全部 town 西村 南村 东村" {
		t.Error(got)
	}
	d.byID["西"].Put("category", model.Text("土办法"))
	if got := categoryChoices(d); len(got) != 3 || got[1].Text != "产业振兴" || got[2].Text != "土办法" {
		t.Errorf("%+v", got)
	}
}

func TestExportRequest(t *testing.T) {
	d := small()
	cols := chosenColumns(listColumns(d.ledger), []string{colDue, colQuantity, colUnit})
	req := exportRequest(d, view{Chip: chipLate, Category: "产业", Unit: "东村", Search: "管", Columns: map[string]string{colDue: "12"}}, cols, "x.xlsx")
	if got := strings.Join(req.List.Where, " "); got != "light=red light_reason=time category=产业 unit~东村 due~12" {
		t.Error(got)
	}
	if got := strings.Join(req.Columns, " "); got != "title unit due_first due target_qty target_unit done_qty" || req.List.Area != "town" || req.List.Search != "管" {
		t.Errorf("%s %+v", got, req.List)
	}
	if exportRequest(d, view{Chip: chipAll}, cols, "").List.Where != nil {
		t.Error("全部 filters")
	}
}

func TestParentFor(t *testing.T) {
	tree := grow(small())
	for id, want := range map[string]string{"县": "县", "镇": "镇", "东": "镇", "自": ""} {
		got := parentFor(tree.nodes[id])
		if (got == nil) != (want == "") || got != nil && got.rec.ID != want {
			t.Errorf("%s: %+v", id, got)
		}
	}
	if parentFor(nil) != nil {
		t.Error("nothing chosen")
	}
}
