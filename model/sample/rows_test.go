package sample

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"xiangzhen/assets"
	"xiangzhen/model"
)

// files returns a changeable copy of the sample's csv files.
func files(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	names, err := fs.Glob(assets.Sample(), "*.csv")
	if err != nil || len(names) != 13+len(listedLedgers) {
		t.Fatalf("files %q, %v", names, err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(assets.Sample(), name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: raw}
	}
	return out
}

// buildFrom builds the sample from other files.
func buildFrom(files fs.FS) error {
	d, err := load(files)
	if err != nil {
		return err
	}
	_, err = build(d, Options{Today: today})
	return err
}

// TestLoad_SaysWhereAnEditWentWrong replaces words in one file, as a slip of the
// pen would, and looks for the place in the message.
func TestLoad_SaysWhereAnEditWentWrong(t *testing.T) {
	for _, tc := range []struct{ name, file, old, new, says string }{
		{"level", "areas.csv", "甲镇,乡镇", "甲镇,街道办", "areas.csv 第 3 行“级别”"},
		{"number", "areas.csv", "脱贫村,312", "脱贫村,三百", "areas.csv 第 6 行“户数”：“三百”不是整数"},
		{"column", "areas.csv", "名称,级别", "名字,级别", "areas.csv 第 2 行“名称”：没有这一列"},
		{"above", "areas.csv", "沙坝村,村,乙镇", "沙坝村,村,丁镇", "“沙坝村”的上级“丁镇”"},
		{"kind of village", "areas.csv", "脱贫村,312", "贫穷村,312", "“贫穷村”不是“村类型”的可选项"},
		{"unit's place", "units.csv", "部门,县,示例县", "部门,县,戊镇", "所在“戊镇”"},
		{"unit above", "units.csv", "甲镇,县水利局", "甲镇,县林业局", "上级“县林业局”"},
		{"kind of unit", "units.csv", "财政局,部门", "财政局,大部门", "“大部门”不是“单位类型”的可选项"},
		{"scope", "posts.csv", "每个乡镇,乡镇长", "每个街道,乡镇长", "范围“每个街道”"},
		{"title", "posts.csv", "每个乡镇,乡镇长", "每个乡镇,镇里领导", "“镇里领导”不是“职务”的可选项"},
		{"office", "posts.csv", "甲镇水利站,3", "甲镇电站,3", "单位“甲镇电站”"},
		{"placeholder", "posts.csv", "{所在}党组织书记", "{村名}党组织书记", "认不出的占位符"},
		{"lead", "county_tasks.csv", "副县长,县水利局", "副县长,县林业局", "单位“县林业局”"},
		{"urgency", "county_tasks.csv", "特急", "火急", "“火急”不是“紧急程度”的可选项"},
		{"yes", "county_tasks.csv", "月底,是", "月底,要", "county_tasks.csv 第 3 行“需佐证”"},
		{"town", "town_tasks.csv", "乙镇,监测排查", "丁镇,监测排查", "“丁镇”的“监测排查”没有对应"},
		{"quantity", "town_tasks.csv", "{量},12,", "{量},十几,", "十几"},
		{"unit in a quantity", "town_tasks.csv", "{量},12,", "{量},12公里,", "应只写数字"},
		{"theme", "village_tasks.csv", "甲镇,青山村,饮水安全", "甲镇,青山村,饮水", "“青山村”的“饮水”没有对应"},
		{"village", "village_tasks.csv", "甲镇,青山村,饮水安全", "甲镇,青水村,饮水安全", "“青水村”的“饮水安全”没有对应"},
		{"state", "village_tasks.csv", "待签收", "没签收", "“状态”：“没签收”应为"},
		{"due", "village_tasks.csv", "剩9天", "剩九天", "village_tasks.csv 第 2 行“完成时限”"},
		{"due in words", "village_tasks.csv", "长期坚持", "看情况", "日期“看情况”看不懂"},
		{"percent", "village_tasks.csv", "15/40/65", "15/40/165", "“165”不是 0–100 的整数"},
		{"months", "village_tasks.csv", "15/40/65", "15/40", "应有三个或四个数"},
		{"wording", "progress_words.csv", "回访,100", "回访,50", "“回访”完成 100% 时的写法"},
		{"team's village", "team.csv", "青山村,第一书记", "青水村,第一书记", "“青水村”"},
		{"home unit", "team.csv", "示例省水利厅", "示例省林业厅", "单位“示例省林业厅”"},
		{"birth", "team.csv", "1979-01", "79年", "出生年月“79年”"},
		{"term", "team.csv", "25天", "快了", "任期届满“快了”"},
		{"surnames", "surnames.csv", "张", "", ""},
		{"a ledger's column", "order.csv", "督办类型", "督办类", "order.csv 第 2 行“督办类”：台账“督办单”没有这一列"},
		{"a derived column", "order.csv", "反馈周期", "剩余天数", "没有这一列"},
		{"a ledger's option", "order.csv", "批示督办", "电话督办", "order.csv 第 2 行“督办类型”"},
		{"a ledger's person", "act.csv", "乡镇党委书记,部署", "县长,部署", "“书记”：没有“县长”"},
		{"a ledger's item", "need.csv", "白石村水池清淤和管网改造滞后", "白石村水池", "“对应事项”：没有“白石村水池”"},
		{"a ledger's date", "order.csv", "剩5天", "剩五天", "order.csv 第 2 行“交办时限”"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			changed := files(t)
			was := string(changed[tc.file].Data)
			if !strings.Contains(was, tc.old) {
				t.Fatalf("%s has no %q", tc.file, tc.old)
			}
			changed[tc.file].Data = []byte(strings.Replace(was, tc.old, tc.new, 1))
			err := buildFrom(changed)
			if tc.says == "" {
				if err != nil {
					t.Errorf("a harmless change is refused: %v", err)
				}
				return
			}
			if model.CodeOf(err) != model.CodeInvalid || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %v, want …%s…", err, tc.says)
			}
		})
	}
}

func TestLoad_Files(t *testing.T) {
	for _, tc := range []struct {
		name string
		edit func(fstest.MapFS)
		says string
	}{
		{"missing", func(f fstest.MapFS) { delete(f, "team.csv") }, "缺少文件 team.csv"},
		{"empty", func(f fstest.MapFS) { f["team.csv"] = &fstest.MapFile{} }, "team.csv 是空的"},
		{"short line", func(f fstest.MapFS) { f["team.csv"] = &fstest.MapFile{Data: []byte("a,b\n1\n")} }, "team.csv 的格式不对"},
		{"no surnames", func(f fstest.MapFS) { f["surnames.csv"] = &fstest.MapFile{Data: []byte("姓氏\n")} }, "没有姓氏"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			changed := files(t)
			tc.edit(changed)
			if err := buildFrom(changed); err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestLoad_WithoutByteOrderMark(t *testing.T) {
	plain := files(t)
	for _, f := range plain {
		f.Data = []byte(strings.TrimPrefix(string(f.Data), "\ufeff"))
	}
	if err := buildFrom(plain); err != nil {
		t.Error(err)
	}
}
