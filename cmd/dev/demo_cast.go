package main

import (
	"fmt"
	"slices"
	"strings"

	"xiangzhen/model/text"
)

// What each village of the story does with its form; the others just fill it in.
const (
	villageTwice    = "青山村" // sends a second version, other name, other figures
	villageRenamed  = "白石村" // renames a column and moves another
	villageInserted = "枣园村" // renames a column and puts a new one in
	villageSorted   = "东坪村" // sorts its rows by another column
	villageTypo     = "石桥村" // types 110 % in one cell
	villageContest  = "南坳村" // says other than what the township has recorded itself
	villageAdds     = "葛坡村" // writes an item of its own into a free row
	villageSilent   = "松林村" // sends nothing
)

// The task that the township splits, and into what.
const (
	splitTitle = "冬春季森林防火隐患排查"
	splitTotal = "60"
)

var splitTo = []string{villageTwice, villageRenamed, villageInserted, villageContest, villageTypo}

var splitShares = []string{"16", "12", "10", "14", "8"}

// addedTitle is the item that villageAdds writes into a free row.
const addedTitle = "维修通组路口路灯6盏"

// typo is what villageTypo types: full-width digits, and more than there is.
const typo = "１１０%"

// ownPercent is what the township records for villageContest.
const ownPercent = 37

// entry is what a village typed into one row.
type entry struct {
	village, title      string
	percent             int
	typed               any // how the percentage was typed
	text, problem, next string
}

// phrases are the words for progress, one after another so that villages differ.
var phrases = []string{
	"召开村民小组会部署，分片包干到人", "已与施工方对接，现场推进", "入户核对一遍，台账补录完毕",
	"组织党员和公益岗集中行动两次", "完成自查，待镇里验收", "材料已报镇里，等待批复", "按计划推进，现场照片已留存",
}

var problems = []string{"个别农户外出务工，联系不上", "连续阴雨，进场困难", "资金尚未到位"}

var plans = []string{"本月底前完成剩余部分", "安排专人每周跟进", "下周请镇里现场看一次"}

// answer makes up what a village types for a row: some points more than before.
func answer(village string, nth, row int, title string, before int) entry {
	e := entry{village: village, title: title, percent: min(99, before+3+(nth*5+row*3)%11)}
	e.typed = typedPercent(e.percent, nth)
	e.text = fmt.Sprintf("%s：%s，累计完成%d%%。", village, phrases[(nth+row)%len(phrases)], e.percent)
	if (nth+row)%3 == 0 {
		e.problem = problems[(nth+row)%len(problems)]
	}
	e.next = plans[(nth*2+row)%len(plans)]
	return e
}

// typedPercent writes a percentage the ways people do.
func typedPercent(percent, nth int) any {
	switch nth % 3 {
	case 1:
		return fmt.Sprintf("%d%%", percent)
	case 2:
		return fullWidth(fmt.Sprint(percent)) + "％"
	}
	return percent
}

func fullWidth(digits string) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, digits)
}

// second is what the village says in its second version: further on, in other
// words.
func (e entry) second() entry {
	e.percent = min(100, e.percent+1)
	e.typed = e.percent
	e.text = strings.TrimSuffix(e.text, "。") + "（更正：" + fmt.Sprint(e.percent) + "%）。"
	return e
}

// filled writes who reports and when into the 填报单位 line, where there are
// blanks for it.
func (d *demo) filled(line, who string) (string, error) {
	blankWho, blankWhen := "填报人："+strings.Repeat("　", 4), "填报时间：　　　年　　月　　日"
	if !strings.Contains(line, blankWho) || !strings.Contains(line, blankWhen) {
		return "", fmt.Errorf("填报单位一行没有留出填报人、填报时间：%s", line)
	}
	line = strings.Replace(line, blankWho, "填报人："+who+"　", 1)
	return strings.Replace(line, blankWhen, "填报时间："+text.FormatDay(d.today), 1), nil
}

// typedBy returns what counts of a village's rows: its last version.
func (d *demo) typedBy(village, title string) (entry, bool) {
	for _, e := range slices.Backward(d.entries) {
		if e.village == village && e.title == title {
			return e, true
		}
	}
	return entry{}, false
}
