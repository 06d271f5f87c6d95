package start

import (
	"fmt"
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// levelChoices are the levels that a ledger is kept at.
var levelChoices = []kit.Choice{
	{ID: string(model.LevelTown), Text: "乡镇"}, {ID: string(model.LevelVillage), Text: "村"}, {ID: string(model.LevelCounty), Text: "县"},
}

// levelChoice is the choice of a level, 乡镇 if none is known.
func levelChoice(l model.Level) kit.Choice {
	for _, c := range levelChoices {
		if c.ID == string(l) {
			return c
		}
	}
	return levelChoices[0]
}

// belowWord is what the areas next below a unit are called.
func belowWord(l model.Level) string {
	switch app.LevelBelow(l) {
	case model.LevelTown:
		return "乡镇"
	case model.LevelGroup:
		return "组"
	}
	return "村"
}

// countWords says what the list comes to.
func countWords(rows []row, level model.Level) string {
	if len(rows) == 0 {
		return ""
	}
	words := fmt.Sprintf("认出 %d 个%s", len(rows), belowWord(level))
	people, wrong := 0, 0
	for _, r := range rows {
		for _, c := range []app.Contact{r.Secretary, r.Cadre} {
			if c.Name != "" {
				people++
			}
		}
		if r.wrong {
			wrong++
		}
	}
	if people > 0 {
		words += fmt.Sprintf("，书记和包村干部 %d 人次", people)
	}
	if wrong > 0 {
		words += fmt.Sprintf("，%d 行要改", wrong)
	}
	return words
}

// cellOf shows one value of a line.
func cellOf(r row, col int) grid.Cell {
	texts := []string{r.Name, r.Secretary.Name, r.Secretary.Phone, r.Cadre.Name, r.Cadre.Phone, r.problem}
	c := grid.Cell{Text: texts[col]}
	if col == len(texts)-1 && r.problem != "" {
		c.Tone, c.Fill, c.Hint = look.ToneSoon, grid.FillChanged, r.problem
		if r.wrong {
			c.Tone, c.Fill = look.ToneOverdue, grid.FillConflict
		}
	}
	return c
}

// planTitle names what is about to be made.
func planTitle(p app.Proposal) string {
	if p.File == "" {
		return "新建台账"
	}
	return "用现在的表格建台账"
}

func createLabel(p app.Proposal) string {
	if p.File == "" {
		return "建立台账"
	}
	return "建立台账并导入"
}

// tablesNote says what is recognised in a workbook: 任务 118 行.
func tablesNote(p app.Proposal) string {
	var parts []string
	for _, t := range p.Tables {
		if t.Ledger != "" {
			parts = append(parts, fmt.Sprintf("%s %d 行", t.Ledger, t.Rows))
		}
	}
	if parts == nil {
		return ""
	}
	return "“" + text.BaseName(p.File) + "”认出 " + strings.Join(parts, "，") + "；现在还什么都没建"
}

// foundWords says how the columns of a workbook are understood.
func foundWords(p app.Proposal) string {
	var lines []string
	for _, t := range p.Tables {
		switch {
		case t.Ledger == "":
			lines = append(lines, "“"+t.Sheet+"”没有认出是哪本台账，不导入。")
		case len(t.Unknown) > 0:
			lines = append(lines, fmt.Sprintf("“%s”%d 列认得；台账里没有的列先不导入：%s。", t.Sheet, len(t.Known), strings.Join(t.Unknown, "、")))
		default:
			lines = append(lines, fmt.Sprintf("“%s”%d 列都认得。", t.Sheet, len(t.Known)))
		}
	}
	return strings.Join(lines, "\n")
}

// alsoLabel offers the units and persons found.
func alsoLabel(s app.Setup) string {
	var parts []string
	if n := len(s.Units); n > 0 {
		parts = append(parts, fmt.Sprintf("%d 个单位", n))
	}
	if n := len(s.Persons); n > 0 {
		parts = append(parts, fmt.Sprintf("%d 个人", n))
	}
	return "一并登记表里的 " + strings.Join(parts, "、")
}
