package ledgers

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// record makes a record of the ledger with the values given in words, read as
// an import reads them.
func record(t *testing.T, ledger string, values map[string]string) *model.Record {
	t.Helper()
	l := model.NewCatalog(All()...).Ledger(ledger)
	r := model.NewRecord(ledger, "r1")
	for key, words := range values {
		f := l.Field(key)
		if f == nil {
			t.Fatalf("%s has no field %s", ledger, key)
		}
		v, problems := rule.Parse(f, rule.Input{Text: words, Ref: today})
		if len(problems) > 0 {
			t.Fatalf("%s %q: %v", key, words, problems)
		}
		if l.IsDerived(key) {
			if r.Derived == nil {
				r.Derived = map[string]model.Value{}
			}
			r.Derived[key] = v
			continue
		}
		r.Put(key, v)
	}
	return r
}

// values is short for fields in words.
type values = map[string]string

// today is a Sunday.
const today = model.Day("2026-11-22")

func TestChecks(t *testing.T) {
	tests := []struct {
		name   string
		ledger string
		own    values
		parent values
		want   []string // rule/field
	}{
		{"code", Area, values{"name": "青山村", "level": "村", "code": "990101101201"}, values{"code": "990101101000", "level": "乡镇"}, nil},
		{"code too short", Area, values{"name": "青山村", "level": "村", "code": "990101101"}, nil, []string{"area.code/code"}},
		{"code of another township", Area, values{"name": "青山村", "level": "村", "code": "990101102201"}, values{"code": "990101101000", "level": "乡镇"}, []string{"area.prefix/code"}},
		{"township of the county", Area, values{"name": "甲镇", "level": "镇", "code": "990101101000"}, values{"code": "990101000000", "level": "县"}, nil},
		{"no code", Area, values{"name": "青山村", "level": "村"}, values{"code": "990101101000", "level": "乡镇"}, nil},
		{"ID agrees", Person, values{"name": "张示例一", "id_number": "990101198503150025", "gender": "女", "birth": "1985年3月"}, nil, nil},
		{"ID of the other sex", Person, values{"name": "张示例一", "id_number": "990101198503150025", "gender": "男"}, nil, []string{"person.id_matches/gender"}},
		{"ID of another month", Person, values{"name": "张示例一", "id_number": "990101198503150025", "birth": "1985-04"}, nil, []string{"person.id_matches/birth"}},
		{"post", Post, values{"person": "张示例一", "at": "青山村", "title": "文书", "from": "2024-01-01", "to": "2025-01-01"}, nil, nil},
		{"post ends first", Post, values{"person": "张示例一", "at": "青山村", "title": "文书", "from": "2024-01-01", "to": "2023-01-01"}, nil, []string{"post.dates/to"}},
		{"progress", Progress, values{"task": "修路", "period": "2026-11", "finished": "是", "percent": "100%"}, nil, nil},
		{"finished at 90", Progress, values{"task": "修路", "period": "2026-11", "finished": "是", "percent": "90%"}, nil, []string{"progress.finished/finished"}},
		{"next month's progress", Progress, values{"task": "修路", "period": "2026-12"}, nil, []string{"progress.future/period"}},
		{"task", Task, values{"title": "修路", "assigned": "2026-11-01", "due": "2026-12-31"}, values{"due": "2026-12-31"}, nil},
		{"due before assigned", Task, values{"title": "修路", "assigned": "2026-11-01", "due": "2026-10-31"}, nil, []string{"task.dates/due"}},
		{"due the day it was assigned", Task, values{"title": "修路", "assigned": "2026-11-01", "due": "2026-11-01"}, nil, nil},
		{"due the month it was assigned", Task, values{"title": "修路", "assigned": "2026-11-01", "due": "2026年11月"}, nil, nil},
		{"due after the item above", Task, values{"title": "修路", "due": "2027-01-01"}, values{"due": "2026年12月底前"}, []string{"task.after_parent/due"}},
		{"long term below a day", Task, values{"title": "修路", "due": "长期坚持", "review_on": "2027-01-01"}, values{"due": "2026年12月底前"}, nil},
		{"long term without review", Task, values{"title": "修路", "due": "长期坚持"}, nil, []string{"task.long_term/review_on"}},
		{"closed", Task, values{"title": "修路", "state": "已办结", "closed_on": "2026-11-01"}, nil, nil},
		{"closed without a day", Task, values{"title": "修路", "state": "已办结"}, nil, []string{"task.closed_on/closed_on"}},
		{"closing day of an open item", Task, values{"title": "修路", "state": "办理中", "closed_on": "2026-11-01"}, nil, []string{"task.closed_on/closed_on"}},
		{"split too much", Task, values{"title": "修路", "target_qty": "5", "owed": "-1.2"}, nil, []string{"task.over_split/target_qty"}},
		{"split in part", Task, values{"title": "修路", "target_qty": "5", "owed": "1.2"}, nil, nil},
		{"team member", Team, values{"village": "青山村", "name": "张示例一", "role": "工作队员", "politics": "群众", "from": "2024-05-01", "to": "2026-04-30"}, nil, nil},
		{"short term", Team, values{"village": "青山村", "name": "张示例一", "from": "2024-05-01", "to": "2026-04-29"}, nil, []string{"team.term/to"}},
		{"first secretary", Team, values{"village": "青山村", "name": "张示例一", "role": "第一书记兼队长", "politics": "党员", "party_since": "2023-05-01", "work_since": "2010-07", "from": "2024-05-01"}, nil, nil},
		{"first secretary without a party", Team, values{"village": "青山村", "name": "张示例一", "role": "第一书记", "politics": "群众"}, nil, []string{"team.party/politics"}},
		{"first secretary of eight months' standing", Team, values{"village": "青山村", "name": "张示例一", "role": "第一书记", "politics": "中共党员", "party_since": "2023-09-01", "from": "2024-05-01"}, nil, []string{"team.party/party_since"}},
		{"first secretary new to work", Team, values{"village": "青山村", "name": "张示例一", "role": "第一书记", "work_since": "2023-07", "from": "2024-05-01"}, nil, []string{"team.work/work_since"}},
		{"term ends first", Team, values{"village": "青山村", "name": "张示例一", "from": "2024-05-01", "to": "2024-04-01"}, nil, []string{"team.dates/to", "team.term/to"}},
	}
	catalog := model.NewCatalog(All()...)
	for _, tt := range tests {
		in := model.CheckInput{Ledger: catalog.Ledger(tt.ledger), Record: record(t, tt.ledger, tt.own), Params: rule.Defaults(), Today: today}
		if tt.parent != nil {
			in.Parent = record(t, tt.ledger, tt.parent)
		}
		var got []string
		for _, p := range rule.Run(in) {
			got = append(got, p.Rule+"/"+p.Field)
			if !strings.HasSuffix(p.Message, "。") || p.Suggestion == "" || p.Level != model.Doubt {
				t.Errorf("%s: not a whole 疑点: %+v", tt.name, p)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
