package exchange

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// memLedger is a ledger of maps: Lookup for planning, and apply for what app
// does with a plan.
type memLedger struct {
	t       testing.TB
	catalog *model.Catalog
	records map[string]map[string]*model.Record // ledger → id
	claims  map[string][]Claim                  // ledger/record
	local   map[string]map[string]Local
	open    map[string][]Side // ledger/record/field
	subs    map[string]string // sender|form|period|fingerprint → id
	asked   int               // calls of Resolve and Match
	minted  int
	issued  int
	given   bool // somebody named the period
}

const (
	townID  = "11111111-1111-5111-8111-000000000000"
	period1 = model.Period("2026-11")
	today   = model.Day("2026-11-22")
)

var issuedAt = time.Date(2026, 11, 3, 8, 0, 0, 0, time.UTC)

func areaID(n int) string  { return fmt.Sprintf("11111111-1111-5111-8111-%012d", n) }
func taskID(n int) string  { return fmt.Sprintf("22222222-2222-7222-8222-%012d", n) }
func freeID(n int) string  { return fmt.Sprintf("33333333-3333-7333-8333-%012d", n) }
func village(n int) string { return []string{"甲镇", "甲一村", "甲二村", "甲三村"}[n] }

// newLedger has 甲镇 with three villages, and four tasks for the first.
func newLedger(t testing.TB) *memLedger {
	m := &memLedger{t: t, catalog: model.NewCatalog(ledgers.All()...), records: map[string]map[string]*model.Record{},
		claims: map[string][]Claim{}, local: map[string]map[string]Local{}, open: map[string][]Side{}, subs: map[string]string{}}
	for n := range 4 {
		m.put("area", areaID(n), areaID(n), map[string]model.Value{"name": model.Text(village(n))})
	}
	for n, title := range []string{"硬化通组路", "改造危房", "整治人居环境", "培育示范户"} {
		m.task(n+1, 1, title)
	}
	return m
}

func (m *memLedger) task(n, village_ int, title string) *model.Record {
	return m.put("task", taskID(n), areaID(village_), map[string]model.Value{
		"title": model.Text(title), "unit": model.Reference(areaID(village_), village(village_)), "state": model.Text(ledgers.StateDoing),
		"due":        model.Date(model.DateWords{Text: fmt.Sprintf("2026年12月%d日", n), Start: model.NewDay(2026, 12, n), End: model.NewDay(2026, 12, n), Kind: model.DateFixed}),
		"target_qty": model.Int(120000), "target_unit": model.Text("公里"), "person": model.Reference("", "张示例一"),
	})
}

func (m *memLedger) put(ledger, id, area string, values map[string]model.Value) *model.Record {
	rec := model.NewRecord(ledger, id)
	rec.Area = area
	for k, v := range values {
		rec.Put(k, v)
	}
	if m.records[ledger] == nil {
		m.records[ledger] = map[string]*model.Record{}
	}
	m.records[ledger][id] = rec
	return rec
}

func (m *memLedger) Record(ledger, id string) (*model.Record, error) {
	return m.records[ledger][id], nil
}

func (m *memLedger) sorted(ledger string) []*model.Record {
	return slices.SortedFunc(maps.Values(m.records[ledger]), func(a, b *model.Record) int { return cmp.Compare(a.ID, b.ID) })
}

func (m *memLedger) Match(ledger string, keys map[string]model.Value) ([]*model.Record, error) {
	m.asked++
	l := m.catalog.Ledger(ledger)
	var out []*model.Record
	for _, rec := range m.sorted(ledger) {
		fits := true
		for k, v := range keys {
			if k == model.AreaKey {
				fits = fits && rec.Area == v.Text
			} else {
				fits = fits && l.Field(k).Same(rec.Get(k), v)
			}
		}
		if fits {
			out = append(out, rec)
		}
	}
	return out, nil
}

func (m *memLedger) Known(ledger, field string, words []string) ([]string, error) {
	var out []string
	for _, w := range words {
		if slices.ContainsFunc(m.sorted(ledger), func(r *model.Record) bool { return r.Get(field).Text == w }) {
			out = append(out, w)
		}
	}
	return out, nil
}

func (m *memLedger) Child(ledger, owner string, period model.Month) (*model.Record, error) {
	key := m.catalog.Ledger(ledger).Owner().Key
	for _, rec := range m.records[ledger] {
		if rec.Get(key).ID == owner && rec.Get("period").Text == string(period) {
			return rec, nil
		}
	}
	return nil, nil
}

func (m *memLedger) Children(ledger, owner string) ([]*model.Record, error) {
	key := m.catalog.Ledger(ledger).Owner().Key
	var out []*model.Record
	for _, rec := range m.sorted(ledger) {
		if rec.Get(key).ID == owner {
			out = append(out, rec)
		}
	}
	slices.SortStableFunc(out, func(a, b *model.Record) int { return cmp.Compare(b.Get("period").Text, a.Get("period").Text) })
	return out, nil
}

func (m *memLedger) Resolve(f *model.Field, words, area string) (model.Value, []model.Problem) {
	m.asked++
	for _, ledger := range f.Ref.Ledgers {
		var hits []*model.Record
		for _, rec := range m.sorted(ledger) {
			if m.catalog.Ledger(ledger).Name(rec) == words {
				hits = append(hits, rec)
			}
		}
		if len(hits) == 1 {
			return model.Reference(hits[0].ID, words), nil
		}
	}
	return model.Reference("", words), []model.Problem{{Rule: "ref." + f.Key, Level: model.Doubt, Field: f.Key, Message: "台账里没有“" + words + "”。", Suggestion: "核对写法。"}}
}

func (m *memLedger) AreaOf(f *model.Field, v model.Value) string {
	for _, ledger := range f.Ref.Ledgers {
		if rec := m.records[ledger][v.ID]; rec != nil {
			return rec.Area
		}
	}
	return ""
}

func (m *memLedger) NewID(*model.Ledger, map[string]model.Value) string {
	m.minted++
	return fmt.Sprintf("44444444-4444-7444-8444-%012d", m.minted)
}

func (m *memLedger) Claims(ledger, record string) ([]Claim, map[string]Local, error) {
	return m.claims[ledger+"/"+record], m.local[ledger+"/"+record], nil
}

func (m *memLedger) Submission(sender, form string, period model.Period, fingerprint string) (string, bool, error) {
	id, ok := m.subs[strings.Join([]string{sender, form, string(period), fingerprint}, "|")]
	return id, ok, nil
}

// apply does with a plan what app does, in maps.
func (m *memLedger) apply(p *Plan) {
	if p.Repeat != "" {
		m.redate(p)
		return
	}
	if p.Form != "" {
		m.subs[strings.Join([]string{p.Sender.Area, p.Form, string(p.Period), p.Fingerprint}, "|")] = p.Fingerprint
	}
	for _, row := range p.Rows {
		for _, rp := range row.Records {
			m.applyRecord(p, rp)
		}
	}
}

// redate is what app does when content comes again that was written earlier
// than thought: the claims take the earlier time and are settled anew.
func (m *memLedger) redate(p *Plan) {
	for key, claims := range m.claims {
		ledger, id, _ := strings.Cut(key, "/")
		again := false
		for i := range claims {
			if c := &claims[i]; c.Submission == p.Repeat && !p.Sender.Modified.IsZero() && p.Sender.Modified.Before(c.Modified) {
				c.Modified, again = p.Sender.Modified, true
			}
		}
		if again {
			m.resettle(ledger, id)
		}
	}
}

func (m *memLedger) resettle(ledger, id string) {
	key, rec := ledger+"/"+id, m.records[ledger][id]
	for k, line := range m.local[key] {
		f := m.catalog.Ledger(ledger).Field(k)
		s := Settle(f, rec.Get(k), &line, m.claims[key], nil, f.Required)
		m.local[key][k], m.open[key+"/"+k] = s.Local, s.Open
		if rec != nil {
			rec.Put(k, s.Result)
		}
	}
}

func (m *memLedger) applyRecord(p *Plan, rp RecordPlan) {
	rec := m.records[rp.Ledger][rp.ID]
	changed := false
	values := map[string]model.Value{}
	for _, g := range rp.Given {
		values[g.Field] = g.Value
	}
	for _, f := range rp.Fields {
		if f.Outcome == Take || f.Outcome == Conflict {
			values[f.Field] = f.Result()
			changed = changed || f.Result().Set
		}
	}
	switch {
	case rec == nil && changed:
		m.put(rp.Ledger, rp.ID, rp.Area, values)
	case rec != nil && rp.New:
		m.t.Errorf("%s %s is planned as new and exists", rp.Ledger, rp.ID)
	case rec != nil:
		for k, v := range values {
			rec.Put(k, v)
		}
	}
	if len(rp.Said) == 0 {
		return
	}
	key := rp.Ledger + "/" + rp.ID
	m.claims[key] = append(m.claims[key], Claim{Submission: p.Fingerprint, Sender: p.Sender.Area, Form: p.Form, Period: p.Period,
		Issued: p.IssuedAt, StatedOn: p.Sender.StatedOn, Modified: p.Sender.Modified, File: p.File, Fields: rp.Said})
	if m.local[key] == nil {
		m.local[key] = map[string]Local{}
	}
	for _, f := range rp.Fields {
		if f.Outcome != Held {
			m.local[key][f.Field] = f.Settled.Local
			m.open[key+"/"+f.Field] = f.Settled.Open
		}
	}
}

// state writes all values and all open conflicts: what "the same state" means.
func (m *memLedger) state() string {
	var b strings.Builder
	for _, ledger := range []string{"task", "progress"} {
		l := m.catalog.Ledger(ledger)
		for _, rec := range m.sorted(ledger) {
			fmt.Fprintf(&b, "%s %s", ledger, rec.ID)
			for _, k := range slices.Sorted(maps.Keys(rec.Values)) {
				fmt.Fprintf(&b, " %s=%s", k, l.Field(k).Show(rec.Values[k]))
			}
			b.WriteByte('\n')
		}
	}
	for _, k := range slices.Sorted(maps.Keys(m.open)) {
		for _, s := range m.open[k] {
			fmt.Fprintf(&b, "open %s %s says %v\n", k, s.Claim.Sender, s.Said.Value)
		}
	}
	return b.String()
}

func (m *memLedger) env() Env {
	return Env{Catalog: m.catalog, Today: today, Period: period1.Month(), PeriodGiven: m.given, Home: townID}
}

func (m *memLedger) progress(task int, key string) string {
	rec, err := m.Child("progress", taskID(task), period1.Month())
	if err != nil {
		m.t.Fatal(err)
	}
	return m.catalog.Ledger("progress").Field(key).Show(rec.Get(key))
}

// workbook is a form as it lies in a village, to be filled in and mangled.
type workbook struct {
	m    *memLedger
	out  *sheet.Out
	sent int // rows that went out
	// quick reads what was to be written without a file between.
	quick bool
}

const firstData = formHeaderRow // index in Rows of the first data row

// issueAsOf is the form as it went out of another state of the ledger.
func (m *memLedger) issueAsOf(then *memLedger, v int) *workbook {
	w := then.issue(v)
	w.m = m
	return w
}

// issue builds the form of a village over its tasks.
func (m *memLedger) issue(v int) *workbook {
	return m.issueRows(v, func(rec *model.Record) bool { return rec.Area == areaID(v) })
}

// issueAll sends every task to one receiver, as where several answer for one.
func (m *memLedger) issueAll(v int) *workbook {
	return m.issueRows(v, func(*model.Record) bool { return true })
}

func (m *memLedger) issueRows(v int, include func(*model.Record) bool) *workbook {
	m.issued++
	in := FormInput{Form: Shipped()[0], Catalog: m.catalog, Period: period1, Area: areaID(v), AreaName: village(v), From: "甲镇",
		Due: "2026年11月25日18时", IssueID: "issue-" + village(v), IssuedAt: issuedAt.AddDate(0, 0, m.issued-1), FreeIDs: []string{freeID(10*v + 1), freeID(10*v + 2)}}
	for _, rec := range m.sorted("task") {
		if include(rec) {
			in.Rows = append(in.Rows, m.formRow(in.Form, rec))
		}
	}
	out, err := BuildForm(in)
	if err != nil {
		m.t.Fatal(err)
	}
	return &workbook{m: m, out: out, sent: len(in.Rows)}
}

func (m *memLedger) formRow(f Form, rec *model.Record) FormRow {
	row := FormRow{ID: rec.ID, Values: map[Path]model.Value{}}
	for _, c := range f.Columns {
		tg, err := ResolvePath(m.catalog, m.catalog.Ledger(f.Over), c.Path)
		if err != nil {
			m.t.Fatal(err)
		}
		switch {
		case tg.Field == nil:
		case tg.Child != nil:
			child, err := m.Child(tg.Child.Key, rec.ID, period1.Month())
			if err != nil {
				m.t.Fatal(err)
			}
			row.Values[c.Path] = child.Get(tg.Field.Key)
		default:
			row.Values[c.Path] = rec.Get(tg.Field.Key)
		}
	}
	return row
}

func (w *workbook) page() *sheet.OutSheet { return &w.out.Sheets[0] }

// col is the index of the column of a path, wherever it has been moved to.
func (w *workbook) col(p Path) int {
	return slices.IndexFunc(w.page().Rows[formPathRow-1].Cells, func(c sheet.OutCell) bool { return c.Text == string(p) })
}

// row is the index of the row with the title, -1 without one.
func (w *workbook) row(title string) int {
	col := w.col("title")
	for i, r := range w.page().Rows {
		if i >= firstData && col < len(r.Cells) && r.Cells[col].Text == title {
			return i
		}
	}
	w.m.t.Fatalf("no row %s", title)
	return -1
}

// set types text into a cell; "" empties it.
func (w *workbook) set(title string, p Path, words string) *workbook {
	w.at(w.row(title), p, words)
	return w
}

func (w *workbook) at(row int, p Path, words string) {
	c := &w.page().Rows[row].Cells[w.col(p)]
	*c = sheet.TextCell(words, c.Style)
}

// free types into the n-th free row.
func (w *workbook) free(n int, entries map[Path]string) *workbook {
	row := firstData + w.sent + n
	for p, words := range entries {
		w.at(row, p, words)
	}
	return w
}

func (w *workbook) line(words string) *workbook {
	w.page().Rows[formLineRow-1].Cells[1].Text = words
	return w
}

func (w *workbook) saved(minute int) *workbook {
	w.out.Modified = time.Date(2026, 11, 20, 9, minute, 0, 0, time.UTC)
	return w
}

// clone copies the workbook, to be filled in differently.
func (w *workbook) clone() *workbook {
	out := *w.out
	out.Sheets = slices.Clone(w.out.Sheets)
	for i := range out.Sheets {
		s := &out.Sheets[i]
		s.Rows = slices.Clone(s.Rows)
		for j := range s.Rows {
			s.Rows[j].Cells = slices.Clone(s.Rows[j].Cells)
		}
		s.Merges = slices.Clone(s.Merges)
	}
	return &workbook{m: w.m, out: &out, sent: w.sent, quick: w.quick}
}

// forgetLayout drops what tests that move things about need not keep right.
func (w *workbook) forgetLayout() {
	w.page().Validations = nil
}

// moveCol puts a column at another index.
func (w *workbook) moveCol(p Path, to int) *workbook {
	w.forgetLayout()
	from := w.col(p)
	for i := formPathRow - 1; i < firstData+w.sent+2; i++ {
		cells := w.page().Rows[i].Cells
		c := cells[from]
		w.page().Rows[i].Cells = slices.Insert(slices.Delete(cells, from, from+1), to, c)
	}
	return w
}

func (w *workbook) rename(p Path, header string) *workbook {
	w.page().Rows[formHeaderRow-1].Cells[w.col(p)].Text = header
	return w
}

// insertCol adds a column of the village's own before the path's.
func (w *workbook) insertCol(before Path, header, words string) *workbook {
	w.forgetLayout()
	at := w.col(before)
	for i := formPathRow - 1; i < firstData+w.sent+2; i++ {
		c := sheet.OutCell{}
		switch {
		case i == formHeaderRow-1:
			c = sheet.TextCell(header, sheet.Style{})
		case i >= firstData:
			c = sheet.TextCell(words, sheet.Style{})
		}
		w.page().Rows[i].Cells = slices.Insert(w.page().Rows[i].Cells, at, c)
	}
	return w
}

// reverse sorts the data rows upside down; without the hidden column the ids
// stay where they are.
func (w *workbook) reverse(withIDs bool) *workbook {
	rows := w.page().Rows[firstData : firstData+w.sent]
	var ids []sheet.OutCell
	for _, r := range rows {
		ids = append(ids, r.Cells[0])
	}
	slices.Reverse(rows)
	if !withIDs {
		for i := range rows {
			rows[i].Cells[0] = ids[i]
		}
	}
	return w
}

func (w *workbook) duplicate(title string) *workbook {
	w.forgetLayout()
	at := w.row(title)
	w.sent++
	twin := sheet.OutRow{Cells: slices.Clone(w.page().Rows[at].Cells)}
	w.page().Rows = slices.Insert(w.page().Rows, at+1, twin)
	w.shiftMerges(at, 1)
	return w
}

func (w *workbook) remove(title string) *workbook {
	w.forgetLayout()
	at := w.row(title)
	w.sent--
	w.page().Rows = slices.Delete(w.page().Rows, at, at+1)
	w.shiftMerges(at, -1)
	return w
}

func (w *workbook) shiftMerges(at, by int) {
	for i := range w.page().Merges {
		if m := &w.page().Merges[i]; m.R1 > at {
			m.R1, m.R2 = m.R1+by, m.R2+by
		}
	}
}

func (w *workbook) withoutBase() *workbook {
	w.out.Sheets = w.out.Sheets[:1]
	return w
}

// withoutIDs empties the hidden column but for its mark.
func (w *workbook) withoutIDs() *workbook {
	for i := range w.page().Rows {
		if i >= firstData {
			w.page().Rows[i].Cells[0] = sheet.OutCell{}
		}
	}
	return w
}

// visibleOnly is what is left of the workbook when everything hidden is gone, as
// after a round through 腾讯文档.
func (w *workbook) visibleOnly() *workbook {
	w.withoutBase()
	w.forgetLayout()
	s := w.page()
	s.Rows = slices.Delete(s.Rows, formPathRow-1, formPathRow)
	for i := range s.Rows {
		s.Rows[i].Cells = s.Rows[i].Cells[1:]
	}
	s.Cols, s.FreezeRow, s.FreezeCol, s.Print = s.Cols[1:], 0, 0, sheet.Print{}
	for i := range s.Merges {
		m := &s.Merges[i]
		m.C1, m.C2 = m.C1-1, m.C2-1
		if m.R1 >= formPathRow {
			m.R1, m.R2 = m.R1-1, m.R2-1
		}
	}
	return w
}

func (w *workbook) book() *sheet.Book {
	if w.quick {
		return asRead(w.out)
	}
	var b bytes.Buffer
	if err := sheet.Encode(&b, w.out); err != nil {
		w.m.t.Fatal(err)
	}
	book, err := sheet.Read("台 账.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len()), sheet.DefaultLimits)
	if err != nil {
		w.m.t.Fatal(err)
	}
	return book
}

func (m *memLedger) readInput(file string) ReadInput {
	return ReadInput{File: file, SHA256: "00", Catalog: m.catalog, Forms: Shipped(), Today: today,
		Place: func(words string) (string, string, bool) {
			for n := range 4 {
				if name := village(n); words == name || words == "甲镇"+name || words == name+"村委会" {
					return areaID(n), name, true
				}
			}
			return "", "", false
		}}
}

func (w *workbook) read(file string) *Return {
	w.m.t.Helper()
	r, err := ReadReturn(w.book(), w.m.readInput(file))
	if err != nil {
		w.m.t.Fatal(err)
	}
	if r == nil {
		w.m.t.Fatal("not recognised")
	}
	return r
}

func (w *workbook) plan(file string) *Plan {
	w.m.t.Helper()
	p, err := PlanReturn(w.read(file), w.m, w.m.env())
	if err != nil {
		w.m.t.Fatal(err)
	}
	return p
}

// collect takes the workbook in.
func (w *workbook) collect() *Plan {
	w.m.t.Helper()
	p := w.plan("上报.xlsx")
	w.m.apply(p)
	return p
}

// tells reports whether a problem of that rule and level is listed.
func tells(p *Plan, rule string, level model.Severity) bool {
	return slices.ContainsFunc(p.Problems, func(q model.Problem) bool { return q.Rule == rule && q.Level == level })
}

func faults(p *Plan) []string {
	var out []string
	for _, q := range p.Problems {
		if q.Level == model.Fault {
			out = append(out, q.Cell+" "+q.Message)
		}
	}
	return out
}

// asRead turns what would be written into what would be read.
func asRead(out *sheet.Out) *sheet.Book {
	b := &sheet.Book{Modified: out.Modified}
	for _, s := range out.Sheets {
		read := sheet.Sheet{Name: s.Name, Visibility: s.Visibility, Merges: s.Merges}
		for i, r := range s.Rows {
			row := sheet.Row{Index: i + 1, Hidden: r.Hidden}
			for j, c := range r.Cells {
				if c.Kind != sheet.Blank {
					row.Cells = append(row.Cells, asReadCell(i+1, j+1, c))
				}
			}
			if len(row.Cells) > 0 {
				read.Rows = append(read.Rows, row)
			}
		}
		b.Sheets = append(b.Sheets, read)
	}
	return b
}

func asReadCell(row, col int, c sheet.OutCell) sheet.Cell {
	out := sheet.Cell{Row: row, Col: col, Kind: c.Kind, Text: c.Text}
	if n, err := strconv.ParseFloat(c.Text, 64); err == nil && c.Kind == sheet.Number {
		out.Num = n
	}
	return out
}
