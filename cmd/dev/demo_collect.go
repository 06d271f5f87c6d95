package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// collected is what collect says of one file.
type collected struct {
	File        string `json:"file"`
	Area        string `json:"area"`
	Add         int    `json:"add"`
	Update      int    `json:"update"`
	Cleared     int    `json:"cleared"`
	MissingRows int    `json:"missing_rows"`
	Same        int    `json:"same"`
	Conflict    int    `json:"conflict"`
	Problem     int    `json:"problem"`
	Receipt     string `json:"receipt"`
	Op          int64  `json:"op"`
	Problems    []struct {
		Cell    string `json:"cell"`
		Level   string `json:"level"`
		Message string `json:"message"`
	} `json:"problems"`
	Error *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// runCollect collects the folder of returns and adds the counts of its files up.
func (d *demo) runCollect() (files []collected, sum collected, code int, err error) {
	var answer struct{ Files []collected }
	code, err = d.ctlCode(&answer, "collect", d.path(dirReturned), "--returns", d.path(dirSentBack), "--receipts", d.path(dirReceipts))
	if err != nil {
		return nil, sum, code, err
	}
	for _, f := range answer.Files {
		if f.Error != nil {
			return nil, sum, code, fmt.Errorf("%s 没有收：%s", filepath.Base(f.File), f.Error.Message)
		}
		sum.Add += f.Add
		sum.Update += f.Update
		sum.Cleared += f.Cleared
		sum.MissingRows += f.MissingRows
		sum.Same += f.Same
		sum.Conflict += f.Conflict
		sum.Problem += f.Problem
	}
	if len(answer.Files) != d.files {
		return nil, sum, code, fmt.Errorf("放了 %d 个文件，收了 %d 个", d.files, len(answer.Files))
	}
	return answer.Files, sum, code, nil
}

// collect takes the returns in for the first time.
func (d *demo) collect() (line string, err error) {
	if d.before, err = d.snapshot(); err != nil {
		return "", err
	}
	files, sum, code, err := d.runCollect()
	if err != nil {
		return "", err
	}
	for _, f := range files {
		if f.Op == 0 || len(f.Receipt) != 6 {
			return "", fmt.Errorf("%s 的操作是 %d，回执码是“%s”", filepath.Base(f.File), f.Op, f.Receipt)
		}
		d.ops = append(d.ops, f.Op)
	}
	if d.after, err = d.snapshot(); err != nil {
		return "", err
	}
	if err := d.checkCounts(sum, code); err != nil {
		return "", err
	}
	held, err := heldBack(files)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d 个文件，新增 %d 行，修改 %d 行，清空 %d，少报 %d，相同 %d，冲突 %d，问题 %d（%s）；回执 %d 份，退回更正 1 份",
		len(files), sum.Add, sum.Update, sum.Cleared, sum.MissingRows, sum.Same, sum.Conflict, sum.Problem, held, len(files)), d.checkFolders()
}

// checkCounts compares the sums with what the villages did.
func (d *demo) checkCounts(sum collected, code int) error {
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"结束代码", code, exitProblems}, {"新增", sum.Add, 1}, {"清空", sum.Cleared, 0}, {"少报", sum.MissingRows, 0},
		{"冲突", sum.Conflict, 1}, {"问题", sum.Problem, 1},
		{"各行合计", sum.Add + sum.Update + sum.Same + sum.Conflict + sum.Problem, len(d.entries)},
	} {
		if c.got != c.want {
			return fmt.Errorf("%s应为 %d，实为 %d", c.what, c.want, c.got)
		}
	}
	return nil
}

// heldBack tells the one value that was held back and where it stands.
func heldBack(files []collected) (string, error) {
	var held []string
	for _, f := range files {
		for _, p := range f.Problems {
			if p.Level == "错误" && f.Area == villageTypo && p.Cell != "" {
				held = append(held, fmt.Sprintf("%s %s 格 %s", f.Area, p.Cell, strings.TrimRight(p.Message, "。")))
			}
		}
	}
	if len(held) != 1 {
		return "", fmt.Errorf("%s应有 1 处错误被扣下并指明格子，实有 %d 处", villageTypo, len(held))
	}
	return held[0], nil
}

// checkFolders counts the receipts and the file that goes back.
func (d *demo) checkFolders() error {
	receipts, err := d.filesIn(dirReceipts)
	if err != nil {
		return err
	}
	if len(receipts) != d.files {
		return fmt.Errorf("收了 %d 个文件，“%s”里有 %d 份", d.files, dirReceipts, len(receipts))
	}
	back, err := d.filesIn(dirSentBack)
	if err != nil {
		return err
	}
	if len(back) != 1 || !strings.HasPrefix(back[0], villageTypo) {
		return fmt.Errorf("“%s”里应只有%s的表，实有：%s", dirSentBack, villageTypo, strings.Join(back, "、"))
	}
	return nil
}

// filesIn lists the names of the files in one of the demo's folders.
func (d *demo) filesIn(name string) ([]string, error) {
	entries, err := os.ReadDir(d.path(name))
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

// collectAgain takes the same folder in once more: nothing may change.
func (d *demo) collectAgain() (string, error) {
	files, sum, _, err := d.runCollect()
	if err != nil {
		return "", err
	}
	for _, f := range files {
		if f.Op != 0 {
			return "", fmt.Errorf("%s 又写了一次（操作 %d）", filepath.Base(f.File), f.Op)
		}
	}
	changes := sum.Add + sum.Update + sum.Cleared + sum.Conflict + sum.Problem
	if changes != 0 {
		return "", fmt.Errorf("应为 0 处变化，实为 %d 处", changes)
	}
	now, err := d.snapshot()
	if err != nil {
		return "", err
	}
	if err := d.after.sameAs(now, nil); err != nil {
		return "", fmt.Errorf("再收一次后台账变了：%w", err)
	}
	return fmt.Sprintf("%d 个文件，%d 处变化，相同 %d 行", len(files), changes, sum.Same), d.checkFolders()
}

// undo undoes every collecting, the last first: the ledger is as it was before.
func (d *demo) undo() (string, error) {
	undone := 0
	for i := len(d.ops) - 1; i >= 0; i-- {
		var answer struct {
			Undone        int
			Kept, Refused []any
		}
		code, err := d.ctlCode(&answer, "undo", fmt.Sprint(d.ops[i]))
		if err != nil {
			return "", err
		}
		if code != 0 || len(answer.Kept)+len(answer.Refused) > 0 {
			return "", fmt.Errorf("操作 %d 没有全部撤回：保留 %v，不能撤回 %v", d.ops[i], answer.Kept, answer.Refused)
		}
		undone += answer.Undone
	}
	now, err := d.snapshot()
	if err != nil {
		return "", err
	}
	if err := d.before.sameAs(now, stamps); err != nil {
		return "", fmt.Errorf("与收表前不一样：%w", err)
	}
	return fmt.Sprintf("撤销 %d 次操作、%d 条，任务 %d 项、任务进展 %d 条与收表前完全一致", len(d.ops), undone,
		len(now.tasks), len(now.progress)), d.checkForgotten()
}

// checkForgotten makes sure that conflicts and submissions went with their files.
func (d *demo) checkForgotten() error {
	open, err := d.openConflicts()
	if err != nil {
		return err
	}
	status, _, err := d.standing()
	if err != nil {
		return err
	}
	if len(open) > 0 || len(status["未报"]) != villages {
		return fmt.Errorf("撤销后还有 %d 处冲突，未报 %d 个村（应为 0 处、%d 个）", len(open), len(status["未报"]), villages)
	}
	return nil
}
