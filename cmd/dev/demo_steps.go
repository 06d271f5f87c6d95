package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The form of the main job, and how many villages 甲镇 has.
const (
	form     = "task_month"
	villages = 16
)

// create makes the sample ledger of 甲镇.
func (d *demo) create() (string, error) {
	var answer struct {
		Unit    string         `json:"unit"`
		Records map[string]int `json:"records"`
	}
	if err := d.ctl(&answer, "demo"); err != nil {
		return "", err
	}
	n := answer.Records
	if answer.Unit != "甲镇" || n["task"] == 0 || n["area"] <= villages {
		return "", fmt.Errorf("台账不是甲镇的，或者是空的：%+v", answer)
	}
	if err := d.findVillages(); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s，行政区划 %d 个，人员 %d 人，任务 %d 项，任务进展 %d 条", answer.Unit, n["area"], n["person"], n["task"], n["progress"]), nil
}

// findVillages learns the ids of the villages that play a part.
func (d *demo) findVillages() error {
	found, err := d.list("area", "parent=甲镇")
	if err != nil {
		return err
	}
	d.areas = map[string]string{}
	for _, a := range found {
		d.areas[a.text("name")] = a.text("id")
	}
	for _, village := range append([]string{villageTwice, villageSorted, villageAdds, villageSilent}, splitTo...) {
		if d.areas[village] == "" {
			return fmt.Errorf("甲镇下面没有%s", village)
		}
	}
	if len(found) != villages || len(d.areas) != villages {
		return fmt.Errorf("甲镇下面应有 %d 个村，实有 %d 个", villages, len(found))
	}
	return nil
}

// split adds a task of the township, splits it to several villages and hands
// the parts out.
func (d *demo) split() (string, error) {
	var whole, parts, handed done
	due := d.today.Add(60)
	if err := d.ctl(&whole, "add", "task", "title="+splitTitle, "unit=甲镇", "domain=乡村振兴", "due="+string(due),
		"target_qty="+splitTotal, "target_unit=处"); err != nil {
		return "", err
	}
	args := []string{"split", "task", whole.ID}
	for i, village := range splitTo {
		args = append(args, "--to", village, "--share", splitShares[i])
	}
	if err := d.ctl(&parts, args...); err != nil {
		return "", err
	}
	if err := d.ctl(&handed, "flow", "task", strings.Join(parts.IDs, ","), "交办"); err != nil {
		return "", err
	}
	return fmt.Sprintf("“%s”%s 处分解给 %d 个村，已交办 %d 项", splitTitle, splitTotal, len(splitTo), len(handed.IDs)), d.checkSplit(whole.ID)
}

// checkSplit compares the parts in the ledger with what was asked for.
func (d *demo) checkSplit(whole string) error {
	tasks, err := d.list("task", "title="+splitTitle, "state=待签收")
	if err != nil {
		return err
	}
	got := map[string]string{}
	for _, t := range tasks {
		if t.text("parent__id") == whole {
			qty, _, _ := strings.Cut(t.text("target_qty"), ".")
			got[t.text("area")] = qty
		}
	}
	for i, village := range splitTo {
		if qty := got[d.areas[village]]; qty != splitShares[i] {
			return fmt.Errorf("%s应分到 %s 处，台账里是“%s”", village, splitShares[i], qty)
		}
	}
	if len(got) != len(splitTo) {
		return fmt.Errorf("应分解给 %d 个村，台账里有 %d 个", len(splitTo), len(got))
	}
	return nil
}

// issuedFile is one village's form.
type issuedFile struct {
	Area string `json:"area"`
	File string `json:"file"`
}

// issue writes the form of this month for every village.
func (d *demo) issue() (string, error) {
	var answer struct{ Files []issuedFile }
	if err := d.ctl(&answer, "form", "issue", form, "--period", string(d.period), "--out", d.path(dirIssued)); err != nil {
		return "", err
	}
	d.issued = answer.Files
	names, err := d.filesIn(dirIssued)
	if err != nil {
		return "", err
	}
	if len(d.issued) != villages || len(names) != villages {
		return "", fmt.Errorf("应有 %d 个文件，列出 %d 个，文件夹里 %d 个", villages, len(d.issued), len(names))
	}
	for village := range d.areas {
		if d.nameOf(village) == "" {
			return "", fmt.Errorf("没有%s的文件", village)
		}
	}
	return fmt.Sprintf("%s，%d 个村 %d 个文件", d.period, len(d.issued), len(names)), nil
}

// contest is the item on which township and village say different things.
type contest struct{ task, title string }

// recordOwn enters progress of the township's own for an item of a village, as
// it stands after a look on the spot (代录).
func (d *demo) recordOwn() (string, error) {
	for _, e := range d.entries {
		if e.village != villageContest || e.percent == ownPercent {
			continue
		}
		task, err := d.taskOf(e)
		if err != nil {
			return "", err
		}
		known, err := d.list("progress", "period="+string(d.period))
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(known, func(p record) bool { return p.text("task__id") == task.text("id") }) {
			continue
		}
		d.contested = contest{task.text("id"), e.title}
		var added done
		err = d.ctl(&added, "add", "progress", "task="+d.contested.task, "period="+string(d.period), "percent="+strconv.Itoa(ownPercent))
		return fmt.Sprintf("1 条：%s“%s”现场看是 %d%%，村里填的是 %d%%", e.village, e.title, ownPercent, e.percent), err
	}
	return "", fmt.Errorf("%s的每一项本月都已有进展，演示不出冲突", villageContest)
}

// taskOf finds the task that an entry is about by what stood on the form.
func (d *demo) taskOf(e entry) (record, error) {
	tasks, err := d.list("task", "title="+e.title)
	if err != nil {
		return nil, err
	}
	return d.oneTask(tasks, e)
}

// oneTask picks the village's one task of that title.
func (d *demo) oneTask(tasks []record, e entry) (record, error) {
	var hits []record
	for _, t := range tasks {
		if t.text("area") == d.areas[e.village] && t.text("title") == e.title {
			hits = append(hits, t)
		}
	}
	if len(hits) != 1 {
		return nil, fmt.Errorf("%s名为“%s”的任务有 %d 项，应为 1 项", e.village, e.title, len(hits))
	}
	return hits[0], nil
}
