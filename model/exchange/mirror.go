package exchange

import (
	"cmp"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// DifferenceKind says how an export of the system and the ledger differ; it is the
// word shown.
type DifferenceKind string

// What holding an export against the ledger finds.
const (
	OnlySystem DifferenceKind = "系统有、台账无"
	OnlyLedger DifferenceKind = "台账有、系统无"
	OtherValue DifferenceKind = "值不同"
	BlankThere DifferenceKind = "系统没填"
	Unreadable DifferenceKind = "系统的值有误" // it can be seen, not taken over
	Unclear    DifferenceKind = "认不准的行"  // nothing was guessed
)

// Difference is one place where an export of the system and the ledger differ.
type Difference struct {
	Kind         DifferenceKind
	Export       int    // which of the exports
	Row          int    // of the export, 0 where it has none
	Cell         string // A1; "" for a whole row
	Record       string // of the ledger; "" where it has none
	Area, Name   string
	Field        *model.Field // nil for a whole row
	Ours, Theirs model.Value
	// Written is what stands in the export where that is no value of the field: what
	// is wrong with it, or with the row.
	Written string
	// Doubt is what is doubted of the value as it was read (约六千), "" for nothing.
	Doubt string
	// Values are those of a row that the ledger does not have, by field.
	Values map[string]model.Value
}

// Export is one export of the system, read as an import of it would be.
type Export struct {
	// Plan is what importing it would do: rows are recognised and values read as by any
	// import, so that 2022.1 and 2022-01 are the same.
	Plan *Plan
	// Expected says whether a record of the ledger is to be looked for in it.
	Expected func(*model.Record) bool
	// Blank says whether its cell, by row and field, has nothing in it.
	Blank func(row int, field string) bool
}

// Areas are those of which the plan has a row that is understood, each once.
func (p *Plan) Areas() []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, row := range p.Rows {
		if len(row.Records) > 0 && !seen[row.Records[0].Area] {
			seen[row.Records[0].Area] = true
			out = append(out, row.Records[0].Area)
		}
	}
	return out
}

// Standing is how exports stand to the ledger.
type Standing struct {
	Differences []Difference
	Same        int // rows that say what the ledger says
	// Fields are those of which an export says something, in the ledger's order.
	Fields []*model.Field
	// Outside counts the records of areas of which no export has a row: they are not
	// compared, for an export is often of one village.
	Outside map[string]int
}

// HoldAgainst tells how the ledger and exports of the system differ; records are all of
// the ledger. Each area is held against the first of the exports that has a row of it,
// and each record is compared once: the newest export comes first, and one of a single
// village leaves the other villages to those before it.
func HoldAgainst(l *model.Ledger, exports []Export, records []*model.Record) Standing {
	c := comparison{ledger: l, records: records, answered: map[string]bool{}, done: map[string]bool{}, stated: map[string]bool{}}
	for i, e := range exports {
		c.hold(i, e)
	}
	for i := range l.Fields {
		if f := &l.Fields[i]; c.stated[f.Key] {
			c.out.Fields = append(c.out.Fields, f)
		}
	}
	c.out.Outside = map[string]int{}
	for _, rec := range records {
		if !c.done[rec.ID] && len(exports) > 0 && exports[0].Expected(rec) {
			c.out.Outside[rec.Area]++
		}
	}
	return c.out
}

// comparison is the work of HoldAgainst, one export after the other.
type comparison struct {
	ledger   *model.Ledger
	records  []*model.Record
	answered map[string]bool // areas, by the exports so far
	done     map[string]bool // records, by the exports so far
	stated   map[string]bool // fields of which any row says something
	out      Standing
}

// hold holds one export against what the ones before it left.
func (c *comparison) hold(at int, e Export) {
	h := newHolder(c, at, e)
	for i := range e.Plan.Rows {
		h.row(&e.Plan.Rows[i])
	}
	for _, rec := range c.records {
		if c.done[rec.ID] {
			continue
		}
		row, found := h.rows[rec.ID]
		switch {
		case found:
			h.record(rec, row)
		case !h.areas[rec.Area]:
			continue // left to the exports before
		case !h.unclear[c.ledger.Name(rec)] && e.Expected(rec): // else it is perhaps that row
			h.add(Difference{Kind: OnlyLedger, Record: rec.ID, Area: rec.Area, Name: c.ledger.Name(rec)})
		}
		c.done[rec.ID] = true
	}
	for area := range h.areas {
		c.answered[area] = true
	}
}

// heldRow is a row of the export that is about a record.
type heldRow struct {
	at     int
	fields []FieldPlan
}

// holder holds one export against the ledger.
type holder struct {
	*comparison
	at      int
	export  Export
	rows    map[string]heldRow   // by record
	areas   map[string]bool      // of which the export has a row, and none before it
	states  map[string]bool      // fields of which a row of it says something
	unclear map[string]bool      // names in rows that could be anybody's
	doubts  map[[2]string]string // by cell and field
}

func newHolder(c *comparison, at int, e Export) *holder {
	h := &holder{comparison: c, at: at, export: e, rows: map[string]heldRow{}, areas: map[string]bool{}, states: map[string]bool{},
		unclear: map[string]bool{}, doubts: map[[2]string]string{}}
	for _, p := range e.Plan.Problems {
		if p.Level == model.Doubt && p.Field != "" {
			h.doubts[[2]string{p.Cell, p.Field}] = p.Message
		}
	}
	return h
}

func (h *holder) add(d Difference) {
	d.Export = h.at
	h.out.Differences = append(h.out.Differences, d)
}

// row sorts a row of the export: one that is about a record waits for it.
func (h *holder) row(row *PlanRow) {
	if len(row.Records) == 0 {
		if row.Kind == RowProblem {
			h.unclear[row.Name] = true
			h.add(Difference{Kind: Unclear, Row: row.Row, Name: row.Name, Written: h.said(row.Row)})
		}
		return
	}
	rp := &row.Records[0]
	if h.answered[rp.Area] {
		return // a later export has the say there
	}
	h.areas[rp.Area] = true
	for _, f := range rp.Fields {
		h.states[f.Field], h.stated[f.Field] = true, true
	}
	if !rp.New {
		h.rows[rp.ID] = heldRow{row.Row, rp.Fields}
		return
	}
	d := Difference{Kind: OnlySystem, Row: row.Row, Area: rp.Area, Name: row.Name, Values: make(map[string]model.Value, len(rp.Fields))}
	for _, f := range rp.Fields {
		if f.Outcome == Take {
			d.Values[f.Field] = f.Result()
		}
	}
	h.add(d)
}

// said is what the plan has against a row.
func (h *holder) said(row int) string {
	for _, p := range h.export.Plan.Problems {
		if at, _, ok := sheet.ParseCellName(p.Cell); ok && at == row && p.Level == model.Fault {
			return p.Message
		}
	}
	return ""
}

// record compares a record with its row, in the order of the ledger's fields.
func (h *holder) record(rec *model.Record, row heldRow) {
	before := len(h.out.Differences)
	for k := range h.ledger.Fields {
		f := &h.ledger.Fields[k]
		if !h.states[f.Key] {
			continue
		}
		d := Difference{Row: row.at, Record: rec.ID, Area: rec.Area, Name: h.ledger.Name(rec), Field: f, Ours: rec.Get(f.Key)}
		i := slices.IndexFunc(row.fields, func(p FieldPlan) bool { return p.Field == f.Key })
		switch {
		case i >= 0:
			p := row.fields[i]
			d.Cell, d.Theirs = p.Cell, p.Theirs
			switch {
			case p.Outcome == Take && !sameTime(d.Ours, d.Theirs):
				d.Kind, d.Doubt = OtherValue, h.doubts[[2]string{p.Cell, f.Key}]
			case p.Outcome == Held:
				d.Kind, d.Written = Unreadable, cmp.Or(p.Written, f.Show(p.Theirs))
			}
		case !d.Ours.IsEmpty() && h.export.Blank(row.at, f.Key):
			d.Kind = BlankThere
		}
		if d.Kind != "" {
			h.add(d)
		}
	}
	if len(h.out.Differences) == before {
		h.out.Same++
	}
}

// sameTime reports whether two dates mean the same in other words: 2026年3月, 202603.
// An import keeps the words of a date; for a difference they do not count.
func sameTime(a, b model.Value) bool {
	return a.End != "" && a.Start == b.Start && a.End == b.End && a.When == b.When
}
