package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// threeOffices are copies of one ledger, one for each office, in the order of the parts
// of the work.
func threeOffices(t *testing.T) map[string]*App {
	now := testDay.Time()
	return officesAt(t, &now)
}

// officesAt are three offices whose clocks show now.
func officesAt(t *testing.T, now *time.Time) map[string]*App {
	t.Helper()
	cheapPack(t)
	out := map[string]*App{}
	for _, office := range []string{"党政办", "组织办", "乡村振兴办"} {
		a, err := Open(t.Context(), Options{Path: copyOf(t, demoFile(t)), Key: demoKey, Now: func() time.Time { return *now }, Origin: "test"})
		check(t, err)
		t.Cleanup(func() { check(t, a.Close()) })
		_, err = a.SetOffice(t.Context(), office)
		check(t, err)
		out[office] = a
	}
	return out
}

func firstOf(t *testing.T, a *App, ledger string) *model.Record {
	t.Helper()
	_, page, err := a.List(t.Context(), ListRequest{Ledger: ledger, Limit: 1})
	check(t, err)
	return page.Records[0]
}

func TestOffice_OthersReadOnly(t *testing.T) {
	a := threeOffices(t)["组织办"]
	ctx := t.Context()
	task, team := firstOf(t, a, ledgers.Task), firstOf(t, a, ledgers.Team)
	_, err := a.Set(ctx, ledgers.Task, task.ID, []Assignment{{Field: "title", Words: "改了"}})
	if wantCode(t, err, model.CodeRefused); !strings.Contains(model.Sentence(err), "党政办维护") {
		t.Error(err)
	}
	_, err = a.Delete(ctx, ledgers.Task, task.ID, true)
	wantCode(t, err, model.CodeRefused)
	_, err = a.Add(ctx, ledgers.Household, []Assignment{{Field: "householder", Words: "赵示例"}, {Field: "village", Words: "青山村"}})
	wantCode(t, err, model.CodeRefused)
	_, err = a.Set(ctx, ledgers.Team, team.ID, []Assignment{{Field: "remark", Words: "本科室的能改"}})
	check(t, err)
	_, err = a.Add(ctx, ledgers.Unit, []Assignment{{Field: "name", Words: "示例农机站"}})
	check(t, err)
	keeping, err := a.Keeping(ctx)
	check(t, err)
	if k := keeping[ledgers.Task]; k.Mine || k.Words() != "党政办维护，这里只读" || !keeping[ledgers.Team].Mine || keeping[ledgers.Team].Words() != "" || !keeping[ledgers.Person].Mine {
		t.Errorf("%+v", keeping)
	}
	if _, err := a.SetOffice(ctx, "食堂"); model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("an office that does not exist: %v", err)
	}
	_, err = a.SetOffice(ctx, "")
	check(t, err)
	_, err = a.Set(ctx, ledgers.Task, task.ID, []Assignment{{Field: "title", Words: "改了"}})
	check(t, err)
	if _, err := a.PackForOffices(ctx, OfficePack{}); model.CodeOf(err) != model.CodeRefused {
		t.Errorf("packed for no office: %v", err)
	}
}

func packOf(t *testing.T, a *App, all bool) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "科 室"+fmt.Sprint(rand.Int64())+".xzpack")
	_, err := a.PackForOffices(t.Context(), OfficePack{To: to, All: all, Password: packWord(a)})
	check(t, err)
	return to
}

// packWord is the password of a pack where the ledgers of this run are locked.
func packWord(a *App) string {
	if a.store.Key() == nil {
		return ""
	}
	return "一句记得住的话"
}

func takePack(t *testing.T, a *App, path string) FileResult {
	t.Helper()
	done, err := a.Collect(t.Context(), CollectRequest{Paths: []string{path}, PackPassword: packWord(a)})
	check(t, err)
	check(t, done[0].Err)
	return done[0]
}

// exchanged are the values of all records of what offices exchange.
func exchanged(t *testing.T, a *App) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, l := range a.Catalog().All() {
		if l.System {
			continue
		}
		check(t, a.store.Each(context.Background(), model.Query{Ledger: l.Key}, func(r *model.Record) error {
			out[l.Key+"/"+r.ID+"/"+model.AreaKey] = r.Area
			for key, v := range stored(l, r) {
				out[l.Key+"/"+r.ID+"/"+key] = fmt.Sprint(v)
			}
			return nil
		}))
	}
	return out
}

// TestOffices_ThreeMonths is the test of CLERK 1: three offices, each with its copy,
// write what they keep for three months and exchange packs in any order, one twice and
// one late; at the end all copies say the same.
func TestOffices_ThreeMonths(t *testing.T) {
	now := testDay.Time()
	apps := officesAt(t, &now)
	names := []string{"党政办", "组织办", "乡村振兴办"}
	keeps := map[string][]string{"党政办": {ledgers.Task, ledgers.Order}, "组织办": {ledgers.Team, ledgers.Visit, ledgers.MemberLog}, "乡村振兴办": {ledgers.Household, ledgers.Project}}
	adds := map[string]func(n int) (string, []Assignment){
		"党政办": func(n int) (string, []Assignment) {
			return ledgers.Task, []Assignment{{"title", fmt.Sprintf("示例事项%d", n)}, {"unit", "青山村"}}
		},
		"组织办": func(n int) (string, []Assignment) {
			return ledgers.MemberLog, []Assignment{{"log_on", fmt.Sprintf("2026-0%d-11", n+1)}, {"content", "入户"}}
		},
		"乡村振兴办": func(n int) (string, []Assignment) {
			return ledgers.Project, []Assignment{{"title", fmt.Sprintf("示例项目%d", n)}, {"village", "青山村"}}
		},
	}
	r := rand.New(rand.NewPCG(7, 11))
	ctx := t.Context()
	var late string
	for month := range 3 {
		now = now.AddDate(0, 1, 0)
		packs := map[string]string{}
		for _, name := range names {
			a := apps[name]
			for _, key := range keeps[name] {
				_, page, err := a.List(ctx, ListRequest{Ledger: key, Limit: 30})
				check(t, err)
				for range 5 {
					if len(page.Records) == 0 {
						break
					}
					rec := page.Records[r.IntN(len(page.Records))]
					_, err := a.Set(ctx, key, rec.ID, []Assignment{{Field: "remark", Words: fmt.Sprintf("%s %d 月第 %d 次", name, month+1, r.IntN(1000))}})
					if err != nil && model.CodeOf(err) != model.CodeInvalid {
						t.Fatal(err)
					}
				}
			}
			if name == "党政办" { // a task goes to another village
				moved := firstOf(t, a, ledgers.Task)
				_, err := a.Set(ctx, ledgers.Task, moved.ID, []Assignment{{Field: "unit", Words: []string{"白石村", "柳河村", "枣园村"}[month]}})
				check(t, err)
			}
			ledger, words := adds[name](month)
			_, err := a.Add(ctx, ledger, words)
			check(t, err)
			_, err = a.Add(ctx, ledgers.Unit, []Assignment{{Field: "name", Words: fmt.Sprintf("示例站所%s%d", name, month)}})
			check(t, err)
		}
		for _, name := range names {
			packs[name] = packOf(t, apps[name], month == 0)
		}
		for _, to := range names {
			order := r.Perm(len(names))
			for _, i := range order {
				if names[i] == to {
					continue
				}
				if to == "组织办" && names[i] == "党政办" && month == 1 {
					late = packs[names[i]]
					continue
				}
				done := takePack(t, apps[to], packs[names[i]])
				if done.Counts.Conflict > 0 || done.Counts.Problem > 0 || len(done.Problems) > 0 {
					t.Fatalf("month %d, %s from %s: %+v %v", month, to, names[i], done.Counts, done.Problems)
				}
				if again := takePack(t, apps[to], packs[names[i]]); again.Status != statusRepeat || again.Op != 0 {
					t.Fatalf("a second time: %+v", again)
				}
				if gap := len(done.Warnings) > 0; gap != (to == "组织办" && names[i] == "党政办" && month == 2) {
					t.Errorf("month %d, %s from %s: %v", month, to, names[i], done.Warnings)
				}
			}
		}
	}
	takePack(t, apps["组织办"], late)
	want := exchanged(t, apps["党政办"])
	for _, name := range names[1:] {
		got := exchanged(t, apps[name])
		for key, v := range want {
			if got[key] != v {
				t.Errorf("%s: %s is %q, 党政办 has %q", name, key, got[key], v)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s has %d values, 党政办 %d", name, len(got), len(want))
		}
	}
	for _, name := range names {
		if n, err := apps[name].store.Count(ctx, openConflicts()); err != nil || n > 0 {
			t.Errorf("%s: %d conflicts, %v", name, n, err)
		}
	}
}

// TestOffices_SharedConflict: what two offices write of the same unit is asked, not
// guessed; and taking a pack in can be undone.
func TestOffices_SharedConflict(t *testing.T) {
	now := testDay.Time()
	apps := officesAt(t, &now)
	ctx := t.Context()
	one, two := apps["党政办"], apps["组织办"]
	takePack(t, two, packOf(t, one, false))
	now = now.Add(time.Hour)
	unit := firstOf(t, one, ledgers.Unit)
	set := func(a *App, words string) {
		_, err := a.Set(ctx, ledgers.Unit, unit.ID, []Assignment{{Field: "remark", Words: words}})
		check(t, err)
	}
	set(one, "甲")
	set(two, "乙")
	done := takePack(t, two, packOf(t, one, false))
	open, err := two.Conflicts(ctx)
	check(t, err)
	if done.Counts.Conflict != 1 || len(open) != 1 || open[0].Theirs[0].Sender != "党政办" || open[0].Ours != "乙" {
		t.Fatalf("%+v, %+v", done.Counts, open)
	}
	undone, err := two.Undo(ctx, done.Op)
	check(t, err)
	if n, err := two.store.Count(ctx, openConflicts()); err != nil || n > 0 || len(undone.Refused) > 0 {
		t.Errorf("%d conflicts after undoing, %v", n, err)
	}
}

// TestOffices_UndoingIsNoWord: who takes back what another office said does not say the
// contrary to that office.
func TestOffices_UndoingIsNoWord(t *testing.T) {
	now := testDay.Time()
	apps := officesAt(t, &now)
	ctx := t.Context()
	one, two := apps["党政办"], apps["组织办"]
	takePack(t, two, packOf(t, one, false))
	takePack(t, one, packOf(t, two, false))
	unit := firstOf(t, one, ledgers.Unit)
	_, err := one.Set(ctx, ledgers.Unit, unit.ID, []Assignment{{Field: "remark", Words: "新的"}})
	check(t, err)
	now = now.Add(time.Hour)
	done := takePack(t, two, packOf(t, one, false))
	undone, err := two.Undo(ctx, done.Op)
	check(t, err)
	_, err = two.PackForOffices(ctx, OfficePack{To: filepath.Join(t.TempDir(), "空.xzpack"), Password: packWord(two)})
	wantCode(t, err, model.CodeRefused)
	_, err = two.Undo(ctx, undone.Op)
	check(t, err)
	_, err = two.PackForOffices(ctx, OfficePack{To: filepath.Join(t.TempDir(), "空.xzpack"), Password: packWord(two)})
	wantCode(t, err, model.CodeRefused)
	if rec, err := one.store.Get(ctx, ledgers.Unit, unit.ID); err != nil || rec.Get("remark").Text != "新的" {
		t.Errorf("%v, %v", rec.Get("remark"), err)
	}
}

// TestOffices_GoneAndFiles: a deleted record is listed and goes when that is accepted;
// files come along.
func TestOffices_GoneAndFiles(t *testing.T) {
	apps := threeOffices(t)
	ctx := t.Context()
	one, two := apps["党政办"], apps["组织办"]
	takePack(t, two, packOf(t, one, false))
	task := aTask(t, one)
	attach(t, one, task.ID, writeSample(t, "前.jpg", samplePhoto(t, 20, 20, 3)))
	order, err := one.Add(ctx, ledgers.Task, []Assignment{{Field: "title", Words: "临时事项"}, {Field: "unit", Words: "青山村"}})
	check(t, err)
	takePack(t, two, packOf(t, one, false))
	if files, err := two.Attachments(ctx, ledgers.Task, task.ID); err != nil || len(files) != 1 || files[0].Broken != "" {
		t.Errorf("%+v, %v", files, err)
	}
	gone := order.Records[0].ID
	_, err = one.Delete(ctx, ledgers.Task, gone, false)
	check(t, err)
	path := packOf(t, one, false)
	dry, err := two.Collect(ctx, CollectRequest{Paths: []string{path}, DryRun: true, PackPassword: packWord(two)})
	check(t, err)
	if dry[0].Counts.MissingRows != 1 || dry[0].Status != statusPlanned {
		t.Fatalf("%+v", dry[0])
	}
	done, err := two.Collect(ctx, CollectRequest{Paths: []string{path}, Drop: []string{gone}, PackPassword: packWord(two)})
	check(t, err)
	if _, err := two.store.Get(ctx, ledgers.Task, gone); model.CodeOf(err) != model.CodeNotFound || done[0].Dropped != 1 {
		t.Errorf("%+v, %v", done[0], err)
	}
	if _, err := one.PackForOffices(ctx, OfficePack{}); model.CodeOf(err) != model.CodeRefused {
		t.Errorf("nothing to pack: %v", err)
	}
}

// TestOffices_Refusals: packs of another township, of one's own office, of no office.
func TestOffices_Refusals(t *testing.T) {
	apps := threeOffices(t)
	one := apps["党政办"]
	own := packOf(t, one, false)
	refused := func(a *App, path, says string) {
		t.Helper()
		done, err := a.Collect(t.Context(), CollectRequest{Paths: []string{path}, PackPassword: packWord(a)})
		check(t, err)
		if done[0].Err == nil || !strings.Contains(model.Sentence(done[0].Err), says) {
			t.Errorf("%v, want %s", done[0].Err, says)
		}
	}
	refused(one, own, "自己打的包")
	refused(openDemo(t), own, "还没有定本机科室")
	move, err := one.Pack(t.Context(), PackRequest{To: filepath.Join(t.TempDir(), "搬.xzpack"), Password: "一句记得住的话"})
	check(t, err)
	done, err := apps["组织办"].Collect(t.Context(), CollectRequest{Paths: []string{move.Path}, PackPassword: "一句记得住的话"})
	check(t, err)
	if done[0].Err == nil || !strings.Contains(model.Sentence(done[0].Err), "搬家包") {
		t.Error(done[0].Err)
	}
	sealed := filepath.Join(t.TempDir(), "密.xzpack")
	_, err = one.PackForOffices(t.Context(), OfficePack{To: sealed, Password: "一句记得住的话", All: true})
	check(t, err)
	done, err = apps["组织办"].Collect(t.Context(), CollectRequest{Paths: []string{sealed}})
	check(t, err)
	wantCode(t, done[0].Err, model.CodePassword)
}

// TestOffices_DivisionIsUnderstood: a division of the work that would be read otherwise
// than meant is refused, and so is one that has no place for this copy's own office.
func TestOffices_DivisionIsUnderstood(t *testing.T) {
	a := threeOffices(t)["乡村振兴办"]
	for _, bad := range []string{"任务督办=党政办，驻村书记=组织办", "会仪=组织办", "党政办", "任务督办=", "任务督办＝党政办"} {
		if _, err := a.SetSetting(t.Context(), rule.UnitOffices, bad); model.CodeOf(err) != model.CodeInvalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
	_, err := a.SetSetting(t.Context(), "科室分工", "任务督办=党政办、监测户项目=农业农村办")
	wantCode(t, err, model.CodeRefused)
	_, err = a.SetSetting(t.Context(), "科室分工", "任务督办=党政办、监测户项目=乡村振兴办、会议=组织办")
	check(t, err)
	keeping, err := a.Keeping(t.Context())
	check(t, err)
	if keeping[ledgers.Meeting].Office != "组织办" || keeping[ledgers.Team].Office != "" || !keeping[ledgers.Household].Mine {
		t.Errorf("%+v", keeping)
	}
}

// TestOffices_OwnLedgersAndDisclosure: what a user has made travels with its records, and
// only the sensitive columns that the pack has are entered.
func TestOffices_OwnLedgersAndDisclosure(t *testing.T) {
	now := testDay.Time()
	apps := officesAt(t, &now)
	ctx := t.Context()
	one, two := apps["乡村振兴办"], apps["组织办"]
	takePack(t, two, packOf(t, one, false))
	now = now.Add(time.Hour)
	key, _, err := one.AddLedger(ctx, "示例自建台账")
	check(t, err)
	field, _, err := one.AddField(ctx, key, "示例项目", "文字", nil)
	check(t, err)
	_, err = one.Add(ctx, key, []Assignment{{Field: "名称", Words: "示例"}, {Field: field, Words: "一条"}})
	check(t, err)
	entries := func() int {
		page, err := one.store.List(ctx, model.Query{Ledger: ledgers.Disclosure})
		check(t, err)
		return page.Total
	}
	before := entries()
	path := packOf(t, one, false)
	if n := entries(); n != before {
		t.Errorf("%d disclosures of a pack without anything sensitive", n-before)
	}
	takePack(t, two, path)
	_, page, err := two.List(ctx, ListRequest{Ledger: "示例自建台账"})
	if err != nil || page.Total != 1 || page.Records[0].Get(field).Text != "一条" {
		t.Errorf("%+v, %v", page, err)
	}
}
