package ledgers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
)

func TestArise(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	tests := []struct {
		name, from string
		source     values
		to         string
		want       string // field=words, parted by a blank; "" = refused
	}{
		{"a decision becomes a task", Decision, values{"title": "增派施工队", "unit": "白石村", "due": "2026-12-01", "domain": "乡村振兴", "state": "办理中"}, Task,
			"domain=乡村振兴 due=2026-12-01 origin=增派施工队 title=增派施工队 unit=白石村"},
		{"a problem a secretary found", Act, values{"title": "查看管网", "problem": "施工力量不足\n材料未到", "village": "白石村", "kind": "调研"}, Rectification,
			"origin=查看管网 title=施工力量不足 unit=白石村"},
		{"an act without a problem", Act, values{"title": "部署秋收", "kind": "部署"}, Task, "origin=部署秋收 title=部署秋收"},
		{"a visit to the contact point", ContactPoint, values{"village": "南坳村", "problem": "记录不全"}, Rectification, "origin=南坳村 title=记录不全 unit=南坳村"},
		{"an order about a late item", Task, values{"title": "清淤", "unit": "白石村", "due": "2026-11-01", "state": "办理中", "domain": "乡村振兴"}, Order,
			"domain=乡村振兴 item=清淤 title=清淤 unit=白石村"},
		{"what was reported is no problem found", Task, values{"title": "清淤", "problem": "缺人"}, Order, "item=清淤 title=清淤"},
		{"a meeting decides", Meeting, values{"title": "调度会", "domain": "党建"}, Decision, "domain=党建 meeting=调度会"},
		{"a meeting decides on an item", Task, values{"title": "清淤", "unit": "白石村"}, Decision, "item=清淤 title=清淤 unit=白石村"},
		{"a need of an item", Task, values{"title": "清淤", "unit": "白石村"}, Need, "item=清淤 title=清淤 unit=白石村"},
		{"a person is no item", Person, values{"name": "张示例一"}, Task, ""},
		{"nothing arises in the study ledger", Task, values{"title": "清淤"}, Study, ""},
	}
	for _, tt := range tests {
		source, to := record(t, tt.from, tt.source), catalog.Ledger(tt.to)
		rec, err := Arise(catalog.Ledger(tt.from), source, to)
		if (tt.want == "") != (model.CodeOf(err) == model.CodeUsage) {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if err != nil {
			continue
		}
		var got []string
		for key, v := range rec.Values {
			if to.Field(key) == nil {
				t.Errorf("%s: no field %s", tt.name, key)
			}
			got = append(got, key+"="+to.Field(key).Show(v))
		}
		slices.Sort(got)
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, got, tt.want)
		}
	}
}

func TestOffers(t *testing.T) {
	item := func(id, due, state string) *model.Record {
		r := record(t, Task, values{"due": due, "state": state})
		r.ID = id
		return r
	}
	children := []*model.Record{
		item("same as before", "2026-11-30", "办理中"), item("earlier", "2026-11-15", "办理中"), item("later", "2027-01-15", "办理中"),
		item("closed", "2026-11-30", "已办结"), item("ended", "2027-01-15", "已终止"), item("long term", "长期坚持", "办理中"),
	}
	tests := []struct{ name, due, first, want string }{
		{"extended", "2026-12-31", "2026-11-30", "[same as before later]"},
		{"never moved", "2026-12-31", "", "[later]"},
		{"brought forward", "2026-11-20", "", "[same as before later]"},
		{"long term", "长期坚持", "", "[]"},
	}
	for _, tt := range tests {
		own := values{"due": tt.due}
		if tt.first != "" {
			own["due_first"] = tt.first
		}
		parent := record(t, Task, own)
		ids := []string{}
		for _, o := range Offers(parent, children) {
			ids = append(ids, o.Record)
			if o.Field != "due" || o.To != parent.Get("due") || o.From == o.To {
				t.Errorf("%s: %+v", tt.name, o)
			}
		}
		if got := fmt.Sprint(ids); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestArises(t *testing.T) {
	c := model.NewCatalog(All()...)
	for _, tt := range []struct {
		from, to string
		want     bool
	}{{Task, Order, true}, {Decision, Task, true}, {Meeting, Decision, true}, {Order, Task, true}, {Task, Household, false}, {Person, Task, false}} {
		if got := Arises(c.Ledger(tt.from), c.Ledger(tt.to)); got != tt.want {
			t.Errorf("%s out of %s: %v", tt.to, tt.from, got)
		}
	}
}
