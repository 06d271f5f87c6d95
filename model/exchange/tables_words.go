package exchange

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// shape is what a cell looks like without knowing its column.
type shape uint8

const (
	shapeText   shape = iota // short words, as headers are
	shapeLong                // a sentence
	shapeNumber              // a number, a phone, a code
	shapeDate                // a day
)

// longText is the number of characters from which words are a sentence. Headers
// with a whole instruction in brackets occur, so brackets are not counted.
const longText = 30

var (
	numberWords = regexp.MustCompile(`^[¥￥$+-]?[\d,]*\.?\d+(e[+-]?\d+)?(%|‰|元|万元|亿元|亩|户|人|个|次|公里|米|吨|项|岁|天)?$`)
	dayWords    = regexp.MustCompile(`^\d{2,4}([-./年])\d{1,2}([-./月]\d{1,2}日?|月)?$|^\d{1,2}月\d{1,2}日$`)
	codeWords   = regexp.MustCompile(`^\d[\dx-]{5,}$`)
	holderWords = regexp.MustCompile(`\{\{|\}\}|\{[.\w]+\}|^\[\[`)
)

func shapeOf(c sheet.Cell, words string) shape {
	switch {
	case c.Kind == sheet.Number && c.Date:
		return shapeDate
	case c.Kind != sheet.Text:
		return shapeNumber
	case strings.IndexByte("0123456789¥$+-.", words[0]) >= 0 || words[0] == "（"[0]:
		if s, ok := valueShape(text.HeaderKey(words)); ok {
			return s
		}
	}
	if strings.ContainsAny(words, "{}[") && holderWords.MatchString(words) { // a place holder of a template: {{name}}
		return shapeLong
	}
	if len(words) > longText && utf8.RuneCountInString(text.HeaderCore(words)) > longText || strings.Contains(words, "。") || strings.Contains(words, "；") {
		return shapeLong
	}
	return shapeText
}

// valueShape returns the shape of words that begin like a number. Most that do are
// digits alone, or a day: what comes behind the first digits tells them apart.
func valueShape(key string) (shape, bool) {
	rest := strings.TrimLeft(key, "0123456789")
	behind, _ := utf8.DecodeRuneInString(rest)
	part := len(rest) < len(key) && strings.ContainsRune("-/年月", behind)
	switch {
	case rest == "" && key != "":
		return shapeNumber, true
	case !part && numberWords.MatchString(key):
		return shapeNumber, true
	case (part || behind == '.') && dayWords.MatchString(key):
		return shapeDate, true
	case codeWords.MatchString(key):
		return shapeNumber, true
	}
	return shapeText, false
}

// headerWords are heads of columns that stand alone in township tables, in the
// form of text.HeaderCore.
var headerWords = wordSet(`序号 编号 户号 姓名 名称 性别 民族 年龄 学历 职务 职级 单位 部门 乡镇 镇 乡 村 组 户 村组 县 区县 县区 地市
	备注 说明 附件 天气 地点 日期 时间 电话 手机 邮箱 地址 住址 类型 类别 分类 分数 得分 等次 金额 数量 单价 总价 型号 规格 品名 品牌
	等级 领域 任务 事项 项目 内容 目标 措施 进展 进度 状态 时限 计划 指标 合计 总计 计 小计 其中 其他 原因 去向 天数 科目 编码 代码 全称 简称
	户主 人口 户数 人数 面积 产量 收入 支出 结余 签字 签名 审批人 记录人 承办人 意见 文号 来源 来文单位 层级 级别 上级 别名 牌型 科室
	id no code name date title type status remark phone email address 省 市 区 户名 户型 种类 商户 商户号 班级 班号 成绩 月薪 工资`)

// headerEndings end the heads of columns.
var headerEndings = wordSet(`名称 姓名 时间 日期 时限 期限 年月 情况 单位 部门 类型 类别 电话 手机 号码 编号 编码 代码 文号 证号 卡号 账号 帐号 金额 资金
	比例 比率 占比 面积 人口 人数 户数 数量 总数 次数 天数 项数 份数 内容 措施 举措 目标 要求 指标 任务 事项 项目 领导 责任人 负责人 联系人 帮扶人 承办人
	审批人 填报人 问题 困难 打算 计划 安排 标准 结果 意见 建议 状态 进展 进度 原因 方式 形式 来源 范围 规模 规格 型号 单价 总价 收入 支出 成本 价格
	经费 成绩 得分 名次 面貌 程度 职务 职级 职称 学历 民族 性别 年龄 地址 住址 位置 地点 标志 状况 材料 备注 说明 方案 成效 周期 频次 层级 级别
	特长 专长 届满 与否 是否 办结 销号 完成 毛重 净重 单重 名 率 额 费 量 度`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// isHeaderWord reports whether words are such as head columns.
func isHeaderWord(words string) bool {
	core := text.HeaderCore(words)
	if headerWords[core] || strings.HasPrefix(core, "是否") || text.Unit(words) != "" {
		return true
	}
	const longest = 3 // characters of an ending
	for at, n := len(core), 0; at > 0 && n < longest; n++ {
		_, size := utf8.DecodeLastRuneInString(core[:at])
		if at -= size; headerEndings[core[at:]] {
			return true
		}
	}
	return false
}

var (
	totalWords = regexp.MustCompile(`^(.{0,9}[县市区镇乡村组户]|本页|本表|全部|总)?(合计|小计|总计|共计|累计)(数|金额|大写)?([(:].*)?$|^.{0,6}合计\(大写\)`)
	noteWords  = regexp.MustCompile(`^\(?(注|备注|说明|附注|注释|注意|注意事项|提示|填[表报写]说明|编制说明|填[表报写]要求|温馨提示)\d?\)?([:：.、].*)?$|^[*※]`)
	signWords  = regexp.MustCompile(`(填表人|填报人|制表人?|编制人|审核人?|复核人?|负责人|经办人|批准人|签发人|审批人|主管领导|分管领导|主要领导|填[表报](日期|时间)|联系电话)(\([^)]*\))?:|\((签字|签章|签名|盖章|公章)\)|(签字|签章|签名|盖章|公章)[:与]`)
	sampleWord = regexp.MustCompile(`^\(?(例|示例|样例|范例|举例|填写示例|例如|如)[):](.*)$|^\(?(例|示例|样例|范例|填写示例)\)?\d*$`)
	// closingWords stand alone below a table: the day on which it was made, or that
	// all of it is right.
	closingWords = regexp.MustCompile(`^[二\d][〇○零\d一二三四五六七八九]{3}年.{1,2}月(.{1,3}日)?$|^(以上|上述|特此|经核|本表|此表).{3,}`)

	labelled   = regexp.MustCompile(`^[^:]{1,12}:`)
	sectionNo  = regexp.MustCompile(`^(\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+[、.．,]|第[一二三四五六七八九十]+[部章类])`)
	annexWords = regexp.MustCompile(`^附(件|表)?[\d一二三四五六七八九十-]*[:：]?$`)
	orgWords   = regexp.MustCompile(`(县|镇|乡|村|街道|局|办|委|政府|委员会|办公室|中心|小组|指挥部|工作队|站|所|公司)$`)
	pathWords  = regexp.MustCompile(`^(#[a-z]+|[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?)$`)
)

// isTotal reports whether words name a row of sums.
func isTotal(words string) bool {
	key := strings.Trim(text.HeaderKey(words), "*'")
	return strings.Contains(key, "计") && utf8.RuneCountInString(key) <= longText && totalWords.MatchString(key)
}

// isNote reports whether words begin the notes below a table.
func isNote(words string) bool { return noteWords.MatchString(text.HeaderKey(firstLine(words))) }

// isSignOff reports whether words are of the lines for signatures.
func isSignOff(words string) bool { return signWords.MatchString(text.HeaderKey(words)) }

// isSample reports whether words mark a row as an example (例：张示例一).
func isSample(words string) bool {
	return (strings.Contains(words, "例") || strings.Contains(words, "如")) && sampleWord.MatchString(text.HeaderKey(words))
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

// isPathLine reports whether a hidden line holds the paths of a form's columns.
func isPathLine(l line) bool {
	own := 0
	for _, p := range l.spots {
		if !pathWords.MatchString(p.text) {
			return false
		}
		if strings.HasPrefix(p.text, "#") {
			own++
		}
	}
	return len(l.spots) > 0 && (l.hidden || own > 0)
}
