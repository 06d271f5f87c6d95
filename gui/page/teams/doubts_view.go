package teams

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// group is what one rule found.
type group struct {
	rule, ledger string
	name         string // in words
	source       string // the basis of the rule, "" for the rules of a field's kind
	off          string // the reason why it was switched off, "" where it is on
	canOff       bool
	found        []model.Problem
}

// grouped puts problems under their rules, in the order of the catalog and of the
// rules; rules that were switched off come last, with their reason.
func grouped(c *model.Catalog, problems []model.Problem, params model.Params) []group {
	var out []group
	for _, p := range problems {
		i := slices.IndexFunc(out, func(g group) bool { return g.rule == p.Rule && g.ledger == p.Ledger })
		if i < 0 {
			i, out = len(out), append(out, groupOf(c, p))
		}
		out[i].found = append(out[i].found, p)
	}
	for _, l := range c.All() {
		for _, check := range l.Checks {
			if reason := params[rule.CheckOff+check.ID]; reason != "" {
				g := groupOf(c, model.Problem{Rule: check.ID, Ledger: l.Key})
				g.off = reason
				out = append(out, g)
			}
		}
	}
	return out
}

func groupOf(c *model.Catalog, p model.Problem) group {
	g := group{rule: p.Rule, ledger: p.Ledger}
	l := c.Ledger(p.Ledger)
	i := slices.IndexFunc(l.Checks, func(check model.Check) bool { return check.ID == p.Rule })
	if i >= 0 {
		g.canOff, g.source = true, l.Checks[i].Source
		g.name = l.Label + "：" + plainSource(g.source)
		return g
	}
	g.name = l.Label + "：填写不合格式"
	if f := l.Field(p.Field); f != nil {
		g.name = l.Label + "：" + f.Label
	}
	return g
}

// cited are the marks of sources in the bases of rules: （S-23）. They belong to the
// documentation.
var cited = regexp.MustCompile(`（S-\d+(、S-\d+)*）`)

// plainSource is the basis of a rule without the marks of sources.
func plainSource(s string) string { return cited.ReplaceAllString(s, "") }

// groupTable lists the rules with how many places each found.
func groupTable(groups []group) table {
	t := table{cols: []grid.Column{column("规则", 0), {Key: "n", Title: "处", Width: 56, Align: grid.AlignRight}}}
	for _, g := range groups {
		row := cells(g.name, fmt.Sprint(len(g.found)))
		if g.off != "" {
			row = cells(g.name, "停用")
			row[0].Tone, row[1].Tone = look.ToneQuiet, look.ToneQuiet
			row[0].Hint = "停用的理由：" + g.off
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// place is where a problem is, in words.
type place struct{ name, area string }

// foundTable lists what a rule found.
func foundTable(c *model.Catalog, g group, places map[string]place) table {
	t := table{cols: []grid.Column{column("村（单位）", 96), column("记录", 116), column("项目", 110), column("问题", 0), column("怎么办", 210)}}
	l := c.Ledger(g.ledger)
	for _, p := range g.found {
		at := places[p.Record]
		label := p.Field
		if f := l.Field(p.Field); f != nil {
			label = f.Label
		}
		row := cells(at.area, at.name, label, p.Message, p.Suggestion)
		row[1].Bold = true
		if p.Level == model.Fault {
			row[3].Mark, row[3].Tone = look.MarkOverdue, look.ToneOverdue
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// alike are the problems that the first fix of a problem serves too: the same
// correction in the same field.
func alike(g group, p model.Problem) []model.Problem {
	if len(p.Fixes) == 0 {
		return nil
	}
	var out []model.Problem
	for _, o := range g.found {
		if o.Field != "" && slices.ContainsFunc(o.Fixes, func(f model.Fix) bool { return f.Kind == p.Fixes[0].Kind }) {
			out = append(out, o)
		}
	}
	return out
}

// fixWords labels the button: 改成起止天数（3 处）.
func fixWords(p model.Problem, n int) string {
	if n == 1 {
		return p.Fixes[0].Label
	}
	return fmt.Sprintf("%s（%d 处）", p.Fixes[0].Label, n)
}

// countWords says how much was found.
func countWords(groups []group) string {
	n, rules, off := 0, 0, 0
	for _, g := range groups {
		if g.off != "" {
			off++
			continue
		}
		rules++
		n += len(g.found)
	}
	words := []string{fmt.Sprintf("%d 处，%d 条规则", n, rules)}
	if off > 0 {
		words = append(words, fmt.Sprintf("停用 %d 条", off))
	}
	return strings.Join(words, "，")
}
