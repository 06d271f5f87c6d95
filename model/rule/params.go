package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
)

// Keys of the parameters.
const (
	DueSoonDays  = "light.due_soon_days"
	GapYellow    = "light.gap_yellow"
	GapRed       = "light.gap_red"
	SilenceGrace = "light.silence_grace_days"
	OrderDays    = "supervise.order_days"
	TermYears    = "team.term_years"
	TermWarnDays = "team.warn_days"
	PartyYears   = "team.party_years"
	WorkYears    = "team.work_years"
	MonthDays    = "residence.month_days"
	LeaveLimit   = "leave.town_limit_days"
	FormDueDay   = "form.due_day"
	FormDueHour  = "form.due_hour"
	UnitHome     = "unit.home"
	UnitOwner    = "unit.owner"
	UnitDesks    = "unit.desks"
	UnitInbox    = "unit.inbox"
	UnitOffice   = "unit.office"
	UnitOffices  = "unit.offices"
	KeepYears    = "secret.keep_years"
	// UnitReceivers are the units that tables in full may go up to.
	UnitReceivers = "unit.receivers"
	// UnitBurden shows what the levels above ask for (报表负担).
	UnitBurden = "unit.burden"
	Demo       = "demo"
)

// Parameter is one setting a county, a year or a ledger file may change. Kind is
// integer (within Min and Max), yes/no ("1" or ""), some of Choices, or text.
type Parameter struct {
	Key, Label string
	Kind       model.Kind // "" = integer
	Default    string
	Unit       string
	Min, Max   int
	Choices    []string // of KindMultiEnum: the value is some of them joined by 、
	Source     string   // document or practice the default rests on (S-n of DOMAIN.md)
	Help       string   // one sentence, Chinese
}

var parameters = []Parameter{
	{Key: DueSoonDays, Label: "临期提醒天数", Default: "3", Unit: "天", Max: 90,
		Source: "临近时限 3 日内提醒（S-29）", Help: "离完成时限不多于这些天亮黄灯。"},
	{Key: GapYellow, Label: "进度滞后黄灯", Default: "10", Unit: "百分点", Min: 1, Max: 100,
		Source: "滞后 10–30 个百分点为黄（S-28）", Help: "比应有进度落后达到这些百分点亮黄灯。"},
	{Key: GapRed, Label: "进度滞后红灯", Default: "30", Unit: "百分点", Min: 1, Max: 100,
		Source: "滞后超过 30 个百分点为红（S-28）", Help: "比应有进度落后超过这些百分点亮红灯。"},
	{Key: SilenceGrace, Label: "未报送宽限天数", Default: "5", Unit: "天", Max: 60,
		Source: "通行做法", Help: "报送期结束后过了这些天还没有报送才提醒。"},
	{Key: OrderDays, Label: "逾期多少天建议发督办单", Default: "7", Unit: "天", Min: 1, Max: 365,
		Source: "通行做法", Help: "逾期不少于这些天、还没有发过督办单的事项，在督办页建议发督办单；发不发由人定。"},
	{Key: TermYears, Label: "驻村任期", Default: "2", Unit: "年", Min: 1, Max: 10,
		Source: "任期一般不少于 2 年（S-26）", Help: "选派时间到任期届满不足这些年列为疑点。"},
	{Key: TermWarnDays, Label: "届满提前提醒天数", Default: "60", Unit: "天", Max: 365,
		Source: "届满前 60 天提醒（通行做法）", Help: "离任期届满不多于这些天提醒安排轮换。"},
	{Key: PartyYears, Label: "第一书记党龄", Default: "1", Unit: "年", Max: 20,
		Source: "党龄 1 年以上的正式党员（S-24）", Help: "选派时党龄不足这些年列为疑点。"},
	{Key: WorkYears, Label: "第一书记工龄", Default: "2", Unit: "年", Max: 20,
		Source: "2 年以上工作经历（S-24）", Help: "选派时参加工作不足这些年列为疑点。"},
	{Key: MonthDays, Label: "每月驻村天数", Default: "20", Unit: "天", Max: 31,
		Source: "每月驻村不少于 20 天（S-23）", Help: "各县不同，按本县规定改。"},
	{Key: LeaveLimit, Label: "乡镇准假天数上限", Default: "3", Unit: "天", Max: 31,
		Source: "3 天以内由乡镇党委批准（S-23）", Help: "超过这些天要报县委组织部。"},
	{Key: FormDueDay, Label: "报表截止日", Default: "25", Unit: "日", Min: 1, Max: 31,
		Source: "通行做法", Help: "新建报表每月的截止日。"},
	{Key: FormDueHour, Label: "报表截止时", Default: "18", Unit: "时", Max: 24,
		Source: "通行做法", Help: "截止日当天的截止时刻。"},
	flowShort("task", "任务", "村、"+FlowKeepsSign),
	flowShort("order", "督办单", "村"),
	flowShort("rectification", "问题整改", "村"),
	flowShort("commitment", "公开承诺", "村"),
	flowShort("led_project", "领办项目", "村"),
	flowShort("decision", "议定事项", "村"),
	{Key: KeepYears, Label: "敏感信息保存年限", Default: "0", Unit: "年", Max: 50,
		Source: "《个人信息保护法》第十九条：保存期限为实现处理目的所必要的最短时间", Help: "超过这些年没有变动的，列出供期满销毁；0 为不列。"},
	{Key: UnitHome, Label: "本级单位", Kind: model.KindText, Help: "这本台账是哪一级、哪个乡镇或村的（区划编号）。"},
	{Key: UnitOwner, Label: "使用人", Kind: model.KindText, Help: "没有另外说明时以谁的名义操作（人员编号）。"},
	{Key: UnitDesks, Label: "我管哪几摊", Kind: model.KindText, Help: "左边栏显示哪些入口，用、分开；空着为全部。"},
	{Key: UnitInbox, Label: "收表文件夹", Kind: model.KindText, Help: "微信、U盘收来的表放在哪个文件夹；里面有没收过的表，今日会提醒，不会自动收。"},
	{Key: UnitOffice, Label: "本机科室", Kind: model.KindText, Help: "几个科室各有一份台账时，这一份是哪个科室的；空着为全镇用一份。别的科室管的台账在这里只读，收科室包更新。"},
	{Key: UnitOffices, Label: "科室分工", Kind: model.KindText, Default: DeskTasks + "=党政办、" + DeskResidents + "=组织办、" + DeskHouseholds + "=乡村振兴办",
		Help: "每摊工作由哪个科室维护，用、分开；个别台账可以另写，如 会议=组织办。没有写到的各科室都能改。"},
	{Key: UnitReceivers, Label: "报送接收单位", Kind: model.KindText, Help: "上报的表可以给它们完整内容，用、分开。"},
	{Key: UnitBurden, Label: "报表负担", Kind: model.KindBool, Help: "统计本单位收到哪些表、多少列是给过又要的；只统计本单位，不涉及个人，不在今日显示。"},
	{Key: Demo, Label: "演示数据", Kind: model.KindBool, Help: "导出和下发的表在标题上注明演示数据。"},
}

// Parameters returns every parameter in the order the settings show them.
func Parameters() []Parameter {
	last := slices.IndexFunc(parameters, func(p Parameter) bool { return p.Key == UnitHome })
	return slices.Concat(parameters[:last], teamParameters, callParameters, parameters[last:])
}

// ParameterLabel returns the words for a parameter, its key if there is none.
func ParameterLabel(key string) string {
	if p, ok := FindParameter(key); ok {
		return p.Label
	}
	return key
}

// FindParameter returns the parameter of the given key or label.
func FindParameter(name string) (Parameter, bool) {
	for _, list := range [][]Parameter{parameters, teamParameters, callParameters} {
		if i := slices.IndexFunc(list, func(p Parameter) bool { return p.Key == name || p.Label == name }); i >= 0 {
			return list[i], true
		}
	}
	return worded(name)
}

// Defaults returns the shipped values.
func Defaults() model.Params {
	out := make(model.Params, len(parameters)+len(teamParameters)+len(callParameters))
	for _, p := range Parameters() {
		out[p.Key] = p.Default
	}
	return out
}

// Setting is one value a user has given to a parameter, in force from a day on;
// without a day it has always been.
type Setting struct {
	Key, Value string
	From       model.Day
}

// Effective returns the parameters in force on a day: for each the newest
// setting that has begun, the later in the list of two of the same day, else
// the default. Settings that CheckSetting refuses are passed over.
func Effective(settings []Setting, on model.Day) model.Params {
	out := Defaults()
	since := make(map[string]model.Day, len(settings))
	for _, s := range settings {
		if s.From > on || s.From < since[s.Key] || CheckSetting(s.Key, s.Value) != nil {
			continue
		}
		out[s.Key], since[s.Key] = strings.TrimSpace(s.Value), s.From
	}
	return out
}

// CheckSetting says whether a value may be given to a parameter. The error is
// a *model.Error with the sentence to show.
func CheckSetting(key, value string) error {
	p, ok := FindParameter(key)
	if !ok {
		return model.Errorf(model.CodeNotFound, "没有名为“%s”的参数。用 settings get 可以看到全部参数。", key)
	}
	expected, cause := p.refuse(strings.TrimSpace(value))
	if expected == "" {
		return nil
	}
	return &model.Error{Code: model.CodeInvalid, Field: p.Key, Err: cause,
		Message: fmt.Sprintf("参数“%s”应填%s，现在是“%s”。", p.Label, expected, value)}
}

// refuse says what the parameter expects where it does not take the value.
func (p Parameter) refuse(value string) (expected string, cause error) {
	switch p.Kind {
	case model.KindText:
		return "", nil
	case model.KindMultiEnum:
		for choice := range strings.SplitSeq(value, "、") {
			if !slices.Contains(p.Choices, choice) {
				return strings.Join(p.Choices, "、") + "中的几项", nil
			}
		}
		return "", nil
	case model.KindBool:
		if value == "" || value == "0" || value == "1" || value == "是" || value == "否" {
			return "", nil
		}
		return "是或否", nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < p.Min || n > p.Max {
		return fmt.Sprintf(" %d 到 %d 的整数", p.Min, p.Max), err
	}
	return "", nil
}
