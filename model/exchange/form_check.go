package exchange

import (
	"encoding/json"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// mostColumns is how many columns a form may have: more is no table for a village.
const mostColumns = 60

// CheckForm says whether a form that a user has put together can be issued and
// taken in again, and returns it complete: its words trimmed, its columns by path.
// Columns may be given by path, by the field's label, or as 台账.栏目.
func CheckForm(c *model.Catalog, f Form) (Form, error) {
	f.Label = strings.TrimSpace(f.Label)
	if f.Label == "" {
		return f, refused("label", "请写出报表的名称。")
	}
	l, err := c.Find(f.Over)
	if err != nil {
		return f, err
	}
	if l.System || l.Title == "" {
		return f, refused("over", "“%s”不能用来做报表。", l.Label)
	}
	f.Over = l.Key
	if err := checkTimes(&f); err != nil {
		return f, err
	}
	if f.Columns, err = checkColumns(c, l, f.Columns); err != nil {
		return f, err
	}
	return f, f.checkRows(l)
}

func refused(field, format string, args ...any) error {
	e := model.Errorf(model.CodeInvalid, format, args...)
	e.Field = field
	return e
}

func checkTimes(f *Form) error {
	cadence, ok := model.ParseCadence(string(f.Cadence))
	if !ok {
		return refused("cadence", "没有“%s”这种报送周期，可选：日、周、旬、半月、月、季、半年、年、一次性。", f.Cadence)
	}
	f.Cadence = cadence
	if f.Due.Roll == "" {
		f.Due.Roll = model.RollLater
	}
	if field, message := ledgers.DueFault(cadence, f.Due); field != "" {
		return refused(field, "%s", message)
	}
	return nil
}

func checkColumns(c *model.Catalog, l *model.Ledger, columns []FormColumn) ([]FormColumn, error) {
	if len(columns) == 0 || len(columns) > mostColumns {
		return nil, refused("columns", "报表要有 1 到 %d 列。", mostColumns)
	}
	out := make([]FormColumn, len(columns))
	for i, col := range columns {
		if col.Path != PathSeq {
			tg, err := findColumn(c, l, string(col.Path))
			if err != nil {
				return nil, err
			}
			if err := checkColumn(c, l, col, tg); err != nil {
				return nil, err
			}
			col.Path = tg.Path
		}
		if slices.ContainsFunc(out[:i], func(o FormColumn) bool { return o.Path == col.Path }) {
			return nil, refused("columns", "列“%s”写了两次。", col.Path)
		}
		out[i] = col
	}
	return out, nil
}

// findColumn finds a column by its path or in the words of labels.
func findColumn(c *model.Catalog, l *model.Ledger, words string) (Target, error) {
	if tg, err := ResolvePath(c, l, Path(words)); err == nil {
		return tg, nil
	}
	head, rest, nested := strings.Cut(words, ".")
	if f := l.FindField(head); f != nil && !nested {
		return ResolvePath(c, l, Path(f.Key))
	} else if f != nil && f.Ref != nil {
		for _, key := range f.Ref.Ledgers {
			if to := c.Ledger(key); to != nil && to.FindField(rest) != nil {
				return ResolvePath(c, l, Path(f.Key+"."+to.FindField(rest).Key))
			}
		}
	}
	if owned, err := c.Find(head); err == nil && nested && owned.FindField(rest) != nil {
		return ResolvePath(c, l, Path(owned.Key+"."+owned.FindField(rest).Key))
	}
	return ResolvePath(c, l, Path(words))
}

// checkColumn refuses a column to be filled that cannot be taken in again.
func checkColumn(c *model.Catalog, l *model.Ledger, col FormColumn, tg Target) error {
	if tg.Field == nil || tg.Field.Internal {
		return refused("columns", "列“%s”不能放进报表。", col.Path)
	}
	switch {
	case col.Fill && col.Grey:
		return refused("columns", "列“%s”不能既要填又是上期数。", tg.Field.Label)
	case col.Fill && !Fillable(tg):
		return refused("columns", "列“%s”由程序算出或属于别的记录，不能让下面填。", tg.Field.Label)
	}
	return nil
}

// Fillable reports whether the receivers of a form can fill a column: not what the
// program derives, what belongs to another record, or what ties a record to its row.
func Fillable(tg Target) bool {
	return tg.Field != nil && isFillable(tg.Field) && tg.Through == nil && !tg.Ledger.IsDerived(tg.Field.Key) && tg.Path != PathArea &&
		(tg.Child == nil || tg.Field.Key != periodKey && !tg.Field.IsOwner())
}

// checkRows sees that the rows can be told apart and that there is something to
// fill.
func (f *Form) checkRows(l *model.Ledger) error {
	title, hasTitle := f.column(Path(l.Title))
	switch {
	case !hasTitle || title.Grey:
		return refused("columns", "报表里要有“%s”一列，否则收回来认不出是哪一行。", l.Field(l.Title).Label)
	case !slices.ContainsFunc(f.Columns, func(c FormColumn) bool { return c.Fill }):
		return refused("columns", "没有要填的列。")
	case f.Shape != ShapeRows && f.Shape != ShapeNew:
		return refused("shape", "行只能是台账里的每一条，或者只填新增。")
	case f.FreeRows < 0 || f.FreeRows > 500:
		return refused("free_rows", "空行数应在 0 到 500 之间。")
	case f.Shape == ShapeNew && f.FreeRows == 0:
		return refused("free_rows", "只填新增的报表要留空行。")
	}
	return nil
}

// Record writes the form into a record of the ledger of forms (报表).
func (f Form) Record(rec *model.Record) error {
	columns, err := json.Marshal(f.Columns)
	if err != nil {
		return err
	}
	shape := "rows"
	if f.Shape != ShapeRows {
		shape = string(f.Shape)
	}
	for key, v := range map[string]model.Value{
		"key": model.Text(f.Key), "label": model.Text(f.Label), "over": model.Text(f.Over), "shape": model.Text(shape),
		"where": model.Text(strings.Join(f.Where, "\n")), "columns": model.Text(string(columns)), "cadence": model.Text(string(f.Cadence)),
		"due_day": model.Int(int64(f.Due.Day)), "due_next": model.Bool(f.Due.Next), "due_on": model.OnDay(f.Due.On),
		"due_hour": model.Int(int64(f.Due.Hour)), "due_minute": model.Int(int64(f.Due.Minute)), "roll": model.Text(string(f.Due.Roll)),
		"zero_ok": model.Bool(f.ZeroOK), "receivers": model.Text(strings.Join(f.Receivers, "\n")), "free_rows": model.Int(int64(f.FreeRows)),
		"notes": model.Text(strings.Join(f.Notes, "\n")), "basis": model.Text(f.Basis), "contacts": model.List(f.Contacts...), "active": model.Bool(true),
	} {
		rec.Put(key, v)
	}
	return nil
}

// FormOf reads a form back from its record.
func FormOf(rec *model.Record) (Form, error) {
	text := func(key string) string { return rec.Get(key).Text }
	number := func(key string) int { return int(rec.Get(key).Num) }
	f := Form{Key: text("key"), Label: text("label"), Over: text("over"), Where: lines(text("where")),
		ZeroOK: rec.Get("zero_ok").Bool(), Receivers: lines(text("receivers")), FreeRows: number("free_rows"), Notes: lines(text("notes")),
		Basis: text("basis"), Contacts: rec.Get("contacts").Entries(), Own: true}
	f.Cadence, f.Due = ledgers.DueOf(rec)
	if s := text("shape"); s != "rows" {
		f.Shape = FormShape(s)
	}
	if err := json.Unmarshal([]byte(text("columns")), &f.Columns); err != nil {
		return f, model.Wrap(err, model.CodeDamaged, "报表“%s”的列读不出来，请重新设定。", f.Label)
	}
	return f, nil
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// unfinished are the conditions by which an item that is followed and not closed is
// told.
func unfinished() []string {
	return []string{"state!=" + ledgers.StateDone, "state!=" + ledgers.StateEnded, "state!=" + ledgers.StatePaused}
}
