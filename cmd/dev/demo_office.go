package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"xiangzhen/model/sheet"
)

// officeTime is the longest that LibreOffice may take.
const officeTime = 3 * time.Minute

// openInOffice lets LibreOffice, which stands for WPS, open the workbooks: it
// prints them to pdf, and what it saves of the summary says the same as ours.
func (d *demo) openInOffice() (string, error) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		return "这台电脑没有装 LibreOffice（soffice），跳过，0 个文件", nil
	}
	files := []string{d.path(fileSummary), d.path(dirTemplates, fileFilled), d.issued[0].File, d.path(dirReturned, villageTwice+"(1)(最终).xlsx")}
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
	profile := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(d.tmp, "office"))}
	args := append([]string{"-env:UserInstallation=" + profile.String(), "--headless", "--convert-to", format, "--outdir", dir}, files...)
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

// sameCells makes sure that every cell of one workbook stands in the other too,
// and returns their number.
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
	for _, s := range a.Sheets {
		other := b.Sheet(s.Name)
		if other == nil {
			return n, fmt.Errorf("LibreOffice 另存后少了工作表“%s”", s.Name)
		}
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				if o := other.Cell(c.Row, c.Col); !sameValue(c, o) {
					return n, fmt.Errorf("LibreOffice 另存后“%s”%s 由“%s”变成“%s”", s.Name, sheet.CellName(c.Row, c.Col), c.Text, o.Text)
				}
				n++
			}
		}
	}
	return n, nil
}

// sameValue compares two cells; a number may be written with other digits.
func sameValue(a, b sheet.Cell) bool {
	if a.Kind != b.Kind {
		return false
	}
	if a.Kind == sheet.Number {
		return a.Num == b.Num
	}
	return a.Text == b.Text
}
