package filling

import (
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
)

// choiceCalc is the choice of a figure over a ledger, which is asked for further.
const choiceCalc = "#calc"

// plainSources are what a column may be filled with that is in no ledger, as
// fill.ParseSource reads them.
var plainSources = []kit.Choice{
	{ID: "今天", Text: "今天", Note: "填报时间"}, {ID: "期间", Text: "期间"}, {ID: "单位", Text: "填报单位"},
	{ID: "填报人", Text: "填报人"}, {ID: "序号", Text: "序号"},
}

// sources are what a column may be filled with: what is proposed first, then every
// field of the ledger, then what is in no ledger.
func sources(c *model.Catalog, l *model.Ledger, proposed exchange.Path) []kit.Choice {
	var out []kit.Choice
	if l != nil {
		for _, tg := range exchange.FillTargets(c, l) {
			choice := kit.Choice{ID: string(tg.Path), Text: app.TargetLabel(tg)}
			if tg.Through != nil {
				choice.Note = tg.Through.Label
			}
			if tg.Path == proposed {
				choice.Note = "建议"
				out = append([]kit.Choice{choice}, out...)
				continue
			}
			out = append(out, choice)
		}
	}
	out = append(out, plainSources...)
	return append(out, kit.Choice{ID: choiceCalc, Text: "统计台账里的数…", Note: "个数、合计、平均"}, kit.Choice{ID: "不填", Text: "不填，由人工填"})
}

// withWords offers what is typed as words that stand in every row, behind the choices
// that fit.
func withWords(all []kit.Choice) func(query string) []kit.Choice {
	find := form.Filter(all)
	return func(query string) []kit.Choice {
		if words := strings.TrimSpace(query); words != "" {
			return append(find(query), kit.Choice{ID: "“" + words + "”", Text: "每行都写“" + words + "”"})
		}
		return all
	}
}

// reckons are the ways of a figure over a field.
func reckons(f *model.Field) []kit.Choice {
	if f == nil {
		return kit.TextChoices([]string{string(fill.Count)})
	}
	ways := []string{string(fill.Listed), string(fill.Count)}
	switch f.Kind {
	case model.KindInteger, model.KindDecimal, model.KindPercent:
		ways = []string{string(fill.Sum), string(fill.Average), string(fill.Highest), string(fill.Lowest), string(fill.Count)}
	}
	return kit.TextChoices(ways)
}

// countedItems are what of a ledger can be counted or added up.
func countedItems(l *model.Ledger) []kit.Choice {
	out := []kit.Choice{{ID: "", Text: "记录的个数"}}
	for i := range l.Fields {
		out = append(out, kit.Choice{ID: l.Fields[i].Key, Text: l.Fields[i].Label})
	}
	return out
}

// calcSource writes a figure as fill.ParseSource reads it.
func calcSource(ledger, item, how, where string) string {
	out := ledger + ".个数"
	if item != "" {
		out = ledger + "." + item + " " + how
	}
	if conditions := conditions(where); len(conditions) > 0 {
		out += " where " + strings.Join(conditions, " and ")
	}
	return out
}

// conditions cuts what is typed as a filter into its conditions, all of which must
// hold: 办理状态!=已办结；工作类别=产业振兴.
func conditions(words string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return r == '；' || r == ';' || r == '\n' }) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}
