// Package apptest has what the tests of several packages above app need: an export of
// the national system, as wide and as odd as the real ones.
package apptest

import (
	"fmt"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// SystemRow is a household as the national system has it: words by the header of the
// lowest level.
type SystemRow map[string]string

// systemGroups are the columns of the export by their first and second level. The
// headers are those of real exports, typos included (DOMAIN §1 e); 检测对象类别 and
// 风险是否已消除0 are what some say.
var systemGroups = []struct{ first, second, leaves string }{
	{"基本信息", "地址信息", "省 市 县 乡镇 行政村 村民小组"},
	{"基本信息", "户基本信息", "户编号 户主姓名 证件号码 联系电话 家庭人口数 户类型"},
	{"监测信息", "识别信息", "检测对象类别 识别监测时间 致贫/返贫风险1 致贫/返贫风险2 致贫/返贫风险3 致贫/返贫风险4 致贫/返贫风险5"},
	{"监测信息", "风险消除信息", "风险是否已消除0 风险消除方式 消除监测时间"},
	{"监测信息", "帮扶措施", "产业帮扶 就业帮扶 公益性岗位帮扶 金融帮扶 健康帮扶 教育帮扶 住房安全保障 饮水安全保障 搬迁 生产生活条件改善 基础设施建设 社会帮扶 综合保障"},
	{"基本信息", "收入情况", "人均纯收入（元） 工资性收入 生产经营性收入 财产性收入 转移性收入"},
	{"基本信息", "生产生活条件", "义务教育保障 基本医疗保障 是否解决安全饮用水 是否危房户 是否通生活用电 耕地面积（亩） 退耕还林面积（亩） 实施开发式帮扶措施情况"},
}

// systemWidth is how many columns such an export has at least.
const systemWidth = 155

// systemHeaders are the headers of the lowest level, in their order; the last ones are
// of no field of any ledger.
func systemHeaders() (first, second, leaves []string) {
	for _, g := range systemGroups {
		for _, leaf := range strings.Fields(g.leaves) {
			first, second, leaves = append(first, g.first), append(second, g.second), append(leaves, leaf)
		}
	}
	for n := 1; len(leaves) < systemWidth; n++ {
		first, second, leaves = append(first, "其他信息"), append(second, "扩展指标"), append(leaves, fmt.Sprintf("扩展指标%d", n))
	}
	return first, second, leaves
}

// SystemExport lays households out as an export of the national system up to a day: a
// title, the day, three header rows, and more than 150 columns.
func SystemExport(upTo model.Day, rows []SystemRow) *sheet.Out {
	first, second, leaves := systemHeaders()
	out := sheet.OutSheet{Name: "监测对象信息"}
	out.Rows = append(out.Rows, systemLine([]string{"防返贫监测对象信息导出表"}), systemLine([]string{"数据截至：" + string(upTo)}))
	for _, header := range [][]string{first, second, leaves} {
		out.Rows = append(out.Rows, systemLine(header))
	}
	out.Merges = append(out.Merges, sheet.Range{R1: 1, C1: 1, R2: 1, C2: len(leaves)})
	for i, header := range [][]string{first, second} {
		out.Merges = append(out.Merges, spans(header, 3+i)...)
	}
	for _, r := range rows {
		words := make([]string, len(leaves))
		for i, leaf := range leaves {
			if words[i] = r[leaf]; strings.HasPrefix(leaf, "扩展指标") {
				words[i] = fmt.Sprint(i)
			}
		}
		out.Rows = append(out.Rows, systemLine(words))
	}
	return &sheet.Out{Title: "防返贫监测对象信息导出表", Sheets: []sheet.OutSheet{out}}
}

// spans are the blocks of equal words in a header row.
func spans(header []string, row int) []sheet.Range {
	var out []sheet.Range
	for from, i := 0, 1; i <= len(header); i++ {
		if i < len(header) && header[i] == header[from] {
			continue
		}
		if i-from > 1 {
			out = append(out, sheet.Range{R1: row, C1: from + 1, R2: row, C2: i})
		}
		from = i
	}
	return out
}

func systemLine(words []string) sheet.OutRow {
	var row sheet.OutRow
	for _, w := range words {
		row.Cells = append(row.Cells, sheet.TextCell(w, sheet.Style{Format: "@"}))
	}
	return row
}
