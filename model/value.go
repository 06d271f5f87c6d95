package model

import (
	"strconv"
	"strings"
)

// Value is one field's value. It is comparable; which members are used depends
// on the field's Kind:
//
//	text, long text, ID number, phone, bank card   Text
//	integer, yes/no (0, 1)                         Num
//	decimal, percent                               Num, scaled by the field's Scale
//	date                                           Text (the words), Start, End, When
//	month                                          Text "2006-01"
//	enum                                           Text (the option's key)
//	multi-enum, attachment list                    Text (entries joined by ListSep; see Attachment)
//	reference                                      Text (the words as written), ID
//
// The zero Value is "not given". The JSON form is compact and loses nothing; it
// serves hidden sheets and claims.
type Value struct {
	Text  string   `json:"t,omitempty"`
	Num   int64    `json:"n,omitempty"`
	ID    string   `json:"i,omitempty"`
	Start Day      `json:"s,omitempty"`
	End   Day      `json:"e,omitempty"`
	When  DateKind `json:"k,omitempty"`
	Set   bool     `json:"v,omitempty"`
}

// ListSep joins the entries of a list value; it cannot occur in an entry.
const ListSep = "\x1f"

// Text makes a text value; an empty string gives the empty value.
func Text(s string) Value { return Value{Text: s, Set: s != ""} }

// Int makes an integer, or a decimal or percent already scaled.
func Int(n int64) Value { return Value{Num: n, Set: true} }

// Bool makes a yes/no value.
func Bool(b bool) Value {
	if b {
		return Int(1)
	}
	return Int(0)
}

// Date makes a date value from words already read.
func Date(w DateWords) Value {
	return Value{Text: w.Text, Start: w.Start, End: w.End, When: w.Kind, Set: !w.IsZero()}
}

// OnDay makes a date value of one precise day, whose words are "2006-01-02".
func OnDay(d Day) Value {
	if d == "" {
		return Value{}
	}
	return Date(DateWords{Text: string(d), Start: d, End: d, Kind: DateFixed})
}

// Reference makes a reference by id with the words to show; either may be "".
func Reference(id, words string) Value {
	return Value{ID: id, Text: words, Set: id != "" || words != ""}
}

// List makes a list value from its entries.
func List(entries ...string) Value { return Text(strings.Join(entries, ListSep)) }

// IsEmpty reports whether no value is given.
func (v Value) IsEmpty() bool { return !v.Set }

// Bool returns a yes/no value; false for the empty value.
func (v Value) Bool() bool { return v.Set && v.Num != 0 }

// Entries returns the entries of a list value.
func (v Value) Entries() []string {
	if v.Text == "" {
		return nil
	}
	return strings.Split(v.Text, ListSep)
}

// Words returns a date value's words and span.
func (v Value) Words() DateWords {
	return DateWords{Text: v.Text, Start: v.Start, End: v.End, Kind: v.When}
}

// Same reports whether two values of field f mean the same: a date by its
// words, or by the day where both are one plain day however written; a reference
// by its id where both have one; all else member by member.
func (f *Field) Same(a, b Value) bool {
	if a.Set != b.Set {
		return false
	}
	switch f.Kind {
	case KindDate:
		return a.Text == b.Text || a.IsPlainDay() && b.IsPlainDay() && a.End == b.End
	case KindRef:
		if a.ID != "" && b.ID != "" {
			return a.ID == b.ID
		}
		return a.ID == b.ID && a.Text == b.Text
	}
	return a == b
}

// IsPlainDay reports whether a date is one day with nothing added to it (前, an
// hour): 2022年3月15日 or 2022-03-15.
func (v Value) IsPlainDay() bool {
	return v.When == DateFixed && v.End != "" && v.Start == v.End && !strings.ContainsAny(v.Text, "前后起内时点:：")
}

// Show returns the words of a value as a person reads them in field f: labels
// for enums, digits for numbers, 是/否, entries joined by 、.
func (f *Field) Show(v Value) string {
	if !v.Set {
		return ""
	}
	switch f.Kind {
	case KindInteger:
		return strconv.FormatInt(v.Num, 10)
	case KindDecimal, KindPercent:
		return FormatScaled(v.Num, f.Scale, false)
	case KindBool:
		if v.Num != 0 {
			return "是"
		}
		return "否"
	case KindEnum:
		return f.OptionLabel(v.Text)
	case KindMultiEnum:
		return f.showList(v)
	case KindFiles:
		return showAttachments(v)
	}
	return v.Text
}

func (f *Field) showList(v Value) string {
	entries := v.Entries()
	for i, e := range entries {
		entries[i] = f.OptionLabel(e)
	}
	return strings.Join(entries, "、")
}

// FormatScaled writes n, scaled by 10^scale, as a decimal number without a
// thousands separator: exactly scale digits after the point if keep is set,
// otherwise without trailing zeros.
func FormatScaled(n int64, scale int, keep bool) string {
	if scale <= 0 {
		return strconv.FormatInt(n, 10)
	}
	neg := n < 0
	digits := strings.TrimPrefix(strconv.FormatInt(n, 10), "-")
	if pad := scale + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	whole, frac := digits[:len(digits)-scale], digits[len(digits)-scale:]
	if !keep {
		frac = strings.TrimRight(frac, "0")
	}
	if frac != "" {
		whole += "." + frac
	}
	if neg {
		return "-" + whole
	}
	return whole
}
