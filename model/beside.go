package model

// Beside names further records that a rule sees: those of Ledger whose field Field
// says the same as the record's own field Own. RecordID stands for the record
// itself: {Measure, "household", RecordID} are a household's measures, {Team,
// RecordID, "member"} is the member that an attendance line is about. A reference
// says its id, any other value its text; an empty value has nothing beside it.
type Beside struct{ Ledger, Field, Own string }

// RecordID stands in Beside for the id of a record.
const RecordID = "id"

// IsTwins reports whether b looks for records of the same ledger with the same
// value in the same field, the record itself among them.
func (b Beside) IsTwins(ledger string) bool { return b.Ledger == ledger && b.Field == b.Own }

// KeyOf returns what the record says in a field for the purpose of Beside; "" for
// nothing.
func KeyOf(r *Record, field string) string {
	if field == RecordID {
		return r.ID
	}
	v := r.Get(field)
	if v.ID != "" {
		return v.ID
	}
	return v.Text
}

// Beside returns the records that b names, the newest state of each; none where
// nothing was looked up. A rule lists what it asks for in Check.Beside.
func (in CheckInput) Beside(b Beside) []*Record { return in.Near[b] }

// One returns the first record beside, for a Beside that names one by its id; nil if there
// is none.
func (in CheckInput) One(b Beside) *Record {
	if near := in.Near[b]; len(near) > 0 {
		return near[0]
	}
	return nil
}
