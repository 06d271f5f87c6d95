package sample

import (
	"maps"
	"regexp"
	"slices"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// listedLedgers have a csv file of their own, named after their key, whose headers
// are the labels of the ledger's fields. They stand so that what one refers to
// comes before it.
var listedLedgers = []string{
	ledgers.Order, ledgers.Rectification, ledgers.Meeting, ledgers.Decision, ledgers.Commitment, ledgers.LedProject,
	ledgers.ContactPoint, ledgers.Act, ledgers.Duty, ledgers.Need, ledgers.Resource, ledgers.Study, ledgers.Training,
	ledgers.Care, ledgers.Organization, ledgers.Service, ledgers.Checklist, ledgers.Rotation, ledgers.Appraisal,
	ledgers.Income, ledgers.Project, ledgers.Fund, ledgers.UpperTable, ledgers.UpperSent,
}

// readListed returns what keeps the lines of one such file.
func (d *data) readListed(ledger string) func(line) {
	return func(l line) { d.listed[ledger] = append(d.listed[ledger], l) }
}

// addListed adds the records of the files that are read by their headers.
func (b *builder) addListed() error {
	for _, ledger := range listedLedgers {
		for _, row := range b.data.listed[ledger] {
			if err := b.addRow(b.ledgers.Ledger(ledger), row); err != nil {
				return err
			}
		}
	}
	return nil
}

// addRow adds the record of one line; its id depends on the place of the line only.
func (b *builder) addRow(l *model.Ledger, row line) error {
	var fault error
	row.fault = &fault
	rec := model.NewRecord(l.Key, idOf(l.Key, strconv.Itoa(row.row)))
	for _, header := range slices.Sorted(maps.Keys(row.cells)) {
		f, words := l.FindField(header), row.cells[header]
		if f == nil || l.IsDerived(f.Key) {
			row.wrong(header, "台账“"+l.Label+"”没有这一列")
		} else if words != "" {
			rec.Put(f.Key, b.listedValue(f, row, header))
		}
	}
	if l.Flow != nil && rec.Get(l.Flow.State).IsEmpty() {
		rec.Put(l.Flow.State, model.Text(l.Flow.Initial))
	}
	rec.Area = b.areaFrom(l, rec)
	b.records = append(b.records, rec)
	return fault
}

var agoForm = regexp.MustCompile(`^(\d+)天前$`)

// listedValue reads a cell as an import would, dates relative to the day of the
// sample, references by the names of the records there are.
func (b *builder) listedValue(f *model.Field, row line, header string) model.Value {
	words, err := b.words.fill(row.text(header), map[string]string{
		"年": strconv.Itoa(b.words.today.Year()), "上年": strconv.Itoa(b.words.today.Year() - 1)})
	var v model.Value
	switch {
	case err != nil:
	case f.Kind == model.KindDate && agoForm.MatchString(words):
		return model.OnDay(b.words.today.Add(-atoi(agoForm.FindStringSubmatch(words)[1])))
	case f.Kind == model.KindDate:
		v, err = b.words.date(row.when(header))
	case f.Kind == model.KindRef:
		if v = b.named(f.Ref, words); v.IsEmpty() {
			row.wrong(header, "没有“"+words+"”")
		}
		return v
	default:
		var problems []model.Problem
		if v, problems = rule.Parse(f, rule.Input{Text: words, Ref: b.words.today}); len(problems) > 0 {
			row.wrong(header, problems[0].Message)
		}
	}
	if err != nil {
		row.wrong(header, model.Sentence(err))
	}
	return v
}

// named finds what a reference means: a place or who holds a post there, else the
// first record of that name.
func (b *builder) named(ref *model.Ref, words string) model.Value {
	places := append([]*place{b.county, b.town(DefaultUnit)}, b.town(DefaultUnit).below...)
	for _, p := range places {
		switch v := b.holder(p, words); {
		case slices.Contains(ref.Ledgers, ledgers.Area) && p.name == words:
			return p.ref()
		case slices.Contains(ref.Ledgers, ledgers.Person) && v.Set:
			return v
		}
	}
	if m := b.memberNamed(words); m != nil && slices.Contains(ref.Ledgers, ledgers.Team) {
		return refTo(m, "name")
	}
	if h := b.householdNamed(words); h != nil && slices.Contains(ref.Ledgers, ledgers.Household) {
		return refTo(h, "householder")
	}
	for _, rec := range b.records {
		if l := b.ledgers.Ledger(rec.Ledger); slices.Contains(ref.Ledgers, rec.Ledger) && l.Name(rec) == words {
			return model.Reference(rec.ID, words)
		}
	}
	return model.Value{}
}

// areaFrom returns the area a record belongs to by its references, else 甲镇.
func (b *builder) areaFrom(l *model.Ledger, rec *model.Record) string {
	for _, key := range l.AreaFrom {
		id := rec.Get(key).ID
		if i := slices.IndexFunc(b.records, func(r *model.Record) bool { return r.ID == id }); id != "" && i >= 0 {
			return b.records[i].Area
		}
	}
	return b.town(DefaultUnit).id
}
