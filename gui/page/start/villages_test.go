package start

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model/app"
)

// shown writes a row for comparison: 村/书记 电话/包村干部 电话.
func shown(r row) string {
	s := fmt.Sprintf("%s/%s %s/%s %s", r.Name, r.Secretary.Name, r.Secretary.Phone, r.Cadre.Name, r.Cadre.Phone)
	if r.problem != "" {
		s += "!"
	}
	return s
}

func TestParseVillages(t *testing.T) {
	for list, want := range map[string][]string{
		"青山村":                   {"青山村/ / "},
		"青山村\n\n白石村\r\n":        {"青山村/ / ", "白石村/ / "},
		"青山村,张三,李四,13800000000": {"青山村/张三 /李四 13800000000"},
		"青山村，张三，，":              {"青山村/张三 / "},
		"青山村，，李四":               {"青山村/ /李四 "},
		"青山村、张三、李四":             {"青山村/张三 /李四 "},
		"青山村\t张　三\t李四\t１３８０００００００１":     {"青山村/张三 /李四 13800000001"},
		"青山村\t\t李四\t0999-1234567":       {"青山村/ /李四 0999-1234567"},
		"青山村 张 三 李四 138 0000 0000":      {"青山村/张三 /李四 !"},
		"青山村　张三　李四":                     {"青山村/张三 /李四 "},
		"青山村,张三,13800000001,李四":         {"青山村/张三 13800000001/李四 "},
		"1.青山村 张三\n2.白石村":               {"青山村/张三 / ", "白石村/ / "},
		"1、青山村、张三":                      {"青山村/张三 / "},
		"（1）青山村\n①白石村":                  {"青山村/ / ", "白石村/ / "},
		"序号\t村名\t书记\n1\t青山村\t张三\n合计\t1": {"青山村/张三 / "},
		"青山村，书记：张三，包村干部：李四":             {"青山村/张三 /李四 "},
		"青山村\n青山村委会":                    {"青山村/ / ", "青山村委会/ / !"},
		"青山村,13800000001":               {"青山村/ / !"},
		"青山村|张三；李四":                     {"青山村/张三 /李四 "},
		"一心村":                           {"一心村/ / "},
	} {
		var got []string
		for _, r := range parseVillages(list) {
			got = append(got, shown(r))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", list, got, want)
		}
	}
}

func TestParseVillages_Twice(t *testing.T) {
	rows := parseVillages("青山村\n白石村\n青山行政村")
	if rows[0].wrong || !rows[2].wrong || !strings.Contains(rows[2].problem, "“青山村”") {
		t.Errorf("%+v", rows)
	}
}

func TestListOf_IsReadBack(t *testing.T) {
	want := []app.Village{
		{Name: "青山村"},
		{Name: "白石村", Secretary: app.Contact{Name: "张三", Phone: "13800000001"}, Cadre: app.Contact{Name: "李四", Phone: "13800000002"}},
	}
	if got := villages(parseVillages(listOf(want))); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}
