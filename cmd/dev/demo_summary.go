package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model/sheet"
)

// countTitles are the columns of the summary that hold counts.
var countTitles = []string{"任务总数", "已完成", "推进中", "未启动", "中止终止", "逾期", "本月新增完成", "本月已报进展", "收集问题"}

// tally is one line of counts by column title.
type tally map[string]int

// summarise writes the consolidated workbook and compares it with the ledger.
func (d *demo) summarise() (string, error) {
	var answer struct {
		Rows int `json:"rows"`
	}
	out := d.path(fileSummary)
	if err := d.ctl(&answer, "report", "汇总", "--period", string(d.period), "--out", out); err != nil {
		return "", err
	}
	book, err := sheet.Open(out)
	if err != nil {
		return "", err
	}
	want := d.countTasks()
	figures, err := compareCounts(book, want)
	if err != nil {
		return "", err
	}
	if err := d.compareDetails(book); err != nil {
		return "", err
	}
	sum := want[sumLine]
	if answer.Rows != sum["任务总数"] {
		return "", fmt.Errorf("命令说汇总了 %d 项，台账里有 %d 项", answer.Rows, sum["任务总数"])
	}
	return fmt.Sprintf("%d 个村、%d 项，已完成 %d，推进中 %d，未启动 %d，逾期 %d，本月已报 %d；表上 %d 个数与台账一致", len(d.issued),
		sum["任务总数"], sum["已完成"], sum["推进中"], sum["未启动"], sum["逾期"], sum["本月已报进展"], figures), nil
}

// sumLine is the name of the line that adds the others up.
const sumLine = "合计"

// countTasks counts what `list` shows, by village and in all.
func (d *demo) countTasks() map[string]tally {
	counts := map[string]tally{sumLine: {}}
	for village := range d.areas {
		counts[village] = tally{}
	}
	for _, t := range d.after.tasks {
		village := d.villageOf(t)
		if village == "" {
			continue
		}
		for _, title := range d.columnsOf(t) {
			counts[village][title]++
			counts[sumLine][title]++
		}
	}
	return counts
}

// villageOf names the village of 甲镇 that a record belongs to, "" for another's.
func (d *demo) villageOf(r record) string {
	for village, id := range d.areas {
		if id == r.text("area") {
			return village
		}
	}
	return ""
}

// columnsOf names the columns of the summary in which a task counts.
func (d *demo) columnsOf(t record) []string {
	columns := []string{"任务总数"}
	state := t.text("state")
	switch state {
	case "已办结":
		columns = append(columns, "已完成")
	case "办理中", "待审核":
		columns = append(columns, "推进中")
	case "待交办", "待签收":
		columns = append(columns, "未启动")
	case "已中止", "已终止":
		columns = append(columns, "中止终止")
	}
	if strings.HasPrefix(t.derived("days_left"), "-") && !slices.Contains([]string{"已办结", "已中止", "已终止"}, state) {
		columns = append(columns, "逾期")
	}
	if strings.HasPrefix(t.text("closed_on__end"), string(d.period)) {
		columns = append(columns, "本月新增完成")
	}
	if p, ok := progressOf(d.after, t.text("id"), d.period); ok {
		columns = append(columns, "本月已报进展")
		if p.text("problem") != "" {
			columns = append(columns, "收集问题")
		}
	}
	return columns
}

// grid is a table in a workbook, read by its titles.
type grid struct {
	*sheet.Sheet
	header int
	cols   map[string]int
}

// readGrid finds the row that holds all the titles.
func readGrid(b *sheet.Book, name string, titles ...string) (*grid, error) {
	s := b.Sheet(name)
	if s == nil {
		return nil, fmt.Errorf("汇总表里没有工作表“%s”", name)
	}
	for _, row := range s.Rows {
		g := grid{s, row.Index, map[string]int{}}
		for _, c := range row.Cells {
			g.cols[c.Text] = c.Col
		}
		if !slices.ContainsFunc(titles, func(t string) bool { return g.cols[t] == 0 }) {
			return &g, nil
		}
	}
	return nil, fmt.Errorf("工作表“%s”里找不到有“%s”的表头", name, strings.Join(titles, "”“"))
}

// at returns the text of a row under a title.
func (g *grid) at(row int, title string) string { return g.Cell(row, g.cols[title]).Text }

// compareCounts compares every figure of the sheet 汇总 and returns their number.
func compareCounts(b *sheet.Book, want map[string]tally) (int, error) {
	const unit = "乡镇（村）"
	g, err := readGrid(b, "汇总", append([]string{unit}, countTitles...)...)
	if err != nil {
		return 0, err
	}
	figures := 0
	seen := map[string]bool{}
	for row := g.header + 1; g.at(row, unit) != ""; row++ {
		name := g.at(row, unit)
		if want[name] == nil || seen[name] {
			return 0, fmt.Errorf("汇总表第 %d 行“%s”多出来了", row, name)
		}
		seen[name] = true
		for _, title := range countTitles {
			if c := g.Cell(row, g.cols[title]); c.Kind != sheet.Number || c.Text != strconv.Itoa(want[name][title]) {
				return 0, fmt.Errorf("汇总表“%s”的“%s”是“%s”，台账里是 %d", name, title, c.Text, want[name][title])
			}
			figures++
		}
	}
	if len(seen) != len(want) {
		return 0, fmt.Errorf("汇总表有 %d 行，应有 %d 行", len(seen), len(want))
	}
	return figures, nil
}

// compareDetails compares the sheet 明细 line by line, in whatever order.
func (d *demo) compareDetails(b *sheet.Book) error {
	titles := []string{"责任单位", "事项", "办理状态", "完成比例（%）", "进展情况", "存在问题", "下步打算"}
	g, err := readGrid(b, "明细", titles...)
	if err != nil {
		return err
	}
	missing := map[string]int{}
	for _, t := range d.after.tasks {
		village := d.villageOf(t)
		if village == "" {
			continue
		}
		p, _ := progressOf(d.after, t.text("id"), d.period)
		missing[strings.Join([]string{village, t.text("title"), t.text("state"),
			p.text("percent"), p.text("text"), p.text("problem"), p.text("next_step")}, "\x00")]++
	}
	for row := g.header + 1; g.at(row, "责任单位") != ""; row++ {
		var cells []string
		for _, title := range titles {
			cells = append(cells, g.at(row, title))
		}
		key := strings.Join(cells, "\x00")
		if missing[key]--; missing[key] < 0 {
			return fmt.Errorf("明细表第 %d 行与台账不一致：%s", row, strings.Join(cells, "，"))
		}
	}
	for key, n := range missing {
		if n > 0 {
			return fmt.Errorf("明细表少了 %s", strings.ReplaceAll(key, "\x00", "，"))
		}
	}
	return nil
}
