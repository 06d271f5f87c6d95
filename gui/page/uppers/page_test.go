package uppers

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// room is the page in a window over the sample.
type room struct {
	*pagetest.Room
	*Page
}

// empty takes the tables of the sample away.
func (r *room) empty() {
	for _, t := range r.now.Tables {
		_, err := r.App.Delete(context.Background(), ledgers.UpperTable, t.ID, true)
		pagetest.Must(r.T, err)
	}
}

// newRoom registers tables beside those of the sample, each of its assignments as the command line takes them, and
// opens the page.
func newRoom(t *testing.T, tables ...string) *room {
	t.Helper()
	r := &room{Room: pagetest.New(t)}
	for _, words := range tables {
		assign, err := app.ParseAssignments(strings.Split(words, "|"))
		pagetest.Must(t, err)
		_, err = r.App.Add(context.Background(), ledgers.UpperTable, assign)
		pagetest.Must(t, err)
	}
	r.Page = New(r.App, r.Desk)
	r.Put(r.Page)
	r.Show(page.Route{Page: page.Uppers})
	r.NoErrors()
	return r
}

// The tables of the tests: one late, one due soon, one not for long, one weekly.
var sampleTables = []string{
	"报表名称=衔接资金项目进度表|要表单位=示例县农业农村局|报送周期=月|截止日=5|次期截止=是|截止时=12|起报日期=2026-11-01|对接人=张示例九|对接电话=0991-0000001",
	"报表名称=防汛物资清单|要表单位=示例县应急局|报送周期=一次性|截止日期=2026-11-24|截止时=17",
	"报表名称=党员教育培训情况季报表|要表单位=示例县委组织部|报送周期=季|截止日=20|次期截止=是",
	"报表名称=重点工作推进情况周调度表|要表单位=示例县委农办|报送周期=周|截止日=5|截止时=17|起报日期=2026-11-16",
}

// list is what the grid shows, a line a row.
func (r *room) list() string {
	var b strings.Builder
	for row := range r.rows.Len() {
		for col := range r.rows.Columns() {
			b.WriteString(r.rows.Cell(row, col).Text + "|")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (r *room) lists(want ...string) {
	r.T.Helper()
	got := r.list()
	for _, w := range want {
		if !strings.Contains(got, w) {
			r.T.Errorf("%q is missing in\n%s", w, got)
		}
	}
}

// typeIn types into the entry of the open dialog under a label.
func (r *room) typeIn(label, words string) {
	r.T.Helper()
	last, done := "", false
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Line:
			last = o.Text()
		case *kit.Entry:
			if !done && strings.HasPrefix(last, label) {
				o.SetText(words)
				done = true
			}
		}
	})
	if !done {
		r.T.Fatalf("no entry %s in\n%s", label, r.Written())
	}
}

func TestPage_SaysWhatToDoWhenEmpty(t *testing.T) {
	r := newRoom(t)
	r.empty()
	r.Shows("上级要的表，登记一次，到期提醒")
	r.Shot("uppers-empty")
	r.Tap("登记报表")
	r.NoErrors()
	r.Shot("uppers-register")
	r.typeIn("报表名称", "村集体经济收入季报")
	r.typeIn("要表单位", "示例县委组织部")
	r.typeIn("截止日", "10")
	r.Tap("登记")
	r.NoErrors()
	r.lists("村集体经济收入季报|示例县委组织部|没有到期|每月10日24时|2026年12月|")
	if !strings.Contains(r.Toast(), "已登记“村集体经济收入季报”") {
		t.Errorf("said %q", r.Toast())
	}
}

func TestPage_ShowsWhatIsDue(t *testing.T) {
	r := newRoom(t, sampleTables...)
	r.lists("衔接资金项目进度表|示例县农业农村局|逾期 17 天|次月5日12时|2026年10月|", "防汛物资清单|示例县应急局|剩 2 天|2026-11-24 17时|2026年11月24日|",
		"党员教育培训情况季报表|示例县委组织部|没有到期|", "重点工作推进情况周调度表|示例县委农办|逾期 2 天|每周五17时|2026年第47周|")
	r.Shows("登记 6 张，待报 3 张")
	r.Shot("uppers")
	r.chips.OnTap(viewOpen, fyne.Position{})
	if r.rows.Len() != 3 {
		t.Errorf("open:\n%s", r.list())
	}
	r.chips.OnTap(viewCalendar, fyne.Position{})
	r.lists("11-05 周四 12时|衔接资金项目进度表|示例县农业农村局|2026年10月|逾期未报|", "12-07 周一 12时|衔接资金项目进度表|示例县农业农村局|2026年11月|待报|")
	r.Shot("uppers-calendar")
	if m := r.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
		t.Errorf("the page needs %v", m)
	}
}

func TestPage_EditsTheTableOfTheCursor(t *testing.T) {
	r := newRoom(t, sampleTables...)
	r.Show(page.Route{Page: page.Uppers, Record: r.now.Tables[2].ID})
	r.Tap("修改登记")
	r.NoErrors()
	r.typeIn("停报日期", "2026-11-01")
	r.Tap("保存")
	r.NoErrors()
	r.lists("衔接资金项目进度表|示例县农业农村局|不再到期|")
	r.Do(page.Edit)
	r.Tap("保存") // nothing was changed
	r.NoErrors()
}

func TestPage_GoesToTheTableOfTheRoute(t *testing.T) {
	r := newRoom(t, sampleTables...)
	r.chips.OnTap(viewCalendar, fyne.Position{})
	last := r.now.Tables[5]
	r.Show(page.Route{Page: page.Uppers, Record: last.ID})
	if got := r.current(); got == nil || got.ID != last.ID || r.chips.Selected() != viewAll {
		t.Errorf("at %+v of %s", got, r.chips.Selected())
	}
	r.Tap("打开记录")
	if got := r.Opened[len(r.Opened)-1]; got.Ledger != ledgers.UpperTable || got.Record != last.ID {
		t.Errorf("opened %+v", got)
	}
}

// tells fails the test for words that are in no paragraph.
func (r *room) tells(words ...string) {
	r.T.Helper()
	var b strings.Builder
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if p, is := o.(*kit.Para); is {
			b.WriteString(p.Text() + "\n")
		}
	})
	for _, w := range words {
		if !strings.Contains(b.String(), w) {
			r.T.Errorf("%q is not told in\n%s", w, b.String())
		}
	}
}

// at puts the cursor on a table of the list.
func (r *room) at(title string) *app.UpperTable {
	r.T.Helper()
	for i := range r.now.Tables {
		if t := &r.now.Tables[i]; t.Title == title {
			r.Show(page.Route{Page: page.Uppers, Record: t.ID})
			return r.current()
		}
	}
	r.T.Fatalf("no table %s in\n%s", title, r.list())
	return nil
}

func TestPage_KeepsWhatWasSent(t *testing.T) {
	r := newRoom(t, sampleTables...)
	r.at("衔接资金项目进度表")
	r.drawer.Choose(tabSent)
	r.tells("还没有报过")
	sent := pagetest.Workbook(t, "进度表 十月.xlsx", nil, []string{"序号", "项目名称", "下达资金", "支出"}, []string{"1", "青山村蔬菜大棚", "10", "8"})
	r.Material = []string{sent}
	r.Tap("登记报送")
	r.NoErrors()
	r.Shot("uppers-keep")
	r.typeIn("报送日期", "昨天吧")
	r.Tap("留存")
	r.Shows("报送日期应写成 2026-11-22 这样。")
	r.typeIn("报送日期", "2026-11-21")
	r.Tap("留存")
	r.NoErrors()
	r.lists("衔接资金项目进度表|示例县农业农村局|没有到期|次月5日12时|2026年11月|2026-11-21|0/4|")
	r.Shows("2026年10月")
	r.tells("2026-11-21 报送，手工登记", "4 列：程序填 0，人工填 4", "进度表 十月.xlsx")
	r.Shot("uppers-sent")
	r.SaveAs = filepath.Join(t.TempDir(), "取 出.xlsx")
	r.Tap("取出文件")
	r.NoErrors()
	want, err := os.ReadFile(sent)
	pagetest.Must(t, err)
	got, err := os.ReadFile(r.SaveAs)
	pagetest.Must(t, err)
	if !bytes.Equal(got, want) || !strings.Contains(r.Toast(), "取 出.xlsx") {
		t.Errorf("%d bytes came out of %d, said %q", len(got), len(want), r.Toast())
	}
}

// sentTable writes what was sent and what came back of it: one cell changed, a row gone
// and a new one, in another order.
func (r *room) sentTable(t *testing.T) (sent, back string) {
	head := []string{"序号", "项目名称", "行政村", "下达资金", "支出", "备注"}
	sent = pagetest.Workbook(t, "进度表 十月.xlsx", nil, head, []string{"1", "青山村蔬菜大棚", "青山村", "10", "8", ""},
		[]string{"2", "桥", "白石村", "30", "3.5", "在建"}, []string{"3", "路", "白石村", "20", "20", "完工"})
	back = pagetest.Workbook(t, "县里返回.xlsx", nil, head[:5], []string{"1", "路", "白石村", "20.00", "20"},
		[]string{"2", "青山村蔬菜大棚", "青山村", "10", "7.5"}, []string{"3", "水池", "柳河村", "5", "1"})
	return sent, back
}

func TestPage_HoldsTheirsAgainstOurs(t *testing.T) {
	r := newRoom(t, sampleTables...)
	sent, back := r.sentTable(t)
	table := r.at("衔接资金项目进度表")
	_, _, err := r.App.KeepSent(context.Background(), app.KeepSentRequest{Table: table.ID, Path: sent})
	pagetest.Must(t, err)
	r.drawer.Choose(tabSent)
	r.Material = []string{back}
	r.Tap("与上级对照…")
	r.NoErrors()
	r.Shot("uppers-theirs")
	r.Shows("《衔接资金项目进度表》2026年10月 与 县里返回.xlsx，比了 4 行", "按“项目名称”对行；上级没有的列：备注")
	var got []string
	for _, f := range r.theirs.rows.shown {
		got = append(got, string(f.Kind)+f.Name+f.Header+f.Before+f.After)
	}
	if strings.Join(got, "|") != "变更青山村蔬菜大棚支出87.5|消失的行桥|新增的行水池" {
		t.Errorf("found %v", got)
	}
	r.theirs.chips.OnTap("消失的行", fyne.Position{})
	if r.theirs.rows.Len() != 1 || r.theirs.rows.Cell(0, 0).Text != "上级没有的行" {
		t.Errorf("gone: %+v", r.theirs.rows.shown)
	}
	r.SaveAs = filepath.Join(t.TempDir(), "对 照.xlsx")
	r.Tap("导出标色表")
	r.NoErrors()
	if _, err := os.Stat(r.SaveAs); err != nil {
		t.Error(err)
	}
	r.Tap("留存上级的表")
	r.Tap("返回报表登记")
	r.NoErrors()
	r.tells("上级返回：县里返回.xlsx")
}

// TestPage_AsksByWhatRowsAreFound: where nothing tells the rows apart it is asked, and
// what is said decides.
func TestPage_AsksByWhatRowsAreFound(t *testing.T) {
	r := newRoom(t, sampleTables...)
	head := []string{"序号", "行政村", "类别", "数量"}
	sent := pagetest.Workbook(t, "报.xlsx", nil, head, []string{"1", "青山村", "甲", "1"}, []string{"2", "青山村", "甲", "2"}, []string{"3", "白石村", "乙", "5"})
	back := pagetest.Workbook(t, "回.xlsx", nil, head, []string{"1", "青山村", "甲", "7"}, []string{"2", "青山村", "甲", "8"}, []string{"3", "白石村", "乙", "6"})
	table := r.at("衔接资金项目进度表")
	_, _, err := r.App.KeepSent(context.Background(), app.KeepSentRequest{Table: table.ID, Path: sent})
	pagetest.Must(t, err)
	r.drawer.Choose(tabSent)
	r.Material = []string{back}
	r.Tap("与上级对照…")
	r.NoErrors()
	r.Shot("uppers-key")
	r.typeIn("按哪几列对行", "行政村、没有的列")
	r.Tap("对照")
	r.typeIn("按哪几列对行", "行政村")
	r.Said.Errors = nil
	r.Tap("对照")
	r.NoErrors()
	if len(r.theirs.rows.shown) != 1 || !strings.Contains(r.Written(), "行政村相同，分不清哪一行对哪一行，没有比") {
		t.Errorf("%+v in\n%s", r.theirs.rows.shown, r.Written())
	}
}

// TestPage_BurdenIsOffUntilItIsSwitchedOn: then it counts by who asked and month, says
// what was given already, and names nobody.
func TestPage_BurdenIsOffUntilItIsSwitchedOn(t *testing.T) {
	r := newRoom(t, sampleTables...)
	if r.Button("报表负担") != nil {
		t.Error("the burden is shown unasked")
	}
	_, err := r.App.SetSetting(context.Background(), rule.UnitBurden, "1")
	pagetest.Must(t, err)
	sent, _ := r.sentTable(t)
	for _, title := range []string{"衔接资金项目进度表", "防汛物资清单"} {
		_, _, err := r.App.KeepSent(context.Background(), app.KeepSentRequest{Table: r.at(title).ID, Path: sent})
		pagetest.Must(t, err)
	}
	r.Tap("报表负担")
	r.NoErrors()
	r.Shot("uppers-burden")
	var b strings.Builder
	for _, g := range []interface {
		Len() int
		Columns() []grid.Column
		Cell(row, col int) grid.Cell
	}{&r.burden.lines, &r.burden.twice} {
		for row := range g.Len() {
			for col := range g.Columns() {
				b.WriteString(g.Cell(row, col).Text + "|")
			}
			b.WriteString("\n")
		}
	}
	got := b.String()
	for _, want := range []string{"示例县应急局|||||||||||1|1|6|0|0%|3|", "合计|1|", "下达资金|防汛物资清单|示例县应急局|2026-11-22|衔接资金项目进度表|示例县农业农村局|2026-11-22|"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "张示例九") {
		t.Errorf("a person is named in\n%s", got)
	}
	r.SaveAs = filepath.Join(t.TempDir(), "负 担.xlsx")
	r.Tap("导出")
	r.NoErrors()
	if _, err := os.Stat(r.SaveAs); err != nil {
		t.Error(err)
	}
	r.Tap("返回报表登记")
	r.Shows("登记 6 张")
}
