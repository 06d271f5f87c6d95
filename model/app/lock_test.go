package app

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/seal"
	"xiangzhen/model/store"
)

const testPassword = "甲镇 2026 密码"

// cheapLock makes passwords cost no time: what argon2id takes is not tested here.
func cheapLock(t testing.TB) {
	t.Helper()
	before := lockCost
	lockCost = seal.Cost{Time: 1, Memory: 64, Threads: 1}
	t.Cleanup(func() { lockCost = before })
}

// sensitiveWords collects every sensitive value of a ledger that is long enough to
// be told from chance.
func sensitiveWords(t *testing.T, a *App) []string {
	t.Helper()
	var out []string
	for _, l := range a.Catalog().All() {
		err := a.store.Each(context.Background(), model.Query{Ledger: l.Key}, func(r *model.Record) error {
			for i := range l.Fields {
				f := &l.Fields[i]
				if words := r.Get(f.Key).Text; f.Sensitive && !f.Internal && (f.Kind == model.KindIDNumber || f.Kind == model.KindPhone || f.Kind == model.KindBankCard || len(words) > 20) {
					out = append(out, words)
				}
			}
			return nil
		})
		check(t, err)
	}
	slices.Sort(out)
	return slices.Compact(slices.DeleteFunc(out, func(s string) bool { return len(s) < 8 }))
}

// scanFolder looks for words in every file below a folder but the tables people
// exchange, and returns those found with where.
func scanFolder(t *testing.T, dir string, words []string) (found []string, files int) {
	t.Helper()
	check(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) == ".xlsx" {
			return err
		}
		b, err := os.ReadFile(path)
		files++
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				found = append(found, filepath.Base(path)+": "+w)
			}
		}
		return err
	}))
	return found, files
}

// TestLock_NothingShows locks the sample with a backup beside it and looks for its
// sensitive values in all that lies there, the log included.
func TestLock_NothingShows(t *testing.T) {
	if demoKey != nil {
		t.Skip("the sample is locked already")
	}
	cheapLock(t)
	ctx := context.Background()
	path := copyOf(t, demoFile(t))
	o := Options{Path: path, Today: testDay, Origin: "test"}
	a, err := Open(ctx, o)
	check(t, err)
	words := sensitiveWords(t, a)
	if len(words) < 100 {
		t.Fatalf("only %d sensitive values in the sample", len(words))
	}
	_, err = a.Backup(ctx, "")
	check(t, err)
	stick := filepath.Join(t.TempDir(), "U 盘")
	check(t, os.Mkdir(stick, 0o755))
	_, err = a.BackupToSecond(ctx, stick)
	check(t, err)
	check(t, a.Close())
	if found, _ := scanFolder(t, filepath.Dir(path), words); len(found) < len(words) {
		t.Fatalf("the scan would not find %d values: %d", len(words), len(found))
	}

	done, err := SetLock(ctx, o, testPassword)
	check(t, err)
	if len(done.Copies) != 2 || len(done.Beyond) != 2 || done.Code == "" {
		t.Errorf("%+v", done)
	}
	_, err = Open(ctx, o)
	wantCode(t, err, model.CodePassword)
	o.Password = done.Code
	a, err = Open(ctx, o)
	check(t, err)
	if got := sensitiveWords(t, a); !slices.Equal(got, words) {
		t.Errorf("%d values after locking, %d before", len(got), len(words))
	}
	if s := a.LockState(); !s.Locked || len(s.Codes) != 1 || s.Codes[0].Keeper != DefaultKeeper {
		t.Errorf("%+v", s)
	}
	people, err := a.store.List(ctx, model.Query{Ledger: ledgers.Household, Limit: 1})
	check(t, err)
	_, err = a.Set(ctx, ledgers.Household, people.Records[0].ID, []Assignment{{Field: "phone", Words: "13800138000"}})
	check(t, err)
	info, err := a.Backup(ctx, filepath.Join(filepath.Dir(path), "另存.xzdb"))
	check(t, err)
	secrets := append(words, "13800138000", testPassword, done.Code)
	for _, dir := range []string{filepath.Dir(path), stick} {
		if found, files := scanFolder(t, dir, secrets); len(found) > 0 || files == 0 {
			t.Errorf("%d files, found %d: %.300v", files, len(found), found)
		}
	}
	if b, err := a.Backups(ctx); err != nil || !b.Files[0].Sound || b.SecondLate {
		t.Errorf("%+v %v", b, err)
	}
	if c, err := a.CompareBackup(ctx, info.Path); err != nil || !c.Same() {
		t.Errorf("%+v %v", c, err)
	}
	check(t, a.Close())
}

func TestLock_ChangeAndRemove(t *testing.T) {
	cheapLock(t)
	ctx := context.Background()
	o := Options{Path: copyOf(t, demoFile(t)), Today: testDay, Key: demoKey}
	if demoKey != nil {
		t.Skip("the sample is locked already")
	}
	_, err := SetLock(ctx, o, "12345")
	wantCode(t, err, model.CodeInvalid)
	_, err = RemoveLock(ctx, o)
	wantCode(t, err, model.CodeRefused)
	_, err = SetLock(ctx, o, testPassword)
	check(t, err)
	o.Password = testPassword
	_, err = SetLock(ctx, o, "再设一个密码")
	wantCode(t, err, model.CodeRefused)
	a, err := Open(ctx, o)
	check(t, err)
	info, err := a.Backup(ctx, "")
	check(t, err)
	_, err = a.ChangePassword(ctx, "不是这个密码", "新的密码 2027")
	wantCode(t, err, model.CodePassword)
	done, err := a.ChangePassword(ctx, testPassword, "新的密码 2027")
	check(t, err)
	if !slices.Equal(done.Copies, []string{info.Path}) {
		t.Errorf("%+v", done)
	}
	second, err := a.AddRecoveryCode(ctx, "新的密码 2027", "镇长")
	check(t, err)
	check(t, a.Close())
	for _, file := range []string{o.Path, info.Path} {
		for secret, opens := range map[string]bool{testPassword: false, "新的密码 2027": true, second.Code: true} {
			a, err := Open(ctx, Options{Path: file, Password: secret, Today: testDay})
			if err == nil {
				check(t, a.Close())
			}
			if (err == nil) != opens {
				t.Errorf("%s opens with %q: %v", filepath.Base(file), secret, err)
			}
		}
	}
	o.Password = second.Code
	_, err = RemoveLock(ctx, o)
	check(t, err)
	o.Password = ""
	a, err = Open(ctx, o)
	check(t, err)
	if a.LockState().Locked {
		t.Error("still locked")
	}
	check(t, a.Close())
}

// TestLock_MainJob runs the tests of the main job over a locked ledger.
func TestLock_MainJob(t *testing.T) {
	if testing.Short() || demoKey != nil {
		t.Skip("runs other tests")
	}
	cmd := exec.Command(os.Args[0], "-test.run", lockedTests, "-test.short", "-test.timeout", "5m")
	cmd.Env = append(os.Environ(), lockedEnv+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%.8000s", err, out)
	}
	if strings.Contains(string(out), "no tests to run") {
		t.Error("nothing was run")
	}
}

// lockedTests are those of collecting, importing, conflicts, undo, issue, backups
// and today.
const lockedTests = "Collect|Import|Undo|Redo|Conflict|Issue|Missing|RoundTrip|Today|Backup|Records|Find|Bulk|Tier"

// BenchmarkLock compares a locked with an unlocked ledger in the same run.
func BenchmarkLock(b *testing.B) {
	cheapLock(b)
	ctx := context.Background()
	for _, locked := range []bool{false, true} {
		path := copyOf(b, demoFile(b))
		o := Options{Path: path, Today: testDay}
		name := "open"
		if locked {
			_, err := SetLock(ctx, o, testPassword)
			check(b, err)
			o.Password, name = testPassword, "locked"
		}
		a, err := Open(ctx, o)
		check(b, err)
		b.Run("import/"+name, func(b *testing.B) {
			start := time.Now()
			n := 0
			for b.Loop() {
				check(b, addHouseholds(ctx, a, 2000))
				n += 2000
			}
			b.ReportMetric(float64(time.Since(start).Microseconds())/float64(n), "µs/row")
		})
		b.Run("list/"+name, func(b *testing.B) {
			for b.Loop() {
				_, _, err := a.List(ctx, ListRequest{Ledger: ledgers.Household, Limit: 200})
				check(b, err)
			}
		})
		check(b, a.Close())
	}
}

// addHouseholds adds households with three sensitive values each, as an import does.
func addHouseholds(ctx context.Context, a *App, n int) error {
	_, err := a.do(ctx, "import", "导入", func(tx *store.Tx) error {
		records := make([]*model.Record, n)
		for i := range records {
			r := model.NewRecord(ledgers.Household, "")
			for key, words := range map[string]string{
				"name": "张示例" + strconv.Itoa(i), "id_number": "99010119900101" + strconv.Itoa(1000+i), "phone": "139" + strconv.Itoa(10000000+i),
				"bank_card": "62009900" + strconv.Itoa(10000000+i), "address": "示例县甲镇青山村一组", "risk": "因病",
			} {
				if a.Catalog().Ledger(ledgers.Household).Field(key) != nil {
					r.Put(key, model.Text(words))
				}
			}
			records[i] = r
		}
		return tx.AddAll(records)
	})
	return err
}
