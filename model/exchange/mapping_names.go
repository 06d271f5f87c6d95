package exchange

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// nameIndex finds targets by the words that mean them.
type nameIndex struct {
	targets []Target
	labels  map[string][]int // bare label, with and without its unit, as written
	words   map[string][]int // text.HeaderKey of labels and synonyms
}

func indexNames(targets []Target) nameIndex {
	x := nameIndex{targets, map[string][]int{}, map[string][]int{}}
	for i, t := range targets {
		for _, label := range []string{t.Field.Label, t.Field.Header()} {
			addOnce(x.labels, bare(label), i)
		}
		for _, w := range fieldWords(t.Field) {
			addOnce(x.words, text.HeaderKey(w), i)
		}
	}
	return x
}

func addOnce(m map[string][]int, key string, i int) {
	if !slices.Contains(m[key], i) {
		m[key] = append(m[key], i)
	}
}

// fieldWords are all the words of a field: its label, with its unit, synonyms.
func fieldWords(f *model.Field) []string {
	return append([]string{f.Label, f.Header()}, f.Synonyms...)
}

// best returns what a column claims: its best target, or all of those it fits
// alike.
func (x nameIndex) best(t *Table, c TableColumn) []claimOn {
	var all []claimOn
	for _, n := range headerNames(t, c) {
		all = append(all, x.find(n)...)
	}
	for i := range all {
		all[i].col = c.Col
		x.weigh(t, c, &all[i])
	}
	top := 0.0
	for _, k := range all {
		top = max(top, k.score)
	}
	all = slices.DeleteFunc(all, func(k claimOn) bool { return k.score < top })
	slices.SortFunc(all, func(a, b claimOn) int { return cmp.Compare(a.target, b.target) })
	all = slices.CompactFunc(all, func(a, b claimOn) bool { return a.target == b.target })
	if len(all) > 1 { // words of two fields: a person must say which
		for i := range all {
			all[i].how, all[i].score = HowSuggested, scoreSuggested
		}
	}
	return all
}

// weigh ranks a claim by the kind of its target, and makes a suggestion of one
// whose unit of measurement does not go with the field's.
func (x nameIndex) weigh(t *Table, c TableColumn, k *claimOn) {
	target := x.targets[k.target]
	switch {
	case target.Child != nil:
		k.score -= childMalus
	case target.Path == PathArea:
		k.score -= areaMalus
	}
	if _, ok := unitOf(t, c, target.Field); !ok {
		k.how, k.score = HowSuggested, scoreSuggested
	}
}

// headerName is one reading of a column's header.
type headerName struct {
	words string
	sure  bool // otherwise the reading leaves out a level that may matter
}

// headerNames returns the readings of a header. Of a path that is the path
// itself, its last two levels run together in either order (责任/单位, 开始/时间),
// and its last level alone, which is sure only below a group whose name adds
// nothing: 中央 below 资金 is not the 中央 of another group.
func headerNames(t *Table, c TableColumn) []headerName {
	n := len(c.levels)
	out := []headerName{{c.Path, true}}
	if n < 2 {
		return out
	}
	group, leaf := c.levels[n-2], c.levels[n-1]
	plain := true
	for _, g := range c.levels[:n-1] {
		plain = plain && isPlainGroup(t, g, leaf)
	}
	rest := !slices.ContainsFunc(c.levels[:n-2], func(g string) bool { return !isPlainGroup(t, g, leaf) })
	return append(out, headerName{group + leaf, rest}, headerName{leaf + group, rest}, headerName{leaf, plain})
}

// plainGroups are names of groups that say nothing of the columns below.
var plainGroups = wordSet(`基本信息 基本情况 基础信息 信息 概况 个人信息 个人情况 个人基本情况 人员信息 人员基本情况 队员信息 驻村干部信息 驻村信息 任务信息 任务情况 任务基本情况
	任务 事项 事项信息 工作任务 责任 责任分工 责任落实 时间 时间安排 时间要求 时限要求 进展 进展情况 工作进展 工作进展情况 推进情况 落实情况 办理情况 完成情况 联系方式 内容 其他
	监测信息 监测情况 识别信息 识别监测信息 风险消除信息 收入情况 收入信息 家庭收入情况 生产生活条件 户基本信息 地址信息`)

// isPlainGroup reports whether a group's name adds nothing to the name of a
// column below: a general word, or one that the column's own name or the
// table's title has in it already (完成时限/时限).
func isPlainGroup(t *Table, group, leaf string) bool {
	core := text.HeaderCore(group)
	return plainGroups[core] || strings.Contains(text.HeaderCore(leaf), core) ||
		len(core) >= len("四个字") && strings.Contains(text.HeaderKey(t.Title), core)
}

// find returns the targets meant by one reading of a header: by the label as it
// stands, by a word of the field, by one without remarks, by one without brackets.
func (x nameIndex) find(n headerName) []claimOn {
	key, how, score := text.HeaderKey(n.words), HowExact, scoreExact
	hits := x.labels[bare(n.words)]
	if len(hits) == 0 {
		how, score, hits = HowSynonym, scoreSynonym, x.words[key]
	}
	if len(hits) == 0 {
		score, hits = scoreNormalised, x.words[withoutRemarks(key)]
	}
	cut := len(hits) == 0
	if cut {
		hits = x.words[text.HeaderCore(n.words)]
	}
	var out []claimOn
	for _, i := range hits {
		k := claimOn{target: i, how: how, score: score - x.rank(i, key)}
		if !n.sure || cut && !x.ignorable(key, i) {
			k.how, k.score = HowSuggested, scoreSuggested
		}
		out = append(out, k)
	}
	return out
}

// withoutRemarks drops the brackets of a header key that hold units or remarks,
// and the marks around it.
func withoutRemarks(key string) string {
	for _, inner := range brackets(key) {
		if isRemark(inner) {
			key = strings.Replace(key, "("+inner+")", "", 1)
		}
	}
	return strings.Trim(key, "*:;,.、。※★▲#")
}

// isRemark reports whether words in a bracket are a unit or tell how to fill the
// column in.
func isRemark(inner string) bool {
	return text.IsUnit(strings.TrimPrefix(strings.TrimPrefix(inner, "单位"), ":")) || remarkWords.MatchString(inner)
}

// rank is what a word loses by its place among the synonyms of the area: of 村
// and 乡镇 the village counts.
func (x nameIndex) rank(i int, key string) float64 {
	if x.targets[i].Path != PathArea {
		return 0
	}
	at := slices.IndexFunc(x.targets[i].Field.Synonyms, func(s string) bool { return text.HeaderKey(s) == key })
	return float64(max(at, 0)) * 0.001
}

// remarkWords begin brackets that tell how to fill a column in, not what is in it.
var remarkWords = regexp.MustCompile(`^(必填|选填|非必填|可不填|可多选|多选|单选|下拉|盖章|签字|签章|如|例|格式|截[至止]|至|到\d|注|请|按|填|精确|保留|不超过|见附|\d|年月日?|yyyy|x+月)|填写|选择|为准|以内|年月日?$`)

// ignorable reports whether the brackets of a header may be left out without
// asking: a unit, a remark, another word for the same field, the choices of the
// field, or the name of a further field that such cells mention in passing
// (责任单位（配合单位）). 联系电话（紧急联系人）is another phone.
func (x nameIndex) ignorable(key string, target int) bool {
	f := x.targets[target].Field
	for _, inner := range brackets(key) {
		if !isRemark(inner) && !x.sameField(inner, target) && !isChoice(inner, f) {
			return false
		}
	}
	return true
}

// sameField reports whether words in a bracket mean the target too, or a field
// whose values are words, not numbers of some kind.
func (x nameIndex) sameField(words string, target int) bool {
	hits := x.words[words]
	if slices.Contains(hits, target) {
		return true
	}
	return len(hits) > 0 && !slices.ContainsFunc(hits, func(i int) bool {
		switch x.targets[i].Field.Kind {
		case model.KindText, model.KindLongText, model.KindEnum, model.KindRef:
			return false
		}
		return true
	})
}

// isChoice reports whether words in a bracket list choices of the field.
func isChoice(words string, f *model.Field) bool {
	if f.Kind == model.KindBool {
		return words == "是/否" || words == "是否"
	}
	parts := strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune("/、,，;", r) })
	return len(parts) > 0 && len(f.Options) > 0 && !slices.ContainsFunc(parts, func(p string) bool {
		_, ok := f.FindOption(p)
		return !ok
	})
}

// brackets returns what stands in the brackets of a header key.
func brackets(key string) []string {
	var out []string
	for {
		_, rest, open := strings.Cut(key, "(")
		if !open {
			return out
		}
		inner, after, _ := strings.Cut(rest, ")")
		out, key = append(out, inner), after
	}
}

// unitOf returns the unit in which the numbers of a column stand if it is not the
// field's own, and whether one can be turned into the other. A unit in a line of
// its own counts for the fields it can apply to: 单位：万元 says nothing of 户.
func unitOf(t *Table, c TableColumn, f *model.Field) (unit string, ok bool) {
	if f.Kind != model.KindInteger && f.Kind != model.KindDecimal || f.Unit == "" {
		return "", true
	}
	if c.Unit != "" {
		_, err := text.ConvertUnit(0, c.Unit, f.Unit)
		return otherThan(c.Unit, f.Unit), err == nil
	}
	return otherThan(unitFor(t.Unit, f.Unit), f.Unit), true
}

// unitFor returns which of the units that a table states is one for a field in the
// unit own (元 of 元、户、人 for 万元), "" if none is.
func unitFor(stated, own string) string {
	for _, u := range unitsIn(stated) {
		if _, err := text.ConvertUnit(0, u, own); err == nil {
			return u
		}
	}
	return ""
}

func otherThan(unit, own string) string {
	if unit == own {
		return ""
	}
	return unit
}
