package ledgers

import (
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// TestOptions_WordsMet goes through words that lists of real townships use for
// the choices of the forms.
func TestOptions_WordsMet(t *testing.T) {
	tests := []struct {
		ledger, field string
		words         map[string]string // as met: label
	}{
		{Task, "state", map[string]string{
			"推进中": "办理中", "正在推进": "办理中", "未启动": "待交办", "已完成": "已办结", "已销号": "已办结", "√": "已办结",
			"✔": "已办结", "否": "办理中", "未完成": "办理中", "申请销号": "待审核", "暂缓": "已中止", "已 办 结": "已办结",
		}},
		{Task, "domain", map[string]string{"党建": "党建", "基层党建": "党建", "三农": "乡村振兴", "其他": "其他"}},
		{Task, "source", map[string]string{"领导批示": "批示", "微信群": "群通知", "会议部署": "会议", "来文": "文件"}},
		{Task, "urgency", map[string]string{"急件": "加急", "特急": "特急", "普通": "一般"}},
		{Task, "report_every", map[string]string{"每月": "月", "周报": "周", "季度": "季", "半月": "半月"}},
		{Area, "level", map[string]string{"镇": "乡镇", "街道": "乡镇", "社区": "村", "村民小组": "组", "县级": "县"}},
		{Area, "kind", map[string]string{"原贫困村": "脱贫村", "易地搬迁安置村（社区）": "易地搬迁安置村", "一般村": "其他"}},
		{Unit, "kind", map[string]string{"县直部门": "部门", "指挥部": "专班", "帮扶单位": "派出单位"}},
		{Person, "gender", map[string]string{"1": "男", "２": "女", "男": "男"}},
		{Person, "politics", map[string]string{"党员": "中共党员", "预备党员": "中共预备党员", "团员": "共青团员", "民革": "民革党员", "群众": "群众"}},
		{Post, "title", map[string]string{"村支书": "村党组织书记", "镇长": "乡镇长", "驻村第一书记": "第一书记", "联络员": "报表联络员"}},
		{Team, "role", map[string]string{"第一书记（队长）": "第一书记兼队长", "队员": "工作队员", "工作队长": "队长", "第一书记": "第一书记"}},
		{Team, "home_level", map[string]string{"省直": "省", "县直单位": "县", "乡镇": "乡", "中央单位": "中央"}},
		{Progress, "source", map[string]string{"接龙": "群消息", "纸质表": "纸质"}},
	}
	catalog := model.NewCatalog(All()...)
	for _, tt := range tests {
		f := catalog.Ledger(tt.ledger).Field(tt.field)
		for words, want := range tt.words {
			v, problems := rule.Parse(f, rule.Input{Text: words})
			if got := f.Show(v); got != want || len(problems) > 0 {
				t.Errorf("%s.%s: %q is %q, want %q %v", tt.ledger, tt.field, words, got, want, problems)
			}
		}
	}
}

// TestOptions_NoneInvented holds that words without a choice are asked about.
func TestOptions_NoneInvented(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	for ledgerField, words := range map[[2]string]string{
		{Task, "state"}: "差不多了", {Person, "politics"}: "积极分子", {Post, "title"}: "河长", {Team, "role"}: "联络员", {Area, "level"}: "片区",
	} {
		f := catalog.Ledger(ledgerField[0]).Field(ledgerField[1])
		if v, problems := rule.Parse(f, rule.Input{Text: words}); !v.IsEmpty() || len(problems) != 1 || problems[0].Level != model.Fault {
			t.Errorf("%v %q: %+v %v", ledgerField, words, v, problems)
		}
	}
}

// TestCategory_KeepsLocalWords: counties invent categories every year.
func TestCategory_KeepsLocalWords(t *testing.T) {
	v, problems := rule.Parse(task().Field("category"), rule.Input{Text: "百村提升行动"})
	if v.Text != "百村提升行动" || len(problems) > 0 {
		t.Errorf("%+v %v", v, problems)
	}
}
