package sample

import (
	"encoding/csv"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
)

// line is one line of a csv file, read by the headers of its first line. The
// first thing wrong with the file is kept in fault, so that decoding reads as a
// plain list of columns.
type line struct {
	file  string
	row   int // from 1, as an editor shows it
	cells map[string]string
	fault *error
}

// eachLine decodes every line of a csv file in order.
func eachLine(files fs.FS, name string, decode func(line)) error {
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return model.Wrap(err, model.CodeInternal, "演示数据缺少文件 %s。", name)
	}
	// Spreadsheets know UTF-8 by the mark at the front.
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff")))
	rows, err := r.ReadAll()
	if err != nil {
		return model.Wrap(err, model.CodeInvalid, "演示数据 %s 的格式不对，请另存为“CSV UTF-8”：%v。", name, err)
	}
	if len(rows) == 0 {
		return model.Errorf(model.CodeInvalid, "演示数据 %s 是空的。", name)
	}
	var fault error
	for i, row := range rows[1:] {
		decode(line{file: name, row: i + 2, cells: zip(rows[0], row), fault: &fault})
		if fault != nil {
			return fault
		}
	}
	return nil
}

func zip(headers, row []string) map[string]string {
	cells := make(map[string]string, len(headers))
	for i, h := range headers {
		cells[h] = strings.TrimSpace(row[i])
	}
	return cells
}

// text returns a cell's words.
func (l line) text(column string) string {
	s, ok := l.cells[column]
	if !ok {
		l.wrong(column, "没有这一列")
	}
	return s
}

// number returns a whole number; an empty cell is 0.
func (l line) number(column string) int {
	s := l.text(column)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		l.wrong(column, "“"+s+"”不是整数")
	}
	return n
}

// yes reads 是 and 否; an empty cell is no.
func (l line) yes(column string) bool {
	s := l.text(column)
	if !slices.Contains([]string{"是", "否", ""}, s) {
		l.wrong(column, "“"+s+"”应为 是 或 否")
	}
	return s == "是"
}

// list splits a cell at 、.
func (l line) list(column string) []string {
	s := l.text(column)
	if s == "" {
		return nil
	}
	return strings.Split(s, "、")
}

// when reads a date relative to the day of the sample.
func (l line) when(column string) when {
	w, ok := parseWhen(l.text(column))
	if !ok {
		l.wrong(column, "“"+l.text(column)+"”应写成 逾期5天、剩3天、剩2天或剩12天、1个月后月底 等")
	}
	return w
}

// reports reads 20/45/70: whole percentages, none for an empty cell.
func (l line) reports(column string) []int64 {
	s := l.text(column)
	if s == "" {
		return nil
	}
	var out []int64
	for part := range strings.SplitSeq(s, "/") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n > 100 {
			l.wrong(column, "“"+part+"”不是 0–100 的整数")
		}
		out = append(out, int64(n))
	}
	if len(out) != reportedMonths && len(out) != reportedMonths+1 {
		l.wrong(column, "应有三个或四个数")
	}
	return out
}

// wrong records what is wrong with a cell, unless something was before.
func (l line) wrong(column, why string) {
	if *l.fault == nil {
		*l.fault = model.Errorf(model.CodeInvalid, "演示数据 %s 第 %d 行“%s”：%s。", l.file, l.row, column, why)
	}
}
