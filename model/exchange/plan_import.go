package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// ImportInput is a table with the meaning of its columns.
type ImportInput struct {
	File, SHA256 string
	Book         *sheet.Book
	Table        *Table
	Ledger       *model.Ledger
	Matches      []Match // only these are applied: sure ones, or what the user said
}

// PlanImport says what importing a table would do. There is no base: a value
// that differs from the ledger's replaces it, a blank cell states nothing, and a
// cell that shows what the ledger holds is never read anew.
func PlanImport(in ImportInput, lk Lookup, env Env) (*Plan, error) {
	pl := &importPlanner{in: in, lk: lk, env: env, targets: map[Path]Target{}, known: knownWords{}, isKey: setOf(in.Ledger.Match), ending: map[*model.Ledger][]Path{},
		byTitle: map[string][]string{}, byID: map[string]*importRow{}, byKey: map[string]*importRow{},
		plan: &Plan{File: in.File, Sheet: in.Table.Sheet, Ledger: in.Ledger.Key, Period: model.Period(env.Period), SHA256: in.SHA256,
			Warnings: slices.Concat(in.Book.Warnings, in.Table.Warnings, picturesLeft(in.Book, in.Table.Sheet))}}
	if err := pl.resolveColumns(); err != nil {
		return nil, err
	}
	pl.settlePeriod()
	rows := pl.parse()
	if err := pl.offerKnownIDs(rows); err != nil {
		return nil, err
	}
	if err := pl.identify(rows); err != nil {
		return nil, err
	}
	if err := pl.planRows(rows); err != nil {
		return nil, err
	}
	pl.plan.finish()
	return pl.plan, nil
}

type importPlanner struct {
	in      ImportInput
	lk      Lookup
	env     Env
	plan    *Plan
	stated  stated
	ctx     ParseContext
	isKey   map[string]bool // fields of the natural keys
	paths   []Path          // the columns that may be taken in, in their order
	refs    []Path          // those of them that are references, the area first
	targets map[Path]Target
	// ending has the same columns by the owned ledger they go into, nil for the
	// row's own record.
	ending map[*model.Ledger][]Path
	// byTitle finds rows of this file by the words that name them, so that a row
	// may refer to another before either is in the ledger.
	byTitle map[string][]string
	known   knownWords
	byID    map[string]*importRow // the row that is about a record
	byKey   map[string]*importRow // the row that adds a record, by its natural key
}

// importRow is a row on its way to a record.
type importRow struct {
	raw   RawRow  // without its cells once they are read
	cells entries // blank ones left out
	// quantities are the cells that are read anew once the unit is known.
	quantities RawCells
	id         string
	rec        *model.Record // nil for a new record
	area       string
	stopped    bool // held back whole
	twin       bool // says again what an earlier row says
	notes      []model.Problem
}

func (pl *importPlanner) resolveColumns() error {
	for _, m := range pl.in.Matches {
		tg, err := ResolvePath(pl.env.Catalog, pl.in.Ledger, m.Path)
		if err != nil {
			return err
		}
		if tg.importable(pl.in.Ledger.Key) {
			pl.targets[m.Path] = tg
			pl.paths = append(pl.paths, m.Path)
			pl.ending[tg.Child] = append(pl.ending[tg.Child], m.Path)
		}
	}
	if pl.monthly() {
		pl.targets[monthKey] = Target{Path: monthKey, Ledger: pl.in.Ledger, Field: pl.in.Ledger.Field(monthKey)}
		pl.paths = append(pl.paths, monthKey)
		pl.ending[nil] = append(pl.ending[nil], monthKey)
	}
	for _, p := range slices.Concat([]Path{PathArea}, pl.paths) {
		if f := pl.targets[p].Field; f != nil && f.Kind == model.KindRef && !slices.Contains(pl.refs, p) {
			pl.refs = append(pl.refs, p)
		}
	}
	var names []string
	for _, c := range Unmapped(pl.in.Table, pl.in.Matches) {
		names = append(names, c.Path+"（"+sheet.ColName(c.Col)+" 列）")
	}
	if len(names) > 0 {
		pl.plan.Warnings = append(pl.plan.Warnings, fmt.Sprintf("有 %d 列没有对应，没有导入：%s。", len(names), strings.Join(names, "、")))
	}
	return nil
}

// parse reads the rows.
func (pl *importPlanner) parse() []*importRow {
	s := &pl.in.Book.Sheets[pl.in.Table.SheetIndex]
	pl.ctx = ParseContext{File: pl.in.File, Sheet: s.Name, Date1904: pl.in.Book.Date1904, Untyped: isUntyped(pl.in.Book), Ref: cmp.Or(pl.stated.day, pl.env.Today), Year: pl.stated.year}
	var rows []*importRow
	for _, half := range halves(ReadRows(s, pl.in.Table, pl.in.Matches, pl.idColumn(s)), pl.parseRows) {
		rows = append(rows, half.rows...)
		pl.plan.Problems = append(pl.plan.Problems, half.skipped...)
	}
	return rows
}

// parsedRows are rows with what is to be said of those left out.
type parsedRows struct {
	rows    []*importRow
	skipped []model.Problem
}

// parseRows reads rows and lets go of their cells: a third of what a big table takes.
// It changes nothing else.
func (pl *importPlanner) parseRows(raws []RawRow) parsedRows {
	var out parsedRows
	for i := range raws {
		row := &importRow{raw: raws[i]}
		raws[i].Cells = nil
		if row.raw.Example || row.raw.Section {
			out.skipped = append(out.skipped, pl.problem(row, "import_skipped", model.Hint,
				"像是示例或分节的行，没有导入", "如果是数据，请去掉“例”字或节号。"))
			continue
		}
		if pl.parseCells(row); len(row.cells) > 0 {
			pl.giveMonth(row)
			out.rows = append(out.rows, row)
		}
	}
	return out
}

func (pl *importPlanner) parseCells(row *importRow) {
	row.cells = make(entries, 0, len(row.raw.Cells))
	for _, p := range pl.paths {
		cell, given := row.raw.Cells.Get(p)
		if !given {
			continue
		}
		if isQuantity(pl.targets[p]) {
			row.quantities = append(row.quantities, PathCell{p, cell})
		}
		v, problems := ParseCell(pl.targets[p], cell, pl.ctx)
		if v.Set || len(problems) > 0 {
			row.cells = append(row.cells, pathEntry{p, Entry{Cell: cell.Addr, Value: v, Held: hasFault(problems), raw: cell.raw, problems: problems}})
		}
	}
	row.raw.Cells = nil
}

// idColumn finds the id column of our own exports, 0 without one.
func (pl *importPlanner) idColumn(s *sheet.Sheet) int {
	if own, ok := findOwnMark(s); ok && own.header <= pl.in.Table.HeaderFirst {
		return own.idCol
	}
	return 0
}

// identify finds the record that each row is about: by our own id, else by its
// natural keys. Rows whose name is that of their id go first, so that a copy
// typed over takes no other's place.
func (pl *importPlanner) identify(rows []*importRow) error {
	for _, row := range rows {
		pl.resolveRefs(row)
		if err := pl.takeOwnID(row); err != nil {
			return err
		}
	}
	if err := pl.known.learn(pl.lk, pl.in.Ledger, rows); err != nil {
		return err
	}
	for _, row := range rows {
		if err := pl.identifyRow(row); err != nil {
			return err
		}
		if title := pl.title(row); title != "" && !row.stopped && !row.twin {
			pl.byTitle[title] = append(pl.byTitle[title], row.id)
		}
	}
	return nil
}

// takeOwnID gives a row the record of its id if the name agrees.
func (pl *importPlanner) takeOwnID(row *importRow) error {
	if row.raw.ID == "" {
		return nil
	}
	rec, err := pl.lk.Record(pl.in.Ledger.Key, row.raw.ID)
	if err != nil || rec == nil {
		return err
	}
	row.rec = rec
	if title := pl.title(row); (title == "" || title == pl.in.Ledger.Name(rec)) && pl.byID[rec.ID] == nil {
		row.id = rec.ID
		pl.byID[rec.ID] = row
	}
	return nil
}

func (pl *importPlanner) title(row *importRow) string {
	p := Path(pl.in.Ledger.Title)
	if tg, ok := pl.targets[p]; ok {
		return tg.Field.Show(row.cells.at(p).Value)
	}
	return ""
}

// identifyRow finds the record of a row that has none yet.
func (pl *importPlanner) identifyRow(row *importRow) error {
	if row.id != "" {
		return nil
	}
	byID := row.rec
	row.area = pl.areaOf(row)
	values := pl.keyValues(row)
	if row.area != "" {
		values[model.AreaKey] = model.Text(row.area)
	}
	m, err := match(pl.lk, pl.in.Ledger, values, pl.known)
	if err != nil {
		return err
	}
	switch {
	case m.record != nil:
		row.rec = m.record
		if byID != nil && byID.ID != m.record.ID {
			row.note(pl.problem(row, ruleMovedRow, model.Doubt, "隐藏的编号与名称对不上，按名称认", "请核对这一行。"))
		}
	case byID != nil && pl.byID[byID.ID] == nil:
		pl.askRenamed(row)
	case byID != nil:
		row.rec = nil
		row.note(pl.problem(row, ruleCopiedRow, model.Doubt,
			fmt.Sprintf("像是从第 %d 行复制出来的，按新增的行处理", pl.byID[byID.ID].raw.Row), "请核对这一行。"))
	case m.several > 0:
		row.stop(pl.problem(row, rulePlanSeveral, model.Fault,
			fmt.Sprintf("与台账里 %d 条记录相符，没有猜测", m.several), "请补上能区分的内容，例如证件号码或上级任务。"))
	case !m.keyed && len(pl.in.Ledger.Match) > 0:
		row.stop(pl.problem(row, rulePlanNoKey, model.Fault, "缺少认定这一行的内容（"+pl.keyWords()+"）", "请补齐后再导入。"))
	}
	return pl.takePlace(row, values)
}

// askRenamed doubts a name that is not at all like the one its id had.
func (pl *importPlanner) askRenamed(row *importRow) {
	was, is := pl.in.Ledger.Name(row.rec), pl.title(row)
	if text.Similarity(was, is) < alike {
		row.note(pl.problem(row, ruleOverwritten, model.Doubt,
			"名称由“"+text.Excerpt(was)+"”改成了“"+text.Excerpt(is)+"”", "请核对是不是同一条。"))
	}
}

// takePlace makes the row the one that is about its record. A second row about
// the same record adds nothing if it says the same, and is held back otherwise.
func (pl *importPlanner) takePlace(row *importRow, values map[string]model.Value) error {
	if row.stopped {
		return nil
	}
	var first *importRow
	switch key := keyText(pl.in.Ledger, values); {
	case row.rec != nil:
		row.id = row.rec.ID
		first = pl.byID[row.id]
		pl.byID[row.id] = cmp.Or(first, row)
	case key != "":
		first = pl.byKey[key]
		pl.byKey[key] = cmp.Or(first, row)
	}
	switch {
	case first == nil:
		if row.rec == nil {
			row.id = pl.newID(row, values)
		}
	case sameEntries(first, row):
		row.twin = true
		row.note(pl.problem(row, rulePlanTwice, model.Doubt, fmt.Sprintf("与第 %d 行相同，只导入一次", first.raw.Row), "请删去重复的行。"))
	default:
		row.stop(pl.problem(row, rulePlanTwice, model.Fault,
			fmt.Sprintf("与第 %d 行说的是同一条记录，内容却不一样，没有导入", first.raw.Row), "请把两行合成一行，或补上能区分的内容。"))
	}
	return nil
}

// newID gives a new record its id: the one it had where it was exported, if no
// other row has it.
func (pl *importPlanner) newID(row *importRow, values map[string]model.Value) string {
	if id := row.raw.ID; id != "" && uuid.Validate(id) == nil && pl.byID[id] == nil {
		pl.byID[id] = row
		return id
	}
	delete(values, model.AreaKey)
	return pl.lk.NewID(pl.in.Ledger, values)
}

// keyText writes the first natural key that the values give in full.
func keyText(l *model.Ledger, values map[string]model.Value) string {
	for i, key := range l.Match {
		if !areGiven(key, values) {
			continue
		}
		words := []string{fmt.Sprint(i)}
		for _, k := range key {
			words = append(words, cmp.Or(values[k].ID, values[k].Text, fmt.Sprint(values[k].Num)))
		}
		return strings.Join(words, "\x1f")
	}
	return ""
}

// sameEntries reports whether two rows say the same.
func sameEntries(a, b *importRow) bool {
	if len(a.cells) != len(b.cells) {
		return false
	}
	for _, e := range a.cells {
		if o, ok := b.cells.get(e.path); !ok || o.Value != e.Value || o.shown().Text != e.shown().Text {
			return false
		}
	}
	return true
}

func (row *importRow) note(p model.Problem) { row.notes = append(row.notes, p) }

func (row *importRow) stop(p model.Problem) {
	row.stopped = true
	row.note(p)
}

// keyWords names the columns of the easiest natural key.
func (pl *importPlanner) keyWords() string {
	var words []string
	for _, k := range pl.in.Ledger.Match[len(pl.in.Ledger.Match)-1] {
		if f := pl.in.Ledger.Field(k); f != nil {
			words = append(words, f.Label)
		}
	}
	return strings.Join(words, "、")
}

// areaOf returns the area of a row's record: of what it refers to, of its area
// column, else the ledger's own.
func (pl *importPlanner) areaOf(row *importRow) string {
	for _, key := range pl.in.Ledger.AreaFrom {
		if v := row.cells.at(Path(key)).Value; v.Set {
			if area := pl.lk.AreaOf(pl.in.Ledger.Field(key), v); area != "" {
				return area
			}
		}
	}
	return cmp.Or(row.cells.at(PathArea).Value.ID, pl.env.Home)
}

// resolveRefs finds the records that the row's references mean. What the ledger
// does not have is looked for among the rows of the file once they are known.
func (pl *importPlanner) resolveRefs(row *importRow) {
	area := pl.env.Home
	for _, p := range pl.refs {
		e, ok := row.cells.get(p)
		if !ok || !e.Value.Set || e.Value.ID != "" {
			continue
		}
		var problems []model.Problem
		e.Value, problems = pl.lk.Resolve(pl.targets[p].Field, e.Value.Text, area)
		for _, q := range problems {
			q.File, q.Sheet, q.Cell, q.Ledger = pl.in.File, pl.in.Table.Sheet, e.Cell, pl.targets[p].Ledger.Key
			e.unresolved = append(e.unresolved, q)
		}
		row.cells.set(p, e)
		if p == PathArea && e.Value.ID != "" {
			area = e.Value.ID
		}
	}
}

// row plans one row.
func (pl *importPlanner) row(row *importRow) (PlanRow, error) {
	out := PlanRow{Row: row.raw.Row, Name: pl.title(row), Kind: RowProblem}
	pl.plan.Problems = append(pl.plan.Problems, row.notes...)
	switch {
	case row.stopped:
		pl.tellCells(row, func(Target) bool { return true })
		return out, nil
	case row.twin:
		out.Kind = RowSame
		return out, nil
	}
	rp := RecordPlan{Ledger: pl.in.Ledger.Key, ID: row.id, New: row.rec == nil, Area: row.area}
	if row.rec != nil {
		rp.Area, out.Name = row.rec.Area, cmp.Or(out.Name, pl.in.Ledger.Name(row.rec))
	}
	if f := pl.in.Ledger.Flow; f != nil && rp.New && !row.cells.at(Path(f.State)).Value.Set {
		rp.Given = []Given{{f.State, model.Text(f.Initial)}}
	}
	pl.readQuantities(row)
	rp.Fields = pl.fields(row, row.rec, nil)
	next := after(rp, row.rec)
	if stop := pl.check(row, pl.in.Ledger, &rp, next); stop {
		pl.tellCells(row, func(tg Target) bool { return tg.Child != nil })
		return out, nil
	}
	children, err := pl.children(row, next)
	if err != nil {
		return out, err
	}
	out.Records = slices.Concat([]RecordPlan{rp}, children)
	out.Kind = kindOf(out.Records, rp.New)
	return out, nil
}

// tellCells lists what is wrong with cells of a row that is held back whole: all
// is said at once, so that the sender mends the row once.
func (pl *importPlanner) tellCells(row *importRow, which func(Target) bool) {
	for _, p := range pl.paths {
		if e, given := row.cells.get(p); given && which(pl.targets[p]) {
			pl.plan.Problems = append(pl.plan.Problems, e.problems...)
		}
	}
}

// fields compares the cells that end in the child ledger, or in the row's own
// record for nil, with what the record holds.
func (pl *importPlanner) fields(row *importRow, rec *model.Record, child *model.Ledger) []FieldPlan {
	out := make([]FieldPlan, 0, len(pl.ending[child]))
	for _, p := range pl.ending[child] {
		tg := pl.targets[p]
		e, given := row.cells.get(p)
		if !given {
			continue
		}
		ours := rec.Get(tg.Field.Key)
		e = pl.fromFile(row, tg.Field, e.unlessSame(tg.Field, ours))
		if p != PathArea || rec == nil {
			pl.plan.Problems = append(append(pl.plan.Problems, e.problems...), e.unresolved...)
		}
		if p == PathArea || !e.Held && !e.Value.Set {
			continue
		}
		fp := FieldPlan{Field: tg.Field.Key, Cell: e.Cell, Before: before(ours), Theirs: e.Value, Outcome: Keep}
		switch {
		case e.Held:
			fp.Outcome, fp.Written = Held, text.Clean(e.shown().Text)
		case !sameWords(tg.Field, ours, e.Value):
			fp.Outcome = Take
		}
		out = append(out, fp)
	}
	return out
}

// fromFile lets a reference that the ledger does not know mean the one row of
// the file that has the name.
func (pl *importPlanner) fromFile(row *importRow, f *model.Field, e Entry) Entry {
	if f.Kind != model.KindRef || e.Value.ID != "" || !slices.Contains(f.Ref.Ledgers, pl.in.Ledger.Key) {
		return e
	}
	if ids := pl.byTitle[e.Value.Text]; len(ids) == 1 && ids[0] != row.id {
		e.Value.ID, e.unresolved = ids[0], nil
	}
	return e
}

// sameWords is Field.Same for words typed elsewhere: a reference whose words are
// unchanged means the record it meant, however many have that name.
func sameWords(f *model.Field, ours, theirs model.Value) bool {
	switch f.Kind {
	case model.KindRef:
		return ours.Set && ours.Text == theirs.Text && (ours.ID != "" || theirs.ID == "") || f.Same(ours, theirs)
	case model.KindText, model.KindLongText:
		return text.Clean(ours.Text) == text.Clean(theirs.Text)
	}
	return f.Same(ours, theirs)
}

// check runs the rules over a record as it would be and lists what they find.
func (pl *importPlanner) check(row *importRow, l *model.Ledger, rp *RecordPlan, next *model.Record) (stop bool) {
	found, stop := rp.check(l, next, pl.env)
	for _, q := range found {
		q.File, q.Sheet, q.Cell = pl.in.File, pl.in.Table.Sheet, cmp.Or(q.Cell, pl.nameCell(row))
		if !reported(row.cells.all(), q) {
			pl.plan.Problems = append(pl.plan.Problems, q)
		}
	}
	return stop
}

// children plans the records of the period that the row's columns go into.
func (pl *importPlanner) children(row *importRow, owner *model.Record) ([]RecordPlan, error) {
	var out []RecordPlan
	for _, o := range pl.env.Catalog.Owned(pl.in.Ledger.Key) {
		if !slices.ContainsFunc(pl.ending[o.Ledger], func(p Path) bool { _, given := row.cells.get(p); return given }) {
			continue
		}
		all, err := pl.childrenOf(row, o.Ledger)
		if err != nil {
			return nil, err
		}
		period := pl.plan.Period.Month()
		rec := ofPeriod(all, period)
		rp := RecordPlan{Ledger: o.Ledger.Key, ID: ChildID(row.id, o.Ledger.Key, period), New: rec == nil, Area: owner.Area}
		if rec != nil {
			rp.ID = rec.ID
		} else {
			rp.Given = childGiven(o.Ledger, owner, pl.in.Ledger, period)
		}
		rp.Fields = pl.fields(row, rec, o.Ledger)
		if rec == nil && keepKnown(o.Ledger, rp.Fields, all) {
			continue
		}
		pl.askOverTarget(o.Ledger, owner, &rp, rec)
		if stop := pl.check(row, o.Ledger, &rp, after(rp, rec)); !stop && len(rp.Fields) > 0 {
			out = append(out, rp)
		}
	}
	return out, nil
}

// childrenOf returns the records of all periods that a row's record owns, the
// newest first; none below a record that the row adds.
func (pl *importPlanner) childrenOf(row *importRow, l *model.Ledger) ([]*model.Record, error) {
	if row.rec == nil {
		return nil, nil
	}
	return pl.lk.Children(l.Key, row.id)
}

func ofPeriod(children []*model.Record, period model.Month) *model.Record {
	i := slices.IndexFunc(children, func(r *model.Record) bool { return r.Get(periodKey).Text == string(period) })
	if i < 0 {
		return nil
	}
	return children[i]
}

// keepKnown keeps the fields of a new child as they are if all that the row says
// has been said already, in the newest of the earlier children that says
// anything: a list that goes round with its old progress in it reports nothing
// new. It reports whether nothing is left to tell.
func keepKnown(l *model.Ledger, fields []FieldPlan, children []*model.Record) bool {
	told := true
	for _, f := range fields {
		i := slices.IndexFunc(children, func(r *model.Record) bool { return r.Get(f.Field).Set })
		switch {
		case f.Outcome == Held:
			told = false
		case i < 0 || !sameWords(l.Field(f.Field), children[i].Get(f.Field), f.Theirs):
			return false
		}
	}
	for i := range fields {
		if f := &fields[i]; f.Outcome == Take {
			f.Outcome = Keep
		}
	}
	return told
}

// problem is a finding on a whole row; it is shown at the row's name.
func (pl *importPlanner) problem(row *importRow, code string, level model.Severity, message, suggestion string) model.Problem {
	return model.Problem{Rule: code, Level: level, Ledger: pl.in.Ledger.Key, File: pl.in.File, Sheet: pl.in.Table.Sheet,
		Cell: pl.nameCell(row), Message: message, Suggestion: suggestion}
}

func (pl *importPlanner) nameCell(row *importRow) string {
	return cmp.Or(row.cells.at(Path(pl.in.Ledger.Title)).Cell, sheet.CellName(row.raw.Row, max(pl.in.Table.FirstCol, 1)))
}
