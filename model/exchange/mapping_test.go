package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

func builtin() *model.Catalog { return model.NewCatalog(ledgers.All()...) }

// tableOf makes a table of headers joined by "|", levels by "/".
func tableOf(headers string) *Table {
	t := &Table{HeaderFirst: 1, HeaderLast: 1, FirstCol: 1}
	lines := []line{{row: 1}}
	for i, path := range strings.Split(headers, "|") {
		for j, word := range strings.Split(path, "/") {
			for len(lines) <= j {
				lines = append(lines, line{row: len(lines) + 1})
			}
			if word != "" {
				lines[j].spots = append(lines[j].spots, spot{row: j + 1, col: i + 1, right: i + 1, bottom: j + 1, text: word})
			}
		}
		t.LastCol = i + 1
	}
	h := header{block: block{1, t.LastCol}, first: 1, last: len(lines), lines: lines}
	t.Columns = h.columns(t.LastCol)
	return t
}

// mapped writes a mapping as "header→path", "?" in front of what is only suggested.
func mapped(t *Table, matches []Match) []string {
	var out []string
	for _, m := range matches {
		mark := ""
		if !m.Sure() {
			mark = "?"
		}
		out = append(out, mark+t.Columns[m.Col-1].Path+"→"+string(m.Path))
	}
	return out
}

func unmappedPaths(t *Table, matches []Match) string {
	var out []string
	for _, c := range Unmapped(t, matches) {
		out = append(out, c.Path)
	}
	return strings.Join(out, " ")
}

func TestMapColumns(t *testing.T) {
	cases := []struct {
		name, ledger, headers string
		want                  string // in the order of columns
		unmapped              string
	}{
		{"county list of tasks", ledgers.Task,
			"序号|工作类别(领域)|任务名称(重点任务)|具体内容(工作举措)|目标要求(量化指标)|牵头领导|牵头单位|责任单位(配合单位)|责任人|完成时限|进展情况(截至11月20日)|完成比例(%)|存在问题|下步打算|是否完成(销号情况)|销号时间|备注",
			"序号→#seq 工作类别(领域)→category 任务名称(重点任务)→title 具体内容(工作举措)→content 目标要求(量化指标)→target 牵头领导→lead_person 牵头单位→lead_unit 责任单位(配合单位)→unit 责任人→person 完成时限→due 进展情况(截至11月20日)→progress.text 完成比例(%)→progress.percent 存在问题→progress.problem 下步打算→progress.next_step 是否完成(销号情况)→state 销号时间→closed_on 备注→remark", ""},
		{"township list", ledgers.Task, "序号|重点任务|包抓领导|责任站所|配合单位|完成时间|工作进展|备注",
			"序号→#seq 重点任务→title 包抓领导→lead_person 责任站所→unit 配合单位→coop 完成时间→due 工作进展→progress.text 备注→remark", ""},
		{"village list", ledgers.Task, "序号|工作事项|具体责任人|完成时限|进展情况|备注",
			"序号→#seq 工作事项→title 具体责任人→person 完成时限→due 进展情况→progress.text 备注→remark", ""},
		{"short form", ledgers.Task, "序号|任务|责任单位|完成时限|进展情况|备注",
			"序号→#seq 任务→title 责任单位→unit 完成时限→due 进展情况→progress.text 备注→remark", ""},
		{"full-width brackets, blanks, breaks", ledgers.Task, "序号|任务　名称|责任单位（配合单位）|完成时限（年月日）|完成比例（％）",
			"序号→#seq 任务名称→title 责任单位（配合单位）→unit 完成时限（年月日）→due 完成比例（％）→progress.percent", ""},
		{"deadline in a merged group", ledgers.Task, "任务名称|完成时限/开始|完成时限/完成时限|责任/单位|责任/责任人",
			"任务名称→title 完成时限→due 责任/单位→unit 责任/责任人→person", "完成时限/开始"},
		{"quarters are not the deadline", ledgers.Task, "任务名称|时间节点/一季度|时间节点/二季度|责任单位",
			"任务名称→title 责任单位→unit", "时间节点/一季度 时间节点/二季度"},
		{"platform's roster", ledgers.Team, "序号|姓名|派出单位|派出单位职务|联系电话|第一书记标志|性别|证件号码|学历|政治面貌|技术特长|开始时间|结束时间",
			"序号→#seq 姓名→name 派出单位→home_unit 派出单位职务→duty 联系电话→phone 性别→gender 证件号码→id_number 学历→education 政治面貌→politics 技术特长→skill 开始时间→from 结束时间→to", "第一书记标志"},
		{"county's roster", ledgers.Team,
			"序号|乡镇|村|村类型(脱贫村/易地搬迁安置村/示范村/软弱涣散村/其他)|姓　名|性别|民族|出生年月|学历|政治面貌|入党时间|参加工作时间|派出单位|单位层级(中央/省/市/县/乡)|职务(职级)|驻村职务(第一书记兼队长/第一书记/工作队员)|选派时间|任期届满时间|是否连任(轮换)|身份证号|联系电话(手机)|备注",
			"序号→#seq 乡镇→#area 村→village 村类型(脱贫村/易地搬迁安置村/示范村/软弱涣散村/其他)→village_kind 姓名→name 性别→gender 民族→ethnic 出生年月→birth 学历→education 政治面貌→politics 入党时间→party_since 参加工作时间→work_since 派出单位→home_unit 单位层级(中央/省/市/县/乡)→home_level 职务(职级)→duty 驻村职务(第一书记兼队长/第一书记/工作队员)→role 选派时间→from 任期届满时间→to 是否连任(轮换)→renewed 身份证号→id_number 联系电话(手机)→phone 备注→remark", ""},
		{"of two persons neither is taken", ledgers.Team, "村|拟召回人员/姓名|拟召回人员/联系电话|接任人员/姓名|接任人员/联系电话",
			"村→village ?拟召回人员/姓名→name ?拟召回人员/联系电话→phone", "接任人员/姓名 接任人员/联系电话"},
		{"a plain group adds nothing", ledgers.Team, "基本信息/姓名|基本信息/性别|驻村信息/选派时间|联系方式/联系电话",
			"基本信息/姓名→name 基本信息/性别→gender 驻村信息/选派时间→from 联系方式/联系电话→phone", ""},
		{"another phone", ledgers.Team, "姓名|联系电话（紧急联系人）|姓名（身份证号）", "姓名→name ?联系电话（紧急联系人）→phone", "姓名（身份证号）"},
		{"label before synonym", ledgers.Task, "完成时间|完成时限|任务名称", "完成时限→due 任务名称→title", "完成时间"},
		{"two synonyms of one field", ledgers.Task, "任务名称|包抓领导|分管领导", "任务名称→title ?包抓领导→lead_person", "分管领导"},
		{"the same header twice", ledgers.Task, "任务名称|责任单位|责任单位", "任务名称→title ?责任单位→unit", "责任单位"},
		{"slips of the input method", ledgers.Task, "任务名称|责任单伟|完程时限|配和单位", "任务名称→title ?责任单伟→unit ?完程时限→due ?配和单位→coop", ""},
		{"derived and read-only fields are no targets", ledgers.Task, "任务名称|红黄绿|原时限|剩余天数", "任务名称→title", "红黄绿 原时限 剩余天数"},
	}
	c := builtin()
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) {
			table := tableOf(k.headers)
			matches := MapColumns(table, Targets(c, c.Ledger(k.ledger)))
			if got := strings.Join(mapped(table, matches), " "); got != k.want {
				t.Errorf("mapping\n got %s\nwant %s", got, k.want)
			}
			if got := unmappedPaths(table, matches); got != k.unmapped {
				t.Errorf("unmapped %q, want %q", got, k.unmapped)
			}
		})
	}
}

// TestMapColumnsGroups: a name below a group is not the same name elsewhere.
func TestMapColumnsGroups(t *testing.T) {
	l := &model.Ledger{Key: "u_x", Label: "项目", Fields: []model.Field{
		{Key: "name", Label: "项目名称", Kind: model.KindText},
		{Key: "central", Label: "中央", Kind: model.KindDecimal, Unit: "万元", Scale: 4},
		{Key: "own", Label: "其他资金/中央", Kind: model.KindDecimal, Unit: "万元", Scale: 4},
		{Key: "total", Label: "总投资", Kind: model.KindDecimal, Unit: "万元", Scale: 4},
		{Key: "homes", Label: "受益户数", Kind: model.KindInteger, Unit: "户"},
	}}
	c := model.NewCatalog(l)
	cases := []struct{ headers, unit, want string }{
		{"项目名称|资金/中央", "", "项目名称→name ?资金/中央→central"},
		{"项目名称|其他资金/中央", "", "项目名称→name 其他资金/中央→own"},
		{"项目名称|总投资（万元）", "", "项目名称→name 总投资（万元）→total"},
		{"项目名称|总投资（元）", "", "项目名称→name 总投资（元）→total"},
		{"项目名称|总投资（户）", "", "项目名称→name ?总投资（户）→total"},
		{"项目名称|总投资|受益户数", "元", "项目名称→name 总投资→total 受益户数→homes"},
	}
	for _, k := range cases {
		table := tableOf(k.headers)
		table.Unit = k.unit
		if got := strings.Join(mapped(table, MapColumns(table, Targets(c, l))), " "); got != k.want {
			t.Errorf("%s\n got %s\nwant %s", k.headers, got, k.want)
		}
	}
}

// TestMapColumnsOrder: where a column stands plays no part.
func TestMapColumnsOrder(t *testing.T) {
	c := builtin()
	headers := strings.Split("序号|重点任务|包抓领导|责任站所|完成时间|进展情况|完成时限|是否完成", "|")
	paths := func(h []string) []string {
		table := tableOf(strings.Join(h, "|"))
		out := mapped(table, MapColumns(table, Targets(c, c.Ledger(ledgers.Task))))
		slices.Sort(out)
		return out
	}
	want := paths(headers)
	slices.Reverse(headers)
	if got := paths(headers); !slices.Equal(got, want) {
		t.Errorf("reversed: %v, want %v", got, want)
	}
}

// TestSuggestByValues: a column of ID numbers is one whatever its head says, but
// a person must say so.
func TestSuggestByValues(t *testing.T) {
	s := sheetFrom([]string{"姓名|号码|性别", "张示例一|'990101198503150025|男", "李示例二|'990101197907301235|女", "王示例三|'99010119880808003X|男"})
	tables := findIn(s)
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	c := builtin()
	got := mapped(&tables[0], MapColumns(&tables[0], Targets(c, c.Ledger(ledgers.Team))))
	if want := []string{"姓名→name", "?号码→id_number", "性别→gender"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTargets(t *testing.T) {
	c := builtin()
	var paths []string
	for _, tg := range Targets(c, c.Ledger(ledgers.Task)) {
		paths = append(paths, string(tg.Path))
		if tg.Field == nil || tg.Ledger == nil {
			t.Errorf("%s has no field", tg.Path)
		}
		if again, err := ResolvePath(c, c.Ledger(ledgers.Task), tg.Path); err != nil || again.Field.Key != tg.Field.Key || again.Child != tg.Child {
			t.Errorf("ResolvePath(%s) = %+v, %v", tg.Path, again, err)
		}
	}
	for _, want := range []string{"title", "unit", "progress.text", "progress.finished", "#area"} {
		if !slices.Contains(paths, want) {
			t.Errorf("no target %s", want)
		}
	}
	for _, never := range []string{"due_first", "applied_by", "files", "light", "progress.task", "progress.period", "percent"} {
		if slices.Contains(paths, never) {
			t.Errorf("%s is no target", never)
		}
	}
}

func TestResolvePath(t *testing.T) {
	c := builtin()
	cases := []struct {
		ledger string
		path   Path
		want   string // ledger.field through|child
	}{
		{ledgers.Task, "title", "task.title"},
		{ledgers.Task, "percent", "task.percent"},
		{ledgers.Task, "parent.title", "task.title through parent"},
		{ledgers.Progress, "task.due", "task.due through task"},
		{ledgers.Task, "unit.leader", "unit.leader through unit"},
		{ledgers.Task, "unit.population", "area.population through unit"},
		{ledgers.Task, "progress.text", "progress.text child"},
		{ledgers.Task, PathArea, "task.area"},
		{ledgers.Task, PathSeq, "task."},
		{ledgers.Task, "no_such", ""},
		{ledgers.Task, "title.name", ""},
		{ledgers.Task, "progress.nothing", ""},
		{ledgers.Person, "post.title", ""}, // owned, but not one a period
		{ledgers.Unit, "progress.text", ""},
	}
	for _, k := range cases {
		tg, err := ResolvePath(c, c.Ledger(k.ledger), k.path)
		got := ""
		if err == nil {
			got = tg.Ledger.Key + "."
			if tg.Field != nil {
				got += tg.Field.Key
			}
			if tg.Through != nil {
				got += " through " + tg.Through.Key
			}
			if tg.Child != nil {
				got += " child"
			}
		} else if model.CodeOf(err) != model.CodeNotFound {
			t.Errorf("%s: code %s", k.path, model.CodeOf(err))
		}
		if got != k.want {
			t.Errorf("%s %s: got %q, want %q", k.ledger, k.path, got, k.want)
		}
	}
}

func TestGuessLedger(t *testing.T) {
	cases := []struct{ title, headers, want string }{
		{"", "序号|任务|责任单位|完成时限|进展情况|备注", ledgers.Task},
		{"乡村振兴重点工作任务清单", "序号|重点任务|责任站所|完成时间|甲|乙", ledgers.Task},
		{"", "序号|姓名|派出单位|派出单位职务|联系电话|性别|证件号码|学历|政治面貌|技术特长|开始时间|结束时间", ledgers.Team},
		{"驻村工作队花名册", "序号|姓名|性别|联系电话", ledgers.Team},
		{"", "序号|姓名|性别|民族|联系电话", ""}, // a person or a team member
		{"", "序号|姓名|性别", ""},
		{"任务清单", "任务名称|完成时限|甲|乙|丙", ""},
		{"", "序号|任务名称|责任单位|完成时限|时间节点/一季度|时间节点/二季度|时间节点/三季度|时间节点/四季度", ledgers.Task},
		{"", "任务名称|时间节点/一季度|时间节点/二季度|时间节点/三季度|责任单位", ""},
		{"", "个人/甲|个人/乙|个人/姓名|个人/丙|个人/丁|个人/性别|个人/联系电话|个人/戊", ""},
		{"", "村名|户数|人口|级别|区划代码", ledgers.Area},
		{"", "", ""},
	}
	for _, k := range cases {
		table := tableOf(k.headers)
		table.Title = k.title
		got := ""
		if l, matches := GuessLedger(table, builtin()); l != nil {
			got = l.Key
			if len(matches) < guessColumns {
				t.Errorf("%s: %d matches", k.headers, len(matches))
			}
		}
		if got != k.want {
			t.Errorf("%s %s: got %q, want %q", k.title, k.headers, got, k.want)
		}
	}
}

func TestFingerprint(t *testing.T) {
	a, b := tableOf("序号|姓名|资金/中央"), tableOf("资金/中央||姓　名|序号")
	if Fingerprint(a) != Fingerprint(b) {
		t.Error("order, blanks and empty columns must not matter")
	}
	if c := tableOf("序号|姓名|其他资金/中央"); Fingerprint(a) == Fingerprint(c) {
		t.Error("another group is another layout")
	}
}

func TestBrackets(t *testing.T) {
	if got := fmt.Sprint(brackets("a(b)c(d")); got != "[b d]" {
		t.Error(got)
	}
}
