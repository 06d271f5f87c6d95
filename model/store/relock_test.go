package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/seal"
)

// quick is a lock that costs no time: what argon2id takes is not what is tested.
var quick = seal.Cost{Time: 1, Memory: 64, Threads: 1}

const (
	testPassword = "甲镇密码2026"
	testID       = "990101198503150025"
	testPhone    = "13900001234"
	testCard     = "6200990000000000"
	testHealth   = "患病甲乙"
)

func newLock(t testing.TB) (*NewLock, string) {
	t.Helper()
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	code, err := seal.NewCode()
	if err != nil {
		t.Fatal(err)
	}
	lock := &NewLock{Key: key}
	for kind, secret := range map[seal.Kind]string{seal.Password: testPassword, seal.Recovery: code} {
		slot, err := seal.Wrap(key, kind, secret, "党政办", quick, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		lock.Lock = lock.Lock.With(slot)
	}
	return lock, code
}

// relock closes the box's ledger, changes its lock and opens it again.
func (b *box) relock(to *NewLock, password string) {
	b.t.Helper()
	if err := b.Close(); err != nil {
		b.t.Fatal(err)
	}
	o := testOptions(b.clock)
	o.Key, o.Password = b.Key(), password
	if err := Relock(b.ctx, b.Path(), o, to); err != nil {
		b.t.Fatal(err)
	}
	if to != nil {
		o.Password, o.Key = testPassword, nil
	}
	s, err := Open(b.ctx, b.Path(), o)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Store = s
}

// secretBox has sensitive values in records, in journal entries of all kinds, and
// in a field that was taken away.
func secretBox(t testing.TB) *box {
	b := newBox(t)
	b.add("person", "p1", "name", "张示例一", "id_number", testID, "phone", "13900009999", "card", testCard, "health", testHealth,
		"income", 1234567, "born", model.Day("1985-03-15"))
	b.set("person", "p1", "phone", testPhone)
	b.add("person", "p2", "name", "张示例二", "phone", testPhone)
	b.do("删除", func(tx *Tx) error { return tx.Delete("person", "p2", false) })
	b.do("项目", func(tx *Tx) error {
		return tx.Add(userFieldOf("person", "u_ill", "病史", "文字", "sensitive", model.Bool(true)))
	})
	b.set("person", "p1", "u_ill", "病史丙丁")
	b.do("移除", func(tx *Tx) error {
		_, err := tx.Set("user_field", b.ids(model.Query{Ledger: "user_field"})[0], map[string]model.Value{"hidden": model.Bool(true)})
		return err
	})
	return b
}

var secretsOfBox = []string{testID, testID[:15], testPhone, "13900009999", testCard, testHealth, "病史丙丁", "1234567", "1985-03-15"}

func TestRelock_NothingShows(t *testing.T) {
	b := secretBox(t)
	before := b.dump()
	lock, code := newLock(t)
	hash := b.Hash(testID)
	b.relock(lock, "")
	if got := b.dump(); got != before {
		t.Errorf("locked:\n%s\nwant\n%s", got, before)
	}
	if b.Hash(testID) != hash {
		t.Error("forms under way would not be understood")
	}
	b.set("person", "p1", "card", "6200990000000018") // leaves a write-ahead log
	to := filepath.Join(filepath.Dir(b.Path()), "备份", "一.xzdb")
	if _, err := b.Backup(b.ctx, to); err != nil {
		t.Fatal(err)
	}
	scanAll(t, filepath.Dir(b.Path()), append(secretsOfBox, "6200990000000018", testPassword, code))
	b.undo(0)
	if got := b.dump(); got != before {
		t.Errorf("after an undo:\n%s\nwant\n%s", got, before)
	}
	for _, file := range []string{b.Path(), to} {
		if report, err := Verify(b.ctx, file); err != nil || len(report.Problems) > 0 {
			t.Errorf("%s: %+v %v", file, report, err)
		}
	}
	b.relock(nil, "")
	if got := b.dump(); got != before || b.Key() != nil || b.Hash(testID) != hash {
		t.Errorf("unlocked again:\n%s\nwant\n%s", got, before)
	}
	for range 4 {
		b.undo(0)
	}
}

// scanAll looks through every file below a folder.
func scanAll(t *testing.T, dir string, secrets []string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, s := range secrets {
			if bytes.Contains(b, []byte(s)) {
				t.Errorf("%s stands in %s", s, e.Name())
			}
		}
		if bytes.Contains(b, []byte("张示例一")) {
			seen++
		}
		return err
	})
	if err != nil || seen < 2 {
		t.Errorf("looked into %d ledgers, %v", seen, err)
	}
}

func TestRelock_FindsAndLooksUp(t *testing.T) {
	b := secretBox(t)
	lock, _ := newLock(t)
	b.relock(lock, "")
	for name, keys := range map[string]map[string]model.Value{"ID": vals("id_number", testID), "phone": vals("phone", testPhone)} {
		if found, err := b.Find(b.ctx, "person", keys, ""); err != nil || len(found) != 1 || found[0].Get("id_number").Text != testID {
			t.Errorf("%s: %v %v", name, found, err)
		}
	}
	b.wantIDs(model.Query{Ledger: "person", Where: []model.Cond{{Field: "id_number", Op: model.OpContains, Value: model.Text(testID[:15])}}}, "p1")
	b.wantIDs(model.Query{Ledger: "person", Search: testHealth})
	if h, err := b.History(b.ctx, "person", "p1"); err != nil || h[len(h)-1].After["id_number"].Text != testID {
		t.Errorf("%+v %v", h, err)
	}
	if op := b.do("照旧", func(tx *Tx) error { _, err := tx.Set("person", "p1", vals("phone", testPhone)); return err }); op.Op != 0 {
		t.Error("the same value again is a change")
	}
}

// TestSealed_IsTiedToItsPlace: a value copied to another record is not shown there.
func TestSealed_IsTiedToItsPlace(t *testing.T) {
	b := secretBox(t)
	lock, _ := newLock(t)
	b.relock(lock, "")
	b.add("person", "p3", "name", "张示例三", "health", "健康")
	b.do("挪动", func(tx *Tx) error {
		_, err := tx.ses.exec(tx.quiet, `UPDATE person SET health = (SELECT health FROM person WHERE id = 'p1') WHERE id = 'p3'`)
		if err != nil {
			return err
		}
		return tx.Add(rec("person", "p4", "name", "张示例四"))
	})
	_, err := b.Get(b.ctx, "person", "p3")
	wantCode(t, err, model.CodeInvalid, "健康状况")
}

func TestOpen_AsksForThePassword(t *testing.T) {
	b := secretBox(t)
	lock, code := newLock(t)
	b.relock(lock, "")
	key := b.Key()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	open := func(password string, key *seal.Key) error {
		o := testOptions(b.clock)
		o.Password, o.Key = password, key
		s, err := Open(b.ctx, b.Path(), o)
		if err != nil {
			return err
		}
		return s.Close()
	}
	wantCode(t, open("", nil), model.CodePassword, "设有密码")
	for range 3 {
		wantCode(t, open("猜一个密码", nil), model.CodePassword, "密码不对")
	}
	wantCode(t, open(testPassword, nil), model.CodePassword, "3 次", "秒")
	other, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, open("", other), model.CodePassword)
	if err := open("", key); err != nil {
		t.Error("the key needs no wait:", err)
	}
	b.clock.at = b.clock.at.Add(-time.Hour)
	wantCode(t, open(testPassword, nil), model.CodePassword, "5 秒")
	b.clock.at = b.clock.at.Add(time.Hour + 6*time.Second)
	wantCode(t, open("猜一个密码", nil), model.CodePassword, "密码不对")
	b.clock.at = b.clock.at.Add(11 * time.Second)
	for name, secret := range map[string]string{"password": testPassword, "code": strings.ToLower(code)} {
		if err := open(secret, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if names := listDir(t, filepath.Dir(b.Path())); len(names) != 1 {
		t.Errorf("left %v", names)
	}
}

func TestSetLock_ChangesThePassword(t *testing.T) {
	b := secretBox(t)
	lock, _ := newLock(t)
	wantCode(t, b.SetLock(b.ctx, lock.Lock), model.CodeRefused)
	b.relock(lock, "")
	slot, err := seal.Wrap(b.Key(), seal.Password, "新的密码2027", "", quick, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.SetLock(b.ctx, b.Lock().With(slot)); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	o := testOptions(b.clock)
	o.Password = testPassword
	_, err = Open(b.ctx, b.Path(), o)
	wantCode(t, err, model.CodePassword)
	o.Password = "新的密码2027"
	s, err := Open(b.ctx, b.Path(), o)
	if err != nil {
		t.Fatal(err)
	}
	b.Store = s
}

// TestRelock_Interrupted ends what a power cut left at either moment.
func TestRelock_Interrupted(t *testing.T) {
	b := secretBox(t)
	want := b.dump()
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	reopen := func() {
		t.Helper()
		s, err := Open(b.ctx, b.Path(), testOptions(b.clock))
		if err != nil {
			t.Fatal(err)
		}
		b.Store = s
		if got := b.dump(); got != want {
			t.Errorf("got\n%s", got)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if names := listDir(t, filepath.Dir(b.Path())); len(names) != 1 {
			t.Errorf("left %v", names)
		}
	}
	if err := os.Rename(b.Path(), b.Path()+oldSuffix); err != nil {
		t.Fatal(err)
	}
	reopen()
	if err := copyFileTo(b.Path(), b.Path()+oldSuffix); err != nil {
		t.Fatal(err)
	}
	reopen()
	s, err := Open(b.ctx, b.Path(), testOptions(b.clock))
	if err != nil {
		t.Fatal(err)
	}
	b.Store = s
}

func copyFileTo(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o644)
}
