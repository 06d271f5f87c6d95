package app

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/app/apptest"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
)

// asExported are the ledger's households as the system would have them, in its own way
// of writing: months of six digits, 否 and 是, other words for the same.
func asExported(t testing.TB, a *App) []apptest.SystemRow {
	t.Helper()
	l, page, err := a.List(context.Background(), ListRequest{Ledger: ledgers.Household})
	check(t, err)
	var out []apptest.SystemRow
	for _, rec := range page.Records {
		row := apptest.SystemRow{}
		for header, key := range map[string]string{"行政村": "village", "村民小组": "group", "户主姓名": "householder", "证件号码": "id_number", "联系电话": "phone",
			"家庭人口数": "population", "检测对象类别": "category", "致贫/返贫风险1": "risk1", "风险消除方式": "clear_way",
			"风险是否已消除0": "cleared", "人均纯收入（元）": "income_pc", "户类型": "kind"} {
			row[header] = l.Field(key).Show(rec.Get(key))
		}
		for header, key := range map[string]string{"识别监测时间": "identified_on", "消除监测时间": "cleared_on"} {
			row[header] = strings.ReplaceAll(string(rec.Get(key).End.Month()), "-", "")
		}
		out = append(out, row)
	}
	return out
}

// exportAt writes an export.
func exportAt(t testing.TB, name string, upTo model.Day, rows []apptest.SystemRow) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	check(t, sheet.Write(path, apptest.SystemExport(upTo, rows)))
	return path
}

// mirror keeps an export.
func mirrorOf(t testing.TB, a *App, path string) FileResult {
	t.Helper()
	got, err := a.Import(context.Background(), ImportRequest{Files: []string{path}, Mirror: true})
	check(t, err)
	check(t, got[0].Err)
	return got[0]
}

func differencesOf(t testing.TB, a *App) SystemDifferences {
	t.Helper()
	got, err := a.SystemDifferences(context.Background(), ledgers.Household)
	check(t, err)
	return got
}

// told writes differences down shortly.
func told(items []SystemDifference) []string {
	var out []string
	for _, d := range items {
		ours, theirs := d.Words(Shown(false))
		out = append(out, strings.Join([]string{string(d.Kind), d.Name, d.Label(), ours, theirs}, "|"))
	}
	slices.Sort(out)
	return out
}

func wantTold(t *testing.T, got SystemDifferences, want ...string) {
	t.Helper()
	slices.Sort(want)
	if have := told(got.Items); !slices.Equal(have, want) {
		t.Errorf("differences:\n%s\nwant:\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

func exampleID(n string) string {
	first := "990101" + n
	return first + string(rule.IDCheck(first))
}

func TestMirror_NoDifferenceWhereOnlyTheWritingDiffers(t *testing.T) {
	a := openDemo(t)
	rows := asExported(t, a)
	before := state(t, a)
	res := mirrorOf(t, a, exportAt(t, "导出.xlsx", "2026-11-20", rows))
	if len(res.Mirrors) != 1 || res.Mirrors[0].AsOf != "2026-11-20" || res.Mirrors[0].Rows != 60 || res.Mirrors[0].Width < 150 || res.Status != statusMirrored {
		t.Fatalf("%+v", res)
	}
	got := differencesOf(t, a)
	wantTold(t, got)
	if got.Same != 60 {
		t.Errorf("%d alike", got.Same)
	}
	_, err := a.Undo(context.Background(), res.Op)
	check(t, err)
	if _, err := a.SystemDifferences(context.Background(), ledgers.Household); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("after undo: %v", err)
	}
	if after := state(t, a); after != before {
		t.Errorf("state: %s", diff(before, after))
	}
}

// changedExport is the ledger with one household more, one less, and some values that
// differ.
func changedExport(t testing.TB, a *App) (string, []apptest.SystemRow) {
	rows := asExported(t, a)
	rows[0]["家庭人口数"] = "9"
	rows[0]["检测对象类别"] = "突发严重困难户"
	rows[1]["识别监测时间"] = "二〇二二"
	rows[2]["致贫/返贫风险1"] = ""
	rows[3]["证件号码"] = "990101********0000"
	rows[4]["户主姓名"] = ""
	rows[4]["证件号码"] = ""
	gone := rows[5]
	rows = append(slices.Delete(rows, 5, 6), apptest.SystemRow{"行政村": gone["行政村"], "村民小组": "一组", "户主姓名": "新示例户",
		"证件号码": exampleID("19700101001"), "家庭人口数": "2", "检测对象类别": "边缘户", "识别监测时间": "2026.1", "扩展指标1": "甲"})
	return exportAt(t, "监测对象20261120.xlsx", "2026-11-20", rows), rows
}

func TestMirror_TellsEachDifferenceOnce(t *testing.T) {
	a := openDemo(t)
	path, _ := changedExport(t, a)
	mirrorOf(t, a, path)
	got := differencesOf(t, a)
	wantTold(t, got,
		"值不同|傅示例十|识别监测时间|202502|二〇二二",
		"值不同|殷示例四|家庭人口|6|9",
		"值不同|殷示例四|监测对象类别|边缘易致贫户|突发严重困难户",
		"台账有、系统无|朱示例八|整行|有这一条|",
		"台账有、系统无|蒋示例四|整行|有这一条|",
		"系统有、台账无|新示例户|整行||有这一行",
		"系统没填|李示例四|致贫/返贫风险1|其他|",
		"认不准的行||整行||缺少认定这一行的内容（村、户主姓名）。")
	if _, err := a.Import(context.Background(), ImportRequest{Files: []string{path}, Mirror: true}); err != nil {
		t.Fatal(err)
	}
	again, err := a.Import(context.Background(), ImportRequest{Files: []string{path}, Mirror: true})
	check(t, err)
	wantCode(t, again[0].Err, model.CodeExists)
}

// keysOf are the keys of differences.
func keysOf(items []SystemDifference) []DifferenceKey {
	var out []DifferenceKey
	for _, d := range items {
		out = append(out, d.Key())
	}
	return out
}

func TestMirror_TheSystemCounts(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	path, _ := changedExport(t, a)
	mirrorOf(t, a, path)
	before := state(t, a)
	got := differencesOf(t, a)
	var keys []DifferenceKey
	for _, d := range got.Items {
		if d.Adoptable() && d.Name != "傅示例十" {
			keys = append(keys, d.Key())
		}
	}
	done, err := a.AdoptSystem(ctx, ledgers.Household, keys)
	check(t, err)
	after := differencesOf(t, a)
	if len(after.Items) != len(got.Items)-3 {
		t.Errorf("%d left of %d", len(after.Items), len(got.Items))
	}
	_, page, err := a.List(ctx, ListRequest{Ledger: ledgers.Household, Where: []string{"户主姓名=新示例户"}})
	check(t, err)
	if len(page.Records) != 1 || page.Records[0].Get("id_number").Text != exampleID("19700101001") || page.Records[0].Get("identified_on").End != "2026-01-31" {
		t.Fatalf("taken over: %+v", page.Records)
	}
	_, err = a.Undo(ctx, done.Op)
	check(t, err)
	if now := state(t, a); now != before {
		t.Errorf("undo left: %s", diff(before, now))
	}
	for _, d := range got.Items {
		if !d.Adoptable() {
			_, err := a.AdoptSystem(ctx, ledgers.Household, []DifferenceKey{d.Key()})
			wantCode(t, err, model.CodeRefused)
		}
	}
	keys[0].Mirror = "另一份"
	_, err = a.AdoptSystem(ctx, ledgers.Household, keys)
	wantCode(t, err, model.CodeRefused)
}

func TestMirror_TheLedgerCountsUntilTheSystemSaysSomethingElse(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	path, rows := changedExport(t, a)
	mirrorOf(t, a, path)
	got := differencesOf(t, a)
	var keys []DifferenceKey
	for _, d := range got.Items {
		if d.Notable() {
			keys = append(keys, d.Key())
		}
	}
	_, err := a.KeepOurs(ctx, ledgers.Household, keys, " ")
	wantCode(t, err, model.CodeUsage)
	done, err := a.KeepOurs(ctx, ledgers.Household, keys, "户口本为证")
	check(t, err)
	noted := differencesOf(t, a)
	if n := len(noted.Pick(DifferenceFilter{Noted: true})); n != len(keys) {
		t.Errorf("%d noted of %d", n, len(keys))
	}
	out := filepath.Join(t.TempDir(), "待更正.xlsx")
	n, err := a.WriteCorrections(ctx, DifferencesOut{Ledger: "户台账", Out: out})
	check(t, err)
	words := sheetWords(t, out)
	if n != len(keys) || !strings.Contains(words, "户口本为证") || strings.Contains(words, exampleID("19700101001")) {
		t.Errorf("%d in the list:\n%s", n, words)
	}
	_, err = a.WriteCorrections(ctx, DifferencesOut{Ledger: "户台账", Out: out, Unmask: "请系统管理员更正"})
	check(t, err)
	if words := sheetWords(t, out); !strings.Contains(words, exampleID("19700101001")) {
		t.Errorf("not in full:\n%s", words)
	}

	// A later export that was corrected here and changed there.
	rows[0]["家庭人口数"], rows[0]["检测对象类别"] = "6", "脱贫不稳定户"
	mirrorOf(t, a, exportAt(t, "监测对象.xlsx", "2026-11-22", rows))
	later := differencesOf(t, a)
	if later.Mirrors[0].AsOf != "2026-11-22" {
		t.Errorf("counts: %s", later.Mirrors[0].AsOf)
	}
	open := told(later.Pick(DifferenceFilter{Open: true, Kind: exchange.OtherValue}))
	if !slices.Equal(open, []string{"值不同|殷示例四|监测对象类别|边缘易致贫户|脱贫不稳定户"}) {
		t.Errorf("open: %q", open)
	}
	// An older one that comes late changes nothing.
	mirrorOf(t, a, exportAt(t, "旧.xlsx", "2026-10-31", rows[:3]))
	if d := differencesOf(t, a); len(d.Mirrors) != 1 || d.Source() != "系统 2026-11-22 导出" {
		t.Errorf("counts: %s", d.Source())
	}
	_, err = a.Undo(ctx, done.Op)
	check(t, err)
	if n := len(differencesOf(t, a).Pick(DifferenceFilter{Noted: true})); n != 0 {
		t.Errorf("%d noted after undo", n)
	}
}

// TestMirror_VillagesByTheirNewestExport: a township's export, then those of single
// villages, as files or as sheets of one; each village is held against its newest.
func TestMirror_VillagesByTheirNewestExport(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	rows := asExported(t, a)
	of := func(village, people string) (out []apptest.SystemRow) {
		for _, r := range rows {
			if r["行政村"] == village {
				r = maps.Clone(r)
				r["家庭人口数"] = people
				out = append(out, r)
			}
		}
		return out
	}
	first, second := rows[0]["行政村"], rows[1]["行政村"]
	rest := slices.DeleteFunc(slices.Clone(rows), func(r apptest.SystemRow) bool { return r["行政村"] == second })
	mirrorOf(t, a, exportAt(t, "全镇.xlsx", "2026-11-01", rest)) // lacks the second village
	mirrorOf(t, a, exportAt(t, "甲.xlsx", "2026-11-20", of(first, "21")))
	both := apptest.SystemExport("2026-11-21", of(second, "22"))
	more := apptest.SystemExport("2026-11-21", of(first, "23"))
	more.Sheets[0].Name = "另一村"
	both.Sheets = append(both.Sheets, more.Sheets...)
	path := filepath.Join(t.TempDir(), "两村.xlsx")
	check(t, sheet.Write(path, both))
	mirrorOf(t, a, path)

	got := differencesOf(t, a)
	if got.Source() != "系统 2026-11-01 至 2026-11-21 导出 3 份" || len(got.Outside) != 0 {
		t.Errorf("%s, outside %v", got.Source(), got.Outside)
	}
	want := map[string]string{first: "23", second: "22"}
	var keys []DifferenceKey
	for _, d := range got.Items {
		if _, theirs := d.Words(Shown(false)); theirs != want[d.Village] || d.Mirror.AsOf != "2026-11-21" {
			t.Errorf("%s %s: %s by %s", d.Village, d.Name, theirs, d.Mirror.Source())
		}
		keys = append(keys, d.Key())
	}
	if n := len(of(first, "")) + len(of(second, "")); len(keys) != n || got.Same != len(rows)-n {
		t.Errorf("%d differ and %d are alike of %d", len(keys), got.Same, len(rows))
	}
	before := state(t, a)
	done, err := a.AdoptSystem(ctx, ledgers.Household, keys)
	check(t, err)
	wantTold(t, differencesOf(t, a))
	_, err = a.Undo(ctx, done.Op)
	check(t, err)
	if now := state(t, a); now != before {
		t.Errorf("undo left: %s", diff(before, now))
	}
}

func TestMayCount(t *testing.T) {
	kept := []Mirror{{AsOf: "2026-11-21", areas: []string{"v1"}}, {AsOf: "2026-11-20", areas: []string{"v1"}}, {AsOf: "2026-10-21", areas: []string{"v1", "v2"}},
		{AsOf: "2026-10-20", areas: []string{"v3"}}}
	mayCount(kept)
	for i, want := range []bool{true, false, true, false} {
		if kept[i].Counts != want {
			t.Errorf("%s of %q counts: %v", kept[i].AsOf, kept[i].areas, kept[i].Counts)
		}
	}
}

// sheetWords are all words of a workbook.
func sheetWords(t testing.TB, path string) string {
	t.Helper()
	book, err := sheet.Open(path)
	check(t, err)
	var out strings.Builder
	for _, s := range book.Sheets {
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				out.WriteString(c.Text + "\t")
			}
			out.WriteString("\n")
		}
	}
	return out.String()
}

func TestMirror_OutAndOneRow(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	path, _ := changedExport(t, a)
	mirrorOf(t, a, path)
	got := differencesOf(t, a)
	out := filepath.Join(t.TempDir(), "差异.xlsx")
	n, err := a.WriteDifferences(ctx, DifferencesOut{Ledger: ledgers.Household, Out: out})
	check(t, err)
	words := sheetWords(t, out)
	for _, want := range []string{"系统 2026-11-20 导出比台账", "值不同", "突发严重困难户", "新示例户"} {
		if !strings.Contains(words, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if n != len(got.Items) || strings.Contains(words, exampleID("19700101001")) {
		t.Errorf("%d written, or a number in full", n)
	}
	row, err := a.MirrorRow(ctx, got.Mirrors[0].ID, got.Pick(DifferenceFilter{Kind: exchange.OnlySystem})[0].Row)
	check(t, err)
	by := map[string]MirrorCell{}
	for _, c := range row.Cells {
		by[c.Header] = c
	}
	if len(row.Cells) < 150 || row.Source() != "系统 2026-11-20 导出" {
		t.Errorf("%d cells of %s", len(row.Cells), row.Source())
	}
	if c := by["基本信息/户基本信息/证件号码"]; c.Field != "证件号码" || !strings.HasPrefix(c.Text, "990101***") {
		t.Errorf("number: %+v", c)
	}
	if c := by["监测信息/识别信息/检测对象类别"]; c.Text != "边缘户" || c.Leaf != "检测对象类别" || c.Field != "监测对象类别" {
		t.Errorf("category: %+v", c)
	}
	_, err = a.MirrorRow(ctx, got.Mirrors[0].ID, 9999)
	wantCode(t, err, model.CodeNotFound)
}

func TestGuessSensitive(t *testing.T) {
	headers := openDemo(t).sensitiveHeaders()
	for _, tt := range []struct{ header, value, want string }{
		{"成员/身份证号码", "990101197001010015", "990101************"},
		{"编号", "990101197001010015", "990101************"},
		{"帮扶人手机", "13900000001", "139****0001"},
		{"健康状况", "长期慢性病", "***"},
		{"户编号", "5201", "5201"},
		{"家庭收入", "22345678901", "22345678901"},
	} {
		f, got := guessSensitive(headers, tt.header, tt.value), tt.value
		if f != nil {
			got = rule.Mask(f, tt.value)
		}
		if got != tt.want {
			t.Errorf("%s %s: %s", tt.header, tt.value, got)
		}
	}
}

func TestMirror_Refuses(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	_, err := a.SystemDifferences(ctx, ledgers.Household)
	wantCode(t, err, model.CodeNotFound)
	rows := asExported(t, a)[:5]
	undated, err := a.Import(ctx, ImportRequest{Files: []string{exportAt(t, "无日期.xlsx", "", rows), exportAt(t, "有日期.xlsx", "2026-11-20", rows)}, Mirror: true})
	check(t, err)
	wantCode(t, undated[0].Err, model.CodeInvalid)
	check(t, undated[1].Err)
	_, err = a.Import(ctx, ImportRequest{Files: []string{exportAt(t, "无日期.xlsx", "", rows)}, Mirror: true, AsOf: "2026-12-01"})
	wantCode(t, err, model.CodeUsage)
	other, err := a.Import(ctx, ImportRequest{Files: []string{exportAt(t, "旧.xlsx", "2026-11-01", rows)}, Mirror: true, AsOf: "2026-11-20", DryRun: true})
	check(t, err)
	if w := other[0].Warnings; len(w) != 1 || !strings.Contains(w[0], "2026-11-01") {
		t.Errorf("a day that is not the file's: %q", w)
	}
	d, err := a.ReadWords(ctx, "", "村\t户主姓名\t家庭人口\n青山村\t张示例一\t3\n")
	check(t, err)
	_, err = a.TakeDrafts(ctx, []DraftRequest{{Draft: d, Choice: DraftChoice{Mirror: "2026-11-20", Tables: map[int]TableChoice{0: {Ledger: "household"}}}}}, nil)
	wantCode(t, err, model.CodeUsage)
}

// TestMirror_Wide holds 5,000 households of 155 columns against a ledger that has them
// all.
func TestMirror_Wide(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	ctx, a := context.Background(), openDemo(t)
	base := asExported(t, a)[0]
	var rows []apptest.SystemRow
	for i := range 5000 {
		row := maps.Clone(base)
		row["户主姓名"], row["证件号码"], row["联系电话"] = fmt.Sprintf("王示例%d", i), exampleID(fmt.Sprintf("19%02d%02d%02d%03d", 40+i%60, i%12+1, i/1000+1, i%1000)), fmt.Sprintf("138%08d", i)
		rows = append(rows, row)
	}
	path := exportAt(t, "全县.xlsx", "2026-11-20", rows)
	began := time.Now()
	mirrorOf(t, a, path)
	t.Logf("kept in %v", time.Since(began))
	began = time.Now()
	got := differencesOf(t, a)
	fresh := got.Pick(DifferenceFilter{Kind: exchange.OnlySystem})
	t.Logf("held against the ledger in %v: %d", time.Since(began), len(fresh))
	if len(fresh) < 4990 {
		t.Fatalf("%d new", len(fresh))
	}
	began = time.Now()
	_, err := a.AdoptSystem(ctx, ledgers.Household, keysOf(fresh))
	check(t, err)
	t.Logf("taken over in %v", time.Since(began))
	var peak, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&peak)
	began = time.Now()
	got = differencesOf(t, a)
	runtime.ReadMemStats(&now)
	t.Logf("held again in %v, %d MB allocated", time.Since(began), (now.TotalAlloc-peak.TotalAlloc)>>20)
	if took := time.Since(began); took > 20*time.Second || len(got.Pick(DifferenceFilter{Kind: exchange.OnlySystem})) > 0 || got.Same < 4990 {
		t.Errorf("%v, %d alike", took, got.Same)
	}
}

// TestMirror_Sealed: a lock seals what is kept of the system as it seals every file, and
// the notes with it.
func TestMirror_Sealed(t *testing.T) {
	if demoKey != nil {
		t.Skip("the sample is locked already")
	}
	cheapLock(t)
	ctx, path := context.Background(), copyOf(t, demoFile(t))
	o := Options{Path: path, Today: testDay}
	a, err := Open(ctx, o)
	check(t, err)
	const secret = "990101198503150025"
	file := filepath.Join(t.TempDir(), "系统 20261120.csv")
	check(t, os.WriteFile(file, []byte("村,户主姓名,证件号码,家庭人口,识别监测时间\n青山村,赵示例甲,"+secret+",4,202603\n"), 0o644))
	mirrorOf(t, a, file)
	got := differencesOf(t, a)
	_, err = a.KeepOurs(ctx, ledgers.Household, keysOf(got.Pick(DifferenceFilter{Kind: exchange.OnlySystem})), "已迁出")
	check(t, err)
	check(t, a.Close())
	if found, _ := scanFolder(t, filepath.Dir(path), []string{secret}); len(found) == 0 {
		t.Fatal("it was nowhere before")
	}
	_, err = SetLock(ctx, o, testPassword)
	check(t, err)
	if found, _ := scanFolder(t, filepath.Dir(path), []string{secret}); len(found) != 0 {
		t.Errorf("shows in %v", found)
	}
	o.Password = testPassword
	a, err = Open(ctx, o)
	check(t, err)
	defer a.Close()
	if n := len(differencesOf(t, a).Pick(DifferenceFilter{Noted: true, Kind: exchange.OnlySystem})); n != 1 {
		t.Errorf("%d noted behind the lock", n)
	}
}

// TestMirror_Roster holds the platform's roster against the ledger's: who has left by
// then is not looked for.
func TestMirror_Roster(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	_, page, err := a.List(ctx, ListRequest{Ledger: ledgers.Team})
	check(t, err)
	l := a.Catalog().Ledger(ledgers.Team)
	lines := []string{"序号,村,姓名,派出单位,派出单位职务,联系电话,性别,证件号码,开始时间,结束时间"}
	current, villages := 0, map[string]bool{}
	for _, rec := range page.Records {
		if ledgers.InSystem(rec, "2026-11-20") {
			current++
			villages[rec.Area] = true
			show := func(key string) string { return l.Field(key).Show(rec.Get(key)) }
			lines = append(lines, strings.Join([]string{fmt.Sprint(current), show("village"), show("name"), show("home_unit"), show("duty"), "13900000001", show("gender"),
				show("id_number"), string(rec.Get("from").End), string(rec.Get("to").End)}, ","))
		}
	}
	file := filepath.Join(t.TempDir(), "驻村干部 2026-11-20.csv")
	check(t, os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o644))
	mirrorOf(t, a, file)
	got, err := a.SystemDifferences(ctx, ledgers.Team)
	check(t, err)
	if current == 0 || current == len(page.Records) {
		t.Fatalf("%d of %d are there", current, len(page.Records))
	}
	for _, d := range got.Items {
		if d.Field == nil || d.Field.Key != "phone" {
			t.Errorf("%s %s %s: %v, %v", d.Kind, d.Name, d.Label(), d.Ours, d.Theirs)
		}
	}
}
