package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"xiangzhen/model/sheet"
)

// countTitles are the columns of the summary that hold counts.
var countTitles = []string{"任务总数", "已完成", "推进中", "未启动", "逾期", "本月新增完成", "本月已报进展", "收集问题"}

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
	return fmt.Sprintf("%d 个村、%d 项，已完成 %d，推进中 %d，未启动 %d，逾期 %d，本月已报 %d；表上 %d 个数与台账一致", len(d.issued),
		sum["任务总数"], sum["已完成"], sum["推进中"], sum["未启动"], sum["逾期"], sum["本月已报进展"], figures), nil
}

// sumLine is the name of the line that adds the others up.
const sumLine = "合计"

// countTasks counts what `list` shows, by village and in all.
func (d *demo) countTasks() map[string]tally {
	counts := map[string]tally{sumLine: {}}
	byArea := map[string]tally{}
	for village, id := range d.areas {
		line := tally{}
		counts[village], byArea[id] = line, line
	}
	for _, t := range d.after.tasks {
		line, ours := byArea[t.text("area")]
		if !ours {
			continue
		}
		for _, title := range d.columnsOf(t) {
			line[title]++
			counts[sumLine][title]++
		}
	}
	return counts
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
	}
	if strings.HasPrefix(t.derived("days_left"), "-") && !slices.Contains([]string{"已办结", "已中止", "已终止"}, state) {
		columns = append(columns, "逾期")
	}
	if strings.HasPrefix(t.text("closed_on__end"), string(d.period)) {
		columns = append(columns, "本月新增完成")
	}
	if p, ok := d.progressOf(t.text("id")); ok {
		columns = append(columns, "本月已报进展")
		if p.text("problem") != "" {
			columns = append(columns, "收集问题")
		}
	}
	return columns
}

// progressOf returns what was reported on a task for the month.
func (d *demo) progressOf(task string) (record, bool) {
	i := slices.IndexFunc(d.after.progress, func(p record) bool {
		return p.text("task__id") == task && p.text("period") == string(d.period)
	})
	if i < 0 {
		return nil, false
	}
	return d.after.progress[i], true
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
	titles := []string{"责任单位", "事项", "办理状态", "进展情况", "存在问题", "下步打算"}
	g, err := readGrid(b, "明细", titles...)
	if err != nil {
		return err
	}
	missing := map[string]int{}
	for _, t := range d.after.tasks {
		if d.areas[t.text("unit")] != t.text("area") {
			continue
		}
		p, _ := d.progressOf(t.text("id"))
		missing[strings.Join([]string{t.text("unit"), t.text("title"), t.text("state"), p.text("text"), p.text("problem"), p.text("next_step")}, "\x00")]++
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

// officeTime is the longest that LibreOffice may take.
const officeTime = 3 * time.Minute

// openInOffice lets LibreOffice, which stands for WPS, open the workbooks: it
// prints them to pdf, and what it saves of the summary says the same as ours.
func (d *demo) openInOffice() (string, error) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		return "这台电脑没有装 LibreOffice（soffice），跳过，0 个文件", nil
	}
	files := []string{d.path(fileSummary), d.issued[0].File, d.path(dirReturned, villageTwice+"(1)(最终).xlsx")}
	if err := d.convert(office, "pdf", files...); err != nil {
		return "", err
	}
	if err := d.convert(office, "xlsx", files[0]); err != nil {
		return "", err
	}
	cells, err := sameCells(files[0], filepath.Join(d.tmp, "xlsx", fileSummary))
	return fmt.Sprintf("%d 个文件转成 pdf；汇总表另存后 %d 格一字不差", len(files), cells), err
}

// convert has LibreOffice write files in another format to a folder of its own.
func (d *demo) convert(office, format string, files ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), officeTime)
	defer cancel()
	dir := filepath.Join(d.tmp, format)
	args := append([]string{"-env:UserInstallation=file://" + filepath.Join(d.tmp, "office"), "--headless", "--convert-to", format, "--outdir", dir}, files...)
	out, err := exec.CommandContext(ctx, office, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("LibreOffice 转成 %s 失败：%w\n%s", format, err, out)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), filepath.Ext(f)) + "." + format
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			return fmt.Errorf("LibreOffice 打不开 %s：%s", f, out)
		}
	}
	return nil
}

// sameCells compares the visible cells of two workbooks and returns their number.
func sameCells(ours, theirs string) (int, error) {
	a, err := sheet.Open(ours)
	if err != nil {
		return 0, err
	}
	b, err := sheet.Open(theirs)
	if err != nil {
		return 0, err
	}
	n := 0
	for i := range a.Sheets {
		s := &a.Sheets[i]
		other := b.Sheet(s.Name)
		if other == nil {
			return n, fmt.Errorf("LibreOffice 另存后少了工作表“%s”", s.Name)
		}
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				if o := other.Cell(c.Row, c.Col); o.Kind != c.Kind || o.Num != c.Num || c.Kind != sheet.Number && o.Text != c.Text {
					return n, fmt.Errorf("LibreOffice 另存后“%s”%s 由“%s”变成“%s”", s.Name, sheet.CellName(c.Row, c.Col), c.Text, o.Text)
				}
				n++
			}
		}
	}
	return n, nil
}
