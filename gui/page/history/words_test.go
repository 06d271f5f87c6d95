package history

import (
	"strings"
	"testing"
	"time"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

func TestStatusAndStep(t *testing.T) {
	tests := []struct {
		op     model.Operation
		mark   look.Mark
		status string
		step   step
		does   string
	}{
		{model.Operation{ID: 7, Kind: "set"}, look.MarkNone, "可撤销", step{"撤销这一步", 7}, "恢复成改动之前的样子"},
		{model.Operation{ID: 7, Kind: "set", Undone: 9}, look.MarkDone, "已撤销", step{"重做这一步", 9}, "重新写回去"},
		{model.Operation{ID: 9, Kind: "undo", Undoes: 7}, look.MarkNone, "撤销操作", step{"取消这次撤销", 9}, "重新写回去"},
		{model.Operation{ID: 9, Kind: "undo", Undoes: 7, Undone: 10}, look.MarkDone, "已撤销", step{"重做这一步", 10}, "重新写回去"},
		{model.Operation{ID: 10, Kind: "redo", Undoes: 9}, look.MarkNone, "可撤销", step{"撤销这一步", 10}, "恢复成"},
	}
	for _, tt := range tests {
		mark, words := status(tt.op)
		if mark != tt.mark || words != tt.status || stepOf(tt.op) != tt.step {
			t.Errorf("%+v: %v %s %+v", tt.op, mark, words, stepOf(tt.op))
		}
		if q := question(tt.op, "任务 3"); !strings.Contains(q.Text, tt.does) || !strings.Contains(q.Text, "（任务 3）") || q.Yes != tt.step.label {
			t.Errorf("%+v asks %+v", tt.op, q)
		}
	}
}

func TestDays(t *testing.T) {
	const today = model.Day("2026-11-22")
	tests := []struct {
		words    string
		from, to model.Day
		ok       bool
	}{
		{"", "", "", true},
		{"全部日期", "", "", true},
		{"今天", "2026-11-22", "2026-11-22", true},
		{"昨天", "2026-11-21", "2026-11-21", true},
		{"近 7 天", "2026-11-16", "2026-11-22", true},
		{"近 30 天", "2026-10-24", "2026-11-22", true},
		{"11-20", "2026-11-20", "2026-11-20", true},
		{"2025-3-5", "2025-03-05", "2025-03-05", true},
		{"上上周", "", "", false},
	}
	for _, tt := range tests {
		from, to, err := days(tt.words, today)
		if from != tt.from || to != tt.to || (err == nil) != tt.ok {
			t.Errorf("%q: %s to %s, %v", tt.words, from, to, err)
		}
	}
}

func TestWhenAndWho(t *testing.T) {
	op := model.Operation{At: time.Date(2026, 11, 20, 16, 5, 0, 0, time.Local)}
	if got := when(op, "2026-11-22"); got != "11-20 16:05" {
		t.Error(got)
	}
	if got := when(op, "2027-01-02"); got != "2026-11-20 16:05" {
		t.Error(got)
	}
	if got := who(op); got != "本机" {
		t.Error(got)
	}
	op.Actor.Name = "李示例二"
	if got := who(op); got != "李示例二" {
		t.Error(got)
	}
}

func TestSay(t *testing.T) {
	c := model.NewCatalog(ledgers.All()...)
	text := func(s string) map[string]model.Value { return map[string]model.Value{"name": model.Text(s)} }
	tests := []struct {
		name  string
		entry model.Entry
		known string
		want  string
	}{
		{"changed", model.Entry{Ledger: "unit", Kind: model.Changed, Before: text("农服"), After: text("农服中心")}, "农服中心", "修改 单位“农服中心”|名称：农服 → 农服中心"},
		{"added in one go", model.Entry{Ledger: "unit", Kind: model.Added, After: map[string]model.Value{"name": model.Text("农服"), "leader": model.Text("示例一")}}, "农服", "新增 单位“农服”|名称：农服；负责人：示例一"},
		{"deleted", model.Entry{Ledger: "unit", Kind: model.Deleted, Before: text("农服")}, "", "删除 单位“已删除的记录”|名称：农服"},
		{"sensitive", model.Entry{Ledger: "person", Kind: model.Changed, After: map[string]model.Value{"id_number": model.Text("110101199003071234")}}, "甲", "修改 人员“甲”|证件号码：110***********1234"},
		{"an unknown ledger", model.Entry{Ledger: "gone", Kind: model.Added}, "", "新增 gone"},
	}
	for _, tt := range tests {
		s := say(c, tt.entry, tt.known)
		got := strings.Join(append([]string{s.title}, s.lines...), "|")
		if tt.name == "sensitive" {
			if strings.Contains(got, "19900307") {
				t.Errorf("shows the whole number: %s", got)
			}
			continue
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestPageWords(t *testing.T) {
	if got := pageWords(0, 5, 5); got != "" {
		t.Error(got)
	}
	if got := pageWords(20, 20, 1600); got != "第 21–40 条，共 1600 条" {
		t.Error(got)
	}
}

func TestSource(t *testing.T) {
	var ops []model.Operation
	for i := range 2*pageRows + 1 {
		ops = append(ops, model.Operation{ID: int64(1000 - i), Label: "新增任务", Rows: 3})
	}
	var wanted []int
	s := &source{today: "2026-11-22", total: len(ops), pages: paged(ops), want: func(p int) { wanted = append(wanted, p) }}
	delete(s.pages, 1)
	if s.Len() != 201 || s.op(200).ID != 800 || s.op(150) != nil || s.op(-1) != nil || s.rowOf(800) != 200 || s.rowOf(5) != -1 {
		t.Error("pages and rows do not agree")
	}
	if s.extent() != 3*pageRows || (&source{}).extent() != pageRows {
		t.Error("the extent of what was read")
	}
	if c := s.Cell(150, colWhat); c.Text != "" || len(wanted) != 1 || wanted[0] != 1 {
		t.Errorf("%+v, wanted %v", c, wanted)
	}
	if c := s.Cell(0, colRows); c.Text != "3 条" {
		t.Errorf("%+v", c)
	}
	ops[0].Undone = 5
	if c := s.Cell(0, colStatus); c.Text != "已撤销" || c.Mark != look.MarkDone || c.Tone != look.ToneQuiet {
		t.Errorf("%+v", c)
	}
}

func TestOperationsOf(t *testing.T) {
	e := func(id int64) model.Entry { return model.Entry{Op: model.Operation{ID: id}} }
	got := operationsOf([]model.Entry{e(9), e(9), e(4), e(1)})
	if len(got) != 3 || got[0].ID != 9 || got[2].ID != 1 {
		t.Errorf("%+v", got)
	}
}

func TestLedgerChoices_PeoplesFirst(t *testing.T) {
	c := model.NewCatalog(ledgers.All()...)
	got := ledgerChoices(c)
	if got[0].Text != "全部台账" || len(got) != len(c.All())+1 || c.Ledger(got[1].ID).System || !c.Ledger(got[len(got)-1].ID).System {
		t.Errorf("%+v", got)
	}
}
