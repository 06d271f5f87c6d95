package ledgers

import "xiangzhen/model"

// Categories of monitored households (监测对象类别, the 三类), S-3.
const (
	CategoryUnstable = "unstable" // 脱贫不稳定户
	CategoryMarginal = "marginal" // 边缘易致贫户
	CategorySudden   = "sudden"   // 突发严重困难户
)

// Where a household stands in monitoring (监测环节).
const (
	StageNone    = "none"    // 未纳入监测
	StageClue    = "clue"    // 识别中: a clue, not yet identified
	StageHelping = "helping" // 帮扶中
	StageCleared = "cleared" // 风险已消除
)

// household is the ledger of households (农户): all of them if a township likes, the
// monitored ones (防返贫监测对象台账) with the columns of the working ledger and of the
// national system's export, typos in its headers included (DOMAIN §1 e). A
// household's own income per head is sensitive to its members, but stands on every
// public notice of this kind; number, phone and account never do (S-3).
func household() *model.Ledger {
	return &model.Ledger{
		Key: Household, Label: "户台账", Group: groupHouse,
		Synonyms: []string{"防返贫监测对象台账", "监测对象台账", "监测户台账", "监测户", "防止返贫致贫对象台账", "农户台账", "监测户名单", "新识别名单", "风险消除名单"},
		Title:    "householder", AreaFrom: []string{"village"},
		Match:   [][]string{{"id_number"}, {"village", "group", "householder"}, {"village", "householder"}},
		Fields:  householdFields(),
		Derived: householdDerived(),
		Derive:  &model.Derivation{Func: deriveHousehold},
		Checks:  householdChecks(),
	}
}

func householdFields() []model.Field {
	fields := []model.Field{
		{Key: "village", Label: "村", Kind: model.KindRef, Ref: refTo(Area), Required: true, Index: true, Synonyms: []string{"行政村", "村名", "所在村"}},
		{Key: "group", Label: "组", Kind: model.KindText, Index: true, Synonyms: []string{"村民小组", "组别", "自然村"}},
		{Key: "householder", Label: "户主姓名", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"户主"}},
		{Key: "id_number", Label: "证件号码", Kind: model.KindIDNumber, Sensitive: true, Index: true,
			Synonyms: []string{"身份证号", "身份证号码", "户主证件号码", "户主身份证号", "公民身份号码"}},
		{Key: "phone", Label: "联系电话", Kind: model.KindPhone, Sensitive: true, Synonyms: []string{"电话", "手机号码", "户主电话"}},
		{Key: "bank_card", Label: "银行卡号", Kind: model.KindBankCard, Sensitive: true, Synonyms: []string{"一卡通账号", "银行账号", "一卡通"}},
		{Key: "population", Label: "家庭人口", Kind: model.KindInteger, Unit: "人", Synonyms: []string{"家庭人口数", "人口数", "人口"}},
		{Key: "kind", Label: "户类型", Kind: model.KindMultiEnum, Options: householdKinds(), Index: true, Synonyms: []string{"农户类型", "户属性"}},
		{Key: "category", Label: "监测对象类别", Kind: model.KindEnum, Index: true, Synonyms: []string{"检测对象类别", "监测类别", "对象类别", "防止返贫致贫对象类别"}, Options: []model.Option{
			keyed(CategoryUnstable, "脱贫不稳定户", "脱贫不稳定"), keyed(CategoryMarginal, "边缘易致贫户", "边缘户", "边缘易致贫"),
			keyed(CategorySudden, "突发严重困难户", "突发严重困难", "突发困难户")}},
		{Key: "clue_on", Label: "线索发现时间", Kind: model.KindDate, Synonyms: []string{"风险线索时间", "申请时间"}},
		{Key: "notice", Label: "公示起止时间", Kind: model.KindDate, Help: "写成 2026年11月2日至11月6日。", Synonyms: []string{"公示时间", "村内公示时间"}},
		{Key: "identified_on", Label: "识别监测时间", Kind: model.KindDate, Index: true, Synonyms: []string{"识别时间", "纳入监测时间", "监测时间"}},
	}
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		risk := model.Field{Key: "risk" + n, Label: "致贫/返贫风险" + n, Kind: model.KindEnum, Options: risks(), Index: n == "1",
			Synonyms: []string{"致贫返贫风险" + n, "返贫致贫风险" + n, "风险类型" + n}}
		if n == "1" {
			risk.Synonyms = append(risk.Synonyms, "致贫/返贫风险", "致贫返贫风险", "风险类型", "主要风险")
		}
		fields = append(fields, risk)
	}
	return append(append(fields, incomeFields()...), helpFields()...)
}

// incomeFields are a household's income (per head and by kind) and conditions.
func incomeFields() []model.Field {
	yuan := func(key, label string, synonyms ...string) model.Field {
		return model.Field{Key: key, Label: label, Kind: model.KindDecimal, Scale: 2, Unit: "元", Synonyms: synonyms}
	}
	yes := func(key, label string, synonyms ...string) model.Field {
		return model.Field{Key: key, Label: label, Kind: model.KindBool, Synonyms: synonyms}
	}
	return []model.Field{
		yuan("income_pc", "人均纯收入", "家庭人均纯收入", "年人均纯收入"),
		yuan("wage", "工资性收入"), yuan("business", "生产经营性收入", "生产经营收入"),
		yuan("property", "财产性收入"), yuan("transfer", "转移性收入"),
		{Key: "land", Label: "耕地面积", Kind: model.KindDecimal, Scale: 2, Unit: "亩"},
		{Key: "forest", Label: "退耕还林面积", Kind: model.KindDecimal, Scale: 2, Unit: "亩"},
		yes("schooling", "义务教育保障", "义务教育是否有保障"), yes("medical", "基本医疗保障", "基本医疗是否有保障"),
		yes("unsafe_house", "是否危房户", "是否危房"), yes("water", "是否解决安全饮用水", "饮水是否安全", "安全饮水"),
		yes("power", "是否通生活用电", "是否通电"),
	}
}

func helpFields() []model.Field {
	return []model.Field{
		{Key: "helper", Label: "帮扶联系人", Kind: model.KindRef, Ref: refTo(Person, Team), Index: true, Synonyms: []string{"帮扶责任人", "包户干部", "帮扶人"}},
		{Key: "helper_unit", Label: "联系人单位职务", Kind: model.KindText, Synonyms: []string{"帮扶联系人单位职务", "帮扶责任人单位"}},
		{Key: "helper_phone", Label: "联系人电话", Kind: model.KindPhone, Synonyms: []string{"帮扶联系人电话", "帮扶责任人电话"}},
		{Key: "measures", Label: "帮扶措施", Kind: model.KindMultiEnum, Options: measureKinds(), Help: "只记有哪几类；每一条在帮扶措施台账。"},
		{Key: "developed", Label: "实施开发式帮扶措施情况", Kind: model.KindText, Options: model.Options("已实施", "尚未实施", "无需实施")},
		{Key: "cleared", Label: "风险是否已消除", Kind: model.KindBool, Index: true, Synonyms: []string{"风险是否已消除0", "是否消除风险", "是否已消除风险"}},
		{Key: "clear_way", Label: "风险消除方式", Kind: model.KindEnum, Synonyms: []string{"消除方式"}, Options: []model.Option{
			option(clearedByHelp, "帮扶"), option("自然消除", "自然减少", "自然")}},
		{Key: "cleared_on", Label: "消除监测时间", Kind: model.KindDate, Index: true, Synonyms: []string{"风险消除时间", "消除时间", "标注消除时间"}},
		{Key: "files", Label: "附件", Kind: model.KindFiles},
		remark(),
	}
}

// clearedByHelp is the way of clearing to which the time rules apply.
const clearedByHelp = "帮扶消除"

func householdKinds() []model.Option {
	return []model.Option{
		option("脱贫户", "原建档立卡户", "建档立卡户", "建档立卡脱贫户"), option("监测户", "监测对象", "防止返贫致贫对象"),
		option("低保户", "低保"), option("特困户", "特困", "特困供养户", "五保户", "特困人员"),
		option("一般户", "一般农户", "普通户", "非脱贫户", "普通农户"),
	}
}

// Risks that code knows (致贫返贫风险, S-2b).
const (
	riskLabour = "缺劳动力"
	riskJob    = "务工就业不稳"
)

func risks() []model.Option {
	return []model.Option{
		keyed("因病", "因病", "病"), keyed("因学", "因学"), keyed("因残", "因残", "残"),
		keyed("因自然灾害", "因自然灾害", "自然灾害", "因灾", "因洪涝灾害", "因地质灾害", "因旱灾", "因生物灾害", "因气象灾害", "因地震"),
		keyed("因意外事故", "因意外事故", "意外事故", "因意外"), keyed("因产业失败", "因产业失败", "产业失败", "因产业经营失败"),
		keyed(riskJob, "因务工就业不稳", "就业不稳", "因就业不稳", "因务工不稳"),
		keyed(riskLabour, "缺劳动力", "因缺劳动力", "因缺劳力"), keyed("其他", "其他", "其它"),
	}
}

func householdDerived() []model.Field {
	return []model.Field{
		{Key: "stage", Label: "监测环节", Kind: model.KindEnum, Index: true, Options: []model.Option{
			keyed(StageNone, "未纳入"), keyed(StageClue, "识别中"), keyed(StageHelping, "帮扶中"), keyed(StageCleared, "风险已消除")}},
		{Key: "monitored_months", Label: "监测月数", Kind: model.KindInteger, Unit: "个月", Help: "从识别到消除，没有消除的到今天。"},
	}
}

// MonitorStage tells where a household stands.
func MonitorStage(r *model.Record) string {
	switch {
	case r.Get("cleared").Bool():
		return StageCleared
	case r.Get("identified_on").End != "":
		return StageHelping
	case r.Get("clue_on").End != "" || r.Get("category").Set:
		return StageClue
	}
	return StageNone
}

func deriveHousehold(in model.DeriveInput) model.Derived {
	stage := MonitorStage(in.Record)
	out := model.Derived{Values: map[string]model.Value{"stage": model.Text(stage)}}
	from, to := in.Record.Get("identified_on").Start.Month(), in.Today.Month()
	if stage == StageCleared {
		to = in.Record.Get("cleared_on").Start.Month()
	}
	if from == "" || to < from {
		return out
	}
	out.Values["monitored_months"] = model.Int(int64(monthsBetween(from, to)))
	if stage == StageHelping {
		out.NextChange = in.Today.Month().Add(1).First()
	}
	return out
}

// monthsBetween counts the months from one to another.
func monthsBetween(from, to model.Month) int {
	a, b := from.First().Time(), to.First().Time()
	return 12*(b.Year()-a.Year()) + int(b.Month()) - int(a.Month())
}
