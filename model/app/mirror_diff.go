package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
)

// SystemDifferences tells how the newest exports of the system and a ledger differ
// (系统与台账差异), in the order of the divisions, of names, and of the ledger's fields.
type SystemDifferences struct {
	// Mirrors are the exports that count, the newest first: several where the newest is
	// of some villages only, each of which is held against its own newest.
	Mirrors []Mirror
	Ledger  *model.Ledger
	Items   []SystemDifference
	Same    int            // rows that say what the ledger says
	Fields  []*model.Field // of which an export says something
	// Outside are the areas of which no export has a row, with how many records of
	// the ledger were not compared for it.
	Outside []AreaCount
}

// AreaCount is a number of an area.
type AreaCount struct {
	Name  string
	Count int
}

// SystemDifference is one place where system and ledger differ.
type SystemDifference struct {
	exchange.Difference
	Mirror  *Mirror // the export that differs
	Village string  // name of the area
	// Note is why the ledger stands and the system is to be corrected, nil where nobody
	// has decided so.
	Note *MirrorNote
}

// MirrorNote is the decision that the ledger is right (待系统更正).
type MirrorNote struct {
	ID, Reason, By string
	On             model.Day
}

// DifferenceKey names a difference.
type DifferenceKey struct {
	Mirror        string // id
	Record, Field string // "" for a row that the ledger lacks, a whole row
	Row           int    // of the export; 0 where it lacks the record
}

// Key names the difference.
func (d SystemDifference) Key() DifferenceKey {
	k := DifferenceKey{Mirror: d.Mirror.ID, Record: d.Record, Row: d.Row}
	if d.Field != nil {
		k.Field = d.Field.Key
	}
	return k
}

// Adoptable reports whether the ledger can be given what the system has.
func (d SystemDifference) Adoptable() bool {
	return d.Kind == exchange.OtherValue || d.Kind == exchange.OnlySystem
}

// Notable reports whether the system can be wrong where the ledger is right.
func (d SystemDifference) Notable() bool { return d.Kind != exchange.Unclear }

// Label names what differs: the field, or the whole row.
func (d SystemDifference) Label() string {
	if d.Field == nil {
		return "整行"
	}
	return d.Field.Label
}

// Who names whom it is about; a row without a name by its place in the export.
func (d SystemDifference) Who() string {
	return cmp.Or(d.Name, fmt.Sprintf("第 %d 行", d.Row))
}

// Remark says what was decided, else what is doubted of the system's value; "" for
// nothing.
func (d SystemDifference) Remark() string {
	if d.Note != nil {
		return "台账为准：" + d.Note.Reason
	}
	return d.Doubt
}

// Words are what the ledger and the system say, sensitive values as show lets them be
// seen.
func (d SystemDifference) Words(show func(*model.Field, model.Value) model.Value) (ours, theirs string) {
	switch {
	case d.Kind == exchange.OnlySystem:
		return "", "有这一行"
	case d.Kind == exchange.OnlyLedger:
		return "有这一条", ""
	case d.Kind == exchange.Unclear:
		return "", d.Written
	case d.Kind == exchange.Unreadable:
		return d.Field.Show(show(d.Field, d.Ours)), show(d.Field, model.Text(d.Written)).Text
	}
	return d.Field.Show(show(d.Field, d.Ours)), d.Field.Show(show(d.Field, d.Theirs))
}

// Source names the exports as the source of figures.
func (s SystemDifferences) Source() string {
	n := len(s.Mirrors)
	if n == 1 {
		return s.Mirrors[0].Source()
	}
	last, first := s.Mirrors[0].AsOf, s.Mirrors[n-1].AsOf
	if first == last {
		return fmt.Sprintf("系统 %s 导出 %d 份", last, n)
	}
	return fmt.Sprintf("系统 %s 至 %s 导出 %d 份", first, last, n)
}

// DifferenceFilter picks differences; the zero value is all of them.
type DifferenceFilter struct {
	Kind    exchange.DifferenceKind
	Field   string // key
	WholeOf bool   // whole rows only
	Village string // name
	Record  string // id
	Row     int    // of the export
	// Noted picks those that wait for the system (待系统更正), Open those that nobody has
	// decided on.
	Noted, Open bool
}

// Fits reports whether a difference is one of those.
func (f DifferenceFilter) Fits(d SystemDifference) bool {
	k := d.Key()
	return (f.Kind == "" || f.Kind == d.Kind) && (f.Field == "" || f.Field == k.Field) && (!f.WholeOf || d.Field == nil) &&
		(f.Village == "" || f.Village == d.Village) && (f.Record == "" || f.Record == d.Record) && (f.Row == 0 || f.Row == d.Row) &&
		(!f.Noted || d.Note != nil) && (!f.Open || d.Note == nil)
}

// Pick returns the differences that fit.
func (s SystemDifferences) Pick(f DifferenceFilter) []SystemDifference {
	var out []SystemDifference
	for _, d := range s.Items {
		if f.Fits(d) {
			out = append(out, d)
		}
	}
	return out
}

// SystemDifferences holds the newest exports of the system against a ledger.
func (a *App) SystemDifferences(ctx context.Context, ledger string) (SystemDifferences, error) {
	s, err := a.mirrored(ctx, ledger)
	if err != nil {
		return SystemDifferences{}, err
	}
	return s.SystemDifferences, nil
}

// mirrored are exports held against their ledger, with what was read for it.
type mirrored struct {
	SystemDifferences
	app     *App
	exports []*importing             // as Mirrors
	records map[string]*model.Record // those that differ
	look    *lookup
}

func (a *App) mirrored(ctx context.Context, ledger string) (*mirrored, error) {
	l, err := a.Catalog().Find(ledger)
	if err != nil {
		return nil, err
	}
	s := &mirrored{app: a, look: a.lookup(ctx, a.store), records: map[string]*model.Record{}}
	s.Ledger = l
	if s.Mirrors, err = a.counting(ctx, l); err != nil {
		return nil, err
	}
	exports, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	var records []*model.Record
	if err := a.store.Each(ctx, model.Query{Ledger: l.Key}, func(rec *model.Record) error {
		records = append(records, rec)
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	held := exchange.HoldAgainst(l, exports, records)
	s.Same, s.Fields = held.Same, held.Fields
	s.keep(records, held)
	notes, err := a.mirrorNotes(ctx, l.Key)
	if err != nil {
		return nil, err
	}
	s.list(held, notes)
	return s, s.look.err
}

// open reads the exports and plans each as an import.
func (s *mirrored) open(ctx context.Context) ([]exchange.Export, error) {
	var out []exchange.Export
	for _, m := range s.Mirrors {
		im, err := s.app.openMirror(m)
		if err != nil {
			return nil, err
		}
		plans, err := im.plan(ctx, s.app.store)
		if err != nil {
			return nil, err
		}
		s.exports = append(s.exports, im)
		out = append(out, exchange.Export{Plan: plans[0], Blank: im.blank(),
			Expected: func(rec *model.Record) bool { return ledgers.InSystem(rec, m.AsOf) }})
	}
	return out, nil
}

// blank reports of a row of the table and a field whether its cell is empty. One that
// is masked, or says 无, is not.
func (im *importing) blank() func(row int, field string) bool {
	job := im.jobs[0]
	page := &job.Book.Sheets[job.Table.SheetIndex]
	cols := map[string]int{}
	for _, m := range job.Matches {
		cols[string(m.Path)] = m.Col
	}
	return func(row int, field string) bool {
		c := page.Cell(row, cols[field])
		return c.Kind == sheet.Blank || strings.TrimSpace(c.Text) == ""
	}
}

// keep keeps the records that differ.
func (s *mirrored) keep(records []*model.Record, held exchange.Standing) {
	differ := map[string]bool{}
	for _, d := range held.Differences {
		differ[d.Record] = true
	}
	for _, rec := range records {
		if differ[rec.ID] {
			s.records[rec.ID] = rec
		}
	}
}

// list puts the differences in order, with their villages and what was noted of them.
func (s *mirrored) list(held exchange.Standing, notes map[noteKey]MirrorNote) {
	names, rank := s.villages(held)
	for _, d := range held.Differences {
		item := SystemDifference{Difference: d, Mirror: &s.Mirrors[d.Export], Village: names[d.Area]}
		if n, noted := notes[s.noteKey(d)]; noted {
			item.Note = &n
		}
		s.Items = append(s.Items, item)
	}
	slices.SortStableFunc(s.Items, func(x, y SystemDifference) int {
		return cmp.Or(rank[x.Area]-rank[y.Area], strings.Compare(x.Name, y.Name), strings.Compare(x.Record, y.Record), cmp.Compare(x.Row, y.Row))
	})
	for _, id := range slices.SortedFunc(maps.Keys(held.Outside), func(x, y string) int { return rank[x] - rank[y] }) {
		s.Outside = append(s.Outside, AreaCount{names[id], held.Outside[id]})
	}
}

// villages names the areas that are spoken of and tells their order.
func (s *mirrored) villages(held exchange.Standing) (names map[string]string, rank map[string]int) {
	names, rank = map[string]string{}, map[string]int{}
	for id := range held.Outside {
		names[id] = ""
	}
	for _, d := range held.Differences {
		names[d.Area] = ""
	}
	for i, id := range slices.SortedFunc(maps.Keys(names), s.look.compareAreas) {
		names[id], rank[id] = s.look.area(id).Get("name").Text, i
	}
	return names, rank
}

// noteKey is what a note is about: it holds while the system says what it said.
type noteKey struct{ record, field, seen string }

// noteKey of a row that the ledger lacks is what names it in the natural keys.
func (s *mirrored) noteKey(d exchange.Difference) noteKey {
	k := noteKey{record: d.Record}
	switch {
	case d.Kind == exchange.OnlySystem:
		var words []string
		for _, key := range slices.Concat(s.Ledger.Match...) {
			if f := s.Ledger.Field(key); f != nil {
				words = append(words, key+"="+f.Show(d.Values[key]))
			}
		}
		slices.Sort(words)
		k.seen = strings.Join(slices.Compact(words), "\n")
	case d.Field != nil:
		k.field, k.seen = d.Field.Key, cmp.Or(d.Written, d.Field.Show(d.Theirs))
	}
	return k
}

func (a *App) mirrorNotes(ctx context.Context, ledger string) (map[noteKey]MirrorNote, error) {
	out := map[noteKey]MirrorNote{}
	q := model.Query{Ledger: ledgers.MirrorNote, Where: []model.Cond{{Field: "target_ledger", Op: model.OpEq, Value: model.Text(ledger)}}}
	err := a.store.Each(ctx, q, func(rec *model.Record) error {
		said := func(key string) string { return rec.Get(key).Text }
		out[noteKey{said("record"), said("field"), said("seen")}] = MirrorNote{ID: rec.ID, Reason: said("reason"), By: rec.ChangedBy, On: rec.Get("noted_on").End}
		return nil
	})
	return out, err
}

// pickDifferences holds the exports against the ledger and returns the differences of
// the keys; one that is gone in the meantime is an error.
func (a *App) pickDifferences(ctx context.Context, ledger string, keys []DifferenceKey) (*mirrored, []SystemDifference, error) {
	s, err := a.mirrored(ctx, ledger)
	if err != nil {
		return nil, nil, err
	}
	by := map[DifferenceKey]SystemDifference{}
	for _, d := range s.Items {
		by[d.Key()] = d
	}
	var out []SystemDifference
	for _, k := range keys {
		d, there := by[k]
		switch {
		case !slices.ContainsFunc(s.Mirrors, func(m Mirror) bool { return m.ID == k.Mirror }):
			return nil, nil, model.Errorf(model.CodeRefused, "这期间有了更新的系统导出（数据截至 %s），请按新的差异再定。", s.Mirrors[0].AsOf)
		case !there:
			return nil, nil, model.Errorf(model.CodeNotFound, "选中的差异有的已经没有了，请刷新后再定。")
		}
		out = append(out, d)
	}
	if len(out) == 0 {
		return nil, nil, model.Errorf(model.CodeUsage, "没有选中差异。")
	}
	return s, out, nil
}

// AdoptSystem gives the ledger what the system has (以系统为准，改台账): the fields named
// of records that it has, and whole rows that it lacks, as one operation.
func (a *App) AdoptSystem(ctx context.Context, ledger string, keys []DifferenceKey) (Done, error) {
	s, picked, err := a.pickDifferences(ctx, ledger, keys)
	if err != nil {
		return Done{}, err
	}
	if slices.ContainsFunc(picked, func(d SystemDifference) bool { return !d.Adoptable() }) {
		return Done{}, model.Errorf(model.CodeRefused, "选中的有系统没填、读不出或系统没有的，不能以系统为准。请只选“%s”和“%s”。", exchange.OtherValue, exchange.OnlySystem)
	}
	if len(keys) > 1 {
		if err := a.backupBefore(ctx, "以系统为准前"); err != nil {
			return Done{}, err
		}
	}
	label := "以" + s.Source() + "为准，改" + s.Ledger.Label + countLabel(len(keys))
	op, err := a.do(ctx, "import", label, func(tx *store.Tx) error {
		return errors.Join(s.adopt(ctx, tx, picked), s.look.err)
	})
	return Done{Op: op}, err
}

// adopt writes what was picked of each export.
func (s *mirrored) adopt(ctx context.Context, tx *store.Tx, picked []SystemDifference) error {
	for i, im := range s.exports {
		mirror := s.Mirrors[i].ID
		if !slices.ContainsFunc(picked, func(d SystemDifference) bool { return d.Mirror.ID == mirror }) {
			continue
		}
		plans, err := im.plan(ctx, tx)
		if err != nil {
			return err
		}
		plan := plans[0]
		plan.Rows = onlyPicked(plan.Rows, mirror, picked)
		w := planWriter{App: s.app, ctx: ctx, tx: tx, plan: plan}
		if err := w.write(); err != nil {
			return err
		}
	}
	return nil
}

// onlyPicked leaves of the plan of an export what was picked of it.
func onlyPicked(rows []exchange.PlanRow, mirror string, picked []SystemDifference) []exchange.PlanRow {
	whole, fields := map[int]bool{}, map[DifferenceKey]bool{}
	for _, d := range picked {
		if d.Mirror.ID == mirror {
			whole[d.Row] = whole[d.Row] || d.Kind == exchange.OnlySystem
			fields[d.Key()] = true
		}
	}
	var out []exchange.PlanRow
	for _, row := range rows {
		switch {
		case len(row.Records) == 0:
		case row.Records[0].New:
			if whole[row.Row] {
				out = append(out, row)
			}
		default:
			rp := row.Records[0]
			rp.Fields = slices.DeleteFunc(slices.Clone(rp.Fields), func(f exchange.FieldPlan) bool {
				return !fields[DifferenceKey{mirror, rp.ID, f.Field, row.Row}]
			})
			row.Records = []exchange.RecordPlan{rp}
			out = append(out, row)
		}
	}
	return out
}

// KeepOurs notes that the ledger is right and the system is to be corrected (台账为准，
// 留待在系统中更正), as one operation. Noting it again replaces the reason.
func (a *App) KeepOurs(ctx context.Context, ledger string, keys []DifferenceKey, reason string) (Done, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return Done{}, &model.Error{Code: model.CodeUsage, Field: "reason", Message: "请写明为什么以台账为准。"}
	}
	s, picked, err := a.pickDifferences(ctx, ledger, keys)
	if err != nil {
		return Done{}, err
	}
	if slices.ContainsFunc(picked, func(d SystemDifference) bool { return !d.Notable() }) {
		return Done{}, model.Errorf(model.CodeRefused, "认不准的行请先在系统导出里核对是哪一户、哪一人。")
	}
	op, err := a.do(ctx, "update", "台账为准，待系统更正："+s.Ledger.Label+countLabel(len(keys)), func(tx *store.Tx) error {
		for _, d := range picked {
			if err := s.note(tx, d, reason); err != nil {
				return err
			}
		}
		return nil
	})
	return Done{Op: op}, err
}

// note keeps one note.
func (s *mirrored) note(tx *store.Tx, d SystemDifference, reason string) error {
	day := model.OnDay(s.app.Today())
	if d.Note != nil {
		_, err := tx.Set(ledgers.MirrorNote, d.Note.ID, map[string]model.Value{"reason": model.Text(reason), "noted_on": day})
		return err
	}
	k := s.noteKey(d.Difference)
	rec := model.NewRecord(ledgers.MirrorNote, "")
	rec.Area = d.Area
	for key, v := range map[string]model.Value{"target_ledger": model.Text(s.Ledger.Key), "record": model.Text(k.record), "field": model.Text(k.field),
		"seen": model.Text(k.seen), "name": model.Text(d.Name), "reason": model.Text(reason), "noted_on": day} {
		rec.Put(key, v)
	}
	return tx.Add(rec)
}
