package teams

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/app/apptest"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	book "xiangzhen/model/sheet"
)

func (r *room) differPart() *differ { return r.parts[PartDiffer].(*differ) }

// mirror keeps an export of the system that differs from the ledger in what change
// does to its rows.
func (r *room) mirror(change func(rows []apptest.SystemRow) []apptest.SystemRow) {
	r.t.Helper()
	l := r.App.Catalog().Ledger(ledgers.Household)
	var rows []apptest.SystemRow
	for _, rec := range r.list(ledgers.Household) {
		row := apptest.SystemRow{"识别监测时间": strings.ReplaceAll(string(rec.Get("identified_on").End.Month()), "-", "")}
		for header, key := range map[string]string{"行政村": "village", "村民小组": "group", "户主姓名": "householder", "证件号码": "id_number", "家庭人口数": "population",
			"检测对象类别": "category", "致贫/返贫风险1": "risk1", "人均纯收入（元）": "income_pc", "户类型": "kind"} {
			row[header] = l.Field(key).Show(rec.Get(key))
		}
		rows = append(rows, row)
	}
	path := filepath.Join(r.t.TempDir(), "监测对象信息.xlsx")
	pagetest.Must(r.t, book.Write(path, apptest.SystemExport("2026-11-20", change(rows))))
	got, err := r.App.Import(r.t.Context(), app.ImportRequest{Files: []string{path}, Mirror: true})
	pagetest.Must(r.t, err)
	pagetest.Must(r.t, got[0].Err)
}

// someDiffer changes a few households.
func someDiffer(rows []apptest.SystemRow) []apptest.SystemRow {
	rows[0]["家庭人口数"], rows[0]["检测对象类别"] = "9", "突发严重困难户"
	rows[1]["人均纯收入（元）"] = "约六千"
	rows[2]["致贫/返贫风险1"] = ""
	rows[6]["家庭人口数"] = "8"
	rows[7]["户主姓名"], rows[7]["证件号码"] = "", ""
	fresh := apptest.SystemRow{"行政村": rows[9]["行政村"], "村民小组": "一组", "户主姓名": "新示例户", "家庭人口数": "2", "检测对象类别": "边缘户", "识别监测时间": "202601"}
	return append(slices.Delete(rows, 9, 10), fresh)
}

// differRoom shows the part over an export that differs.
func differRoom(t *testing.T) (*room, *differ) {
	r := newRoom(t, PartRoster, nil)
	r.mirror(someDiffer)
	r.Show(page.Route{Page: page.Teams, Filter: PartDiffer})
	return r, r.differPart()
}

// at puts the cursor on the difference of a person and field.
func (d *differ) at(t *testing.T, name, label string) {
	t.Helper()
	for row, item := range d.items {
		if item.Name == name && item.Label() == label {
			d.grid.Select(row)
			return
		}
	}
	t.Fatalf("no %s of %s in\n%s", label, name, cellsOf(differTable{d.items}))
}

func (d *differ) named(t *testing.T, kind exchange.DifferenceKind) app.SystemDifference {
	t.Helper()
	found := d.all.Pick(app.DifferenceFilter{Kind: kind})
	if len(found) == 0 {
		t.Fatalf("no %s", kind)
	}
	return found[0]
}

func TestDiffer_NothingYet(t *testing.T) {
	r := newRoom(t, PartDiffer, nil)
	r.NoErrors()
	r.Shows("还没有系统导出")
	r.Tap("去导入")
	if len(r.Opened) != 1 || r.Opened[0].Page != page.Import {
		t.Errorf("opened %v", r.Opened)
	}
	r.Shot("teams-differ-empty")
}

func TestDiffer_ShowsBothSidesAndWhereItComesFrom(t *testing.T) {
	r, d := differRoom(t)
	r.NoErrors()
	r.Shows("系统 2026-11-20 导出")
	value := d.named(t, exchange.OtherValue)
	d.at(t, value.Name, value.Label())
	if words := cellsOf(differTable{d.items}); !strings.Contains(words, "家庭人口|▲") && !strings.Contains(words, "|值不同|") || strings.Contains(words, "99010119") {
		t.Errorf("shows\n%s", words)
	}
	r.Shot("teams-differ-grid")
	d.setDrawer(true)
	r.Shows("打开台账记录")
	r.Shows("户主姓名")
	r.Shows("扩展指标1")
	r.Shot("teams-differ-row")
	d.openRecord()
	if len(r.Opened) != 1 || r.Opened[0].Record != value.Record {
		t.Errorf("opened %v", r.Opened)
	}
	d.places.OnChosen(kit.Choice{ID: value.Village})
	d.fields.OnChosen(kit.Choice{ID: value.Field.Key})
	if len(d.items) != 1 || d.items[0].Key() != value.Key() {
		t.Errorf("narrowed to\n%s", cellsOf(differTable{d.items}))
	}
	test.AssertRendersToMarkup(t, "differ-chips.xml", newWindow(t, differChipsOf(d)).Canvas())
}

func differChipsOf(d *differ) *kit.Chips {
	c := kit.NewChips(nil)
	c.Set(differChips(d.all.Items), viewOpen)
	return c
}

func TestDiffer_TheSystemCounts(t *testing.T) {
	r, d := differRoom(t)
	item := d.named(t, exchange.OtherValue)
	before := len(d.all.Items)
	d.at(t, item.Name, item.Label())
	d.askAdopt()
	r.Shot("teams-differ-adopt")
	r.Tap("选中的 1 处")
	r.NoErrors()
	if len(d.all.Items) != before-1 {
		t.Errorf("%d left of %d", len(d.all.Items), before)
	}
	_, rec, err := r.App.Get(t.Context(), ledgers.Household, item.Record)
	pagetest.Must(t, err)
	if !item.Field.Same(rec.Get(item.Field.Key), item.Theirs) {
		t.Errorf("holds %v", rec.Get(item.Field.Key))
	}
	all := len(keysOf(d.items, app.SystemDifference.Adoptable))
	d.askAdopt()
	r.Tap("列表里的 " + string(rune('0'+all)) + " 处")
	r.NoErrors()
	if n := len(r.list(ledgers.Household, "户主姓名=新示例户")); n != 1 {
		t.Errorf("%d taken over", n)
	}
	d.askAdopt() // nothing is left that the system has
	if r.Win.Canvas().Overlays().Top() != nil {
		t.Error("asks though there is nothing to adopt")
	}
}

func TestDiffer_TheLedgerCountsWithAReason(t *testing.T) {
	r, d := differRoom(t)
	item := d.named(t, exchange.OtherValue)
	d.at(t, item.Name, item.Label())
	d.corrections() // none yet
	d.askKeep()
	r.Tap("选中的 1 处")
	r.Shows("请写明原因。")
	r.entries()[0].SetText("户口本为证")
	r.Shot("teams-differ-keep")
	r.Tap("选中的 1 处")
	r.NoErrors()
	d.chips.OnTap(viewNoted, d.chips.Position())
	if len(d.items) != 1 || d.items[0].Note == nil || !strings.Contains(cellsOf(differTable{d.items}), "台账为准：户口本为证") {
		t.Errorf("noted\n%s", cellsOf(differTable{d.items}))
	}
	r.Tap("待系统更正清单")
	r.Tap("导出")
	r.NoErrors()
	words := wordsOf(t, r.saved)
	if !strings.Contains(words, "户口本为证") || !strings.Contains(words, item.Name) {
		t.Errorf("list: %s", words)
	}
	d.export()
	r.NoErrors()
	if words := wordsOf(t, r.saved); !strings.Contains(words, "系统 2026-11-20 导出比台账") {
		t.Errorf("workbook: %s", words)
	}
}

func TestDiffer_FullNumbersOnlyForAReason(t *testing.T) {
	r, d := differRoom(t)
	item := d.named(t, exchange.OtherValue)
	_, err := r.App.KeepOurs(t.Context(), d.ledger, []app.DifferenceKey{item.Key()}, "入户核实")
	pagetest.Must(t, err)
	_, rec, err := r.App.Get(t.Context(), ledgers.Household, item.Record)
	pagetest.Must(t, err)
	number := rec.Get("id_number").Text
	r.Tap("待系统更正清单")
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), tick)
	r.Tap("导出")
	r.Shows("完整带出要写明理由。")
	r.Shot("teams-differ-list")
	r.entries()[0].SetText("交系统管理员")
	r.Tap("导出")
	r.NoErrors()
	if number == "" || !strings.Contains(wordsOf(t, r.saved), number) {
		t.Errorf("the list has no number %q", number)
	}
	if n := len(r.list(ledgers.Disclosure)); n != 1 {
		t.Errorf("%d entries of it", n)
	}
}

func TestDiffer_Roster(t *testing.T) {
	r, d := differRoom(t)
	d.turnTo(ledgers.Team)
	r.NoErrors()
	r.Shows("还没有系统导出")
	r.Show(page.Route{Page: page.Teams, Filter: PartDiffer, Ledger: ledgers.Household})
	if d.do(page.New) || !d.do(page.Edit) {
		t.Error("commands")
	}
}

func TestDiffer_OneVillageAndAFileThatIsGone(t *testing.T) {
	r := newRoom(t, PartRoster, nil)
	status := ""
	r.Desk.Status = func(words string) { status = words }
	r.mirror(func(rows []apptest.SystemRow) []apptest.SystemRow { return rows[:1] })
	r.Show(page.Route{Page: page.Teams, Filter: PartDiffer})
	r.NoErrors()
	if d := r.differPart(); len(d.all.Outside) != 11 || !strings.Contains(status, "没有对照的村") {
		t.Errorf("outside %v, says %q", d.all.Outside, status)
	}
	r.Shot("teams-differ-village")
	folders, err := filepath.Glob(filepath.Join(filepath.Dir(r.App.Path()), "*-佐证"))
	pagetest.Must(t, err)
	for _, dir := range folders {
		pagetest.Must(t, os.RemoveAll(dir))
	}
	r.differPart().load()
	if len(r.Said.Errors) != 1 || !strings.Contains(model.Sentence(r.Said.Errors[0]), "文件不在") {
		t.Errorf("says %v", r.Said.Errors)
	}
	r.Shows("没有对照成", "再试一次")
	if strings.Contains(r.Written(), "正在对照") {
		t.Error("seems to be comparing still")
	}
	r.Shot("teams-differ-failed")
}

func TestDiffer_View(t *testing.T) {
	f := &model.Field{Key: "population", Label: "家庭人口"}
	m := &app.Mirror{AsOf: "2026-11-20"}
	items := []app.SystemDifference{
		{Difference: exchange.Difference{Kind: exchange.OtherValue, Record: "a", Row: 3, Name: "张示例一", Field: f}, Mirror: m, Village: "甲一村"},
		{Difference: exchange.Difference{Kind: exchange.OnlySystem, Row: 4, Name: "张示例二"}, Mirror: m, Village: "甲二村", Note: &app.MirrorNote{Reason: "已迁出"}},
		{Difference: exchange.Difference{Kind: exchange.Unclear, Row: 5, Written: "缺户主"}, Mirror: m}}
	var got []string
	for _, c := range differChips(items) {
		got = append(got, c.Label)
	}
	if want := []string{"未定", "值不同", "认不准的行", "待系统更正"}; !slices.Equal(got, want) {
		t.Errorf("chips %q", got)
	}
	if c := fieldChoices(items); len(c) != 3 || c[2].ID != wholeRow {
		t.Errorf("fields %v", c)
	}
	if c := villageChoices(items); len(c) != 3 {
		t.Errorf("villages %v", c)
	}
	s := app.SystemDifferences{Outside: []app.AreaCount{{Name: "丁村", Count: 3}}, Mirrors: []app.Mirror{*m}, Same: 7}
	if w := standingWords(s); w != "系统 2026-11-20 导出，7 行一致；1 个村没有对照" {
		t.Errorf("says %s", w)
	}
	if w := outsideWords(s); !strings.Contains(w, "丁村 3") {
		t.Errorf("says %s", w)
	}
}

// tick ticks a box of a dialog.
func tick(o fyne.CanvasObject) {
	if b, is := o.(*kit.Tick); is {
		b.Tapped(&fyne.PointEvent{})
	}
}

// wordsOf are the words of a workbook.
func wordsOf(t *testing.T, path string) string {
	t.Helper()
	file, err := book.Open(path)
	pagetest.Must(t, err)
	var b strings.Builder
	for _, s := range file.Sheets {
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				b.WriteString(c.Text + "|")
			}
		}
	}
	return b.String()
}
