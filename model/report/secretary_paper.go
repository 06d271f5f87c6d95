package report

import (
	"fmt"
	"strconv"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/text"
	"xiangzhen/model/word"
)

// Paper lays the file out as material for the yearly report (述职素材（初稿）). Behind
// every sentence stands the record it comes from.
func (f SecretaryFile) Paper(at time.Time) word.Document {
	d := word.Document{Title: fmt.Sprintf("%d年度述职素材（初稿）", f.Year), Subtitle: titled(f.Post, f.Name), At: at}
	for i, s := range f.Sections {
		d.Blocks = append(d.Blocks, word.Heading{Level: 1, Words: numeral(i+1) + "、" + s.Title})
		for j, e := range s.Entries {
			d.Blocks = append(d.Blocks, word.Text{Words: strconv.Itoa(j+1) + ". " + e.Sentence(f.Year) + "〔" + e.Trace() + "〕"})
		}
	}
	d.Blocks = append(d.Blocks, word.Text{}, word.Text{Words: "（由台账记录自动汇集，方括号内是出处；请核对后增删改写。）"})
	return d
}

// Sentence is the entry as a sentence of the year's file; a day of another year has
// its year.
func (e FileEntry) Sentence(year int) string {
	out := ""
	switch {
	case e.On == "":
	case e.On.Year() == year:
		out = chineseDay(e.On) + "，"
	default:
		out = text.FormatDay(e.On) + "，"
	}
	if e.Place != "" {
		out += e.Place + "，"
	}
	out += e.Words
	if e.Result != "" {
		out += "。结果：" + e.Result
	}
	return out + "。"
}

// Trace names the record.
func (e FileEntry) Trace() string {
	if e.On == "" {
		return e.Source
	}
	return e.Source + " " + text.FormatDay(e.On)
}

// List lays the file out as a list (履职清单).
func (f SecretaryFile) List() Table {
	t := Table{Title: fmt.Sprintf("%s%d年度履职清单", titled(f.Post, f.Name), f.Year), Columns: []Column{
		{Header: "序号", Width: 6, Number: true}, {Header: "类别", Width: 18}, {Header: "日期", Width: 12}, {Header: "地点", Width: 14}, {Header: "内容", Width: 44}, {Header: "结果", Width: 30}, {Header: "出处", Width: 14}}}
	for _, s := range f.Sections {
		for _, e := range s.Entries {
			day := ""
			if e.On != "" {
				day = text.FormatDay(e.On)
			}
			t.Rows = append(t.Rows, []string{strconv.Itoa(len(t.Rows) + 1), s.Title, day, e.Place, e.Words, e.Result, e.Source})
		}
	}
	return t
}

// titled joins a post and a name.
func titled(post, name string) string {
	if post == "" {
		return name
	}
	return post + " " + name
}

// chineseDay writes a day as 11月22日.
func chineseDay(d model.Day) string {
	t := d.Time()
	return fmt.Sprintf("%d月%d日", t.Month(), t.Day())
}

// numeral writes 1 to 99 in Chinese, as headings are numbered.
func numeral(n int) string {
	digits := []rune("零一二三四五六七八九")
	out := ""
	if n >= 20 {
		out = string(digits[n/10])
	}
	if n >= 10 {
		out += "十"
	}
	if n%10 > 0 {
		out += string(digits[n%10])
	}
	return out
}
