package exchange

import (
	"cmp"
	"slices"
	"time"

	"xiangzhen/model"
)

// FormOffice is what an office's pack (科室包) stands under where returns stand under
// their form.
const FormOffice = "office"

// FormCarry is the same of a ledger that was carried to the villages (下村包).
const FormCarry = "carry"

// IsBundle reports whether what stands under a form is no return but a Bundle.
func IsBundle(form string) bool { return form == FormOffice || form == FormCarry }

// Bundle (数据包) is what one copy of the program says to another of whole records, with
// no table between them: an office of the township of the ledgers that it keeps
// (科室包), a village of those that were carried out to it (下村包). It is planned ledger
// by ledger and merged by claims like a return.
type Bundle struct {
	File   string // its name as people know it
	Sender Sender // Area names who speaks: of an office no area
	// Form names the claims of which a later bundle of the sender replaces an earlier.
	Form    string
	Made    time.Time
	Records []Bundled
	// Yields reports whether what this side has in a ledger gives way to the sender,
	// who keeps it: nobody else may have changed it.
	Yields func(ledger string) bool

	met map[string]string // ids of records here, by the sender's, where they differ
	ids map[string]bool   // of all records that come with it
}

// Bundled is one record of a Bundle.
type Bundled struct {
	Ledger string                 `json:"ledger"`
	ID     string                 `json:"id"`
	Area   string                 `json:"area,omitempty"`
	Gone   bool                   `json:"gone,omitempty"` // the sender has deleted it
	Whole  bool                   `json:"whole,omitempty"`
	Values map[string]model.Value `json:"values,omitempty"` // what is stated; of a Whole record the rest is empty
	// Base is what the sender started from, by field; a field without one was not
	// known to be anything.
	Base map[string]model.Value `json:"base,omitempty"`
	// New tells that the sender added it since.
	New bool `json:"new,omitempty"`
}

// Ledgers returns the keys of the ledgers that a bundle has records of, in the order
// in which they are to be taken in.
func (b *Bundle) Ledgers() []string {
	var out []string
	for i := range b.Records {
		if key := b.Records[i].Ledger; !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

// rulePlanRef says that a record of a bundle points at one that is not here.
const rulePlanRef = "plan_ref"

// PlanBundle says what taking in a bundle's records of one ledger would do, field by
// field. What it writes is to be written before the next ledger is planned.
func PlanBundle(b *Bundle, ledger string, lk Lookup, env Env) (*Plan, error) {
	l, err := env.Catalog.Find(ledger)
	if err != nil {
		return nil, err
	}
	b.index()
	pl := &bundlePlanner{b: b, l: l, lk: lk, env: env, here: map[string]bool{},
		plan: &Plan{File: b.File, Sheet: l.Label, Ledger: l.Key, Form: b.Form, IssuedAt: b.Made, Sender: b.Sender}}
	for i := range b.Records {
		if b.Records[i].Ledger != ledger {
			continue
		}
		if err := pl.record(&b.Records[i]); err != nil {
			return nil, err
		}
	}
	pl.plan.finish()
	return pl.plan, nil
}

// index makes what is looked up for every record, once.
func (b *Bundle) index() {
	if b.met != nil {
		return
	}
	b.met, b.ids = map[string]string{}, make(map[string]bool, len(b.Records))
	for i := range b.Records {
		if !b.Records[i].Gone {
			b.ids[b.Records[i].ID] = true
		}
	}
}

type bundlePlanner struct {
	b    *Bundle
	l    *model.Ledger
	lk   Lookup
	env  Env
	plan *Plan
	here map[string]bool // ids that references lead to, as far as asked for
}

// record plans one record.
func (pl *bundlePlanner) record(said *Bundled) error {
	rec, err := pl.find(said)
	if err != nil {
		return err
	}
	row := PlanRow{Row: len(pl.plan.Rows) + 1, Kind: RowSame}
	switch {
	case said.Gone && rec == nil:
		return nil
	case said.Gone:
		row = PlanRow{Kind: RowMissing, Name: pl.l.Name(rec), Records: []RecordPlan{{Ledger: pl.l.Key, ID: rec.ID}}}
		pl.plan.Rows = append(pl.plan.Rows, row)
		return nil
	}
	rp, err := pl.settle(said, rec)
	if err != nil {
		return err
	}
	row.Name = pl.l.Name(after(rp, rec))
	if row.Kind = kindOf([]RecordPlan{rp}, rp.New); row.Kind == RowSame {
		return nil // of thousands that say nothing new nobody wants a list
	}
	row.Records = []RecordPlan{rp}
	pl.plan.Rows = append(pl.plan.Rows, row)
	return nil
}

// find returns the record meant: that of the id, else the only one that agrees in a
// natural key, else nil.
func (pl *bundlePlanner) find(said *Bundled) (*model.Record, error) {
	rec, err := pl.lk.Record(pl.l.Key, said.ID)
	if err != nil || rec != nil || said.Gone {
		return rec, err
	}
	for _, keys := range pl.l.Match {
		wanted := map[string]model.Value{}
		for _, key := range keys {
			v := said.Values[key]
			if key == model.AreaKey {
				v = model.Text(said.Area)
			} else if f := pl.l.Field(key); f.Kind == model.KindRef {
				v.ID = cmp.Or(pl.b.met[v.ID], v.ID)
			}
			if v.Set {
				wanted[key] = v
			}
		}
		if len(wanted) < len(keys) {
			continue
		}
		hits, err := pl.lk.Match(pl.l.Key, wanted)
		if err != nil {
			return nil, err
		}
		if len(hits) == 1 {
			pl.b.met[said.ID] = hits[0].ID
			return hits[0], nil
		}
	}
	return nil, nil
}

// settle merges what is said of a record with what is here.
func (pl *bundlePlanner) settle(said *Bundled, rec *model.Record) (RecordPlan, error) {
	rp := RecordPlan{Ledger: pl.l.Key, ID: said.ID, Said: map[string]Said{}}
	if rec == nil {
		rp.New, rp.Area = true, cmp.Or(pl.b.met[said.Area], said.Area, pl.env.Home)
	} else {
		rp.ID = rec.ID
	}
	prior, local, err := pl.lk.Claims(pl.l.Key, rp.ID)
	if err != nil {
		return rp, err
	}
	for i := range pl.l.Fields {
		f := &pl.l.Fields[i]
		v, states := said.Values[f.Key]
		if !states && !said.Whole {
			continue
		}
		if v, err = pl.led(said, f, v, true); err != nil {
			return rp, err
		}
		ours := rec.Get(f.Key)
		if !v.Set && !ours.Set {
			continue
		}
		s := pl.based(said, f, v, ours, prior)
		if s.Base, err = pl.led(said, f, s.Base, false); err != nil {
			return rp, err
		}
		rp.Said[f.Key] = s
	}
	fresh := Claim{Sender: pl.b.Sender.Area, Form: pl.b.Form, Issued: pl.b.Made, Modified: pl.b.Made, File: pl.b.File, Fields: rp.Said}
	for i := range pl.l.Fields {
		if _, ok := rp.Said[pl.l.Fields[i].Key]; ok {
			rp.Fields = append(rp.Fields, settleField(&pl.l.Fields[i], rec, local, prior, fresh, ""))
		}
	}
	if rec != nil && slices.ContainsFunc(rp.Fields, func(f FieldPlan) bool { return f.Outcome == Take && slices.Contains(pl.l.AreaFrom, f.Field) }) {
		rp.Area = cmp.Or(pl.b.met[said.Area], said.Area)
	}
	return rp, nil
}

// based gives a word the base that it has: what this side has where it yields; else
// what the sender started from, or said last.
func (pl *bundlePlanner) based(said *Bundled, f *model.Field, v, ours model.Value, prior []Claim) Said {
	s := Said{Value: v}
	base, known := said.Base[f.Key]
	switch {
	case pl.b.Yields != nil && pl.b.Yields(pl.l.Key):
		s.Base, s.HasBase = ours, true
	case known || said.New:
		s.Base, s.HasBase = base, true
	default:
		s = lastSaidBy(pl.b.Sender.Area, pl.b.Made, s, f.Key, prior)
	}
	return s
}

// led gives a reference the id that its record has here. One whose record is not
// here keeps its words, and it is said if tell. Words alone lead to the one record that
// they mean here: the sender may not have had it.
func (pl *bundlePlanner) led(said *Bundled, f *model.Field, v model.Value, tell bool) (model.Value, error) {
	switch {
	case f.Kind != model.KindRef || !v.Set:
		return v, nil
	case v.ID == "":
		if found, _ := pl.lk.Resolve(f, v.Text, said.Area); found.ID != "" {
			v.ID = found.ID
		}
		return v, nil
	}
	v.ID = cmp.Or(pl.b.met[v.ID], v.ID)
	known, asked := pl.here[v.ID]
	if !asked {
		var err error
		if known, err = pl.isHere(f, v.ID); err != nil {
			return v, err
		}
		pl.here[v.ID] = known
	}
	if known {
		return v, nil
	}
	found, problems := pl.lk.Resolve(f, v.Text, said.Area)
	for _, q := range problems {
		if !tell {
			break
		}
		q.Rule, q.File, q.Sheet, q.Ledger, q.Record, q.Field = rulePlanRef, pl.b.File, pl.l.Label, pl.l.Key, said.ID, f.Key
		pl.plan.Problems = append(pl.plan.Problems, q)
	}
	if found.ID == "" {
		found = model.Reference("", v.Text)
	}
	return found, nil
}

// isHere reports whether a reference leads to a record here, or to one that comes
// with the bundle.
func (pl *bundlePlanner) isHere(f *model.Field, id string) (bool, error) {
	for _, key := range f.Ref.Ledgers {
		rec, err := pl.lk.Record(key, id)
		if err != nil || rec != nil {
			return rec != nil, err
		}
	}
	return pl.b.ids[id], nil
}
