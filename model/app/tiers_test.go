package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// tier is one ledger of the tiers with a clock of its own.
type tier struct {
	*App
	t     *testing.T
	name  string
	above *tier
	dir   string
}

// tiers are a county, two townships and a village, each with its own file.
type tiers struct {
	t       *testing.T
	clock   time.Time
	rnd     *rand.Rand
	all     map[string]*tier
	late    []delivery // files that have not arrived yet
	brought []delivery // files that were taken in, in their order
	// received counts the receipts that came back and fit.
	received int
}

// delivery is a file on its way.
type delivery struct {
	to   *tier
	file string
}

func newTiers(t *testing.T, seed uint64) *tiers {
	w := &tiers{t: t, clock: time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC), rnd: rand.New(rand.NewPCG(seed, 1)), all: map[string]*tier{}}
	w.add("示例县", "", Setup{Above: "示例市", Unit: "示例县", Level: model.LevelCounty, Villages: []Village{{Name: "甲镇"}, {Name: "乙镇"}}})
	w.add("甲镇", "示例县", Setup{Above: "示例县", Unit: "甲镇", Level: model.LevelTown, Villages: []Village{{Name: "青山村"}, {Name: "白石村"}}})
	w.add("乙镇", "示例县", Setup{Above: "示例县", Unit: "乙镇", Level: model.LevelTown, Villages: []Village{{Name: "柳河村"}}})
	w.add("青山村", "甲镇", Setup{Above: "甲镇", Unit: "青山村", Level: model.LevelVillage})
	return w
}

func (w *tiers) add(name, above string, s Setup) {
	dir := filepath.Join(w.t.TempDir(), "台 账", name)
	check(w.t, os.MkdirAll(dir, 0o755))
	a, err := CreateWith(context.Background(), Options{Path: filepath.Join(dir, name+".xzdb"), Now: func() time.Time { return w.clock }, Origin: "test"}, s)
	check(w.t, err)
	w.t.Cleanup(func() {
		if err := a.Close(); err != nil {
			w.t.Error(err)
		}
	})
	w.all[name] = &tier{a, w.t, name, w.all[above], dir}
}

// tick moves the one clock on, so that no two files are of one time.
func (w *tiers) tick() { w.clock = w.clock.Add(time.Duration(1+w.rnd.IntN(50)) * time.Minute) }

// tasks returns the tasks of a ledger that lie in an area of the given name.
func (n *tier) tasks(area string) []*model.Record {
	_, page, err := n.List(context.Background(), ListRequest{Ledger: ledgers.Task, Area: area})
	check(n.t, err)
	return page.Records
}

// issue sends the month's form out and returns the file of each receiver.
func (w *tiers) issue(n *tier, period model.Period) map[string]string {
	w.tick()
	got, err := n.Issue(context.Background(), IssueRequest{Form: "task_month", Period: period, Dir: filepath.Join(n.dir, fmt.Sprintf("下发%d", w.clock.Unix()))})
	check(w.t, err)
	out := map[string]string{}
	for _, f := range got.Files {
		out[f.Area] = f.File
	}
	return out
}

// deliver takes a file in, or loses it, delays it, or brings it twice.
func (w *tiers) deliver(to *tier, file string) {
	w.tick()
	switch w.rnd.IntN(6) {
	case 0: // lost
		return
	case 1:
		w.late = append(w.late, delivery{to, file})
		return
	case 2:
		w.take(to, file)
	}
	w.take(to, file)
}

func (w *tiers) take(to *tier, file string) {
	w.tick()
	got, err := to.Collect(context.Background(), CollectRequest{Paths: []string{file}, Receipts: filepath.Join(to.dir, "回执")})
	check(w.t, err)
	check(w.t, got[0].Err)
	w.brought = append(w.brought, delivery{to, file})
	w.acknowledge(to, file, got[0])
}

// acknowledge brings the receipt of an answer back to who sent it: the workbook, or now
// and then the code alone.
func (w *tiers) acknowledge(to *tier, file string, got FileResult) {
	sender := w.sender(file)
	if got.Op == 0 || sender == nil || sender.above != to {
		return
	}
	ctx := context.Background()
	if whole := got.Counts.Conflict+got.Counts.Problem == 0; whole && w.rnd.IntN(2) == 0 {
		s, _, err := sender.LoadReceipt(ctx, got.Receipt)
		check(w.t, err)
		if s.ReceivedRows != s.Rows {
			w.t.Errorf("the code covers %d of %d rows", s.ReceivedRows, s.Rows)
		}
		w.received++
		return
	}
	found, err := filepath.Glob(filepath.Join(to.dir, "回执", "*"+got.Receipt+".xlsx"))
	check(w.t, err)
	if len(found) != 1 {
		w.t.Fatalf("%d receipts %s", len(found), got.Receipt)
	}
	_, _, err = sender.LoadReceipt(ctx, found[0])
	check(w.t, err)
	w.received++
}

// sender is who made an answer, nil for a form that went down.
func (w *tiers) sender(file string) *tier {
	for _, n := range w.all {
		if filepath.Dir(file) == n.dir {
			return n
		}
	}
	return nil
}

// edit changes some tasks of a ledger by hand: what it keeps itself, or, below, what
// it is asked to fill.
func (w *tiers) edit(n *tier, area string, period model.Period, keeps bool) {
	ctx := context.Background()
	for _, rec := range n.tasks(area) {
		w.tick()
		switch w.rnd.IntN(4) {
		case 0:
			_, err := n.Set(ctx, ledgers.Task, rec.ID, []Assignment{{"person", fmt.Sprintf("张示例%d", w.rnd.IntN(4))}})
			check(w.t, err)
		case 1:
			w.report(n, rec, period)
		case 2:
			if keeps {
				_, err := n.Set(ctx, ledgers.Task, rec.ID, []Assignment{{"due", fmt.Sprintf("2027年%d月底前", 1+w.rnd.IntN(6))}})
				check(w.t, err)
			}
		}
	}
}

// report enters progress of the period.
func (w *tiers) report(n *tier, rec *model.Record, period model.Period) {
	ctx := context.Background()
	words := []Assignment{{"percent", fmt.Sprint(10 * w.rnd.IntN(10))}, {"text", fmt.Sprintf("%s记第%d次", n.name, w.rnd.IntN(100))}}
	child, err := n.lookup(ctx, n.store).Child(ledgers.Progress, rec.ID, period.Month())
	check(w.t, err)
	if child != nil {
		_, err = n.Set(ctx, ledgers.Progress, child.ID, words)
	} else {
		_, err = n.Add(ctx, ledgers.Progress, append(words, Assignment{"task", rec.ID}, Assignment{"period", string(period)}))
	}
	check(w.t, err)
}

// round is one month: packs go down, everybody edits, answers go up.
func (w *tiers) round(period model.Period, edit func(n *tier, area string, period model.Period, keeps bool), handle func(to *tier, file string)) {
	county, town, other, village := w.all["示例县"], w.all["甲镇"], w.all["乙镇"], w.all["青山村"]
	down := w.issue(county, period)
	handle(town, down["甲镇"])
	handle(other, down["乙镇"])
	edit(town, "甲镇", period, false)
	below := w.issue(town, period)
	handle(village, below["青山村"])
	edit(village, "青山村", period, false)
	edit(county, "甲镇", period, true)
	w.answer(village, below["青山村"], handle)
	w.answer(town, down["甲镇"], handle)
	w.answer(other, down["乙镇"], handle)
}

// answer fills a form from the ledger below and sends it up.
func (w *tiers) answer(n *tier, file string, handle func(to *tier, file string)) {
	w.tick()
	out := filepath.Join(n.dir, fmt.Sprintf("上报%d.xlsx", w.clock.Unix()))
	_, err := n.Answer(context.Background(), file, out)
	check(w.t, err)
	handle(n.above, out)
}

// TestTiers_ThreeRounds runs four ledgers through three months in which everybody
// edits and files are lost, repeated and late. After a last round in which all files
// arrive, both sides of every exchange agree on each value of each row, or the
// difference is a listed conflict of one of them; and what is brought once more
// changes nothing.
func TestTiers_ThreeRounds(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { newTiers(t, seed).run() })
	}
}

func (w *tiers) run() {
	ctx := context.Background()
	for i, period := range []model.Period{"2026-09", "2026-10", "2026-11"} {
		w.clock = time.Date(2026, time.Month(9+i), 5, 8, 0, 0, 0, time.UTC)
		for _, unit := range []string{"甲镇", "乙镇"} {
			_, err := w.all["示例县"].Add(ctx, ledgers.Task, []Assignment{{"title", fmt.Sprintf("%s第%d件", unit, i)}, {"unit", unit}, {"due", "2027年3月底前"}})
			check(w.t, err)
		}
		_, err := w.all["甲镇"].Add(ctx, ledgers.Task, []Assignment{{"title", fmt.Sprintf("青山村第%d件", i)}, {"unit", "青山村"}, {"due", "2027年5月底前"}})
		check(w.t, err)
		w.round(period, w.edit, w.deliver)
	}
	for _, d := range w.late {
		w.take(d.to, d.file)
	}
	quiet := func(*tier, string, model.Period, bool) {}
	w.round("2026-11", quiet, w.take)
	for _, d := range w.brought[len(w.brought)-6:] {
		w.tick()
		got, err := d.to.Collect(ctx, CollectRequest{Paths: []string{d.file}, DryRun: true})
		check(w.t, err)
		if n := got[0].Counts; n.Add+n.Update+n.Cleared+n.Conflict > 0 {
			w.t.Errorf("%s once more: %+v", filepath.Base(d.file), n)
		}
	}
	rows, conflicts := w.compare(w.all["示例县"], w.all["甲镇"]), 0
	rows += w.compare(w.all["示例县"], w.all["乙镇"]) + w.compare(w.all["甲镇"], w.all["青山村"])
	for _, n := range w.all {
		open, err := n.openFields(ctx)
		check(w.t, err)
		conflicts += len(open)
	}
	if rows < 9 || len(w.brought) < 10 {
		w.t.Errorf("%d rows were exchanged in %d files", rows, len(w.brought))
	}
	marks, err := w.all["甲镇"].Received(ctx, ledgers.Task)
	check(w.t, err)
	if w.received < 3 || len(marks) == 0 {
		w.t.Errorf("%d receipts came back, %d rows of 甲镇 are 上级已收", w.received, len(marks))
	}
	if _, _, err := w.all["甲镇"].LoadReceipt(ctx, "ZZZZZZ"); model.CodeOf(err) != model.CodeInvalid {
		w.t.Errorf("a receipt of something else: %v", err)
	}
	w.t.Logf("%d files, %d rows, %d conflicts, %d receipts", len(w.brought), rows, conflicts, w.received)
}

// compare holds two ledgers against each other and returns how many rows they share.
func (w *tiers) compare(above, below *tier) int {
	ctx := context.Background()
	up, down := above.lookup(ctx, above.store), below.lookup(ctx, below.store)
	listed, err := above.openFields(ctx)
	check(w.t, err)
	more, err := below.openFields(ctx)
	check(w.t, err)
	agree := func(ledger, name string, x, y *model.Record, fields ...string) {
		l := above.Catalog().Ledger(ledger)
		for _, key := range fields {
			f := l.Field(key)
			on := x
			if on == nil {
				on = y
			}
			if on == nil || f.Show(x.Get(key)) == f.Show(y.Get(key)) || listed[on.ID+"/"+key] || more[on.ID+"/"+key] {
				continue
			}
			w.t.Errorf("%s and %s: %s %s is %q and %q, and no conflict says so", above.name, below.name, name, f.Label, f.Show(x.Get(key)), f.Show(y.Get(key)))
		}
	}
	rows := 0
	for _, rec := range above.tasks(below.name) {
		other, err := down.Record(ledgers.Task, rec.ID)
		check(w.t, err)
		if other == nil {
			w.t.Errorf("%s has no %s", below.name, rec.Get("title").Text)
			continue
		}
		rows++
		agree(ledgers.Task, rec.Get("title").Text, rec, other, "title", "due", "target_qty", "person")
		x, err := up.Child(ledgers.Progress, rec.ID, "2026-11")
		check(w.t, err)
		y, err := down.Child(ledgers.Progress, rec.ID, "2026-11")
		check(w.t, err)
		agree(ledgers.Progress, rec.Get("title").Text, x, y, "percent", "text", "problem")
	}
	return rows
}

// TestTiers_ReceiptComesWithTheNextFile: nobody carries a receipt down; next month's form
// brings it (CLERK 17), once.
func TestTiers_ReceiptComesWithTheNextFile(t *testing.T) {
	ctx := context.Background()
	w := newTiers(t, 5)
	county, town := w.all["示例县"], w.all["甲镇"]
	_, err := county.Add(ctx, ledgers.Task, []Assignment{{"title", "修路"}, {"unit", "甲镇"}, {"due", "2027年3月底前"}})
	check(t, err)
	take := func(to *tier, file string) FileResult {
		w.tick()
		got, err := to.Collect(ctx, CollectRequest{Paths: []string{file}, Receipts: filepath.Join(to.dir, "回执")})
		check(t, err)
		check(t, got[0].Err)
		return got[0]
	}
	down := w.issue(county, "2026-09")["甲镇"]
	take(town, down)
	w.report(town, town.tasks("甲镇")[0], "2026-09")
	answer := filepath.Join(town.dir, "上报.xlsx")
	w.tick()
	_, err = town.Answer(ctx, down, answer)
	check(t, err)
	code := take(county, answer).Receipt
	sent := func() SentTable {
		tables, err := town.SentTables(ctx, "task_month", "2026-09")
		check(t, err)
		return tables[len(tables)-1]
	}
	if s := sent(); s.ReceivedOn != "" {
		t.Fatalf("received before anybody said so: %+v", s)
	}
	w.clock = w.clock.AddDate(0, 1, 0)
	next := w.issue(county, "2026-10")["甲镇"]
	if got := take(town, next); !strings.Contains(strings.Join(got.Warnings, ""), "上级已收") {
		t.Errorf("told %v", got.Warnings)
	}
	if s := sent(); s.Receipt != code || s.ReceivedOn != "2026-09-01" || s.ReceivedRows != s.Rows || s.Rows == 0 {
		t.Errorf("%+v, want receipt %s", s, code)
	}
	w.clock = w.clock.AddDate(0, 1, 0)
	if got := take(town, w.issue(county, "2026-11")["甲镇"]); len(got.Warnings) > 0 {
		t.Errorf("told again: %v", got.Warnings)
	}
}
