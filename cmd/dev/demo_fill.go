package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"time"
)

// habits are what single villages do to their form besides filling it in.
var habits = map[string]func(*demo, *paper) error{
	villageRenamed:  renameAndMove,
	villageInserted: insertColumn,
	villageSorted:   sortByItem,
	villageAdds:     addItem,
}

// fillAll makes the returned workbooks: every village but the silent one sends
// its form, one sends it twice.
func (d *demo) fillAll() (string, error) {
	for nth, f := range d.issued {
		if f.Area == villageSilent {
			continue
		}
		if err := d.fillVillage(nth, f); err != nil {
			return "", fmt.Errorf("%s：%w", f.Area, err)
		}
	}
	rows := len(d.entries)
	if err := d.sendAgain(); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d 个村 %d 个文件，填了 %d 行（%s改列名并移列，%s加列，%s重新排序，%s报了两版，%s不报）", len(d.issued)-1,
		d.files, rows, villageRenamed, villageInserted, villageSorted, villageTwice, villageSilent), nil
}

func (d *demo) fillVillage(nth int, f issuedFile) error {
	p, err := openPaper(f.File)
	if err != nil {
		return err
	}
	if err := d.fillRows(p, nth, f.Area); err != nil {
		return closing(p.Editor, err)
	}
	if habit := habits[f.Area]; habit != nil {
		if err := habit(d, p); err != nil {
			return closing(p.Editor, err)
		}
	}
	if err := p.sign(func(line string) (string, error) { return d.filled(line, "张示例"+strconv.Itoa(nth+1)) }); err != nil {
		return closing(p.Editor, err)
	}
	d.files++
	return p.saveAs(d.path(dirReturned, filepath.Base(f.File)), time.Now())
}

// fillRows types progress into every row that the township filled.
func (d *demo) fillRows(p *paper, nth int, village string) error {
	for row := p.first; row <= p.last; row++ {
		title, err := p.at(row, colItem)
		if err != nil {
			return err
		}
		before, err := p.percentBefore(row)
		if err != nil {
			return err
		}
		e := answer(village, nth, row-p.first, title, before)
		if village == villageTypo && row == p.first {
			e.typed = typo
		}
		if err := p.enter(row, e); err != nil {
			return err
		}
		d.entries = append(d.entries, e)
	}
	if p.last < p.first {
		return fmt.Errorf("下发的表里一项也没有")
	}
	return nil
}

// percentBefore reads how far the item is by the form itself.
func (p *paper) percentBefore(row int) (int, error) {
	most := 0
	for _, title := range []string{colBefore, colPercent} {
		words, err := p.at(row, title)
		if err != nil {
			return 0, err
		}
		if words == "" {
			continue
		}
		n, err := strconv.ParseFloat(words, 64)
		if err != nil {
			return 0, fmt.Errorf("第 %d 行“%s”里不是数字：%w", row, title, err)
		}
		most = max(most, int(n))
	}
	return most, nil
}

// renameAndMove gives 完成比例 another name and cuts 进展情况 to stand before it.
// A whole column moves, the row hidden above the header included.
func renameAndMove(_ *demo, p *paper) error {
	if err := p.retitle(colPercent, "进度"); err != nil {
		return err
	}
	return p.MoveCol(p.page, p.cols[colText], p.cols[colPercent], p.header-1)
}

// insertColumn gives 完成比例 another name and puts a column of its own before
// 存在问题.
func insertColumn(_ *demo, p *paper) error {
	if err := p.retitle(colPercent, "完成进度"); err != nil {
		return err
	}
	own := p.cols[colProblem]
	if err := p.InsertCol(p.page, own); err != nil {
		return err
	}
	if err := p.Set(p.page, p.header, own, "包片村干部"); err != nil {
		return err
	}
	for row := p.first; row <= p.last; row++ {
		if err := p.Set(p.page, row, own, "李示例"+strconv.Itoa(row)); err != nil {
			return err
		}
	}
	return nil
}

// sortByItem sorts the rows by 事项 and refuses if that leaves them as they are.
func sortByItem(_ *demo, p *paper) error {
	order := func() (string, error) {
		all := ""
		for row := p.first; row <= p.last; row++ {
			item, err := p.at(row, colItem)
			if err != nil {
				return "", err
			}
			all += item + "\n"
		}
		return all, nil
	}
	before, err := order()
	if err != nil {
		return err
	}
	if err := p.SortRows(p.page, p.first, p.last, p.cols[colItem]); err != nil {
		return err
	}
	after, err := order()
	if err == nil && after == before {
		err = fmt.Errorf("按事项排序后顺序没有变，演示不出排序")
	}
	return err
}

// addItem writes an item of the village's own into the first free row.
func addItem(d *demo, p *paper) error {
	e := entry{village: villageAdds, title: addedTitle, percent: 50, typed: 50, text: "村里自筹，已装好3盏。", next: plans[0]}
	if err := p.put(p.last+1, colItem, e.title); err != nil {
		return err
	}
	d.entries = append(d.entries, e)
	return p.enter(p.last+1, e)
}

// sendAgain makes version 2 of a village's return: its own file opened again,
// other figures, another name, saved an hour later.
func (d *demo) sendAgain() error {
	p, err := openPaper(d.path(dirReturned, d.nameOf(villageTwice)))
	if err != nil {
		return err
	}
	for row := p.first; row <= p.last; row++ {
		title, err := p.at(row, colItem)
		if err != nil {
			return closing(p.Editor, err)
		}
		first, ok := d.typedBy(villageTwice, title)
		if !ok {
			return closing(p.Editor, fmt.Errorf("第一版里没有“%s”", title))
		}
		if err := p.enter(row, first.second()); err != nil {
			return closing(p.Editor, err)
		}
		d.entries = append(d.entries, first.second())
	}
	d.files++
	return p.saveAs(d.path(dirReturned, villageTwice+"(1)(最终).xlsx"), time.Now().Add(time.Hour))
}

// nameOf returns the name of the file that was issued to a village.
func (d *demo) nameOf(village string) string {
	for _, f := range d.issued {
		if f.Area == village {
			return filepath.Base(f.File)
		}
	}
	return ""
}
