package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

// plain makes a table of headers and rows parted by |; a header may have its unit
// behind a colon.
func plain(header string, rows ...string) PlainTable {
	t := PlainTable{Sheet: "表1"}
	for _, h := range strings.Split(header, "|") {
		name, unit, _ := strings.Cut(h, ":")
		t.Columns = append(t.Columns, PlainColumn{Header: name, Unit: unit})
	}
	for i, r := range rows {
		t.Rows = append(t.Rows, PlainRow{Row: i + 3, Cells: strings.Split(r, "|")})
	}
	return t
}

func told(a Against) []string {
	var out []string
	for _, f := range a.Findings {
		out = append(out, strings.Join([]string{string(f.Kind), f.Name, f.Header, f.Before, f.After}, " "))
	}
	return out
}

func TestCompareTheirs(t *testing.T) {
	for name, c := range map[string]struct {
		ours, theirs PlainTable
		key          []string
		found        []string
		problems     []string
		keys         string
	}{
		"changed, new and gone rows, in another order": {
			ours:   plain("序号|村|户数|资金:万元", "1|青山村|12|10.5", "2|白石村|8|3", "3|柳河村|5|2"),
			theirs: plain("序号|村|户数|资金:万元", "1|柳河村|5|2", "2|青山村|13|10.50", "3|枣园村|1|1"),
			found:  []string{"变更 青山村 户数 12 13", "消失的行 白石村   ", "新增的行 枣园村   "}, keys: "村"},
		"the same, written otherwise": {
			ours:   plain("村|资金:万元|日期|户数|说明", "青山村|10.5|2026-11-05|1200|已完成。", "白石村|3|2026年1月2日|无|"),
			theirs: plain("村|资金:元|日期|户数|说明", "青山村|105000|2026年11月5日|1,200|已 完成", "白石村|３万元|2026/1/2||/"),
			keys:   "村"},
		"a code with a 0 before it is no number": {
			ours: plain("村|代码", "青山村|007", "白石村|12"), theirs: plain("村|代码", "青山村|7", "白石村|12.0"),
			found: []string{"变更 青山村 代码 007 7"}, keys: "村"},
		"emptied and filled": {
			ours: plain("村|户数", "青山村|0", "白石村|"), theirs: plain("村|户数", "青山村|", "白石村|4"),
			found: []string{"变更 青山村 户数 0 ", "变更 白石村 户数  4"}, keys: "村"},
		"one name twice: the village tells them apart": {
			ours: plain("姓名|村|人口", "张示例一|青山村|3", "张示例一|白石村|3", "张示例二|白石村|3"), theirs: plain("姓名|村|人口", "张示例一|白石村|3", "张示例一|青山村|5", "张示例二|白石村|3"),
			found: []string{"变更 张示例一 青山村 人口 3 5"}, keys: "姓名、村"},
		"units that do not go together are not compared": {
			ours: plain("村|面积:亩", "青山村|10"), theirs: plain("村|面积:万元", "青山村|11"),
			problems: []string{"换算不了，这一列没有比"}, keys: "村"},
		"a key that is said and does not tell rows apart": {
			ours: plain("村|户数", "青山村|1", "青山村|2", "白石村|3", "|4"), theirs: plain("村|户数", "青山村|1", "白石村|5"), key: []string{"村"},
			found: []string{"变更 白石村 户数 3 5"}, problems: []string{"我们报的第 3、4 行村相同", "我们报的第 6 行没有填村"}, keys: "村"},
		"a form for one record": {
			ours: plain("姓名|电话", "张示例一|1"), theirs: plain("姓名|电话", "张示例二|1"), key: nil,
			found: []string{"变更 1 姓名 张示例一 张示例二"}, keys: "电话"},
	} {
		got, err := CompareTheirs(c.ours, c.theirs, c.key)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !slices.Equal(told(got), c.found) || strings.Join(got.Key, "、") != c.keys || len(got.Problems) != len(c.problems) {
			t.Errorf("%s: by %v found %q, %+v", name, got.Key, told(got), got.Problems)
			continue
		}
		for i, p := range got.Problems {
			if !strings.Contains(p.Message, c.problems[i]) {
				t.Errorf("%s: %s", name, p.Message)
			}
		}
	}
}

func TestCompareTheirs_Columns(t *testing.T) {
	ours, theirs := plain("村|户数|备注甲", "青山村|1|x"), plain("村|总户数|新列", "青山村|2|y")
	ours.Columns[1].Meaning, theirs.Columns[1].Meaning = "household.count", "household.count"
	got, err := CompareTheirs(ours, theirs, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f := told(got); !slices.Equal(f, []string{"变更 青山村 户数 1 2"}) || !slices.Equal(got.Missing, []string{"备注甲"}) || !slices.Equal(got.Extra, []string{"新列"}) {
		t.Errorf("%q, missing %v, extra %v", f, got.Missing, got.Extra)
	}
}

func TestCompareTheirs_Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		theirs PlainTable
		key    []string
		code   model.Code
	}{
		"no column in common":          {plain("甲|乙", "1|2"), nil, model.CodeInvalid},
		"no row in common":             {plain("村|户数", "别村|7", "又一村|8"), nil, model.CodeAmbiguous},
		"a key that is not in both":    {plain("村|户数", "青山村|1"), []string{"姓名"}, model.CodeUsage},
		"nothing tells the rows apart": {plain("村|户数", "青山村|1", "青山村|1"), nil, model.CodeAmbiguous},
	} {
		if _, err := CompareTheirs(plain("村|户数", "青山村|1", "白石村|2"), c.theirs, c.key); model.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCompareTheirs_Masks: identity numbers stand masked in names and are of a
// sensitive field.
func TestCompareTheirs_Masks(t *testing.T) {
	const id = "990101199001010018"
	got, err := CompareTheirs(plain("证件号|人口", "990101199001010018|3"), plain("证件号|人口", "990101199001010018|4"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.Join(told(got), ""), id) || got.Columns[0].Field.Sensitive != true {
		t.Errorf("%q %+v", told(got), got.Columns[0].Field)
	}
}

// TestCompareTheirs_Properties: a table is like itself in any order of its rows; and
// what differs is found from either side.
func TestCompareTheirs_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "rows")
		rows, other := make([]string, n), make([]string, n)
		changed := 0
		for i := range n {
			v := rapid.IntRange(0, 9).Draw(t, "v")
			w := v
			if rapid.Bool().Draw(t, "change") {
				w, changed = v+10, changed+1
			}
			rows[i], other[i] = fmt.Sprintf("村%c|%d", 'a'+i, v), fmt.Sprintf("村%c|%d", 'a'+i, w)
		}
		shuffled := rapid.Permutation(other).Draw(t, "order")
		key := []string{"村"}
		same, err := CompareTheirs(plain("村|数", other...), plain("村|数", shuffled...), key)
		if err != nil || len(same.Findings) > 0 {
			t.Fatalf("%v %v", told(same), err)
		}
		there, err := CompareTheirs(plain("村|数", rows...), plain("村|数", shuffled...), key)
		back, backErr := CompareTheirs(plain("村|数", shuffled...), plain("村|数", rows...), key)
		if err != nil || backErr != nil || len(there.Findings) != changed || len(back.Findings) != changed {
			t.Fatalf("%d changed: %q, %q", changed, told(there), told(back))
		}
	})
}
