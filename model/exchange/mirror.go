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

// Standing is how an export stands to the ledger.
type Standing struct {
	Differences []Difference
	Same        int // rows that say what the ledger says
	// Fields are those of which the export says something, in the ledger's order.
	Fields []*model.Field
	// Outside counts the records of areas of which the export has no row at all: they
	// are not compared, for an export is often of one village.
	Outside map[string]int
}

// HoldAgainst tells how the ledger and an export of the system differ. plan is what
// importing the export would do: rows are recognised and values read as by any import,
// so that 2022.1 and 2022-01 are the same. records are all of the ledger; expected
// says which of them are to be looked for in the export; blank whether a cell of the
// export, by row and field, has nothing in it.
func HoldAgainst(l *model.Ledger, plan *Plan, records []*model.Record, expected func(*model.Record) bool, blank func(row int, field string) bool) Standing {
	h := holder{ledger: l, plan: plan, rows: map[string]heldRow{}, areas: map[string]bool{}, stated: map[string]bool{}, unclear: map[string]bool{}, doubts: map[[2]string]string{}}
	h.out.Outside = map[string]int{}
	for _, p := range plan.Problems {
		if p.Level == model.Doubt && p.Field != "" {
			h.doubts[[2]string{p.Cell, p.Field}] = p.Message
		}
	}
	for i := range plan.Rows {
		h.row(&plan.Rows[i])
	}
	for i := range l.Fields {
		if f := &l.Fields[i]; h.stated[f.Key] {
			h.out.Fields = append(h.out.Fields, f)
		}
	}
	for _, rec := range records {
		row, found := h.rows[rec.ID]
		switch {
		case found:
			h.record(rec, row, blank)
		case h.unclear[l.Name(rec)] || !expected(rec):
		case !h.areas[rec.Area]:
			h.out.Outside[rec.Area]++
		default:
			h.add(Difference{Kind: OnlyLedger, Record: rec.ID, Area: rec.Area, Name: l.Name(rec)})
		}
	}
	return h.out
}

// heldRow is a row of the export that is about a record.
type heldRow struct {
	at     int
	fields []FieldPlan
}

type holder struct {
	ledger  *model.Ledger
	plan    *Plan
	out     Standing
	rows    map[string]heldRow   // by record
	areas   map[string]bool      // of which the export has a row
	stated  map[string]bool      // fields of which any row says something
	unclear map[string]bool      // names in rows that could be anybody's
	doubts  map[[2]string]string // by cell and field
}

func (h *holder) add(d Difference) { h.out.Differences = append(h.out.Differences, d) }

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
	h.areas[rp.Area] = true
	for _, f := range rp.Fields {
		h.stated[f.Field] = true
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
	for _, p := range h.plan.Problems {
		if at, _, ok := sheet.ParseCellName(p.Cell); ok && at == row && p.Level == model.Fault {
			return p.Message
		}
	}
	return ""
}

// record compares a record with its row, in the order of the ledger's fields.
func (h *holder) record(rec *model.Record, row heldRow, blank func(int, string) bool) {
	before := len(h.out.Differences)
	for _, f := range h.out.Fields {
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
		case !d.Ours.IsEmpty() && blank(row.at, f.Key):
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
