package model

import "slices"

// Kind is the kind of a field: what its values are, how they are checked,
// stored, entered, exported and compared.
type Kind string

// The kinds of a field.
const (
	KindText      Kind = "text"      // 文字
	KindLongText  Kind = "longtext"  // 长文字
	KindInteger   Kind = "integer"   // 整数
	KindDecimal   Kind = "decimal"   // 小数, an integer scaled by Field.Scale
	KindPercent   Kind = "percent"   // 百分比, 85 means 85 %
	KindDate      Kind = "date"      // 日期, with its words and precision
	KindMonth     Kind = "month"     // 月份
	KindEnum      Kind = "enum"      // 单选
	KindMultiEnum Kind = "multienum" // 多选
	KindBool      Kind = "bool"      // 是否
	KindIDNumber  Kind = "id_number" // 证件号码
	KindPhone     Kind = "phone"     // 电话
	KindBankCard  Kind = "bank_card" // 银行卡号
	KindRef       Kind = "ref"       // 引用
	KindFiles     Kind = "files"     // 附件
)

// kindLabels are the kinds' names in the interface, in the order offered when a
// user adds a field.
var kindLabels = []struct {
	kind  Kind
	label string
}{
	{KindText, "文字"}, {KindLongText, "长文字"}, {KindInteger, "整数"}, {KindDecimal, "小数"},
	{KindPercent, "百分比"}, {KindDate, "日期"}, {KindMonth, "月份"}, {KindEnum, "单选"},
	{KindMultiEnum, "多选"}, {KindBool, "是否"}, {KindIDNumber, "证件号码"}, {KindPhone, "电话"},
	{KindBankCard, "银行卡号"}, {KindRef, "引用"}, {KindFiles, "附件"},
}

// Label returns the kind's name in the interface.
func (k Kind) Label() string {
	for _, e := range kindLabels {
		if e.kind == k {
			return e.label
		}
	}
	return string(k)
}

// ParseKind finds a kind by its key or its name in the interface.
func ParseKind(s string) (Kind, bool) {
	for _, e := range kindLabels {
		if string(e.kind) == s || e.label == s {
			return e.kind, true
		}
	}
	return "", false
}

// Numeric reports whether values of the kind are held in Value.Num.
func (k Kind) Numeric() bool {
	return k == KindInteger || k == KindDecimal || k == KindPercent || k == KindBool
}

// Field describes one column of a ledger.
type Field struct {
	Key       string   // stable, lower-case; u_… for a user's own
	Label     string   // the words of the paper form
	Synonyms  []string // other headers that mean this field
	Kind      Kind
	Ref       *Ref     // for KindRef
	Options   []Option // for KindEnum and KindMultiEnum; of a KindText: words to offer, others are taken too
	Unit      string   // 万元, 公里, 户 …; shown in brackets in a header
	Scale     int      // digits after the point of a decimal or percent
	Required  bool
	Sensitive bool   // masked, encoded at rest, never searched or logged
	ReadOnly  bool   // set by the program only, never imported or typed
	Internal  bool   // for the program's own use: no grid, no form, no export
	Index     bool   // filtered or sorted often: the store keeps an index
	Countdown bool   // of a derived number of days: falls by one each day, and the store lowers it
	Default   string // key or words given to a record entered by hand that says nothing else
	Width     int    // columns of the grid and the workbook, in characters; 0 = by kind
	Help      string // one sentence, shown beside the entry and in the form
}

// Ref says what a reference field points at.
type Ref struct {
	// Ledgers lists the ledgers whose records may be meant, best first: a
	// responsible unit (责任单位) is a unit or an area.
	Ledgers []string
	// Owner marks the record pointed at as the owner: this record goes with it
	// when it is deleted (progress of a task).
	Owner bool
}

// Option is one choice of an enum field. Key is stable and stored; Label is
// shown; Synonyms are read as the same.
type Option struct {
	Key, Label string
	Synonyms   []string
}

// Options makes options whose key is their label.
func Options(labels ...string) []Option {
	out := make([]Option, len(labels))
	for i, l := range labels {
		out[i] = Option{Key: l, Label: l}
	}
	return out
}

// OptionLabel returns the label of the option with the given key, or the key
// itself for one that is no longer offered.
func (f *Field) OptionLabel(key string) string {
	if i := slices.IndexFunc(f.Options, func(o Option) bool { return o.Key == key }); i >= 0 {
		return f.Options[i].Label
	}
	return key
}

// FindOption returns the option meant by words: its key, label or a synonym.
func (f *Field) FindOption(words string) (Option, bool) {
	for _, o := range f.Options {
		if o.Key == words || o.Label == words || slices.Contains(o.Synonyms, words) {
			return o, true
		}
	}
	return Option{}, false
}

// Header returns the field's column header: its label with the unit in brackets.
func (f *Field) Header() string {
	if f.Unit == "" {
		return f.Label
	}
	return f.Label + "（" + f.Unit + "）"
}

// IsOwner reports whether the field points at the record's owner.
func (f *Field) IsOwner() bool { return f.Ref != nil && f.Ref.Owner }
