package ledgers

import "xiangzhen/model"

// Groups of ledgers, as lists of ledgers show them.
const (
	groupBase    = "基础信息"
	groupTask    = "任务"
	groupOrder   = "督办整改"
	groupActs    = "书记履职"
	groupTeam    = "驻村"
	groupHouse   = "监测户"
	groupProject = "项目"
	groupNeeds   = "要素资源"
	groupParty   = "党建"
	groupUpper   = "上级报表"
	groupOther   = "其他"
	groupSystem  = "系统"
)

// Keys of the ledgers that code elsewhere deals with by name.
const (
	Area     = "area"     // 行政区划
	Unit     = "unit"     // 单位
	Person   = "person"   // 人员
	Post     = "post"     // 任职
	Task     = "task"     // 任务
	Progress = "progress" // 任务进展
	Team     = "team"     // 驻村工作队花名册

	MemberLog  = "member_log" // 驻村日志
	Leave      = "leave"      // 请销假登记
	Attendance = "attendance" // 考勤表
	Visit      = "visit"      // 走访记录
	Rotation   = "rotation"   // 轮换交接
	Appraisal  = "appraisal"  // 驻村考核

	Household       = "household"        // 户台账（监测户）
	HouseholdMember = "household_member" // 家庭成员
	Measure         = "measure"          // 帮扶措施
	Income          = "income"           // 收入核算
	Project         = "project"          // 项目台账
	Fund            = "fund"             // 资金台账

	Order         = "order"         // 督办单
	Rectification = "rectification" // 问题整改台账
	Meeting       = "meeting"       // 会议（调度会）
	Decision      = "decision"      // 议定事项
	Commitment    = "commitment"    // 公开承诺
	LedProject    = "led_project"   // 领办项目
	ContactPoint  = "contact_point" // 联系点
	Act           = "act"           // 书记履职记录
	Duty          = "duty"          // 一岗双责分工
	Need          = "need"          // 要素保障
	Resource      = "resource"      // 资源下沉
	Study         = "study"         // 学习
	Training      = "training"      // 培训
	Care          = "care"          // 激励关爱
	Organization  = "organization"  // 组织网络
	Service       = "service"       // 党员下沉和志愿服务
	Checklist     = "checklist"     // 通用清单

	UpperTable = "upper_table" // 报表登记
	UpperSent  = "upper_sent"  // 报送留存

	UserLedger = "user_ledger" // 自定义台账
	UserField  = "user_field"  // 自定义字段
	Parameter  = "parameter"   // 口径与参数
	Holiday    = "holiday"     // 节假日
	Form       = "form"        // 报表
	Dispatch   = "dispatch"    // 下发
	Submission = "submission"  // 上报
	Claim      = "claim"       // 来件所报
	Conflict   = "conflict"    // 冲突
	Mapping    = "mapping"     // 列对应关系
	Disclosure = "disclosure"  // 敏感信息查看登记
	User       = "user"        // 用户
	Final      = "final"       // 定稿
	Sent       = "sent"        // 报出
	Stamped    = "stamped"     // 盖章件
	Mirror     = "mirror"      // 系统导出
	MirrorNote = "mirror_note" // 待系统更正
	Bundle     = "bundle"      // 数据包
)

// All returns fresh descriptions of every built-in ledger: those people fill
// first, in the order lists show them, then those the program keeps.
func All() []*model.Ledger {
	return []*model.Ledger{
		area(), unit(), person(), post(),
		task(), progress(),
		order(), rectification(), meeting(), decision(),
		commitment(), ledProject(), contactPoint(), act(), duty(),
		team(), attendance(), leave(), memberLog(), visit(), rotation(), appraisal(),
		household(), householdMember(), measure(), income(),
		project(), fund(),
		need(), resource(),
		study(), training(), care(), organization(), service(), checklist(),
		upperTable(), upperSent(),
		userLedger(), userField(), parameter(), holiday(),
		form(), dispatch(), submission(), claim(), conflict(), mapping(), template(), disclosure(), user(), final(), sent(), stamped(), mirror(), mirrorNote(), bundle(),
	}
}

// unitOrArea is the reference of every responsible unit (责任单位): a department,
// a station, a working group, or the township or village itself.
func unitOrArea() *model.Ref { return refTo(Unit, Area) }

func refTo(ledgers ...string) *model.Ref { return &model.Ref{Ledgers: ledgers} }

func ownedBy(ledgers ...string) *model.Ref {
	return &model.Ref{Ledgers: ledgers, Owner: true}
}

// option makes a choice whose key is its label, with the other words for it.
func option(label string, synonyms ...string) model.Option {
	return model.Option{Key: label, Label: label, Synonyms: synonyms}
}

// keyed makes a choice that code knows by its key.
func keyed(key, label string, synonyms ...string) model.Option {
	return model.Option{Key: key, Label: label, Synonyms: synonyms}
}

// remark is the last column of nearly every sheet.
func remark() model.Field {
	return model.Field{Key: "remark", Label: "备注", Kind: model.KindLongText, Synonyms: []string{"附注", "说明"}}
}

// levels are the levels of the divisions (层级) as choices.
func levels() []model.Option {
	return []model.Option{
		keyed(string(model.LevelProvince), "省", "省级", "自治区", "直辖市"),
		keyed(string(model.LevelCity), "市", "市级", "地级市", "州", "地区", "盟"),
		keyed(string(model.LevelCounty), "县", "县级", "区县", "县市区", "旗", "县级市"),
		keyed(string(model.LevelTown), "乡镇", "乡", "镇", "街道", "乡级", "镇级", "乡镇级", "苏木"),
		keyed(string(model.LevelVillage), "村", "村级", "行政村", "社区", "居委会", "村委会", "嘎查"),
		keyed(string(model.LevelGroup), "组", "村民小组", "小组", "屯", "自然村"),
		keyed(string(model.LevelGrid), "网格", "网格化单元"),
	}
}

// genders takes the codes of GB/T 2261.1 (1, 2) as well as the words.
func genders() []model.Option {
	return []model.Option{option("男", "1", "男性"), option("女", "2", "女性")}
}

// politics are the thirteen political statuses of GB/T 4762 and the short words
// for them.
func politics() []model.Option {
	return []model.Option{
		option(PartyMember, "党员", "正式党员", "中国共产党党员", "中共正式党员", "01"),
		option("中共预备党员", "预备党员", "中国共产党预备党员", "02"),
		option("共青团员", "团员", "中国共产主义青年团团员", "03"),
		option("民革党员", "民革", "民革会员", "04"),
		option("民盟盟员", "民盟", "05"),
		option("民建会员", "民建", "06"),
		option("民进会员", "民进", "07"),
		option("农工党党员", "农工党", "农工民主党", "08"),
		option("致公党党员", "致公党", "09"),
		option("九三学社社员", "九三学社", "九三", "10"),
		option("台盟盟员", "台盟", "11"),
		option("无党派人士", "无党派", "无党派民主人士", "12"),
		option("群众", "普通群众", "一般群众", "13"),
	}
}

// PartyMember is the political status (政治面貌) of a full member of the Party.
const PartyMember = "中共党员"

// educations are offered for 学历; what else a roster says is kept as it stands.
func educations() []model.Option {
	return model.Options("小学", "初中", "高中", "中专", "大专", "本科", "硕士研究生", "博士研究生")
}
