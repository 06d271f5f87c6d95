package store

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"xiangzhen/model"
)

// The big ledger of the benchmarks: 100,000 tasks under 20 towns of 100 villages,
// made once.
const (
	bigTasks    = 100_000
	bigTowns    = 20
	bigVillages = 100 // of each town
)

var big struct {
	once sync.Once
	dir  string
	path string
	err  error
}

func bigBox(b *testing.B) *box {
	b.Helper()
	big.once.Do(func() {
		big.dir, big.err = mkTemp()
		if big.err == nil {
			big.path = filepath.Join(big.dir, "大 台账.xzdb")
			big.err = makeBig(b, big.path)
		}
	})
	if big.err != nil {
		b.Fatal(big.err)
	}
	c := newClock()
	s, err := Open(b.Context(), big.path, testOptions(c))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return &box{s, b, c, b.Context()}
}

func makeBig(b *testing.B, path string) error {
	s, err := Create(b.Context(), path, testOptions(newClock()))
	if err != nil {
		return err
	}
	start := time.Now()
	_, err = s.Do(b.Context(), model.Operation{Kind: "sample", Label: "样本"}, func(tx *Tx) error {
		for i := range bigTowns {
			town := fmt.Sprintf("t%02d", i)
			if err := tx.Add(rec("area", town, "name", fmt.Sprintf("镇%d", i), "parent", "→county")); err != nil {
				return err
			}
			for j := range bigVillages {
				if err := tx.Add(rec("area", fmt.Sprintf("v%02d%03d", i, j), "name", fmt.Sprintf("村%d", j), "parent", "→"+town)); err != nil {
					return err
				}
			}
		}
		return tx.Add(rec("area", "county", "name", "示例县"))
	})
	if err == nil {
		_, err = s.Do(b.Context(), model.Operation{Kind: "sample", Label: "样本"}, func(tx *Tx) error {
			for i := range bigTasks {
				if err := tx.Add(bigTask(i)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	b.Logf("made %d tasks in %v", bigTasks, time.Since(start))
	if e := s.Close(); err == nil {
		err = e
	}
	return err
}

var (
	benchStates = []string{"todo", "doing", "doing", "done"}
	benchThings = []string{"饮水管网", "产业大棚", "通村公路", "危房改造", "人居环境", "易地搬迁", "公益岗位", "防返贫监测"}
)

// bigTask has twenty fields.
func bigTask(i int) *model.Record {
	village := fmt.Sprintf("v%02d%03d", i%bigTowns, i/bigTowns%bigVillages)
	r := rec("task", "", "title", fmt.Sprintf("%s第%d号任务", benchThings[i%8], i),
		"content", fmt.Sprintf("在%s组织实施%s，按月报送进展，压实责任到人", village, benchThings[i*7%8]),
		"target", "按期完成并通过验收", "state", benchStates[i%4], "domain", "乡村振兴", "tags", "key",
		"unit", "→"+village, "lead", model.Reference("", "张示例一"), "due", model.Day("2026-06-30").Add(i%365),
		"assigned", model.Day("2026-01-15"), "month", "2026-01", "households", i%300, "money", i*137,
		"share", i%10000, "urgent", i%2, "office_phone", "0900-1234567", "doc_no", fmt.Sprintf("示发〔2026〕%d号", i%500),
		"source", "文件", "secret_note", "内部掌握", "remark", "样本")
	r.Area = village
	if i >= 100 {
		r.Put("parent", model.Reference("task-"+fmt.Sprint(i/20), "上级"))
	}
	r.ID = "task-" + fmt.Sprint(i)
	return r
}

// BenchmarkAdd is one row of a big import: 20 fields, journalled, searchable,
// derived.
func BenchmarkAdd(b *testing.B) {
	box := newBox(b)
	b.ResetTimer()
	box.do("批量", func(tx *Tx) error {
		for i := range b.N {
			if err := tx.Add(bigTask(i)); err != nil {
				return err
			}
		}
		return nil
	})
}

func BenchmarkOpen(b *testing.B) {
	bigBox(b).Close()
	b.ResetTimer()
	for range b.N {
		s, err := Open(b.Context(), big.path, testOptions(newClock()))
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSave is one small change of a task among 100,000.
func BenchmarkSave(b *testing.B) {
	box := bigBox(b)
	b.ResetTimer()
	for i := range b.N {
		box.do("改", func(tx *Tx) error {
			_, err := tx.Set("task", fmt.Sprintf("task-%d", 90000+i%5000), vals("remark", fmt.Sprint("备注", i)))
			return err
		})
	}
}

// BenchmarkSaveAfterImport is the slowest of the small operations that follow an
// import: among them FTS5 would merge what the import has left.
func BenchmarkSaveAfterImport(b *testing.B) {
	var slowest time.Duration
	for range b.N {
		box := newBox(b)
		box.do("导入", func(tx *Tx) error {
			var records []*model.Record
			for i := range 10_000 {
				records = append(records, bigTask(i))
			}
			return tx.AddAll(records)
		})
		for i := range 300 {
			start := time.Now()
			box.do("改", func(tx *Tx) error {
				_, err := tx.Set("task", fmt.Sprintf("task-%d", i), vals("remark", fmt.Sprint("备注", i)))
				return err
			})
			slowest = max(slowest, time.Since(start))
		}
	}
	b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
}

func BenchmarkList(b *testing.B) {
	box := bigBox(b)
	for _, q := range []struct {
		name string
		q    model.Query
	}{
		{"all", model.Query{}},
		{"village", model.Query{Areas: []string{"v05005"}}},
		{"town", model.Query{Areas: []string{"t05"}}},
		{"county", model.Query{Areas: []string{"county"}}},
		{"state", model.Query{Where: []model.Cond{{Field: "state", Op: model.OpEq, Value: model.Text("doing")}}}},
		{"due", model.Query{Where: []model.Cond{{Field: "due", Op: model.OpLe, Value: model.OnDay("2026-08-01")}}}},
		{"light", model.Query{Where: []model.Cond{{Field: "light", Op: model.OpEq, Value: model.Text("red")}}}},
		{"town_state_due_light", model.Query{Areas: []string{"t05"}, Where: []model.Cond{
			{Field: "state", Op: model.OpEq, Value: model.Text("doing")}, {Field: "due", Op: model.OpLe, Value: model.OnDay("2026-08-01")},
			{Field: "light", Op: model.OpEq, Value: model.Text("red")},
		}}},
		{"county_by_due", model.Query{Areas: []string{"county"}, Sort: []model.Sort{{Field: "due"}}}},
		{"by_title", model.Query{Sort: []model.Sort{{Field: "title"}}}},
		{"by_remark_desc", model.Query{Sort: []model.Sort{{Field: "remark", Descending: true}}}},
		{"by_state", model.Query{Sort: []model.Sort{{Field: "state"}}}},
		{"by_money", model.Query{Sort: []model.Sort{{Field: "money"}}}},
		{"by_days_left", model.Query{Sort: []model.Sort{{Field: "days_left"}}}},
		{"where_content", model.Query{Where: []model.Cond{{Field: "content", Op: model.OpContains, Value: model.Text("大棚")}}}},
		{"where_unindexed", model.Query{Where: []model.Cond{{Field: "households", Op: model.OpGt, Value: model.Int(290)}}}},
		{"search2", model.Query{Search: "大棚"}},
		{"search3", model.Query{Search: "第99号"}},
		{"search3broad", model.Query{Search: "产业大棚"}},
		{"pinyin", model.Query{Search: "cydp"}},
		{"search1", model.Query{Search: "棚"}},
	} {
		q.q.Ledger, q.q.Limit = "task", 200
		b.Run(q.name, func(b *testing.B) {
			for range b.N {
				p, err := box.List(b.Context(), q.q)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(p.Total), "total")
			}
		})
	}
}

func BenchmarkNewDay(b *testing.B) {
	box := bigBox(b)
	day := model.DayOf(box.clock.now())
	for i := range b.N {
		n, err := box.Refresh(b.Context(), day.Add(i+1))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n), "rows")
	}
}
