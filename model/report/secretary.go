package report

import (
	"cmp"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// SecretaryFile is a secretary's year (书记履职). It fills itself from the records there
// are: every entry is one record and says nothing that does not stand in it; a section
// without an entry is not there (CLERK 13). Nothing is counted and nothing compared
// with anybody.
type SecretaryFile struct {
	Name, Post string
	Year       int
	Sections   []FileSection
}

// FileSection is a part of the file under its title.
type FileSection struct {
	Title   string
	Entries []FileEntry // by date, then in the order of the records
}

// FileEntry is what one record says.
type FileEntry struct {
	Ledger, ID string
	Source     string // the ledger's label
	On         model.Day
	Place      string
	Words      string // what was done
	Result     string // what came of it, "" if nothing is said
	Domain     string // 领域: 党建, 乡村振兴, 其他; "" where the record says none
}

// SecretaryInput is what the file is made of. Records holds, by ledger, all records
// that may concern the secretary; those that do not are passed over.
type SecretaryInput struct {
	Catalog *model.Catalog
	Person  *model.Record
	Post    string
	Areas   []string // divisions of which the person is secretary: marks without a name count there
	Year    int
	Records map[string][]*model.Record
}

// Secretary fills the file.
func Secretary(in SecretaryInput) SecretaryFile {
	f := SecretaryFile{Name: in.Person.Get("name").Text, Post: in.Post, Year: in.Year}
	for _, section := range []struct {
		title   string
		entries []FileEntry
	}{
		{"责任清单", slices.Concat(in.of(ledgers.Duty, in.mine("person"), in.duty), in.of(ledgers.Task, in.mine("lead_person"), in.item))},
		{"公开承诺", in.of(ledgers.Commitment, in.mine("maker"), in.item)},
		{"领办项目", in.of(ledgers.LedProject, in.mine("maker"), in.item)},
		{"工作联系点", in.of(ledgers.ContactPoint, in.mine("person"), in.contact)},
		{"亲自部署", slices.Concat(in.acts("部署"), in.of(ledgers.Meeting, in.part("chair", "主持"), in.meeting))},
		{"亲自协调", in.acts("协调")},
		{"亲自督办", slices.Concat(in.acts("督办"), in.of(ledgers.Order, in.part("leader", "批示"), in.item))},
		{"带头学、带头抓、带头推", in.acts("学", "抓", "推")},
		{"会上讲、座谈问、调研看", in.acts("会", "座谈", "调研")},
		{"发现问题及处理", in.problems()},
		{"年内办结事项", in.finished()},
	} {
		if len(section.entries) > 0 {
			slices.SortStableFunc(section.entries, func(a, b FileEntry) int { return cmp.Compare(a.On, b.On) })
			f.Sections = append(f.Sections, FileSection{section.title, section.entries})
		}
	}
	return f
}

// fits decides whether a record concerns the secretary and the year; entry says what
// it says.
type (
	fits  func(r *model.Record) bool
	entry func(l *model.Ledger, r *model.Record) FileEntry
)

func (in *SecretaryInput) of(ledger string, concerns fits, say entry) []FileEntry {
	l := in.Catalog.Ledger(ledger)
	var out []FileEntry
	for _, r := range in.Records[ledger] {
		if concerns(r) && in.inYear(r) {
			e := say(l, r)
			e.Ledger, e.ID, e.Source, e.Domain = ledger, r.ID, l.Label, r.Get("domain").Text
			out = append(out, e)
		}
	}
	return out
}

// mine fits records that name the person in one of the fields.
func (in *SecretaryInput) mine(fields ...string) fits {
	return func(r *model.Record) bool {
		return slices.ContainsFunc(fields, func(key string) bool { return r.Get(key).ID == in.Person.ID })
	}
}

// part fits records that name the person in the field, or name nobody there and are
// marked with the secretary's part in a division of which the person is secretary.
func (in *SecretaryInput) part(field, mark string) fits {
	return func(r *model.Record) bool {
		if !r.Get(field).IsEmpty() {
			return r.Get(field).ID == in.Person.ID
		}
		return slices.Contains(r.Get("secretary_part").Entries(), mark) && slices.Contains(in.Areas, r.Area)
	}
}

// dateFields are where records of the ledgers keep their day, best first.
var dateFields = []string{"done_on", "visited_on", "held_on", "assigned", "from"}

// dayOf is the day of a record; "" where it keeps none.
func dayOf(r *model.Record) model.Day {
	for _, key := range dateFields {
		if d := r.Get(key).Start; d != "" {
			return d
		}
	}
	return ""
}

// inYear reports whether a record belongs to the year: what happened on a day, by its
// day; what lasts (an item, a division of work), from its beginning until its end.
func (in *SecretaryInput) inYear(r *model.Record) bool {
	began, ended := dayOf(r), endOf(r)
	if began == "" && !r.CreatedAt.IsZero() && r.Ledger != ledgers.ContactPoint && r.Ledger != ledgers.Duty {
		began = model.DayOf(r.CreatedAt)
	}
	if lasts(r.Ledger) {
		return (began == "" || began.Year() <= in.Year) && (ended == "" || ended.Year() >= in.Year)
	}
	return began == "" || began.Year() == in.Year
}

func lasts(ledger string) bool {
	return ledger == ledgers.Duty || slices.Contains(ledgers.Followed(), ledger)
}

func endOf(r *model.Record) model.Day {
	if d := r.Get("closed_on").Start; d != "" {
		return d
	}
	return r.Get("to").Start
}

func (in *SecretaryInput) acts(kinds ...string) []FileEntry {
	return in.of(ledgers.Act, func(r *model.Record) bool {
		return r.Get("person").ID == in.Person.ID && slices.Contains(kinds, r.Get("kind").Text)
	}, in.act)
}

// phrase joins what is not empty: the title, then the rest after a colon.
func phrase(title string, rest ...string) string {
	rest = slices.DeleteFunc(rest, func(s string) bool { return s == "" })
	if len(rest) == 0 {
		return title
	}
	if title == "" {
		return strings.Join(rest, "；")
	}
	return title + "：" + strings.Join(rest, "；")
}

// bracketed adds what is said in brackets, if anything is.
func bracketed(words, more string) string {
	if more == "" {
		return words
	}
	return words + "（" + more + "）"
}

// labelled is a value with its field's label, "" if it is empty.
func labelled(l *model.Ledger, r *model.Record, key string) string {
	f := l.Field(key)
	if v := r.Get(key); f != nil && !v.IsEmpty() {
		return f.Label + " " + f.Show(v)
	}
	return ""
}

func show(l *model.Ledger, r *model.Record, key string) string {
	if f := l.Field(key); f != nil {
		return f.Show(r.Get(key))
	}
	return ""
}

func (in *SecretaryInput) act(l *model.Ledger, r *model.Record) FileEntry {
	place := show(l, r, "place")
	if place == "" {
		place = show(l, r, "village")
	}
	return FileEntry{On: dayOf(r), Place: place, Words: phrase(show(l, r, "title"), oneLine(show(l, r, "points"))), Result: oneLine(show(l, r, "result"))}
}

func (in *SecretaryInput) meeting(l *model.Ledger, r *model.Record) FileEntry {
	return FileEntry{On: dayOf(r), Place: show(l, r, "place"), Words: phrase("主持"+show(l, r, "title"), oneLine(show(l, r, "agenda")))}
}

func (in *SecretaryInput) contact(l *model.Ledger, r *model.Record) FileEntry {
	return FileEntry{On: dayOf(r), Place: show(l, r, "village"),
		Words: phrase("联系"+show(l, r, "village"), oneLine(show(l, r, "guidance"))), Result: oneLine(show(l, r, "help"))}
}

func (in *SecretaryInput) duty(l *model.Ledger, r *model.Record) FileEntry {
	return FileEntry{On: dayOf(r), Words: phrase("分管"+show(l, r, "field"), oneLine(show(l, r, "work")), oneLine(show(l, r, "party_work")))}
}

// item is a followed item: what, until when, where it stands.
func (in *SecretaryInput) item(l *model.Ledger, r *model.Record) FileEntry {
	return FileEntry{On: dayOf(r), Place: show(l, r, "unit"),
		Words:  phrase(show(l, r, "title"), labelled(l, r, "target"), labelled(l, r, "due")),
		Result: bracketed(show(l, r, "state"), labelled(l, r, "closed_on"))}
}

// problems are those a secretary found, with what became of each: the items that came
// out of the record.
func (in *SecretaryInput) problems() []FileEntry {
	say := func(l *model.Ledger, r *model.Record) FileEntry {
		return FileEntry{On: dayOf(r), Place: show(l, r, "village"), Words: oneLine(show(l, r, "problem")), Result: in.arose(r)}
	}
	found := func(r *model.Record) bool {
		return r.Get("person").ID == in.Person.ID && !r.Get("problem").IsEmpty()
	}
	return append(in.of(ledgers.Act, found, say), in.of(ledgers.ContactPoint, found, say)...)
}

// arose names the items that came out of a record and where they stand.
func (in *SecretaryInput) arose(source *model.Record) string {
	var out []string
	for _, key := range ledgers.Followed() {
		l := in.Catalog.Ledger(key)
		for _, r := range in.Records[key] {
			if r.Get("origin").ID == source.ID {
				out = append(out, "已转"+l.Label+"“"+show(l, r, "title")+"”，"+show(l, r, "state"))
			}
		}
	}
	return strings.Join(out, "；")
}

// finished are the items the person led that were closed in the year.
func (in *SecretaryInput) finished() []FileEntry {
	var out []FileEntry
	for _, key := range ledgers.Followed() {
		out = append(out, in.of(key, func(r *model.Record) bool {
			return r.Get("closed_on").Start.Year() == in.Year && !r.Get("closed_on").IsEmpty() && in.mine("lead_person", "maker", "person")(r)
		}, func(l *model.Ledger, r *model.Record) FileEntry {
			return FileEntry{On: r.Get("closed_on").Start, Place: show(l, r, "unit"), Words: show(l, r, "title"), Result: show(l, r, "state")}
		})...)
	}
	return out
}

// oneLine joins the lines of a long text.
func oneLine(s string) string {
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' })
	for i := range lines {
		lines[i] = strings.TrimRight(strings.TrimSpace(lines[i]), "。；;")
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "；")
}
