package app

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Proposal is what was found in a clerk's own workbook, for her to look over:
// nothing is made of it before she says so.
type Proposal struct {
	File   string
	Setup  Setup // what the ledger would begin with; Import is the workbook
	Tables []ProposedTable
}

// ProposedTable is a table that would be taken in.
type ProposedTable struct {
	Sheet, Ledger string // Ledger is the label, "" for a table that no ledger fits
	Rows          int
	Known         []string // headers that have a place in the ledger
	Unknown       []string // headers that would be left out
}

// Propose reads a workbook that is to become a new ledger: its tables, and the
// villages, units and persons whose names stand in them.
func Propose(path string) (Proposal, error) {
	book, err := sheet.Open(path)
	if err != nil {
		return Proposal{File: path}, err
	}
	p := &proposer{catalog: builtinCatalog(), seen: map[string]bool{},
		out: Proposal{File: path, Setup: Setup{Level: model.LevelTown, Import: path}}}
	tables := exchange.FindTables(book)
	p.name(tables, path)
	for i := range tables {
		p.table(&book.Sheets[tables[i].SheetIndex], &tables[i])
	}
	if !slices.ContainsFunc(p.out.Tables, func(t ProposedTable) bool { return t.Ledger != "" }) {
		return p.out, model.Errorf(model.CodeInvalid, "“%s”里没有认出程序知道的台账。可以先用“新建”建好村名单，再导入这张表。", text.BaseName(path))
	}
	return p.out, nil
}

// proposer gathers a Proposal.
type proposer struct {
	catalog *model.Catalog
	seen    map[string]bool // places already proposed
	out     Proposal
}

// name takes the unit's name from the titles, else from the file's name.
func (p *proposer) name(tables []exchange.Table, path string) {
	words := make([]string, 0, len(tables)+1)
	for _, t := range tables {
		words = append(words, t.Title)
	}
	for _, w := range append(words, text.BaseName(path)) {
		if above, unit := townIn(w); unit != "" {
			p.out.Setup.Above, p.out.Setup.Unit = above, unit
			return
		}
	}
}

// townIn finds the name of a township in a title, and that of the county before it:
// 示例县甲镇2026年重点任务台账.
func townIn(title string) (above, town string) {
	start := 0
	runes := []rune(text.Clean(title))
	for i, r := range runes {
		name := string(runes[start : i+1])
		switch {
		case !unicode.Is(unicode.Han, r), r == '年', (r == '镇' || r == '乡') && startsWord(runes[i+1:]):
			start = i + 1
		case (r == '县' || r == '区' || r == '旗') && i-start >= 1:
			above, start = name, i+1
		case (r == '镇' || r == '乡') && i-start >= 1 && i-start <= 5:
			return above, name
		}
	}
	return "", ""
}

// startsWord reports whether 乡 or 镇 before these runes begins another word: 乡村振兴,
// 乡镇, 镇村.
func startsWord(rest []rune) bool {
	return len(rest) > 0 && strings.ContainsRune("村镇土", rest[0])
}

// table adds what one table holds.
func (p *proposer) table(page *sheet.Sheet, t *exchange.Table) {
	s := seen(page, t, p.catalog)
	out := ProposedTable{Sheet: s.Name}
	l := p.catalog.Ledger(s.Ledger)
	if l == nil || l.System {
		p.out.Tables = append(p.out.Tables, out)
		return
	}
	out.Ledger = l.Label
	var matches []exchange.Match
	for _, m := range s.Mapping {
		matches = append(matches, exchange.Match{Col: sheet.ParseColName(m.Col), Path: exchange.Path(m.Path), How: exchange.How(m.How), Score: m.Score})
	}
	matches = exchange.Sure(matches)
	for _, m := range matches {
		out.Known = append(out.Known, header(t, m.Col))
	}
	for _, c := range exchange.Unmapped(t, matches) {
		out.Unknown = append(out.Unknown, c.Path)
	}
	for _, row := range exchange.ReadRows(page, t, matches, 0) {
		if !row.Example && !row.Section {
			out.Rows++
			p.row(l, row)
		}
	}
	p.out.Tables = append(p.out.Tables, out)
}

func header(t *exchange.Table, col int) string {
	i := slices.IndexFunc(t.Columns, func(c exchange.TableColumn) bool { return c.Col == col })
	if i < 0 {
		return ""
	}
	return t.Columns[i].Path
}

// row proposes the places and persons that a row names.
func (p *proposer) row(l *model.Ledger, row exchange.RawRow) {
	unit := ""
	for _, f := range l.Fields {
		cell, ok := row.Cells.Get(exchange.Path(f.Key))
		if !ok || f.Kind != model.KindRef && !(l.Key == ledgers.Area && f.Key == l.Title) {
			continue
		}
		for _, name := range names(cell.Cell.Text) {
			if f.Ref != nil && slices.Contains(f.Ref.Ledgers, ledgers.Person) {
				p.person(name, unit)
			} else if place(l, &f) {
				p.place(name)
				unit = name
			}
		}
	}
}

// place reports whether a field names areas or units.
func place(l *model.Ledger, f *model.Field) bool {
	return f.Ref == nil && l.Key == ledgers.Area ||
		f.Ref != nil && (slices.Contains(f.Ref.Ledgers, ledgers.Area) || slices.Contains(f.Ref.Ledgers, ledgers.Unit))
}

// names splits what a cell names: 甲一村、甲二村. Words for many at once (各村) name none.
func names(cell string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(text.Clean(cell), func(r rune) bool { return strings.ContainsRune("、,，;；/\n ", r) }) {
		if !strings.HasPrefix(s, "各") && !strings.HasPrefix(s, "全") && !text.IsNothing(s) {
			out = append(out, s)
		}
	}
	return out
}

// place proposes a village or a unit. The unit's own name and those above it in
// front of a village are left out.
func (p *proposer) place(name string) {
	s := &p.out.Setup
	name = strings.TrimPrefix(strings.TrimPrefix(name, s.Above), s.Unit)
	village := hasSuffix(name, "村", "社区", "村委会", "居委会")
	switch {
	case name == "" || utf8.RuneCountInString(name) < 2 || !p.first(text.Place(name)):
	case village:
		s.Villages = append(s.Villages, Village{Name: name})
	case hasSuffix(name, "镇", "乡", "街道") && s.Unit == "":
		s.Unit = name
	case !hasSuffix(name, "镇", "乡", "街道", "县"):
		s.Units = append(s.Units, name)
	}
}

func hasSuffix(s string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(s, e) })
}

// first reports whether a place comes up for the first time.
func (p *proposer) first(key string) bool {
	again := p.seen[key]
	p.seen[key] = true
	return !again
}

// longestName is that of a person's name in Chinese characters, minorities' too.
const longestName = 12

// person proposes a person at a unit; one who is named with several works at the
// ledger's own.
func (p *proposer) person(name, unit string) {
	if n := utf8.RuneCountInString(name); n < 2 || n > longestName {
		return
	}
	all := p.out.Setup.Persons
	if i := slices.IndexFunc(all, func(m Member) bool { return m.Name == name }); i < 0 {
		p.out.Setup.Persons = append(all, Member{Name: name, Unit: unit})
	} else if unit != "" && all[i].Unit != unit {
		all[i].Unit = ""
	}
}
