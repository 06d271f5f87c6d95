package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// Tone is how a form is asked for.
type Tone string

// The tones, the mildest first.
const (
	ToneRemind Tone = "提醒"
	ToneUrge   Tone = "催报"
	ToneAgain  Tone = "再催"
)

// toneKeys are the parameters with the text of each tone.
var toneKeys = map[Tone]string{ToneRemind: rule.CallRemind, ToneUrge: rule.CallUrge, ToneAgain: rule.CallAgain}

// CallKind is for whom a text is.
type CallKind string

// The kinds of a text.
const (
	CallGroup  CallKind = "群通知"      // one for the chat group, without phones
	CallSingle CallKind = "单独提醒"     // one for each village
	CallCadre  CallKind = "给包村干部的清单" // one for each cadre: the cadre's villages with whom to call
)

// Call is one text with whom it goes to.
type Call struct {
	To   string // 各村, a village, or a cadre
	Text string
	// Contacts are the people to whom a single text goes; empty for the group's.
	Contacts []CallContact
}

// CallContact is a person to call. The phone is a work phone.
type CallContact struct {
	Title, Name, Phone string
}

// words say a contact with the phone.
func (c CallContact) words() string { return strings.TrimSpace(c.Title + " " + c.Name + " " + c.Phone) }

// missing returns the receivers that have not reported.
func (c Completeness) missing() []Standing {
	return slices.DeleteFunc(slices.Clone(c.Rows), func(r Standing) bool { return counted(r.Status) })
}

// Calls writes the texts that ask those who have not reported for a form, in the order
// of the divisions. Where all have reported there are none.
func (a *App) Calls(ctx context.Context, form string, period model.Period, tone Tone, kind CallKind) ([]Call, error) {
	key, ok := toneKeys[tone]
	if !ok {
		return nil, model.Errorf(model.CodeUsage, "没有“%s”这种语气，可以用：提醒、催报、再催。", tone)
	}
	c, err := a.Missing(ctx, form, period)
	if err != nil {
		return nil, err
	}
	p, err := params(ctx, a.store, a.Today())
	if err != nil {
		return nil, err
	}
	missing, template := c.missing(), p[key]
	if len(missing) == 0 {
		return nil, nil
	}
	switch kind {
	case CallGroup:
		return []Call{{To: "各村", Text: groupText(c, template, missing)}}, nil
	case CallSingle:
		contacts, err := a.contacts(ctx, c.Form.Contacts)
		return singleCalls(c, template, missing, contacts), err
	case CallCadre:
		return a.cadreCalls(ctx, c, missing)
	}
	return nil, model.Errorf(model.CodeUsage, "没有“%s”这种文字，可以用：群通知、单独提醒、给包村干部的清单。", kind)
}

// groupText is the text for the chat group: which villages, which table, by when. It
// names no phone number and ranks nobody.
func groupText(c Completeness, template string, missing []Standing) string {
	if len(missing) == 0 {
		return tableName(c) + "已全部报齐，共 " + strconv.Itoa(c.Expected) + " 个单位。"
	}
	names := make([]string, len(missing))
	for i, r := range missing {
		names[i] = r.Area
	}
	return fillText(c, template, strings.Join(names, "、"), missing[0].Due, len(names))
}

func singleCalls(c Completeness, template string, missing []Standing, contacts map[string][]CallContact) []Call {
	one := strings.ReplaceAll(template, "（共 {数} 个）", "")
	out := make([]Call, len(missing))
	for i, r := range missing {
		out[i] = Call{To: r.Area, Text: fillText(c, one, r.Area, r.Due, 1), Contacts: contacts[r.AreaID]}
	}
	return out
}

// cadreCalls writes for each 包村干部 which of the cadre's villages are missing, and
// whom to call there. Villages without a cadre stand in a list of their own, last.
func (a *App) cadreCalls(ctx context.Context, c Completeness, missing []Standing) ([]Call, error) {
	cadres, err := a.contacts(ctx, []string{ledgers.TitleVillageCadre})
	if err != nil {
		return nil, err
	}
	people, err := a.contacts(ctx, slices.DeleteFunc(titlesOf(c.Form.Contacts), func(t string) bool { return t == ledgers.TitleVillageCadre }))
	if err != nil {
		return nil, err
	}
	var out []Call
	lines := map[string][]string{}
	var nobody []string
	for _, r := range missing {
		line := r.Area + "（" + r.Status + "）"
		for _, p := range people[r.AreaID] {
			line += "　" + p.words()
		}
		if len(cadres[r.AreaID]) == 0 {
			nobody = append(nobody, line)
		}
		for _, cadre := range cadres[r.AreaID] {
			if lines[cadre.Name] == nil {
				out = append(out, Call{To: cadre.Name, Contacts: []CallContact{cadre}})
			}
			lines[cadre.Name] = append(lines[cadre.Name], line)
		}
	}
	for i := range out {
		out[i].Text = cadreText(c, out[i].To+"：您包的村", lines[out[i].To])
	}
	if len(nobody) > 0 {
		out = append(out, Call{To: "没有登记包村干部的村", Text: cadreText(c, "没有登记包村干部的村", nobody)})
	}
	return out, nil
}

func cadreText(c Completeness, who string, lines []string) string {
	return who + "还有 " + strconv.Itoa(len(lines)) + " 个没有报" + tableName(c) + "（" + c.Rows[0].Due + "截止）：\n" + strings.Join(lines, "\n")
}

func tableName(c Completeness) string {
	return "《" + c.Form.Label + "》（" + exchange.PeriodWords(c.Period) + "）"
}

// fillText puts what is meant into a template.
func fillText(c Completeness, template, villages, due string, n int) string {
	return callText(template, villages, tableName(c), due, n)
}

// callText puts words into a template.
func callText(template, villages, table, due string, n int) string {
	return strings.NewReplacer("{村}", villages, "{表名}", table, "{截止}", due, "{数}", strconv.Itoa(n)).Replace(template)
}

// contactTitles are the posts to call about a form, first choice first (CLERK 18).
var contactTitles = []string{ledgers.TitleReporter, ledgers.TitleVillageCadre}

// titlesOf returns the posts chosen for a form, or the usual ones.
func titlesOf(chosen []string) []string {
	if len(chosen) == 0 {
		return slices.Clone(contactTitles)
	}
	return slices.Clone(chosen)
}

// contacts returns, by area, who holds the posts today, in the order of the posts.
func (a *App) contacts(ctx context.Context, chosen []string) (map[string][]CallContact, error) {
	titles := titlesOf(chosen)
	people := map[string]*model.Record{}
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Person}, func(rec *model.Record) error {
		people[rec.ID] = rec
		return nil
	})
	if err != nil {
		return nil, err
	}
	found := map[string][]CallContact{}
	err = a.store.Each(ctx, model.Query{Ledger: ledgers.Post}, func(rec *model.Record) error {
		title := rec.Get("title").Text
		if slices.Contains(titles, title) && inOffice(rec, a.Today()) {
			at := rec.Get("at").ID
			found[at] = append(found[at], CallContact{title, rec.Get("person").Text, people[rec.Get("person").ID].Get("phone").Text})
		}
		return nil
	})
	for _, c := range found {
		slices.SortStableFunc(c, func(x, y CallContact) int {
			return cmp.Compare(slices.Index(titles, x.Title), slices.Index(titles, y.Title))
		})
	}
	return found, err
}

// contactWords name the contacts, without phones: one for each post, the last who took
// it up.
func contactWords(contacts []CallContact) string {
	var words []string
	for i, c := range contacts {
		if i+1 == len(contacts) || contacts[i+1].Title != c.Title {
			words = append(words, c.Title+" "+c.Name)
		}
	}
	return strings.Join(words, "、")
}
