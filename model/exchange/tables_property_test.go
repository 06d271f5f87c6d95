package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xiangzhen/model/sheet"
)

// drawn is a table as an office would lay it out, with what is to be found in it.
type drawn struct {
	rows   [][]string
	merges []sheet.Range
	want   string // as short says it
	total  int
}

var (
	drawnLeaves = strings.Fields("任务名称 责任单位 责任人 完成时限 进展情况 存在问题 下步打算 备注 联系电话 性别 民族 学历 户数 人口 面积（亩） 金额(万元)")
	drawnGroups = strings.Fields("资金 受益情况 时间安排 帮扶措施 住房安全 教育保障")
)

// drawTable draws a title, frame lines, a header of one or two levels, data rows
// and a total.
func drawTable(t *rapid.T) drawn {
	var d drawn
	width := rapid.IntRange(3, 9).Draw(t, "width")
	leaves := rapid.Permutation(drawnLeaves).Draw(t, "leaves")[:width]
	title := rapid.Bool().Draw(t, "title")
	if title {
		d.add(append([]string{"示例县重点工作台账"}, make([]string, width-1)...))
		d.merges = append(d.merges, sheet.Range{R1: 1, C1: 1, R2: 1, C2: width})
	}
	if rapid.Bool().Draw(t, "frame") {
		d.add([]string{"填报单位（盖章）：甲一村　填报人：张示例一"})
	}
	first := len(d.rows) + 1
	paths := d.addHeader(leaves, rapid.Permutation(drawnGroups).Draw(t, "groups"), rapid.SliceOfN(rapid.IntRange(1, 3), width, width).Draw(t, "spans"))
	last := len(d.rows)
	n := rapid.IntRange(0, 12).Draw(t, "data")
	for i := range n {
		row := make([]string, width)
		for c := range row {
			row[c] = fmt.Sprintf("第%d村第%d项", i+1, c+1)
			if c%2 == 1 {
				row[c] = fmt.Sprint(10*i + c)
			}
		}
		d.add(row)
	}
	dataFirst, dataLast := 0, 0
	if n > 0 {
		dataFirst, dataLast = last+1, last+n
	}
	if rapid.Bool().Draw(t, "total") {
		d.add([]string{rapid.SampledFrom([]string{"合计", "总　计", "合计：", "全镇合计"}).Draw(t, "word"), "7"})
		d.total = len(d.rows)
	}
	if rapid.Bool().Draw(t, "note") {
		d.add([]string{rapid.SampledFrom([]string{"注：每月25日前报送。", "填表说明：1.如实填写", "备注：略"}).Draw(t, "note words")})
	}
	d.want = fmt.Sprintf("%d-%d %d-%d %s", first, last, dataFirst, dataLast, strings.Join(paths, "|"))
	return d
}

func (d *drawn) add(row []string) { d.rows = append(d.rows, row) }

// addHeader lays the leaves out below groups of the given widths; a group of one
// column is none, its leaf is merged down. Over all columns it would be a title.
func (d *drawn) addHeader(leaves, groups []string, spans []int) []string {
	top, sub := make([]string, len(leaves)), make([]string, len(leaves))
	row := len(d.rows) + 1
	paths := slices.Clone(leaves)
	grouped := false
	for c, i := 0, 0; c < len(leaves); i++ {
		n := min(spans[i], len(leaves)-c, len(leaves)-1)
		if n == 1 {
			top[c] = leaves[c]
			c++
			continue
		}
		grouped = true
		top[c] = groups[i%len(groups)]
		d.merges = append(d.merges, sheet.Range{R1: row, C1: c + 1, R2: row, C2: c + n})
		for k := range n {
			sub[c+k] = leaves[c+k]
			paths[c+k] = top[c] + "/" + leaves[c+k]
		}
		c += n
	}
	d.add(top)
	if !grouped {
		return paths
	}
	d.add(sub)
	for c := range leaves {
		if sub[c] == "" {
			d.merges = append(d.merges, sheet.Range{R1: row, C1: c + 1, R2: row + 1, C2: c + 1})
		}
	}
	return paths
}

func (d *drawn) sheet() sheet.Sheet {
	rows := make([]string, len(d.rows))
	for i, r := range d.rows {
		rows[i] = strings.Join(r, "|")
	}
	s := sheetFrom(rows)
	s.Merges = d.merges
	return s
}

// TestFindTablesProperty: a table laid out as offices do is found as it was meant.
func TestFindTablesProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawTable(t)
		tables := findIn(d.sheet())
		if len(tables) != 1 {
			t.Fatalf("%d tables, want 1: %s", len(tables), d.want)
		}
		if got := short(tables[0]); got != d.want {
			t.Fatalf("got  %s\nwant %s", got, d.want)
		}
		if d.total > 0 && rowsOf(tables[0].Totals) != fmt.Sprint(d.total) {
			t.Fatalf("totals %v, want row %d", tables[0].Totals, d.total)
		}
	})
}

// sound reports what in a table contradicts itself; "" if nothing.
func sound(s *sheet.Sheet, t Table) string {
	switch {
	case len(t.Columns) != t.LastCol, t.FirstCol < 1, t.FirstCol > t.LastCol:
		return fmt.Sprintf("columns %d–%d, %d described", t.FirstCol, t.LastCol, len(t.Columns))
	case t.HeaderFirst < 1, t.HeaderLast < t.HeaderFirst:
		return "header rows"
	case t.DataFirst > 0 && (t.DataFirst <= t.HeaderLast || t.DataLast < t.DataFirst), t.DataFirst == 0 && t.DataLast != 0:
		return fmt.Sprintf("data rows %d–%d below header row %d", t.DataFirst, t.DataLast, t.HeaderLast)
	}
	for i, c := range t.Columns {
		if c.Col != i+1 {
			return "columns out of order"
		}
	}
	prev := 0
	for r := range t.Rows(s) {
		if r.Row <= prev || r.Row < t.DataFirst || r.Row > t.DataLast {
			return fmt.Sprintf("row %d after %d", r.Row, prev)
		}
		prev = r.Row
	}
	return ""
}

// FuzzFindTables: whatever stands in a sheet, finding tables ends, does not
// panic, and does not contradict itself.
func FuzzFindTables(f *testing.F) {
	f.Add("序号|姓名|电话\n1|张示例一|1\n合计||2", "A1:B1")
	f.Add("表\n姓名|资金||备注\n|中央|省|\n张|1|2|", "A1:D1 A2:A3 B2:C2")
	f.Add("姓名||姓名\n1||1", "A1:ZZ9999 B2:C3 A1:A9")
	f.Fuzz(func(t *testing.T, cells, merges string) {
		rows := strings.Split(cells, "\n")
		if len(rows) > 200 || len(cells) > 4000 {
			t.Skip("too large to be quick")
		}
		s := sheetFrom(rows)
		for m := range strings.FieldsSeq(merges) {
			if r, ok := fuzzRange(m); ok {
				s.Merges = append(s.Merges, r)
			}
		}
		begun := time.Now()
		tables := findIn(s)
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
		for _, table := range tables {
			if wrong := sound(&s, table); wrong != "" {
				t.Errorf("%s: %s", short(table), wrong)
			}
		}
	})
}

// fuzzRange reads A1:B2, however large, and turns corners the right way round.
func fuzzRange(s string) (sheet.Range, bool) {
	var r sheet.Range
	var c1, c2 string
	from, to, ok := strings.Cut(s, ":")
	if !ok || !fuzzPlace(from, &c1, &r.R1) || !fuzzPlace(to, &c2, &r.R2) {
		return r, false
	}
	r.C1, r.C2 = sheet.ParseColName(c1), sheet.ParseColName(c2)
	return r, r.C1 > 0 && r.C2 >= r.C1 && r.R1 > 0 && r.R2 >= r.R1
}

func fuzzPlace(s string, col *string, row *int) bool {
	at := strings.IndexAny(s, "0123456789")
	if at < 1 {
		return false
	}
	*col = s[:at]
	_, err := fmt.Sscanf(s[at:], "%d", row)
	return err == nil && *row < 1<<20
}
