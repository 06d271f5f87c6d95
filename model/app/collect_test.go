package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"xiangzhen/model"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// TestCollect_AnyOrder takes the same returns in every order: two versions of one
// village, two of another with the same time, one with a row of its own, against
// an edit of the township's.
func TestCollect_AnyOrder(t *testing.T) {
	files := []string{
		respond(t, "青山村", "青山1", noon, map[int]typed{1: {"完成比例": "60", "进展情况": "一版"}, 2: {"进展情况": "未动"}}),
		respond(t, "青山村", "青山2", noon.Add(time.Hour), map[int]typed{1: {"完成比例": "75", "进展情况": "二版"}}),
		respond(t, "白石村", "白石1", noon, map[int]typed{1: {"完成比例": "40"}, 9: {"事项": "自己加的事", "进展情况": "刚开始"}}),
		respond(t, "白石村", "白石2", noon, map[int]typed{1: {"完成比例": "50"}}),
	}
	want := ""
	for _, order := range permutations(len(files)) {
		a := openDemo(t)
		edit(t, a, "白石村", "30")
		for _, i := range order {
			collect(t, a, files[i])
		}
		got := state(t, a)
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("order %v differs:\n%s", order, diff(want, got))
		}
		for _, f := range files {
			if r := collect(t, a, f)[0]; r.Counts.Add+r.Counts.Update+r.Counts.Cleared > 0 || r.Op != 0 {
				t.Errorf("the same file again: %+v", r.Counts)
			}
		}
		if again := state(t, a); again != got {
			t.Fatalf("collecting again changed:\n%s", diff(got, again))
		}
	}
}

// edit records progress for the first task of a village, as the township.
func edit(t testing.TB, a *App, village, percent string) {
	t.Helper()
	_, page, err := a.List(context.Background(), ListRequest{Ledger: "task", Area: village, Where: []string{"state!=已办结", "state!=已终止", "state!=已中止"}, Limit: 1})
	check(t, err)
	task := page.Records[0]
	_, had, err := a.List(context.Background(), ListRequest{Ledger: "progress", Where: []string{"task=" + task.ID, "period=2026-11"}})
	check(t, err)
	if had.Total > 0 {
		_, err = a.Set(context.Background(), "progress", had.Records[0].ID, []Assignment{{"percent", percent}})
	} else {
		_, err = a.Add(context.Background(), "progress", []Assignment{{"task", task.ID}, {"period", "2026-11"}, {"percent", percent}})
	}
	check(t, err)
}

func permutations(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var out [][]int
	for _, p := range permutations(n - 1) {
		for i := 0; i <= len(p); i++ {
			out = append(out, slices.Insert(slices.Clone(p), i, n-1))
		}
	}
	return out
}

// TestCollect_UndoRestores undoes each file's merge and finds the former state.
func TestCollect_UndoRestores(t *testing.T) {
	a := openDemo(t)
	before := state(t, a)
	results := collect(t, a,
		respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "60"}, 9: {"事项": "自己加的事", "进展情况": "刚开始"}}),
		respond(t, "柳河村", "柳河", noon, map[int]typed{1: {"进展情况": "已开工"}}))
	if state(t, a) == before {
		t.Fatal("nothing was taken in")
	}
	for _, r := range slices.Backward(results) {
		u, err := a.Undo(context.Background(), r.Op)
		check(t, err)
		if len(u.Kept)+len(u.Refused) > 0 {
			t.Errorf("%s: kept %v, refused %v", r.Area, u.Kept, u.Refused)
		}
	}
	if after := state(t, a); after != before {
		t.Errorf("undo left:\n%s", diff(before, after))
	}
	again := collect(t, a, respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "60"}}))
	if again[0].Counts.Update != 1 {
		t.Errorf("after the undo the file is news again: %+v", again[0].Counts)
	}
}

// TestCollect_UndoOfOneSide settles a conflict whose one side has gone.
func TestCollect_UndoOfOneSide(t *testing.T) {
	a := openDemo(t)
	one := respond(t, "白石村", "一", noon, map[int]typed{1: {"完成比例": "41"}})
	two := respond(t, "白石村", "二", noon, map[int]typed{1: {"完成比例": "52.37"}})
	first := collect(t, a, one)[0]
	collect(t, a, two)
	if open, err := a.Conflicts(context.Background()); err != nil || len(open) != 1 {
		t.Fatalf("conflicts %v (%v), want one", open, err)
	}
	_, err := a.Undo(context.Background(), first.Op)
	check(t, err)
	if open, err := a.Conflicts(context.Background()); err != nil || len(open) != 0 {
		t.Errorf("conflicts %v (%v) after one side has gone", open, err)
	}
	_, page, err := a.List(context.Background(), ListRequest{Ledger: "progress", Where: []string{"percent=52.37"}})
	check(t, err)
	if page.Total != 1 {
		t.Errorf("the side that is left does not stand: %d", page.Total)
	}
}

// TestDecide_StaysDecided answers a conflict and takes the same file again.
func TestDecide_StaysDecided(t *testing.T) {
	for _, choice := range []string{"ours", "theirs", "66"} {
		a := openDemo(t)
		edit(t, a, "青山村", "30")
		file := respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "45"}})
		collect(t, a, file)
		open, err := a.Conflicts(context.Background())
		check(t, err)
		if len(open) != 1 {
			t.Fatalf("%s: %d conflicts, want 1", choice, len(open))
		}
		_, err = a.Decide(context.Background(), open[0].ID, choice, "已核实")
		check(t, err)
		decided := state(t, a)
		resaved := respond(t, "青山村", "青山另存", noon.Add(time.Hour), map[int]typed{1: {"完成比例": "45"}})
		collect(t, a, file, resaved)
		if got := state(t, a); got != decided {
			t.Errorf("%s: the same file again changed\n%s", choice, diff(decided, got))
		}
		news := respond(t, "青山村", "青山新", noon.Add(2*time.Hour), map[int]typed{1: {"完成比例": "47"}})
		collect(t, a, news)
		if open, err = a.Conflicts(context.Background()); err != nil {
			t.Fatal(err)
		}
		if wantOpen := map[bool]int{true: 0, false: 1}[choice == "theirs"]; choice != "theirs" && len(open) != wantOpen {
			t.Errorf("%s: a new value raised %d conflicts, want %d", choice, len(open), wantOpen)
		}
	}
}

func TestCollect_RefusesAndGoesOn(t *testing.T) {
	a := openDemo(t)
	dir := filepath.Join(t.TempDir(), "收 到")
	check(t, os.MkdirAll(filepath.Join(dir, "里层"), 0o755))
	good := respond(t, "青山村", "好", noon, map[int]typed{1: {"进展情况": "已完成过半"}})
	for name, content := range map[string][]byte{"扫描件.pdf": []byte("%PDF-1.4"), "截断.xlsx": []byte("PK\x03\x04坏"), "~$好.xlsx": []byte("锁"), "空.xlsx": nil} {
		check(t, os.WriteFile(filepath.Join(dir, name), content, 0o644))
	}
	raw, err := os.ReadFile(good)
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, "里层", "好.xlsx"), raw, 0o644))
	results, err := a.Collect(context.Background(), CollectRequest{Paths: []string{dir}, Receipts: t.TempDir()})
	check(t, err)
	codes := map[string]model.Code{}
	for _, r := range results {
		codes[filepath.Base(r.File)] = model.CodeOf(r.Err)
	}
	want := map[string]model.Code{"扫描件.pdf": model.CodeUnsupported, "截断.xlsx": model.CodeDamaged, "空.xlsx": model.CodeInvalid, "好.xlsx": ""}
	if len(codes) != len(want) {
		t.Errorf("files %v, want %v", codes, want)
	}
	for name, code := range want {
		if codes[name] != code {
			t.Errorf("%s: %q, want %q", name, codes[name], code)
		}
	}
}

// TestCollect_UndoOfTheOlder undoes a first version whose words a second one
// repeats: what the second says stands.
func TestCollect_UndoOfTheOlder(t *testing.T) {
	one := respond(t, "青山村", "一", noon, map[int]typed{1: {"完成比例": "60", "存在问题": "缺材料"}, 2: {"下步打算": "继续"}})
	two := respond(t, "青山村", "二", noon.Add(time.Hour), map[int]typed{1: {"完成比例": "75", "存在问题": "缺材料"}, 2: {"下步打算": "继续"}})
	alone := openDemo(t)
	collect(t, alone, two)
	both := openDemo(t)
	first := collect(t, both, one)[0]
	collect(t, both, two)
	_, err := both.Undo(context.Background(), first.Op)
	check(t, err)
	if want, got := state(t, alone), state(t, both); want != got {
		t.Errorf("undoing the first version left:\n%s", diff(want, got))
	}
	again := state(t, both)
	collect(t, both, two)
	if got := state(t, both); got != again {
		t.Errorf("the second version again changed:\n%s", diff(again, got))
	}
}
