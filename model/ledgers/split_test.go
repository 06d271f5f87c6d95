package ledgers

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

func splitParent(t *testing.T) *model.Record {
	p := record(t, Task, values{
		"title": "饮水安全巩固提升", "domain": "乡村振兴", "category": "乡村建设", "content": "改造管网", "due": "2026年12月底前",
		"target_qty": "5", "target_unit": "公里", "state": "办理中", "urgency": "一般", "report_every": "月", "evidence_need": "是",
		"due_first": "2026-10-31", "closed_on": "2026-11-01", "applied_by": "x", "remark": "内部", "person": "李示例二", "coop": "财政所",
	})
	p.ID = "parent"
	p.Put("unit", model.Reference(townID, "甲镇"))
	p.Put("lead_unit", model.Reference("water", "县水利局"))
	return p
}

func share(words string) model.Value {
	v, _ := rule.Parse(task().Field("target_qty"), rule.Input{Text: words})
	return v
}

func TestSplit(t *testing.T) {
	parent := splitParent(t)
	children, problems := Split(parent, []Receiver{
		{ID: "v1", Words: "甲一村", Area: "a1", Share: share("1.2")},
		{ID: "v2", Words: "甲二村", Area: "a2", Share: share("2.6")},
	})
	if len(problems) > 0 || len(children) != 2 {
		t.Fatalf("%d children, %v", len(children), problems)
	}
	c := children[1]
	if c.ID != "" || c.Ledger != Task || c.Area != "a2" {
		t.Errorf("child %q of %s in %s", c.ID, c.Ledger, c.Area)
	}
	for key, want := range map[string]model.Value{
		"parent": model.Reference("parent", "饮水安全巩固提升"), "unit": model.Reference("v2", "甲二村"),
		"lead_unit": model.Reference(townID, "甲镇"), "state": model.Text(StateTodo),
		"target_qty": model.Int(26000), "target_unit": model.Text("公里"),
	} {
		if c.Get(key) != want {
			t.Errorf("%s = %+v, want %+v", key, c.Get(key), want)
		}
	}
	for _, key := range splitCopies {
		if c.Get(key) != parent.Get(key) {
			t.Errorf("%s is not taken over", key)
		}
	}
	for _, key := range []string{"due_first", "closed_on", "applied_by", "remark", "person", "coop", "files"} {
		if !c.Get(key).IsEmpty() {
			t.Errorf("%s is the parent's own", key)
		}
	}
}

func TestSplit_CopiesExist(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	for _, key := range splitCopies {
		if !slices.ContainsFunc(Followed(), func(l string) bool { return catalog.Ledger(l).Field(key) != nil }) {
			t.Errorf("no ledger has %s", key)
		}
	}
}

func TestSplit_Problems(t *testing.T) {
	names := []string{"甲一村", "甲二村"}
	to := func(shares ...string) []Receiver {
		out := make([]Receiver, len(shares))
		for i, s := range shares {
			out[i] = Receiver{ID: names[i], Words: names[i], Share: share(s)}
		}
		return out
	}
	tests := []struct {
		name    string
		target  string
		to      []Receiver
		message string // "" = no problem
	}{
		{"less than the target", "5", to("1.2", "2.6"), ""},
		{"all of it", "5", to("2.4", "2.6"), ""},
		{"more than the target", "5", to("2.5", "2.6"), "分解量合计 5.1公里，超过上级事项的目标量 5公里。"},
		{"no shares", "5", to("", ""), ""},
		{"no target", "", to("", ""), ""},
		{"shares without a target", "", to("1", "1"), "上级事项没有填目标量，分解量无法核对。"},
		{"one without a share", "5", to("1", ""), "“甲二村”没有分到目标量。"},
	}
	for _, tt := range tests {
		parent := splitParent(t)
		parent.Put("target_qty", share(tt.target))
		_, problems := Split(parent, tt.to)
		if tt.message == "" {
			if len(problems) > 0 {
				t.Errorf("%s: %v", tt.name, problems)
			}
			continue
		}
		if len(problems) != 1 || problems[0].Message != tt.message || problems[0].Level != model.Doubt || problems[0].Record != "parent" {
			t.Errorf("%s: %v, want %s", tt.name, problems, tt.message)
		}
	}
}

// TestSplit_OwedIsWhatIsLeft joins splitting and adding up: what the parent still
// owes is its target less the shares.
func TestSplit_OwedIsWhatIsLeft(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		parent := splitParent(t)
		shares := rapid.SliceOfN(rapid.Int64Range(1, 100_0000), 1, 20).Draw(rt, "shares")
		to, sum := make([]Receiver, len(shares)), int64(0)
		for i, n := range shares {
			to[i] = Receiver{ID: "v", Words: "村", Share: model.Int(n)}
			sum += n
		}
		children, problems := Split(parent, to)
		d := deriveItem(model.DeriveInput{Record: parent, Children: children, Params: rule.Defaults(), Today: today})
		if got, want := d.Values["owed"].Num, parent.Get("target_qty").Num-sum; got != want {
			rt.Fatalf("owed %d, want %d", got, want)
		}
		if (sum > parent.Get("target_qty").Num) != (len(problems) == 1) {
			rt.Fatalf("shares %d of %d: %v", sum, parent.Get("target_qty").Num, problems)
		}
	})
}
