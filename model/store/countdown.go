package store

import (
	"slices"
	"strings"

	"xiangzhen/model"
)

// Days that count down (剩余天数) would have to be computed anew every day for every
// open record. They are lowered by one statement a table instead: as_of tells from
// which day on, so that what an operation computed for the new day is left alone.

// countdowns are the SQL names of the derived columns that count down.
func (t *table) countdowns() []string {
	if !t.hasDerived() {
		return nil
	}
	var out []string
	for i := range t.derived {
		if t.derived[i].field.Countdown {
			out = append(out, quote(t.derived[i].key))
		}
	}
	return out
}

// countsDown reports whether one of the values counts down.
func (t *table) countsDown(values map[string]model.Value) bool {
	return slices.ContainsFunc(t.derived, func(c column) bool { return c.field.Countdown && values[c.key].Set })
}

// countDown lowers what counts down to today. Records whose day of change has come
// are left to be computed.
func (d *deriver) countDown() error {
	for _, t := range d.view.schema.all() {
		columns := t.countdowns()
		if len(columns) == 0 {
			continue
		}
		res, err := d.view.ses.exec(d.ctx, t.countDownSQL(columns), string(d.today))
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		d.n += int(n)
	}
	return nil
}

func (t *table) countDownSQL(columns []string) string {
	var sets, given []string
	for _, c := range columns {
		sets = append(sets, c+" = "+c+" - CAST(julianday(?1) - julianday(as_of) AS INTEGER)")
		given = append(given, c+" IS NOT NULL")
	}
	return "UPDATE " + t.derivedName() + " SET " + strings.Join(sets, ", ") + ", as_of = ?1 WHERE as_of <> ?1 AND (" +
		strings.Join(given, " OR ") + ") AND (next_change_on = '' OR next_change_on > ?1)"
}
