package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model/sheet"
)

// mustTool puts a program in xzctl's place that prints out and ends with code.
func mustTool(t *testing.T, d *demo, out, fault string, code string) {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell")
	}
	d.dir, d.xzctl = t.TempDir(), filepath.Join(t.TempDir(), "xz ctl")
	script := "#!" + sh + "\nprintf '%s' '" + out + "'\nprintf '%s' '" + fault + "' >&2\nexit " + code + "\n"
	if err := os.WriteFile(d.xzctl, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestCtl_ExitCodes(t *testing.T) {
	tests := []struct {
		name, out, fault, code string
		ok, okStrict           bool
	}{
		{"done", `{"op":3}`, "", "0", true, true},
		{"something to decide", `{"op":3}`, "", "12", true, false},
		{"refused", "", "不行。", "12", false, false},
		{"failed", `{"op":3}`, "坏了。", "1", false, false},
		{"no JSON", "已完成", "", "0", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := testDemo()
			mustTool(t, d, tt.out, tt.fault, tt.code)
			var answer done
			if _, err := d.ctlCode(&answer, "x"); (err == nil) != tt.ok || err != nil && !strings.Contains(err.Error(), tt.fault) {
				t.Errorf("ctlCode: %v", err)
			}
			if err := d.ctl(&answer, "x"); (err == nil) != tt.okStrict {
				t.Errorf("ctl: %v", err)
			}
			if tt.ok && answer.Op != 3 {
				t.Errorf("op %d", answer.Op)
			}
		})
	}
}

func TestList_RefusesAPartOfTheRecords(t *testing.T) {
	d := testDemo()
	mustTool(t, d, `{"total":2,"records":[{"id":"r1"}]}`, "", "0")
	if _, err := d.list("task"); err == nil {
		t.Error("one of two records passes for all")
	}
}

func TestSnapshot_SameAs(t *testing.T) {
	base := func() snapshot {
		return snapshot{tasks: []record{{"id": "t1", "title": "甲", "revision": "1"}}, progress: []record{{"id": "p1", "files": []any{"a"}}}}
	}
	tests := []struct {
		name   string
		change func(*snapshot)
		same   bool
	}{
		{"nothing", func(*snapshot) {}, true},
		{"revision", func(s *snapshot) { s.tasks[0]["revision"] = "2" }, true},
		{"value", func(s *snapshot) { s.tasks[0]["title"] = "乙" }, false},
		{"value gone", func(s *snapshot) { delete(s.tasks[0], "title") }, false},
		{"value more", func(s *snapshot) { s.progress[0]["text"] = "" }, false},
		{"list value", func(s *snapshot) { s.progress[0]["files"] = []any{"b"} }, false},
		{"record more", func(s *snapshot) { s.progress = append(s.progress, record{"id": "p2"}) }, false},
		{"record gone", func(s *snapshot) { s.tasks = nil }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			other := base()
			tt.change(&other)
			if err := base().sameAs(other, stamps); (err == nil) != tt.same {
				t.Errorf("%v", err)
			}
		})
	}
	touched := base()
	touched.tasks[0]["revision"] = "2"
	if base().sameAs(touched, nil) == nil {
		t.Error("nothing to ignore, and yet a new revision passes")
	}
}

// collectedState is a ledger in which 青山村 reported on one of its two tasks; the
// other village of the same name as 石桥村 is not ours.
func collectedState() *demo {
	d := testDemo()
	d.after = snapshot{
		tasks: []record{
			{"id": "t1", "area": "a1", "unit": villageTwice, "title": "甲", "state": "办理中", "derived": map[string]any{"days_left": "-3"}},
			{"id": "t2", "area": "a1", "unit": villageTwice, "title": "乙", "state": "已办结", "closed_on__end": "2026-11-02", "derived": map[string]any{"days_left": "-9"}},
			{"id": "t3", "area": "a2", "unit": villageTypo, "title": "丙", "state": "待签收"},
			{"id": "t4", "area": "b9", "unit": villageTypo, "title": "丙", "state": "办理中"},
		},
		progress: []record{
			{"task__id": "t1", "period": "2026-11", "percent": "65", "text": "在办", "problem": "缺钱", "next_step": "找钱"},
			{"task__id": "t1", "period": "2026-10", "percent": "60", "text": "旧的"},
			{"task__id": "t3", "period": "2026-11", "text": "才开始", "next_step": "再说"},
		},
	}
	d.entries = []entry{
		{village: villageTwice, title: "甲", percent: 65, typed: 65, text: "在办", problem: "缺钱", next: "找钱"},
		{village: villageTypo, title: "丙", percent: 20, typed: typo, text: "才开始", next: "再说"},
	}
	return d
}

func TestCompareEntries(t *testing.T) {
	tests := []struct {
		name   string
		change func(*demo)
		line   string // "" = a fault must be found
	}{
		{"as typed", func(*demo) {}, "村里填的 6 格与台账一致，另 1 格"},
		{"other value", func(d *demo) { d.after.progress[0]["percent"] = "66" }, ""},
		{"lost value", func(d *demo) { delete(d.after.progress[0], "next_step") }, ""},
		{"taken though held", func(d *demo) { d.after.progress[2]["percent"] = "110" }, ""},
		{"no progress", func(d *demo) { d.after.progress = nil }, ""},
		{"other month", func(d *demo) { d.period = "2026-10" }, ""},
		{"no task", func(d *demo) { d.after.tasks = d.after.tasks[1:] }, ""},
		{"replaced version", func(d *demo) {
			d.entries = append([]entry{{village: villageTwice, title: "甲", text: "第一版"}}, d.entries...)
		}, "6 格"},
		{"older version won", func(d *demo) { d.entries = append(d.entries, d.entries[0].second()) }, ""},
		{"township's own kept", func(d *demo) {
			d.contested = contest{"t1", "甲"}
			d.after.progress[0]["percent"] = "37"
		}, "另 2 格"},
		{"township's own overwritten", func(d *demo) { d.contested = contest{"t1", "甲"} }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := collectedState()
			tt.change(d)
			line, err := d.compareEntries()
			if (err == nil) != (tt.line != "") || !strings.Contains(line, tt.line) {
				t.Errorf("%q, %v", line, err)
			}
		})
	}
}

// summaryRows is the sheet 汇总 that fits collectedState.
func summaryRows() [][]string {
	return [][]string{
		{"甲镇任务进展汇总"},
		append([]string{"乡镇（村）"}, countTitles...),
		{villageTwice, "2", "1", "1", "0", "0", "1", "1", "1", "1"},
		{villageTypo, "1", "0", "0", "1", "0", "0", "0", "1", "0"},
		{sumLine, "3", "1", "1", "1", "0", "1", "1", "2", "1"},
	}
}

func TestCompareCounts(t *testing.T) {
	tests := []struct {
		name   string
		change func([][]string) [][]string
		ok     bool
	}{
		{"equal", func(r [][]string) [][]string { return r }, true},
		{"wrong figure", func(r [][]string) [][]string { r[2][3] = "2"; return r }, false},
		{"wrong sum", func(r [][]string) [][]string { r[4][1] = "4"; return r }, false},
		{"figure as text", func(r [][]string) [][]string { r[2][1] = "2 "; return r }, false},
		{"village gone", func(r [][]string) [][]string { return append(r[:3], r[4]) }, false},
		{"village twice", func(r [][]string) [][]string { r[3] = r[2]; return r }, false},
		{"no header", func(r [][]string) [][]string { return r[2:] }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book, err := sheet.Open(mustSheet(t, "汇总", tt.change(summaryRows())))
			if err != nil {
				t.Fatal(err)
			}
			if n, err := compareCounts(book, collectedState().countTasks()); (err == nil) != tt.ok || tt.ok && n != 3*len(countTitles) {
				t.Errorf("%d figures, %v", n, err)
			}
		})
	}
}

func TestCompareDetails(t *testing.T) {
	header := []string{"责任单位", "事项", "办理状态", "完成比例（%）", "进展情况", "存在问题", "下步打算"}
	lines := [][]string{
		{villageTwice, "乙", "已办结", "", "", "", ""},
		{villageTwice, "甲", "办理中", "65", "在办", "缺钱", "找钱"},
		{villageTypo, "丙", "待签收", "", "才开始", "", "再说"},
	}
	tests := []struct {
		name string
		rows [][]string
		ok   bool
	}{
		{"in any order", [][]string{header, lines[2], lines[0], lines[1]}, true},
		{"one gone", [][]string{header, lines[0], lines[1]}, false},
		{"one twice", [][]string{header, lines[0], lines[1], lines[1]}, false},
		{"other words", [][]string{header, lines[0], {villageTwice, "甲", "办理中", "66", "在办", "缺钱", "找钱"}, lines[2]}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book, err := sheet.Open(mustSheet(t, "明细", tt.rows))
			if err != nil {
				t.Fatal(err)
			}
			if err := collectedState().compareDetails(book); (err == nil) != tt.ok {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestCheckCounts(t *testing.T) {
	d := &demo{entries: make([]entry, 10)}
	good := collected{Add: 1, Update: 6, Same: 1, Conflict: 1, Problem: 1}
	if err := d.checkCounts(good, exitProblems); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*collected){
		"no conflict": func(c *collected) { c.Conflict, c.Update = 0, 7 }, "row lost": func(c *collected) { c.Update-- },
		"cleared": func(c *collected) { c.Cleared = 1 }, "not held back": func(c *collected) { c.Problem, c.Update = 0, 7 },
	} {
		bad := good
		change(&bad)
		if d.checkCounts(bad, exitProblems) == nil {
			t.Errorf("%s passes", name)
		}
	}
	if d.checkCounts(good, 0) == nil {
		t.Error("exit 0 passes although something is held back")
	}
}

func TestConflicts_OnlyTheOneThatIsMeant(t *testing.T) {
	one := `{"id":"c1","ledger":"progress","field":"percent","base":"","ours":"37","theirs":[{"value":"56","sender":"南坳村"}]}`
	tests := []struct {
		name, out string
		ok        bool
	}{
		{"the one", `{"conflicts":[` + one + `]}`, true},
		{"none", `{"conflicts":[]}`, false},
		{"two", `{"conflicts":[` + one + "," + one + `]}`, false},
		{"other value", `{"conflicts":[` + strings.Replace(one, "56", "55", 1) + `]}`, false},
		{"other sender", `{"conflicts":[` + strings.Replace(one, "南坳村", "石桥村", 1) + `]}`, false},
		{"other field", `{"conflicts":[` + strings.Replace(one, "percent", "text", 1) + `]}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := testDemo()
			d.contested = contest{"t1", "甲"}
			d.entries = []entry{{village: villageContest, title: "甲", percent: 56}}
			mustTool(t, d, tt.out, "", "0")
			if line, err := d.conflicts(); (err == nil) != tt.ok {
				t.Errorf("%q, %v", line, err)
			}
		})
	}
}

func TestMissing_OnlyTheSilentVillage(t *testing.T) {
	out := func(twice, text string) string {
		return `{"rows":[{"area":"青山村","status":"` + twice + `"},{"area":"石桥村","status":"待更正"},{"area":"松林村","status":"未报"}],"text":"` + text + `"}`
	}
	tests := []struct {
		name, out string
		ok        bool
	}{
		{"only it", out("已报", "请松林村报送"), true},
		{"another too", out("未报", "请松林村报送"), false},
		{"text names another", out("已报", "请松林村、青山村报送"), false},
		{"text names none", out("已报", "请报送"), false},
		{"nothing to correct", strings.Replace(out("已报", "请松林村报送"), "待更正", "已报", 1), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := testDemo()
			d.issued = []issuedFile{{Area: villageTwice}, {Area: villageTypo}, {Area: villageSilent}}
			mustTool(t, d, tt.out, "", "0")
			if line, err := d.missing(); (err == nil) != tt.ok {
				t.Errorf("%q, %v", line, err)
			}
		})
	}
}

func TestSameCells(t *testing.T) {
	rows := [][]string{{"甲", "12"}, {"", "乙"}}
	ours := mustSheet(t, "汇总", rows)
	if n, err := sameCells(ours, mustSheet(t, "汇总", rows)); err != nil || n != 3 {
		t.Errorf("%d cells, %v", n, err)
	}
	for name, other := range map[string]string{
		"other number": mustSheet(t, "汇总", [][]string{{"甲", "13"}, {"", "乙"}}), "cell gone": mustSheet(t, "汇总", rows[:1]),
		"number as text": mustSheet(t, "汇总", [][]string{{"甲", "12 "}, {"", "乙"}}), "sheet gone": mustSheet(t, "明细", rows),
	} {
		if _, err := sameCells(ours, other); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}
