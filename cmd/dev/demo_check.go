package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
)

// compareEntries compares every cell that the villages typed with the ledger.
func (d *demo) compareEntries() (string, error) {
	same, held := 0, 0
	for _, e := range d.entries {
		if last, _ := d.typedBy(e.village, e.title); last != e {
			continue // replaced by a later version
		}
		task, err := d.oneTask(d.after.tasks, e)
		if err != nil {
			return "", err
		}
		id := task.text("id")
		is, _ := progressOf(d.after, id, d.period)
		want := d.expected(e, id)
		for key, value := range want {
			if got := is.text(key); got != value {
				return "", fmt.Errorf("%s“%s”的 %s 应为“%s”，台账里是“%s”", e.village, e.title, key, value, got)
			}
		}
		same += len(want)
		if e.typed == typo || id == d.contested.task {
			same, held = same-1, held+1
		}
	}
	return fmt.Sprintf("村里填的 %d 格与台账一致，另 %d 格等人决定（冲突 1、扣下 1），台账没有改", same, held), nil
}

// progressOf returns what was reported on a task for a month; ok is false if
// nothing was.
func progressOf(s snapshot, task string, period model.Month) (p record, ok bool) {
	i := slices.IndexFunc(s.progress, func(p record) bool {
		return p.text("task__id") == task && p.text("period") == string(period)
	})
	if i < 0 {
		return nil, false
	}
	return s.progress[i], true
}

// expected returns the values that the ledger must hold after an entry: those
// typed, but for a value held back or in conflict the one that stood before.
func (d *demo) expected(e entry, task string) map[string]string {
	want := map[string]string{"percent": strconv.Itoa(e.percent), "text": e.text, "next_step": e.next}
	if e.problem != "" {
		want["problem"] = e.problem
	}
	switch {
	case task == d.contested.task:
		want["percent"] = strconv.Itoa(ownPercent)
	case e.typed == typo:
		was, _ := progressOf(d.before, task, d.period)
		want["percent"] = was.text("percent")
	}
	return want
}

// conflict is one field on which two sides differ.
type conflict struct {
	Record string `json:"record"`
	Ledger string `json:"ledger"`
	Field  string `json:"field"`
	Base   string `json:"base"`
	Ours   string `json:"ours"`
	Theirs []struct {
		Value  string `json:"value"`
		Sender string `json:"sender"`
	} `json:"theirs"`
}

func (d *demo) openConflicts() ([]conflict, error) {
	var answer struct{ Conflicts []conflict }
	_, err := d.ctlCode(&answer, "conflicts", "list")
	return answer.Conflicts, err
}

// conflicts shows the one conflict, with what each side says.
func (d *demo) conflicts() (string, error) {
	open, err := d.openConflicts()
	if err != nil {
		return "", err
	}
	if len(open) != 1 {
		return "", fmt.Errorf("应有 1 处冲突，实有 %d 处", len(open))
	}
	c := open[0]
	e, _ := d.typedBy(villageContest, d.contested.title)
	if c.Ledger != "progress" || c.Field != "percent" || number(c.Ours) != ownPercent ||
		len(c.Theirs) != 1 || c.Theirs[0].Sender != villageContest || number(c.Theirs[0].Value) != e.percent {
		return "", fmt.Errorf("冲突应是%s“%s”的完成比例：镇里 %d，村里 %d；列出的是 %+v", villageContest, e.title, ownPercent, e.percent, c)
	}
	return fmt.Sprintf("待处理 1 处；第一处：“%s”完成比例，下发时%s，镇里现有 %s，%s填 %s", d.contested.title, orBlank(c.Base), c.Ours,
		c.Theirs[0].Sender, c.Theirs[0].Value), nil
}

// number reads a percentage as shown, -1 if it is none.
func number(shown string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(shown, "%"))
	if err != nil {
		return -1
	}
	return n
}

func orBlank(s string) string {
	if s == "" {
		return "是空的"
	}
	return " " + s
}

// standing asks who has reported: areas by status, and the 催报 text.
func (d *demo) standing() (status map[string][]string, text string, err error) {
	var answer struct {
		Rows []struct {
			Area   string `json:"area"`
			Status string `json:"status"`
		} `json:"rows"`
		Text string `json:"text"`
	}
	if _, err := d.ctlCode(&answer, "missing", form, "--period", string(d.period), "--text"); err != nil {
		return nil, "", err
	}
	status = map[string][]string{}
	for _, r := range answer.Rows {
		status[r.Status] = append(status[r.Status], r.Area)
	}
	return status, answer.Text, nil
}

// missing makes sure that the silent village, and no other, is called upon.
func (d *demo) missing() (string, error) {
	status, text, err := d.standing()
	if err != nil {
		return "", err
	}
	if silent := strings.Join(status["未报"], "、"); silent != villageSilent {
		return "", fmt.Errorf("未报的应只有%s，列出的是“%s”", villageSilent, silent)
	}
	if fix := strings.Join(status["待更正"], "、"); fix != villageTypo {
		return "", fmt.Errorf("待更正的应只有%s，列出的是“%s”", villageTypo, fix)
	}
	for _, f := range d.issued {
		if strings.Contains(text, f.Area) != (f.Area == villageSilent) {
			return "", fmt.Errorf("催报文字应只点%s的名：%s", villageSilent, text)
		}
	}
	return fmt.Sprintf("应报 %d，未报 1（%s），待更正 1（%s）；%s", len(d.issued), villageSilent, villageTypo, text), nil
}
