package reports

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/text"
)

// dayWords says a day as people write it beside a time: 11月25日（周三）.
func dayWords(d model.Day) string {
	if d == "" {
		return ""
	}
	at := d.Time()
	return fmt.Sprintf("%d月%d日（周%s）", at.Month(), at.Day(), []string{"日", "一", "二", "三", "四", "五", "六"}[at.Weekday()])
}

// clockWords writes a time of day as it is typed: 18:00.
func clockWords(hour, minute int) string { return fmt.Sprintf("%02d:%02d", hour, minute) }

var clockPattern = regexp.MustCompile(`^(\d{1,2})(?:[:：点时](\d{1,2})?分?)?$`)

// parseClock reads 18, 18:00, 18时, 17时30分; 24 is the end of the day.
func parseClock(words string) (hour, minute int, ok bool) {
	m := clockPattern.FindStringSubmatch(strings.TrimSpace(text.Clean(words)))
	if m == nil {
		return 0, 0, false
	}
	hour, _ = strconv.Atoi(m[1]) // digits by the pattern
	if m[2] != "" {
		minute, _ = strconv.Atoi(m[2])
	}
	return hour, minute, hour < 24 && minute < 60 || hour == 24 && minute == 0
}

// parseDueDay reads one day.
func parseDueDay(words string, today model.Day) (model.Day, error) {
	d, _ := text.ParseDate(words, today)
	if d.IsZero() || d.End == "" {
		return "", model.Errorf(model.CodeInvalid, "“%s”看不出是哪一天，如 11月25日。", words)
	}
	return d.End, nil
}

// fitting is the period of a form that another form's period means, else the one that
// a day lies in.
func fitting(f exchange.Form, period model.Period, today model.Day) model.Period {
	if fit, err := f.PeriodFor(string(period)); err == nil && period != "" {
		return fit
	}
	return f.PeriodOn(today)
}

// periodChoices are the periods that a form can go out for: the next, the one that a
// day lies in, and those before.
func periodChoices(f exchange.Form, today model.Day) []kit.Choice {
	const back = 6
	at := f.PeriodOn(today)
	if f.Cadence == model.Once {
		return []kit.Choice{{ID: string(at), Text: at.Words()}}
	}
	var out []kit.Choice
	for n := 1; n >= -back; n-- {
		p := at.Add(n)
		c := kit.Choice{ID: string(p), Text: p.Words()}
		if n == 0 {
			c.Note = "本期"
		}
		out = append(out, c)
	}
	return out
}

// adviceLine is one thing to know before a form goes out.
type adviceLine struct {
	words string
	held  []exchange.Path // columns that are held already, for its buttons
}

// adviceLines says what CLERK 16 wants said: what this unit holds already, and who has
// asked for the same.
func adviceLines(a app.Advice, unit string) []adviceLine {
	var out []adviceLine
	if len(a.Held) > 0 {
		var heads []string
		var paths []exchange.Path
		for _, h := range a.Held {
			heads, paths = append(heads, h.Header), append(paths, h.Path)
		}
		out = append(out, adviceLine{fmt.Sprintf("%s已有：%s（%d 行都有），可以不再要下面填。", unit, strings.Join(heads, "、"), a.Rows), paths})
	}
	for _, s := range a.Asked {
		out = append(out, adviceLine{words: fmt.Sprintf("%s已发过《%s》，问过同样的：%s。", dayWords(s.IssuedOn), s.Label, strings.Join(s.Headers, "、"))})
	}
	return out
}

// groupText is what is pasted into the chat group when a form has gone out.
func groupText(f exchange.Form, period model.Period, due string, to []string, basis string) string {
	words := fmt.Sprintf("【填报】《%s》（%s）已发出，请于 %s 前报送。", f.Label, exchange.PeriodWords(period), due)
	if f.ZeroOK {
		words += "没有内容的也请写“本月无”报回。"
	}
	if basis != "" {
		words += "依据：" + basis + "。"
	}
	return words + fmt.Sprintf("填报单位：%s（共 %d 个）。请直接在发下去的表里填，不要改动表头。", strings.Join(to, "、"), len(to))
}
