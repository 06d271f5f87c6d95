package start

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// row is one line of the list as it was understood.
type row struct {
	app.Village
	problem string // what keeps it from being taken, or what looks wrong
	wrong   bool   // it keeps the line from being taken
}

// parseVillages reads a pasted list, a village a line: 村名[,书记[,包村干部[,电话]]]. Cells
// may be apart by tabs, commas, 、 or blanks; a phone belongs to whoever stands before
// it. Numbers in front, a header and totals are passed over.
func parseVillages(list string) []row {
	var out []row
	first := map[string]string{}
	for line := range strings.Lines(list) {
		cells := withoutNumber(splitCells(line))
		if len(cells) == 0 || isHeader(cells) || isTotal(cells[0]) {
			continue
		}
		r := readRow(cells)
		key := text.Place(r.Name)
		if name, again := first[key]; again {
			r.problem, r.wrong = "和“"+name+"”是同一个村，请删掉一行。", true
		} else {
			first[key] = r.Name
		}
		out = append(out, r)
	}
	return out
}

// villages are the lines' contents.
func villages(rows []row) []app.Village {
	var out []app.Village
	for _, r := range rows {
		out = append(out, r.Village)
	}
	return out
}

// listOf writes villages as a list that parseVillages reads.
func listOf(villages []app.Village) string {
	var b strings.Builder
	for _, v := range villages {
		b.WriteString(v.Name)
		for _, c := range []app.Contact{v.Secretary, v.Cadre} {
			if c.Name != "" {
				b.WriteString("\t" + c.Name)
			}
			if c.Phone != "" {
				b.WriteString("\t" + c.Phone)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// splitCells cuts a line at its tabs; without tabs at commas and the like; without
// those at blanks.
func splitCells(line string) []string {
	line = strings.Trim(line, "\r\n")
	var cells []string
	switch {
	case strings.Contains(line, "\t"):
		cells = strings.Split(line, "\t")
	case strings.ContainsAny(line, "，,；;、|｜"):
		cells = strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("，,；;、|｜", r) })
		if strings.ContainsAny(line, "，,") { // an empty place between commas is an empty cell
			cells = strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("；;|｜", r) })
			cells = strings.Split(strings.ReplaceAll(strings.Join(cells, ","), "，", ","), ",")
		}
	default:
		cells = joinSingles(strings.FieldsFunc(line, unicode.IsSpace))
	}
	for i, c := range cells {
		cells[i] = withoutBlanks(c)
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// joinSingles puts 张 三 together: names of two characters are set wide.
func joinSingles(cells []string) []string {
	var out []string
	for i := 0; i < len(cells); i++ {
		if i+1 < len(cells) && single(cells[i]) && single(cells[i+1]) {
			out = append(out, cells[i]+cells[i+1])
			i++
			continue
		}
		out = append(out, cells[i])
	}
	return out
}

func single(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return utf8.RuneCountInString(s) == 1 && unicode.Is(unicode.Han, r)
}

// withoutBlanks takes all blanks out of a cell: 张　三 is 张三.
func withoutBlanks(s string) string { return strings.Join(strings.Fields(text.Clean(s)), "") }

// numbered is a number put in front of a line: 1. （3） 12）.
var numbered = regexp.MustCompile(`^[（(]?[0-9０-９]{1,3}[)）.．]+|^[①-⑳]`)

// withoutNumber drops 序号, a cell of its own or in front of the name.
func withoutNumber(cells []string) []string {
	if len(cells) == 0 {
		return nil
	}
	cells[0] = numbered.ReplaceAllString(cells[0], "")
	if len(cells) > 1 && (cells[0] == "" || isNumber(cells[0]) && len(cells[0]) < 4) {
		cells = cells[1:]
	}
	if cells[0] == "" && len(cells) == 1 {
		return nil
	}
	return cells
}

// isNumber reports whether a cell is of digits only.
func isNumber(s string) bool {
	return s != "" && strings.IndexFunc(text.Code(s), func(r rune) bool { return r < '0' || r > '9' }) < 0
}

var headers = []string{"村名", "村", "行政村", "村名称", "行政村名称", "村(社区)", "村（社区）", "名称", "乡镇", "乡镇名称", "组", "序号"}

func isHeader(cells []string) bool { return slices.Contains(headers, cells[0]) }

func isTotal(cell string) bool {
	return slices.Contains([]string{"合计", "总计", "小计", "共计"}, cell)
}

// titles are put before a name: 书记：张三.
var titles = regexp.MustCompile(`^(村?党?(组织|支部)?书记|包村干部|联村干部|村支书|支书|电话|手机)[:：]`)

// readRow takes the cells of a line for what they are.
func readRow(cells []string) row {
	r := row{Village: app.Village{Name: cells[0]}}
	who := []*app.Contact{&r.Secretary, &r.Cadre}
	at := -1
	for _, c := range cells[1:] {
		c = titles.ReplaceAllString(c, "")
		switch {
		case isPhone(c):
			r.putPhone(who[max(0, min(at, 1))], c)
		case at < 1:
			at++
			who[at].Name = c
		case c != "" && r.problem == "":
			r.problem = "“" + c + "”没有地方放，已略过。"
		}
	}
	if r.Name == "" {
		r.problem, r.wrong = "没有村名。", true
	}
	return r
}

// putPhone gives a phone to who stands before it.
func (r *row) putPhone(c *app.Contact, phone string) {
	c.Phone = text.Code(phone)
	if c.Name == "" {
		c.Phone, r.problem = "", "电话前面没有姓名，已略过。"
	}
}

// isPhone reports whether a cell is a phone: digits, perhaps with dashes.
func isPhone(s string) bool {
	s = strings.ReplaceAll(text.Code(s), "-", "")
	return isNumber(s) && len(s) >= 7
}
