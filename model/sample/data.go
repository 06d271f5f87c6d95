package sample

import (
	"io/fs"
	"strings"

	"xiangzhen/model"
)

// data is what the csv files say.
type data struct {
	places   []placeRow
	units    []unitRow
	posts    []postRow
	county   []countyTask
	town     []townTask
	village  map[villageKey][]villageTask
	wording  map[string][]wording // by theme, in the order of the file
	members  []member
	surnames []string
	listed   map[string][]line // by ledger

	absences   []absence
	short      []shortMonth
	diaries    []diary
	households []monitored
}

// placeRow is a county, township or village.
type placeRow struct {
	name, above, code, aliases, kind string
	level                            model.Level
	households, population           int
	groups                           []string
}

// unitRow is a department, station or working group.
type unitRow struct {
	name, short, kind, level, place, above, remark string
}

// postRow is a post (任职) of every place in its scope.
type postRow struct {
	scope, title, duty, unit string
	since, until             int // years ago; until 0 = still held
}

// countyTask is a task of the county, the theme of those below it.
type countyTask struct {
	key, title, domain, category, content, target, unit string
	decimals                                            int
	leader, leadUnit, source, sourceUnit, docNo         string
	urgency                                             string
	due                                                 when
	evidence                                            bool
}

// townTask is what a township takes over of a county task.
type townTask struct {
	town, theme, title, quantity, leadUnit, docNo string
	due                                           when
	reports                                       []int64
}

// villageTask is an item of one village.
type villageTask struct {
	village, theme, title, quantity, state, problem, remark, wording string
	due, dueFirst, extendTo                                          when
	closedAgo                                                        int // days
	reports                                                          []int64
	even                                                             bool
}

// villageKey finds the items of a village under a theme.
type villageKey struct{ town, village, theme string }

// wording is one way to tell of progress up to a percentage.
type wording struct {
	upTo           int64
	text, nextStep string
}

// member is one member of a resident team (驻村工作队).
type member struct {
	village, role, gender, ethnic, birth, education, politics, home, duty, term, skill, phone, remark string
	partyMonths, workYears, sentMonths                                                                int
}

// load reads all csv files.
func load(files fs.FS) (*data, error) {
	d := &data{village: map[villageKey][]villageTask{}, wording: map[string][]wording{}, listed: map[string][]line{}}
	type table struct {
		name   string
		decode func(line)
	}
	tables := []table{
		{"areas.csv", d.readPlace}, {"units.csv", d.readUnit}, {"posts.csv", d.readPost},
		{"county_tasks.csv", d.readCountyTask}, {"town_tasks.csv", d.readTownTask},
		{"village_tasks.csv", d.readVillageTask}, {"progress_words.csv", d.readWording},
		{"team.csv", d.readMember}, {"leave.csv", d.readAbsence}, {"attendance.csv", d.readShortMonth}, {"member_log.csv", d.readDiary},
		{"household.csv", d.readMonitored},
		{"surnames.csv", func(l line) { d.surnames = append(d.surnames, l.text("姓氏")) }},
	}
	for _, ledger := range listedLedgers {
		tables = append(tables, table{ledger + ".csv", d.readListed(ledger)})
	}
	for _, table := range tables {
		if err := eachLine(files, table.name, table.decode); err != nil {
			return nil, err
		}
	}
	return d, d.check()
}

// check refuses lines that no place or theme would ever take up.
func (d *data) check() error {
	if len(d.surnames) == 0 {
		return model.Errorf(model.CodeInvalid, "演示数据 surnames.csv 里没有姓氏。")
	}
	themes, towns, villages, taken := set{}, set{}, set{}, set{}
	for _, t := range d.county {
		themes.add(t.key)
	}
	for _, p := range d.places {
		if (p.level != model.LevelCounty) != towns.has(p.above) {
			return model.Errorf(model.CodeInvalid, "演示数据 areas.csv 里“%s”的上级“%s”要写在它前面。", p.name, p.above)
		}
		towns.add(p.name)
		villages.add(p.above, p.name)
	}
	for _, t := range d.town {
		if !towns.has(t.town) || !themes.has(t.theme) {
			return model.Errorf(model.CodeInvalid, "演示数据 town_tasks.csv 里“%s”的“%s”没有对应的乡镇或县任务。", t.town, t.theme)
		}
		taken.add(t.town, t.theme)
	}
	for key := range d.village {
		if !villages.has(key.town, key.village) || !taken.has(key.town, key.theme) {
			return model.Errorf(model.CodeInvalid, "演示数据 village_tasks.csv 里%s“%s”的“%s”没有对应的村或乡镇任务。", key.town, key.village, key.theme)
		}
	}
	return nil
}

// set holds names, or names below names.
type set map[string]bool

func (s set) add(path ...string)      { s[strings.Join(path, "/")] = true }
func (s set) has(path ...string) bool { return s[strings.Join(path, "/")] }

// levelWords are the words for levels in areas.csv.
var levelWords = map[string]model.Level{"县": model.LevelCounty, "乡镇": model.LevelTown, "村": model.LevelVillage}

func (d *data) readPlace(l line) {
	level, ok := levelWords[l.text("级别")]
	if !ok {
		l.wrong("级别", "应为 县、乡镇 或 村")
	}
	d.places = append(d.places, placeRow{
		name: l.text("名称"), above: l.text("上级"), code: l.text("区划代码"), aliases: l.text("别名"),
		kind: l.text("村类型"), level: level,
		households: l.number("户数"), population: l.number("人口"), groups: l.list("村民小组"),
	})
}

func (d *data) readUnit(l line) {
	d.units = append(d.units, unitRow{
		name: l.text("名称"), short: l.text("简称"), kind: l.text("单位类型"), level: l.text("级别"),
		place: l.text("所在"), above: l.text("上级单位"), remark: l.text("备注"),
	})
}

func (d *data) readPost(l line) {
	d.posts = append(d.posts, postRow{
		scope: l.text("范围"), title: l.text("职务"), duty: l.text("具体职务"), unit: l.text("所在单位"),
		since: l.number("几年前任职"), until: l.number("几年前免职"),
	})
}

func (d *data) readCountyTask(l line) {
	d.county = append(d.county, countyTask{
		key: l.text("代号"), title: l.text("任务名称"), domain: l.text("领域"), category: l.text("工作类别"),
		content: l.text("具体内容"), target: l.text("目标要求"), unit: l.text("计量单位"), decimals: l.number("小数位"),
		leader: l.text("牵头领导"), leadUnit: l.text("牵头单位"), source: l.text("任务来源"),
		sourceUnit: l.text("来文单位"), docNo: l.text("文号"), urgency: l.text("紧急程度"),
		due: l.when("完成时限"), evidence: l.yes("需佐证"),
	})
}

func (d *data) readTownTask(l line) {
	d.town = append(d.town, townTask{
		town: l.text("乡镇"), theme: l.text("县任务"), title: l.text("任务名称"), quantity: l.text("目标量"),
		leadUnit: l.text("牵头单位"), docNo: l.text("文号"), due: l.when("完成时限"), reports: l.reports("各月进度"),
	})
}

func (d *data) readVillageTask(l line) {
	t := villageTask{
		village: l.text("村"), theme: l.text("县任务"), title: l.text("任务名称"), quantity: l.text("目标量"),
		state: l.text("状态"), problem: l.text("存在问题"), remark: l.text("备注"), wording: l.text("进展用语"),
		due: l.when("完成时限"), dueFirst: l.when("原时限"), extendTo: l.when("申请延期至"),
		closedAgo: l.number("办结于几天前"), reports: l.reports("各月进度"), even: l.yes("按时间推进"),
	}
	if t.wording == "" {
		t.wording = t.theme
	}
	if _, ok := villageStates[t.state]; !ok {
		l.wrong("状态", "“"+t.state+"”应为 办理中、待签收、待审核、退回、中止 或 已办结")
	}
	key := villageKey{l.text("乡镇"), t.village, t.theme}
	d.village[key] = append(d.village[key], t)
}

func (d *data) readWording(l line) {
	theme := l.text("用语")
	d.wording[theme] = append(d.wording[theme], wording{
		upTo: int64(l.number("比例不超过")), text: l.text("进展情况"), nextStep: l.text("下步打算"),
	})
}

func (d *data) readMember(l line) {
	d.members = append(d.members, member{
		village: l.text("村"), role: l.text("驻村职务"), gender: l.text("性别"), ethnic: l.text("民族"),
		birth: l.text("出生年月"), education: l.text("学历"), politics: l.text("政治面貌"), home: l.text("派出单位"),
		duty: l.text("职务职级"), term: l.text("任期届满"), skill: l.text("技术特长"), phone: l.text("联系电话"),
		remark: l.text("备注"), partyMonths: l.number("几个月前入党"), workYears: l.number("几年前参加工作"),
		sentMonths: l.number("几个月前选派"),
	})
}
