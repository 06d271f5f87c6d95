package exchange

import (
	"slices"
	"time"

	"xiangzhen/model"
)

// FromAbove turns a form that was issued to this ledger's own unit into what the
// issuer says of its rows (任务下达): the values with which it went out, whatever has
// been typed into the file since. It is planned and merged like any return; its sender
// is the unit above, its place the own unit. What the sender said last of a row is the
// base of what it says now, so that a pack which repeats itself changes nothing.
//
// A file that has lost what went out with it says nothing that could be relied on.
func (r *Return) FromAbove(above Sender, home string) error {
	if r.base == nil {
		return model.Errorf(model.CodeDamaged, "“%s”里下发时的原值没有了，请用上级发来的原文件。", r.File)
	}
	all := *r.form
	all.Columns = nil
	for _, c := range r.form.Columns {
		tg, ok := r.form.targets[c.Path]
		if ok && !c.Grey && tg.Through == nil && !tg.Field.Sensitive {
			c.Fill = true
			all.Columns = append(all.Columns, c)
		}
	}
	above.Modified, above.How = r.IssuedAt, "hidden"
	rows := make([]ReturnRow, len(r.order))
	for i, id := range r.order {
		rows[i] = all.wentOut(i, id, r.base[id])
	}
	r.form, r.Sender, r.place, r.above, r.Rows = &all, above, home, true, rows
	r.order, r.base, r.hasBase, r.Zero = nil, nil, true, false
	r.unread, r.Problems, r.Warnings = nil, nil, nil
	return nil
}

// wentOut is the row as it went out, in its place in the form. The sender's ids of
// persons and units mean nothing here: their words are looked up.
func (f *resolved) wentOut(i int, id string, base map[Path]model.Value) ReturnRow {
	row := ReturnRow{Row: formHeaderRow + 1 + i, ID: id, Cells: map[Path]Entry{}}
	for _, c := range f.Columns {
		v := base[c.Path]
		if f.targets[c.Path].Field.Kind == model.KindRef {
			v.ID = ""
		}
		row.Cells[c.Path] = Entry{Value: v, Blank: !v.Set}
	}
	return row
}

// home is the area that the rows of a return belong to: the sender's, and of what
// comes from above this ledger's own.
func (r *Return) home() string {
	if r.above {
		return r.place
	}
	return r.Sender.Area
}

// lastSaid gives a word from above the base that it has: what the same sender said
// of the field before this.
func (pl *returnPlanner) lastSaid(s Said, field string, prior []Claim) Said {
	if !pl.r.above || s.HasBase {
		return s
	}
	return lastSaidBy(pl.r.Sender.Area, pl.r.IssuedAt, s, field, prior)
}

// lastSaidBy gives a word the base that a sender's last word on the field, before a
// time, is; as it is, if there was none.
func lastSaidBy(sender string, before time.Time, s Said, field string, prior []Claim) Said {
	earlier := slices.DeleteFunc(slices.Clone(prior), func(c Claim) bool {
		_, ok := c.Fields[field]
		return !ok || c.Sender != sender || !c.Issued.Before(before)
	})
	if len(earlier) > 0 {
		last := slices.MaxFunc(earlier, func(a, b Claim) int { return a.Issued.Compare(b.Issued) })
		s.Base, s.HasBase = last.Fields[field].Value, true
	}
	return s
}

// foreign reports whether a record is not the sender's; of a pack from above, whether
// it lies outside of this ledger's own unit.
func (pl *returnPlanner) foreign(rec *model.Record) (bool, error) {
	if rec == nil || !pl.r.above {
		return rec != nil && rec.Area != pl.r.home(), nil
	}
	within, err := pl.within(rec.Area)
	return !within, err
}

// areaOfNew is the area of a row that a return adds: the sender's; of a pack from
// above that of the unit it names, if that lies below this ledger's own.
func (pl *returnPlanner) areaOfNew(rp RecordPlan) (string, error) {
	if !pl.r.above {
		return pl.r.home(), nil
	}
	l := pl.r.form.ledger
	for _, key := range l.AreaFrom {
		at := slices.IndexFunc(rp.Fields, func(fp FieldPlan) bool { return fp.Field == key })
		if at < 0 {
			continue
		}
		area := pl.lk.AreaOf(l.Field(key), rp.Fields[at].Result())
		within, err := pl.within(area)
		if err != nil || within {
			return area, err
		}
	}
	return pl.r.home(), nil
}
