package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/rule"
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
// that differs from the ledger's replaces it, a blank cell states nothing.
func PlanImport(in ImportInput, lk Lookup, env Env) (*Plan, error) {
	pl := &importPlanner{in: in, lk: lk, env: env, targets: map[Path]Target{}, byTitle: map[string][]string{}, seen: map[string]int{},
		plan: &Plan{File: in.File, Sheet: in.Table.Sheet, Ledger: in.Ledger.Key, Period: env.Period, SHA256: in.SHA256,
			Warnings: slices.Concat(in.Book.Warnings, in.Table.Warnings)}}
	for _, m := range in.Matches {
		tg, err := ResolvePath(env.Catalog, in.Ledger, m.Path)
		if err != nil {
			return nil, err
		}
		if tg.importable(in.Ledger.Key) {
			pl.targets[m.Path] = tg
		}
	}
	pl.warnUnmapped()
	rows := pl.parse()
	for i := range rows {
		if err := pl.identify(&rows[i]); err != nil {
			return nil, err
		}
	}
	for i := range rows {
		if err := pl.row(&rows[i]); err != nil {
			return nil, err
		}
	}
	return pl.plan, nil
}

type importPlanner struct {
	in      ImportInput
	lk      Lookup
	env     Env
	plan    *Plan
	targets map[Path]Target
	// byTitle finds rows of this file by the words that name them, so that a row
	// may refer to another before either is in the ledger.
	byTitle map[string][]string
	seen    map[string]int // record → the row that is about it
}

// importRow is a row with its values by path.
type importRow struct {
	raw    RawRow
	id     string
	rec    *model.Record // nil for a new record
	area   string
	values map[Path]model.Value
	held   map[Path]bool
	told   map[told]bool
	stop   string // why the whole row is held back
}

// told is a finding that reading the cell has reported already.
type told struct{ field, rule string }

func (pl *importPlanner) warnUnmapped() {
	var names []string
	for _, c := range Unmapped(pl.in.Table, pl.in.Matches) {
		names = append(names, c.Path+"（"+sheet.ColName(c.Col)+" 列）")
	}
	if len(names) > 0 {
		pl.plan.Warnings = append(pl.plan.Warnings, "有 "+fmt.Sprint(len(names))+" 列没有对应，没有导入："+strings.Join(names, "、")+"。")
	}
}

// parse reads the rows; rows of the file can then find one another by name.
func (pl *importPlanner) parse() []importRow {
	s := &pl.in.Book.Sheets[pl.in.Table.SheetIndex]
	ctx := ParseContext{File: pl.in.File, Sheet: s.Name, Date1904: pl.in.Book.Date1904, Ref: pl.env.Today}
	idCol := pl.idColumn(s)
	var rows []importRow
	for _, raw := range ReadRows(s, pl.in.Table, pl.in.Matches, idCol) {
		if raw.Example || raw.Section {
			pl.problem(raw.Row, "", "import_skipped", model.Hint, "像是示例或分节的行，没有导入", "如果是数据，请去掉“例”字或节号。", "")
			continue
		}
		row := importRow{raw: raw, id: raw.ID, values: map[Path]model.Value{}, held: map[Path]bool{}, told: map[told]bool{}}
		for p, cell := range raw.Cells {
			tg, ok := pl.targets[p]
			if !ok || tg.Field == nil {
				continue
			}
			v, problems := ParseCell(tg, cell, ctx)
			pl.plan.Problems = append(pl.plan.Problems, problems...)
			row.held[p] = slices.ContainsFunc(problems, func(q model.Problem) bool { return q.Level == model.Fault })
			for _, q := range problems {
				row.told[told{q.Field, q.Rule}] = true
			}
			if v.Set {
				row.values[p] = v
			}
		}
		if len(row.values) > 0 || len(row.held) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

// idColumn finds the hidden id column of our own exports.
func (pl *importPlanner) idColumn(s *sheet.Sheet) int {
	if row, col, _ := findPaths(s); row > 0 && row < pl.in.Table.HeaderFirst {
		return col
	}
	return 0
}

// identify finds the record a row is about: by our own id, else by its natural
// keys. A row that is about none gets a new id.
func (pl *importPlanner) identify(row *importRow) error {
	pl.resolveRefs(row, false)
	if row.id != "" {
		rec, err := pl.lk.Record(pl.in.Ledger.Key, row.id)
		if err != nil {
			return err
		}
		row.rec = rec
	}
	if row.rec == nil {
		if err := pl.matchRow(row); err != nil {
			return err
		}
	}
	if row.rec != nil {
		row.id = row.rec.ID
	} else if row.id == "" || uuid.Validate(row.id) != nil {
		row.id = pl.lk.NewID(pl.in.Ledger, pl.ownValues(row))
	}
	if title := row.values[Path(pl.in.Ledger.Title)].Text; title != "" {
		pl.byTitle[title] = append(pl.byTitle[title], row.id)
	}
	return nil
}

func (pl *importPlanner) matchRow(row *importRow) error {
	row.area = pl.areaOf(row)
	values := pl.ownValues(row)
	if row.area != "" {
		values[model.AreaKey] = model.Text(row.area)
	}
	m, err := match(pl.lk, pl.in.Ledger, values)
	if err != nil {
		return err
	}
	row.rec = m.record
	switch {
	case m.several > 0:
		row.stop = fmt.Sprintf("与台账里 %d 条记录相符，没有猜测", m.several)
		pl.problem(row.raw.Row, "", rulePlanSeveral, model.Fault, row.stop, "请补上能区分的内容，例如证件号码或上级任务。", "")
	case m.record == nil && !m.keyed && len(pl.in.Ledger.Match) > 0:
		row.stop = "缺少认定这一行的内容"
		pl.problem(row.raw.Row, "", rulePlanNoKey, model.Fault, row.stop+"（"+pl.keyWords()+"）", "请补齐后再导入。", "")
	}
	return nil
}

// ownValues returns the row's values for its own record by field key.
func (pl *importPlanner) ownValues(row *importRow) map[string]model.Value {
	values := map[string]model.Value{}
	for p, v := range row.values {
		if tg := pl.targets[p]; tg.Child == nil && tg.Through == nil && p != PathArea {
			values[tg.Field.Key] = v
		}
	}
	return values
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
		if v := row.values[Path(key)]; v.Set {
			if area := pl.lk.AreaOf(pl.in.Ledger.Field(key), v); area != "" {
				return area
			}
		}
	}
	if v := row.values[PathArea]; v.ID != "" {
		return v.ID
	}
	return pl.env.Home
}

// resolveRefs finds the records the row's references mean. In the second round,
// with tell set, what is not found is said, and rows of the same file count.
func (pl *importPlanner) resolveRefs(row *importRow, tell bool) {
	area := cmp.Or(row.values[PathArea].ID, pl.env.Home)
	for p, v := range row.values {
		tg := pl.targets[p]
		if tg.Field.Kind != model.KindRef || v.ID != "" {
			continue
		}
		found, problems := pl.lk.Resolve(tg.Field, v.Text, area)
		if found.ID == "" && tell && slices.Contains(tg.Field.Ref.Ledgers, pl.in.Ledger.Key) {
			if ids := pl.byTitle[v.Text]; len(ids) == 1 && ids[0] != row.id {
				found.ID, problems = ids[0], nil
			}
		}
		row.values[p] = found
		if tell {
			for _, q := range problems {
				pl.problem(row.raw.Row, p, q.Rule, q.Level, q.Message, q.Suggestion, row.raw.Cells[p].Addr)
			}
		}
	}
}

func (pl *importPlanner) row(row *importRow) error {
	out := PlanRow{Row: row.raw.Row, Name: row.values[Path(pl.in.Ledger.Title)].Text, Kind: RowProblem}
	defer func() { pl.plan.Rows = append(pl.plan.Rows, out) }()
	if row.stop != "" {
		return nil
	}
	if first, again := pl.seen[row.id]; again {
		pl.problem(row.raw.Row, "", rulePlanTwice, model.Doubt, fmt.Sprintf("与第 %d 行说的是同一条记录", first), "请核对两行，留一行。", "")
	}
	pl.seen[row.id] = row.raw.Row
	pl.resolveRefs(row, true)
	own := pl.ownPlan(row)
	if row.rec == nil && pl.heldNew(row, &own) {
		return nil
	}
	out.Records = append(out.Records, own)
	children, err := pl.children(row)
	if err != nil {
		return err
	}
	out.Records = append(out.Records, children...)
	out.Kind = kindOf(out.Records, row.rec == nil)
	return nil
}

// ownPlan compares the row with its own record.
func (pl *importPlanner) ownPlan(row *importRow) RecordPlan {
	rp := RecordPlan{Ledger: pl.in.Ledger.Key, ID: row.id, New: row.rec == nil, Area: row.area, Given: map[string]model.Value{}}
	for _, p := range pl.paths(nil) {
		if p != PathArea {
			rp.Fields = append(rp.Fields, pl.fieldPlan(row, row.rec, p)...)
		}
	}
	l := pl.in.Ledger
	if row.rec == nil && l.Flow != nil && row.values[Path(l.Flow.State)].IsEmpty() {
		rp.Given[l.Flow.State] = model.Text(l.Flow.Initial)
	}
	return rp
}

// paths returns the mapped paths that end in the child ledger, or in the row's
// own record for nil, in the order of the columns.
func (pl *importPlanner) paths(child *model.Ledger) []Path {
	var out []Path
	for _, m := range pl.in.Matches {
		if tg, ok := pl.targets[m.Path]; ok && tg.Field != nil && tg.Child == child && tg.Through == nil {
			out = append(out, m.Path)
		}
	}
	return out
}

func (pl *importPlanner) fieldPlan(row *importRow, rec *model.Record, p Path) []FieldPlan {
	f := pl.targets[p].Field
	v, given := row.values[p]
	ours := rec.Get(f.Key)
	fp := FieldPlan{Field: f.Key, Cell: row.raw.Cells[p].Addr, Ours: ours, Theirs: v, Result: ours, Outcome: Keep}
	switch {
	case row.held[p]:
		fp.Outcome = Held
	case !given:
		return nil
	case !pl.same(f, ours, v):
		fp.Result, fp.Outcome = v, Take
	}
	return []FieldPlan{fp}
}

// same is Field.Same for words typed elsewhere: a reference whose words are
// unchanged means the record it meant, however many have that name.
func (pl *importPlanner) same(f *model.Field, ours, theirs model.Value) bool {
	if f.Kind == model.KindRef && ours.Text == theirs.Text {
		return true
	}
	if f.Kind == model.KindText || f.Kind == model.KindLongText {
		return text.Clean(ours.Text) == text.Clean(theirs.Text)
	}
	return f.Same(ours, theirs)
}

// heldNew runs the rules over a new record; an 错误 holds the row back.
func (pl *importPlanner) heldNew(row *importRow, own *RecordPlan) bool {
	rec := model.NewRecord(own.Ledger, own.ID)
	held := false
	for _, f := range own.Fields {
		rec.Put(f.Field, f.Result)
		if f.Outcome == Held {
			tg := pl.targets[Path(f.Field)]
			held = held || tg.Field.Required || pl.isKey(f.Field)
		}
	}
	for key, v := range own.Given {
		rec.Put(key, v)
	}
	for _, q := range rule.Run(model.CheckInput{Ledger: pl.in.Ledger, Record: rec, Params: pl.env.Params, Today: pl.env.Today}) {
		if row.told[told{q.Field, q.Rule}] {
			continue
		}
		pl.problem(row.raw.Row, Path(q.Field), q.Rule, q.Level, q.Message, q.Suggestion, row.raw.Cells[Path(q.Field)].Addr)
		held = held || q.Level == model.Fault
	}
	return held
}

func (pl *importPlanner) isKey(field string) bool {
	return slices.ContainsFunc(pl.in.Ledger.Match, func(key []string) bool { return slices.Contains(key, field) })
}

// children plans the records of the period that the row's columns go into.
func (pl *importPlanner) children(row *importRow) ([]RecordPlan, error) {
	var out []RecordPlan
	for _, o := range pl.env.Catalog.Owned(pl.in.Ledger.Key) {
		paths := pl.paths(o.Ledger)
		if len(paths) == 0 || !slices.ContainsFunc(paths, func(p Path) bool { return row.values[p].Set || row.held[p] }) {
			continue
		}
		rec, err := pl.lk.Child(o.Ledger.Key, row.id, pl.env.Period)
		if err != nil {
			return nil, err
		}
		rp := RecordPlan{Ledger: o.Ledger.Key, ID: ChildID(row.id, o.Ledger.Key, pl.env.Period), New: rec == nil, Area: row.area}
		if rec != nil {
			rp.ID = rec.ID
		} else {
			rp.Given = map[string]model.Value{o.Field.Key: model.Reference(row.id, row.values[Path(pl.in.Ledger.Title)].Text),
				periodKey: model.Text(string(pl.env.Period))}
		}
		for _, p := range paths {
			rp.Fields = append(rp.Fields, pl.fieldPlan(row, rec, p)...)
		}
		out = append(out, rp)
	}
	return out, nil
}

func (pl *importPlanner) problem(row int, p Path, code string, level model.Severity, message, suggestion, cell string) {
	field := ""
	if tg, ok := pl.targets[p]; ok && tg.Field != nil {
		field = tg.Field.Key
	}
	pl.plan.Problems = append(pl.plan.Problems, model.Problem{Rule: code, Level: level, Ledger: pl.in.Ledger.Key, Field: field,
		File: pl.in.File, Sheet: pl.in.Table.Sheet, Cell: cmp.Or(cell, sheet.CellName(row, max(pl.in.Table.FirstCol, 1))),
		Message: message, Suggestion: suggestion})
}
