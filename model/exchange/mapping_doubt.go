package exchange

import (
	"regexp"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// A header can name a field word for word and still not mean it: 联系电话 behind
// 帮扶人 is not the householder's, 户数 below the title 监测对象统计表 is not the
// village's. What stands around it never makes a match sure, and makes a suggestion
// of one that would be.

// witness is what a table as a whole says of its columns.
type witness struct {
	names    nameIndex
	t        *Table
	columns  []TableColumn
	means    map[int][]int // targets that a column's header may mean, by column
	sideways bool          // the headers stand in the first column
}

func (x nameIndex) witness(t *Table, columns []TableColumn) *witness {
	w := &witness{names: x, t: t, columns: columns, means: map[int][]int{}}
	for _, c := range columns {
		for _, n := range headerNames(t, c) {
			for _, k := range x.find(n) {
				w.means[c.Col] = append(w.means[c.Col], k.target)
			}
		}
	}
	w.sideways = w.onItsSide()
	return w
}

// hear makes a suggestion of a sure claim that something in the table speaks
// against, and of one that is another person's that person's.
func (w *witness) hear(c TableColumn, k *claimOn) {
	if k.how == HowSuggested {
		return
	}
	f := w.names.targets[k.target].Field
	switch other := w.another(c, k.target); {
	case other >= 0:
		k.target = w.sameOf(other, k.target)
	case w.sideways, w.twice(c), w.replaced(c), w.partOnly(c, k.target), f.Kind == model.KindRef && allUnits(c.samples):
	default:
		return
	}
	k.how, k.score = HowSuggested, scoreSuggested
}

// twice reports whether another column has the same header and not the same
// values: nobody could tell which is meant but by its place.
func (w *witness) twice(c TableColumn) bool {
	key := text.HeaderKey(c.Path)
	return slices.ContainsFunc(w.columns, func(o TableColumn) bool {
		return o.Col != c.Col && text.HeaderKey(o.Path) == key && o.twin != c.Col && c.twin != o.Col
	})
}

// personal are the heads of columns that belong to the person last named to their
// left, in the form of text.HeaderCore.
var personal = wordSet(`联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 身份证号 身份证号码 身份证 公民身份号码 证件号码 证件号 银行卡号 银行账号 一卡通 一卡通账号
	性别 民族 年龄 出生年月 出生日期 出生时间 学历 文化程度 最高学历 政治面貌 职务 职级 单位 工作单位 所在单位 单位名称 单位职务 健康状况 身体状况 与户主关系 关系`)

// personHead tells heads of columns that name a person.
var personHead = regexp.MustCompile(`(人|人员|领导|干部|书记|主任|队长|组长|村长|支书|局长|户主|姓名|配偶|家长|成员|队员|专干|文书|会计|专员|网格员|联络员|联系员|管理员)$`)

func isPerson(head string) bool {
	core := text.HeaderCore(head)
	return personHead.MatchString(core) && !strings.HasPrefix(core, "是否")
}

// another returns the column of the person to whom a column with a head such as
// 联系电话 seems to belong if the field it names is of somebody else, else -1.
func (w *witness) another(c TableColumn, target int) int {
	leaf := c.levels[len(c.levels)-1]
	if !personal[text.HeaderCore(leaf)] || slices.ContainsFunc(c.levels[:len(c.levels)-1], func(g string) bool { return !isPlainGroup(w.t, g, leaf) }) {
		return -1
	}
	owner := w.names.ownerOf(target)
	if owner < 0 || owner == target {
		return -1
	}
	for _, o := range slices.Backward(w.columns) {
		if o.Col < c.Col && w.namesPerson(o) {
			if slices.Contains(w.means[o.Col], owner) {
				return -1
			}
			return o.Col
		}
	}
	return -1
}

// namesPerson reports whether a column is of a person: by the field that its head
// means, else by the head.
func (w *witness) namesPerson(c TableColumn) bool {
	if means := w.means[c.Col]; len(means) > 0 {
		return slices.ContainsFunc(means, func(i int) bool { return isPerson(w.names.targets[i].Field.Label) })
	}
	return isPerson(c.levels[len(c.levels)-1])
}

// ownerOf returns the target of the person whose the field of a target is: the
// last one named before it in the description of the ledger. -1 if there is none.
func (x nameIndex) ownerOf(target int) int {
	for i := target; i >= 0; i-- {
		t := x.targets[i]
		if t.Ledger == x.targets[target].Ledger && t.Path != PathArea && isPerson(t.Field.Label) {
			return i
		}
	}
	return -1
}

// sameOf returns the target of the kind of another that belongs to the person
// named in a column (帮扶联系人 → 联系人电话), that other without one.
func (w *witness) sameOf(col, target int) int {
	for i, t := range w.names.targets {
		if owner := w.names.ownerOf(i); i != owner && t.Field.Kind == w.names.targets[target].Field.Kind && slices.Contains(w.means[col], owner) && isPersonal(t.Field) {
			return i
		}
	}
	return target
}

func isPersonal(f *model.Field) bool {
	return f.Kind == model.KindPhone || f.Kind == model.KindIDNumber || f.Kind == model.KindBankCard
}

// laterMarks begin heads that say anew what another column said before.
var laterMarks = regexp.MustCompile(`^(调整后?|变更后?|延期后?|延长后?|修改后?|修订后?|更正后?|最新|新)的?`)

// replaced reports whether another column says what the column's head says as it
// has been changed since (完成时限, 调整后完成时限).
func (w *witness) replaced(c TableColumn) bool {
	core := text.HeaderCore(c.levels[len(c.levels)-1])
	return slices.ContainsFunc(w.columns, func(o TableColumn) bool {
		head := text.HeaderCore(o.levels[len(o.levels)-1])
		return o.Col != c.Col && head != core && laterMarks.ReplaceAllString(head, "") == core
	})
}

// counting are heads that count whatever the title of their table is about.
var counting = wordSet("户数 人数 人口 人口数 总数 数量 金额 资金 资金金额 面积 比例 占比")

// generalTitle tells titles that name no part of the whole.
var generalTitle = regexp.MustCompile(`基本情况|基本信息|概况|村情|一览表|花名册|名册`)

// partOnly reports whether a column counts something of which only the title says
// what, and the title is not that of the ledger.
func (w *witness) partOnly(c TableColumn, target int) bool {
	t := w.names.targets[target]
	return w.t.Title != "" && counting[text.HeaderCore(c.levels[len(c.levels)-1])] &&
		(t.Field.Kind == model.KindInteger || t.Field.Kind == model.KindDecimal || t.Field.Kind == model.KindPercent) &&
		!names(w.t.Title+w.t.Sheet, t.Ledger) && !generalTitle.MatchString(w.t.Title)
}

// allUnits reports whether values are units of measurement: a 单位 of quantities.
func allUnits(samples []string) bool {
	return len(samples) > 0 && !slices.ContainsFunc(samples, func(s string) bool { return !text.IsUnit(text.Clean(s)) })
}

// onItsSide reports whether the values of the table's first column are heads of
// columns themselves: records stand side by side and what was taken for the header
// is the values of one field.
func (w *witness) onItsSide() bool {
	i := slices.IndexFunc(w.columns, func(c TableColumn) bool { return !isNumbering(c.Path) })
	if i < 0 {
		return false
	}
	samples := w.columns[i].samples
	return len(samples) > 0 && !slices.ContainsFunc(samples, func(s string) bool { return len(w.names.words[text.HeaderKey(s)]) == 0 })
}
