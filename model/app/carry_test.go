package app

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// carryWord is the password of a carried ledger that has one; others open by any.
const carryWord = "一句记得住的话"

// carry takes the ledger of one village out and opens it there.
func carry(t *testing.T, a *App, req Carry) (*App, string) {
	t.Helper()
	if req.Villages == nil {
		req.Villages = []string{carriedVillage(t, a, "青山村").ID}
	}
	if req.Who == "" {
		req.Who = "李示例一"
	}
	req.To = filepath.Join(t.TempDir(), "下 村"+fmt.Sprint(rand.Int64())+CarryExt)
	if req.Password = packWord(a); req.Sensitive != nil {
		req.Password = carryWord
	}
	_, err := a.CarryOut(t.Context(), req)
	check(t, err)
	return reopen(t, a, req.To), req.To
}

// reopen opens a carried ledger as the program in the village does.
func reopen(t *testing.T, a *App, path string) *App {
	t.Helper()
	away, err := Open(t.Context(), Options{Path: path, Password: carryWord, Now: a.now})
	check(t, err)
	t.Cleanup(func() { away.Close() })
	return away
}

func carriedVillage(t *testing.T, a *App, name string) *model.Record {
	t.Helper()
	hits, err := a.store.Find(t.Context(), ledgers.Area, map[string]model.Value{"name": model.Text(name)}, "")
	check(t, err)
	return hits[slices.IndexFunc(hits, func(r *model.Record) bool { return r.Get("parent").ID == a.homeID() })]
}

// inVillage returns the first record of a ledger that lies in an area.
func inVillage(t *testing.T, a *App, ledger, area string) *model.Record {
	t.Helper()
	page, err := a.store.List(t.Context(), model.Query{Ledger: ledger, Areas: []string{area}, Limit: 1})
	check(t, err)
	if len(page.Records) == 0 {
		t.Fatalf("no %s in %s", ledger, area)
	}
	return page.Records[0]
}

func set(t *testing.T, a *App, rec *model.Record, field, words string) {
	t.Helper()
	_, err := a.Set(t.Context(), rec.Ledger, rec.ID, []Assignment{{Field: field, Words: words}})
	check(t, err)
}

func outNow(t *testing.T, a *App) int {
	t.Helper()
	agenda, err := a.Agenda(t.Context())
	check(t, err)
	n := 0
	for _, g := range agenda.Groups {
		for _, l := range g.Lines {
			if l.Kind == KindCarried {
				n++
			}
		}
	}
	return n
}

// TestCarry_OutAndBack is the test of CLERK 9: what was written in the village, and
// nothing else, is in the township's ledger afterwards; what both sides changed is a
// conflict; one undo takes it all back.
func TestCarry_OutAndBack(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	ctx := t.Context()
	village := carriedVillage(t, a, "青山村")
	away, path := carry(t, a, Carry{})
	if n := outNow(t, a); n != 1 {
		t.Errorf("%d carried ledgers on 今日", n)
	}

	if there, err := away.Agenda(ctx); err != nil || len(there.Reports) != 0 {
		t.Errorf("the carried ledger asks for %d reports, %v", len(there.Reports), err)
	}
	household, task := inVillage(t, away, ledgers.Household, village.ID), inVillage(t, away, ledgers.Task, village.ID)
	if household.Get("id_number").Set {
		t.Error("an ID number went along unasked")
	}
	set(t, away, household, "remark", "房屋已修")
	set(t, away, task, "remark", "村里的话")
	set(t, a, task, "remark", "镇里的话")
	added, err := away.Add(ctx, ledgers.Visit, []Assignment{{"household", household.Get("householder").Text}, {"village", "青山村"}, {"visited_on", string(away.Today())}, {"topics", "入户核实"}})
	check(t, err)
	check(t, away.Close())

	before := exchanged(t, a)
	dry, err := a.Collect(ctx, CollectRequest{Paths: []string{path}, DryRun: true, PackPassword: packWord(a)})
	check(t, err)
	check(t, dry[0].Err)
	got := takePack(t, a, path)
	if got.Counts != dry[0].Counts || got.Counts.Add != 1 || got.Counts.Update != 1 || got.Counts.Conflict != 1 || got.Area != "李示例一" {
		t.Fatalf("%+v\n%+v", got.Counts, dry[0].Counts)
	}
	diff := differences(before, exchanged(t, a))
	for _, key := range diff {
		if !strings.HasPrefix(key, "visit/"+added.Records[0].ID) && key != "household/"+household.ID+"/remark" {
			t.Errorf("%s changed as well", key)
		}
	}
	if n := outNow(t, a); n != 0 {
		t.Errorf("%d carried ledgers on 今日 once it is back", n)
	}
	if again := takePack(t, a, path); again.Status != statusRepeat {
		t.Errorf("again: %s", again.Status)
	}
	_, err = a.Undo(ctx, got.Op)
	check(t, err)
	if left := differences(before, exchanged(t, a)); len(left) > 0 || outNow(t, a) != 1 {
		t.Errorf("undone, %v differ; %d out", left, outNow(t, a))
	}
}

// differences are the keys under which two states differ.
func differences(x, y map[string]string) []string {
	var out []string
	for key, v := range x {
		if y[key] != v {
			out = append(out, key)
		}
	}
	for key := range y {
		if _, there := x[key]; !there {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// TestCarry_ComesTwice: somebody goes on writing in the carried ledger after it was
// taken in, and it is taken in once more; what the township wrote in between stays.
func TestCarry_ComesTwice(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	village := carriedVillage(t, a, "青山村")
	away, path := carry(t, a, Carry{})
	task := inVillage(t, away, ledgers.Task, village.ID)
	set(t, away, task, "remark", "第一次")
	check(t, away.Close())
	takePack(t, a, path)

	away = reopen(t, a, path)
	set(t, away, task, "remark", "第二次")
	check(t, away.Close())
	set(t, a, task, "content", "镇里后来改的内容")
	if got := takePack(t, a, path); got.Counts.Update != 1 || got.Counts.Conflict != 0 {
		t.Errorf("%+v", got.Counts)
	}
	_, rec, err := a.Get(t.Context(), ledgers.Task, task.ID)
	check(t, err)
	if rec.Get("remark").Text != "第二次" || rec.Get("content").Text != "镇里后来改的内容" {
		t.Errorf("%q %q", rec.Get("remark").Text, rec.Get("content").Text)
	}
}

// copyTo copies the one file of a carried ledger, as a person does who knows of no other.
func copyTo(t *testing.T, path, name string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	check(t, err)
	to := filepath.Join(t.TempDir(), name+CarryExt)
	check(t, os.WriteFile(to, content, 0o600))
	return to
}

// TestCarry_Copies: one ledger was copied for two PCs, and both write as many operations.
// Both are taken in; where they differ that is a conflict, and nothing of either is lost.
func TestCarry_Copies(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	village := carriedVillage(t, a, "青山村").ID
	away, path := carry(t, a, Carry{})
	tasks, err := away.store.List(t.Context(), model.Query{Ledger: ledgers.Task, Areas: []string{village}, Limit: 3})
	check(t, err)
	check(t, away.Close())
	paths := []string{copyTo(t, path, "一 号"), copyTo(t, path, "二 号")}
	for i, p := range paths {
		away := reopen(t, a, p)
		set(t, away, tasks.Records[i], "remark", fmt.Sprint("只在", i))
		set(t, away, tasks.Records[2], "remark", fmt.Sprint("两边都有", i))
		check(t, away.Close())
	}
	first, second := takePack(t, a, paths[0]), takePack(t, a, paths[1])
	if first.Counts.Update != 2 || second.Counts.Update != 1 || second.Counts.Conflict != 1 || len(second.Warnings) != 1 {
		t.Errorf("%+v\n%+v %v", first.Counts, second.Counts, second.Warnings)
	}
	for i := range paths {
		_, rec, err := a.Get(t.Context(), ledgers.Task, tasks.Records[i].ID)
		check(t, err)
		if rec.Get("remark").Text != fmt.Sprint("只在", i) {
			t.Errorf("of copy %d: %q", i, rec.Get("remark").Text)
		}
	}
	for _, p := range paths {
		if again := takePack(t, a, p); again.Status != statusRepeat {
			t.Errorf("%s again: %s", p, again.Status)
		}
	}
	away = reopen(t, a, paths[1])
	set(t, away, tasks.Records[1], "remark", "后来又改")
	check(t, away.Close())
	if got := takePack(t, a, paths[1]); got.Counts.Update != 1 || len(got.Warnings) != 0 {
		t.Errorf("the second copy went on: %+v %v", got.Counts, got.Warnings)
	}
}

// TestCarry_TakenBackThere: what the village wrote by mistake, was taken in, and took
// back is taken back here too, by whatever clock.
func TestCarry_TakenBackThere(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	ctx := t.Context()
	away, path := carry(t, a, Carry{})
	task := inVillage(t, away, ledgers.Task, carriedVillage(t, a, "青山村").ID)
	was := task.Get("remark").Text
	set(t, away, task, "remark", "填错了地方")
	added, err := away.Add(ctx, ledgers.Task, []Assignment{{"title", "填错了的任务"}, {"unit", "青山村"}})
	check(t, err)
	check(t, away.Close())
	takePack(t, a, path)

	away, err = Open(ctx, Options{Path: path, Password: packWord(a), Now: func() time.Time { return a.now().AddDate(-1, 0, 0) }})
	check(t, err)
	set(t, away, task, "remark", was)
	_, err = away.Delete(ctx, ledgers.Task, added.Records[0].ID, false)
	check(t, err)
	check(t, away.Close())
	got, err := a.Collect(ctx, CollectRequest{Paths: []string{path}, Drop: []string{added.Records[0].ID}, PackPassword: packWord(a)})
	check(t, err)
	_, rec, err := a.Get(ctx, ledgers.Task, task.ID)
	check(t, err)
	if rec.Get("remark").Text != was || got[0].Counts.Conflict != 0 || got[0].Dropped != 1 {
		t.Errorf("%q, %+v, %d dropped", rec.Get("remark").Text, got[0].Counts, got[0].Dropped)
	}
}

// TestCarry_PersonsWhoStayed: who is not in the small ledger is there by name, and is
// that person again here; to write another in their place is no conflict.
func TestCarry_PersonsWhoStayed(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	ctx := t.Context()
	village := carriedVillage(t, a, "青山村")
	other := carriedVillage(t, a, "石桥村")
	from := inVillage(t, a, ledgers.Person, other.ID)
	task := inVillage(t, a, ledgers.Task, village.ID)
	set(t, a, task, "person", from.ID)
	away, path := carry(t, a, Carry{})
	if _, there, err := away.Get(ctx, ledgers.Task, task.ID); err != nil || there.Get("person").ID != "" || there.Get("person").Text != from.Get("name").Text {
		t.Fatalf("%+v, %v", there.Get("person"), err)
	}
	mine := inVillage(t, away, ledgers.Person, village.ID)
	set(t, away, task, "person", mine.ID)
	added, err := away.Add(ctx, ledgers.Task, []Assignment{{"title", "清理河道"}, {"unit", "青山村"}, {"person", from.Get("name").Text}})
	check(t, err)
	check(t, away.Close())
	if got := takePack(t, a, path); got.Counts.Conflict != 0 {
		t.Errorf("%+v", got.Counts)
	}
	for id, want := range map[string]string{task.ID: mine.ID, added.Records[0].ID: from.ID} {
		_, rec, err := a.Get(ctx, ledgers.Task, id)
		check(t, err)
		if rec.Get("person").ID != want {
			t.Errorf("%+v, want %s", rec.Get("person"), want)
		}
	}
}

// TestCarry_OneFile: the file alone holds what was written, while the program there is
// still open; and what stands beside it under the village's name is not passed over.
func TestCarry_OneFile(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	away, path := carry(t, a, Carry{})
	task := inVillage(t, away, ledgers.Task, carriedVillage(t, a, "青山村").ID)
	set(t, away, task, "remark", "还开着")
	if got := takePack(t, a, copyTo(t, path, "拷 走")); got.Counts.Update != 1 {
		t.Errorf("%+v", got.Counts)
	}
	form := strings.TrimSuffix(path, CarryExt) + "-月报.xlsx"
	check(t, os.WriteFile(form, nil, 0o600))
	files, err := listFiles([]string{filepath.Dir(path)})
	check(t, err)
	slices.Sort(files)
	if !slices.Equal(files, []string{form, path}) && !slices.Equal(files, []string{path, form}) {
		t.Errorf("%v", files)
	}
}

// TestCarry_OnlyWhatIsMeant: the small ledger holds the chosen villages' records and
// no others; sensitive columns of the chosen ledgers alone, which is entered; and it
// says of nothing that it is not there.
func TestCarry_OnlyWhatIsMeant(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	ctx := t.Context()
	village := carriedVillage(t, a, "青山村")
	away, path := carry(t, a, Carry{Villages: []string{village.ID}, Sensitive: []string{ledgers.Household}})
	for _, l := range away.Catalog().All() {
		switch l.Key {
		case ledgers.Area, ledgers.Person, ledgers.Unit, ledgers.Post:
			continue
		}
		check(t, away.store.Each(ctx, model.Query{Ledger: l.Key}, func(r *model.Record) error {
			if !l.System && l.Parent == "" && r.Area != village.ID {
				t.Errorf("%s %s lies in %s", l.Key, l.Name(r), r.Area)
			}
			for i := range l.Fields {
				if f := &l.Fields[i]; f.Sensitive && r.Get(f.Key).Set && l.Key != ledgers.Household {
					t.Errorf("%s.%s went along", l.Key, f.Key)
				}
			}
			return nil
		}))
	}
	for _, l := range a.Catalog().All() {
		want, err := a.store.Count(ctx, model.Query{Ledger: l.Key, Areas: []string{village.ID}})
		check(t, err)
		if have, err := away.store.Count(ctx, model.Query{Ledger: l.Key, Areas: []string{village.ID}}); !l.System && (err != nil || have != want) {
			t.Errorf("%s: %d of %d records, %v", l.Key, have, want, err)
		}
	}
	if !inVillage(t, away, ledgers.Household, village.ID).Get("id_number").Set {
		t.Error("the ID numbers that were asked for are not there")
	}
	_, page, err := a.List(ctx, ListRequest{Ledger: ledgers.Disclosure})
	check(t, err)
	last := page.Records[len(page.Records)-1]
	if last.Get("target_ledger").Text != ledgers.Household || last.Get("file").Text != path || !strings.Contains(last.Get("reason").Text, "李示例一") {
		t.Errorf("%v", last.Values)
	}
	report, err := away.VerifyFile(ctx, away.Path())
	check(t, err)
	if len(report.Problems) > 0 || report.Dangling > 0 {
		t.Errorf("%d dangling, %v", report.Dangling, report.Problems)
	}
}

// TestCarry_Refusals: each with its sentence, and without leaving a file behind.
func TestCarry_Refusals(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	ctx := t.Context()
	village := carriedVillage(t, a, "青山村")
	dir := t.TempDir()
	for want, req := range map[string]Carry{
		"请选要去的村":      {Who: "李示例一"},
		"请写由谁带去":      {Villages: []string{village.ID}},
		"本单位下面的村":     {Who: "李示例一", Villages: []string{a.homeID()}},
		"敏感列的下村包要设密码": {Who: "李示例一", Villages: []string{village.ID}, Sensitive: []string{ledgers.Household}},
		"密码至少要":       {Who: "李示例一", Villages: []string{village.ID}, Password: "短"},
	} {
		req.To = filepath.Join(dir, "不该有"+CarryExt)
		_, err := a.CarryOut(ctx, req)
		if err == nil || !strings.Contains(model.Sentence(err), want) {
			t.Errorf("%s: %v", want, err)
		}
		if _, err := os.Stat(req.To); err == nil {
			t.Errorf("%s: there is a file", want)
		}
	}
	away, path := carry(t, a, Carry{})
	if _, err := away.CarryOut(ctx, Carry{Villages: []string{village.ID}, Who: "再带"}); model.CodeOf(err) != model.CodeRefused {
		t.Errorf("carried on: %v", err)
	}
	check(t, away.Close())
	if _, err := a.CarryOut(ctx, Carry{Villages: []string{village.ID}, Who: "再带", To: path, Password: packWord(a)}); model.CodeOf(err) != model.CodeExists {
		t.Errorf("written over: %v", err)
	}

	other, err := CreateDemo(ctx, Options{Path: filepath.Join(t.TempDir(), "别镇.xzdb"), Now: a.now}, "甲镇", 1)
	check(t, err)
	t.Cleanup(func() { other.Close() })
	foreign, err := other.Collect(ctx, CollectRequest{Paths: []string{path}, PackPassword: packWord(a)})
	check(t, err)
	if model.CodeOf(foreign[0].Err) != model.CodeInvalid {
		t.Errorf("foreign: %v", foreign[0].Err)
	}
	plain := filepath.Join(t.TempDir(), "普通"+CarryExt)
	made, err := CreateWith(ctx, Options{Path: plain, Now: a.now}, Setup{Unit: "乙镇", Level: model.LevelTown})
	check(t, err)
	check(t, made.Close())
	notOne, err := a.Collect(ctx, CollectRequest{Paths: []string{plain}})
	check(t, err)
	if model.CodeOf(notOne[0].Err) != model.CodeUnsupported {
		t.Errorf("no carried ledger: %v", notOne[0].Err)
	}
}

// TestCarry_EntryLost: the township went back to a backup from before; what was written
// in the village is taken in all the same, and that is said.
func TestCarry_EntryLost(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	ctx := t.Context()
	away, path := carry(t, a, Carry{})
	task := inVillage(t, away, ledgers.Task, carriedVillage(t, a, "青山村").ID)
	set(t, away, task, "remark", "村里的话")
	check(t, away.Close())
	last, err := a.Undoable(ctx)
	check(t, err)
	_, err = a.Undo(ctx, last.ID)
	check(t, err)
	if got := takePack(t, a, path); got.Counts.Update != 1 || len(got.Warnings) != 1 {
		t.Errorf("%+v %v", got.Counts, got.Warnings)
	}
	if got := takePack(t, a, path); got.Status != statusRepeat || outNow(t, a) != 0 {
		t.Errorf("%s, %d out", got.Status, outNow(t, a))
	}
}

// TestCarry_GivenUp: a lost stick is no reminder for ever, and welcome should it turn up.
func TestCarry_GivenUp(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	ctx := t.Context()
	_, path := carry(t, a, Carry{})
	_, out, err := a.CarriedOut(ctx)
	check(t, err)
	if _, err := a.GiveUpCarried(ctx, out[0].ID, " "); err == nil {
		t.Error("without a reason")
	}
	_, err = a.GiveUpCarried(ctx, out[0].ID, "U盘丢了")
	check(t, err)
	if n := outNow(t, a); n != 0 {
		t.Errorf("%d still out", n)
	}
	if got := takePack(t, a, path); got.Status != statusMerged {
		t.Errorf("%s", got.Status)
	}
}

// TestCarry_FilesComeAlong: a photo taken in the village comes with the folder beside
// the carried ledger, at once or later.
func TestCarry_FilesComeAlong(t *testing.T) {
	cheapLock(t)
	a := openDemo(t)
	village := carriedVillage(t, a, "青山村")
	away, path := carry(t, a, Carry{})
	task := inVillage(t, away, ledgers.Task, village.ID)
	attach(t, away, task.ID, writeSample(t, "现场.jpg", samplePhoto(t, 20, 20, 3)))
	check(t, away.Close())

	folder := strings.TrimSuffix(path, CarryExt) + "-佐证"
	check(t, os.Rename(folder, folder+"留在村里"))
	if got := takePack(t, a, path); len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], "1 个附件没有一起带回来") {
		t.Errorf("%v", got.Warnings)
	}
	check(t, os.Rename(folder+"留在村里", folder))
	if files, err := listFiles([]string{filepath.Dir(path)}); err != nil || len(files) != 1 {
		t.Errorf("the folder of the stick has %v to take in, %v", files, err)
	}
	if got := takePack(t, a, path); len(got.Warnings) != 0 || got.Status != statusMerged {
		t.Errorf("%s %v", got.Status, got.Warnings)
	}
	files, err := a.Attachments(t.Context(), ledgers.Task, task.ID)
	check(t, err)
	if len(files) != 1 || files[0].Broken != "" {
		t.Errorf("%+v", files)
	}
	if got := takePack(t, a, path); got.Status != statusRepeat {
		t.Errorf("%s", got.Status)
	}
}
