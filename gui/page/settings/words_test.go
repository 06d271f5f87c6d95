package settings

import (
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

const today = model.Day("2026-11-22")

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.Local)

func TestSizeAndMoment(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0 KB", 1: "1 KB", 4096: "4 KB", 3 << 20: "3.0 MB", 5 << 29: "2.5 GB"} {
		if got := size(bytes); got != want {
			t.Errorf("%d: %s, want %s", bytes, got, want)
		}
	}
	if got := moment(noon, today); got != "11-22 12:00" {
		t.Error(got)
	}
	if got := moment(noon, "2027-01-02"); got != "2026-11-22 12:00" {
		t.Error(got)
	}
}

func TestProved(t *testing.T) {
	tests := []struct {
		file app.BackupFile
		mark look.Mark
		want string
	}{
		{app.BackupFile{}, look.MarkNone, "未核对"},
		{app.BackupFile{Proved: noon}, look.MarkOverdue, "已损坏"},
		{app.BackupFile{Proved: noon, Sound: true}, look.MarkFine, "已核对 11-22 12:00"},
	}
	for _, tt := range tests {
		if mark, words := proved(tt.file, today); mark != tt.mark || words != tt.want {
			t.Errorf("%+v: %v %s", tt.file, mark, words)
		}
	}
}

func TestSecondWords(t *testing.T) {
	tests := []struct {
		name string
		b    app.Backups
		tone look.Tone
		want string
	}{
		{"none", app.Backups{SecondLate: true}, look.ToneSoon, "还没有第二处备份"},
		{"pulled out", app.Backups{Second: "E:/备份", SecondGone: true, SecondLate: true}, look.ToneSoon, "打不开"},
		{"nothing proved", app.Backups{Second: "E:/备份", SecondLate: true}, look.ToneSoon, "没有核对过的备份"},
		{"old", app.Backups{Second: "E:/备份", SecondAt: noon, SecondLate: true}, look.ToneSoon, "已超过 7 天"},
		{"recent", app.Backups{Second: "E:/备份", SecondAt: noon}, look.ToneFine, "最近一份是 11-22 12:00"},
	}
	for _, tt := range tests {
		if tone, words := secondWords(tt.b, today); tone != tt.tone || !strings.Contains(words, tt.want) {
			t.Errorf("%s: %v %s", tt.name, tone, words)
		}
	}
}

func TestRestoreWords(t *testing.T) {
	c := app.Comparison{Report: app.FileReport{Records: 800, LastAt: noon}, Since: 3, Ledgers: []app.Difference{{Label: "任务", Then: 5, Now: 7, OnlyThen: 1, OnlyNow: 3, Changed: 2}}}
	if got := restoreWords(c, today); !strings.Contains(got, "停在 11-22 12:00，有 800 条") || !strings.Contains(got, "做过 3 次操作") || !strings.Contains(got, "改名留在旁边") {
		t.Error(got)
	}
	if got := restoreWords(app.Comparison{}, today); !strings.Contains(got, "空台账") || !strings.Contains(got, "没有必要恢复") {
		t.Error(got)
	}
	c.System = app.Difference{OnlyNow: 4}
	d := differences(c)
	if len(d) != 2 || d[1].Label != "程序自动记录" || len(c.Ledgers) != 1 {
		t.Fatalf("%+v", d)
	}
	want := []struct {
		text string
		fill grid.Fill
	}{{"任务", grid.FillNone}, {"5", grid.FillNone}, {"7", grid.FillNone}, {"1", grid.FillAdded}, {"3", grid.FillConflict}, {"2", grid.FillChanged}}
	for col, w := range want {
		if c := d.Cell(0, col); c.Text != w.text || c.Fill != w.fill {
			t.Errorf("column %d: %+v", col, c)
		}
	}
	if c := d.Cell(1, 3); c.Fill != grid.FillNone || c.Tone != look.ToneQuiet {
		t.Errorf("nothing to find back, but %+v", c)
	}
}

func TestDesks(t *testing.T) {
	tests := []struct{ setting, tap, want string }{
		{"", "驻村书记", "任务督办、监测户项目"},
		{"任务督办、监测户项目", "驻村书记", ""},
		{"任务督办、监测户项目", "任务督办", "监测户项目"},
		{"监测户项目", "监测户项目", "监测户项目"},
		{"别的", "任务督办", "驻村书记、监测户项目"},
	}
	for _, tt := range tests {
		if got := toggled(tt.setting, tt.tap); got != tt.want {
			t.Errorf("%q, %s switched: %q, want %q", tt.setting, tt.tap, got, tt.want)
		}
	}
}

func TestActors_InOfficeOnly(t *testing.T) {
	l := model.NewCatalog(ledgers.All()...).Ledger("post")
	post := func(person, to string) *model.Record {
		r := model.NewRecord("post", "")
		r.Put("person", model.Reference(person, person))
		r.Put("at", model.Reference("a1", "甲一村"))
		r.Put("title", model.Text(l.Field("title").Options[0].Key))
		if to != "" {
			r.Put("to", model.OnDay(model.Day(to)))
		}
		return r
	}
	got := actors(l, []*model.Record{post("甲", ""), post("乙", "2026-11-21"), post("丙", "2026-11-22"), post("", "")}, today)
	if len(got) != 2 || got[0].ID != "甲@a1" || got[1].Text != "丙" || !strings.HasPrefix(got[0].Note, "甲一村 · ") {
		t.Errorf("%+v", got)
	}
	if personOf(got[0].ID) != "甲" {
		t.Error("the person of an actor")
	}
	words := postWords(l, []*model.Record{post("甲", ""), post("乙", "2026-11-21")})
	if words[0][1] != "任职时间未填 — 至今" || !strings.HasSuffix(words[1][1], "2026-11-21") {
		t.Errorf("%v", words)
	}
}

func TestActorWords(t *testing.T) {
	if got := actorWords(model.Actor{Name: "李示例二"}, "甲镇"); got != "李示例二（甲镇）" {
		t.Error(got)
	}
	if got := actorWords(model.Actor{}, "甲镇"); !strings.Contains(got, "没有选人") {
		t.Error(got)
	}
}

func TestParameters(t *testing.T) {
	var all []app.ParameterInfo
	for _, p := range rule.Parameters() {
		all = append(all, app.ParameterInfo{Parameter: p, Value: p.Default})
	}
	got := paramSource(adjustable(all))
	if got.Len() == 0 || got.Len() >= len(all) {
		t.Errorf("%d of %d can be adjusted", got.Len(), len(all))
	}
	if !slices.ContainsFunc(got, func(p app.ParameterInfo) bool { return p.Key == rule.FlowShort+"task" }) {
		t.Error("the short flow cannot be adjusted")
	}
	got[0].Value, got[0].Since = "5", "2026-11-22"
	if c := got.Cell(0, 1); c.Text != "5 天" || !c.Bold {
		t.Errorf("%+v", c)
	}
	if c := got.Cell(0, 2); c.Text != "2026-11-22 起" {
		t.Errorf("%+v", c)
	}
	if c := got.Cell(0, 3); c.Text != "临近时限 3 日内提醒" {
		t.Errorf("%+v", c)
	}
	if c := got.Cell(1, 2); c.Text != "出厂默认" {
		t.Errorf("%+v", c)
	}
}

func TestTicked(t *testing.T) {
	choices := []string{"县", "乡镇", "村", "保留签收", "无"}
	for _, c := range []struct {
		value, choice string
		on            bool
		want          string
	}{
		{"村", "乡镇", true, "乡镇、村"},
		{"乡镇、村", "村", false, "乡镇"},
		{"村", "村", false, "无"},
		{"无", "县", true, "县"},
		{"县、保留签收", "无", true, "无"},
		{"无", "无", false, "无"},
	} {
		if got := ticked(choices, c.value, c.choice, c.on); got != c.want {
			t.Errorf("%s, %s %v: %s, want %s", c.value, c.choice, c.on, got, c.want)
		}
	}
}

func TestAreaTree(t *testing.T) {
	area := func(id, above, level string, order int64) *model.Record {
		r := model.NewRecord("area", id)
		r.Put("name", model.Text(id))
		r.Put("level", model.Text(level))
		if above != "" {
			r.Put("parent", model.Reference(above, above))
		}
		if order > 0 {
			r.Put("order", model.Int(order))
		}
		return r
	}
	tree := &areaTree{
		ledger: model.NewCatalog(ledgers.All()...).Ledger("area"),
		records: []*model.Record{
			area("乙村", "甲镇", "village", 2), area("示例县", "", "county", 0), area("甲镇", "示例县", "town", 0),
			area("甲村", "甲镇", "village", 1), area("一组", "甲村", "group", 0), area("孤村", "别处", "village", 0),
		},
		uses: map[string][]app.Use{"甲镇": {{N: 3}, {N: 4}}},
	}
	names := func() string {
		tree.arrange()
		var out []string
		for _, r := range tree.rows {
			out = append(out, strings.Repeat("-", r.depth)+r.rec.ID)
		}
		return strings.Join(out, " ")
	}
	if got := names(); got != "示例县 -甲镇 --甲村 ---一组 --乙村 孤村" {
		t.Error(got)
	}
	tree.folded = foldLow(tree.records)
	if got := names(); got != "示例县 -甲镇 --甲村 --乙村 孤村" {
		t.Errorf("folded: %s", got)
	}
	if c := tree.Cell(2, 0); c.Twist != grid.TwistClosed || c.Indent != 2 {
		t.Errorf("%+v", c)
	}
	if c := tree.Cell(1, 4); c.Text != "7" {
		t.Errorf("uses of 甲镇: %+v", c)
	}
	tree.words = "yz"
	if got := names(); got != "示例县 -甲镇 --甲村 ---一组" {
		t.Errorf("searched by initials: %s", got)
	}
	if tree.rowOf("一组") != 3 || tree.rowOf("乙村") != -1 {
		t.Error("rows of records")
	}
	below := map[string]string{"示例县": "town", "甲镇": "village", "甲村": "group"}
	for _, r := range tree.records {
		if want := below[r.ID]; want != "" && levelBelow(r) != want {
			t.Errorf("below %s comes %s", r.ID, levelBelow(r))
		}
	}
	if levelBelow(nil) != "county" {
		t.Error("the first division is a county")
	}
}
