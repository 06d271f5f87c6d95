package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/seal"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
)

// The torture: a child process works on a ledger and says on its output what it has
// done, each time after it was done, and is killed at any moment.
const (
	tortureEnv   = "XIANGZHEN_TORTURE"       // the ledger the child works on
	tortureForms = "XIANGZHEN_TORTURE_FORMS" // the folder of issued forms
	tortureKills = "XIANGZHEN_TORTURE_KILLS" // how often it is killed
	torturePhone = "13912345678"             // a sensitive value in every household
	tortureRows  = 30                        // of an import
	tortureFill  = "断电前"                     // begins what villages report
)

// feat is one thing the child has done.
type feat struct {
	Kind   string
	Op     int64  `json:",omitempty"`
	Token  string `json:",omitempty"` // what its records are found by
	Rows   int    `json:",omitempty"`
	File   string `json:",omitempty"`
	Locked bool   `json:",omitempty"`
}

// tortured is the child.
type tortured struct {
	ctx   context.Context
	o     Options
	a     *App
	forms []string
	dir   string // for the files it makes
	n     int
}

// torture works until it is killed; what it returns is a fault.
func torture(path, forms string) error {
	lockCost = seal.Cost{Time: 1, Memory: 64, Threads: 1}
	c := &tortured{ctx: context.Background(), o: tortureOptions(path), n: int(time.Now().UnixNano() % 1e9 * 1000)}
	var err error
	if c.forms, err = filepath.Glob(filepath.Join(forms, "*.xlsx")); err != nil || len(c.forms) == 0 {
		return fmt.Errorf("no forms in %s: %v", forms, err)
	}
	if c.dir, err = os.MkdirTemp(filepath.Dir(filepath.Dir(path)), "手边"); err != nil {
		return err
	}
	if c.a, err = Open(c.ctx, c.o); err != nil {
		return err
	}
	steps := []func() (feat, error){c.save, c.importTable, c.collect, c.undo, c.save, c.backup, c.relock, c.undo, c.collect}
	say(feat{Kind: "open", Locked: c.a.LockState().Locked})
	for {
		f, err := steps[rand.IntN(len(steps))]()
		if err != nil {
			return fmt.Errorf("%s: %w", f.Kind, err)
		}
		say(f)
	}
}

func say(f feat) {
	line, _ := json.Marshal(f) // of texts and numbers only
	fmt.Println(string(line))
}

func tortureOptions(path string) Options {
	return Options{Path: path, Today: testDay, Password: testPassword, Origin: "torture"}
}

func (c *tortured) token() string {
	c.n++
	return "记" + strconv.Itoa(c.n) + "号"
}

func (c *tortured) save() (feat, error) {
	f := feat{Kind: "save", Token: c.token(), Rows: 1}
	done, err := c.a.Add(c.ctx, ledgers.Household, []Assignment{{"village", "青山村"}, {"householder", f.Token}, {"phone", torturePhone}})
	f.Op = done.Op
	return f, err
}

func (c *tortured) importTable() (feat, error) {
	f := feat{Kind: "import", Token: c.token(), Rows: tortureRows, File: filepath.Join(c.dir, "导入.csv")}
	var b strings.Builder
	b.WriteString("村,户主姓名,联系电话\n")
	for i := range tortureRows {
		fmt.Fprintf(&b, "青山村,%s%d,%s\n", f.Token, i, torturePhone)
	}
	if err := os.WriteFile(f.File, []byte(b.String()), 0o644); err != nil {
		return f, err
	}
	results, err := c.a.Import(c.ctx, ImportRequest{Files: []string{f.File}, Ledger: ledgers.Household})
	return f.of(results, err)
}

// of completes a feat with what became of its one file.
func (f feat) of(results []FileResult, err error) (feat, error) {
	if err == nil {
		err = results[0].Err
	}
	if err == nil && results[0].Op == 0 {
		err = fmt.Errorf("nothing taken in: %s %v", results[0].Status, results[0].Problems)
	}
	if err == nil {
		f.Op = results[0].Op
	}
	return f, err
}

func (c *tortured) collect() (feat, error) {
	f := feat{Kind: "collect", Token: c.token(), Rows: 1}
	f.File = filepath.Join(c.dir, f.Token+".xlsx")
	e, err := sheet.Edit(c.forms[rand.IntN(len(c.forms))])
	if err != nil {
		return f, err
	}
	defer e.Close()
	page := e.Sheets()[0]
	for row := 5; row <= 6; row++ {
		// L 进展情况, the 11th column of the form behind the hidden one
		if err := e.Set(page, row, 12, tortureFill+f.Token+strconv.Itoa(row)); err != nil {
			return f, err
		}
	}
	if err := e.SaveAs(f.File); err != nil {
		return f, err
	}
	results, err := c.a.Collect(c.ctx, CollectRequest{Paths: []string{f.File}, Receipts: c.dir})
	return f.of(results, err)
}

func (c *tortured) undo() (feat, error) {
	f := feat{Kind: "undo"}
	last, err := c.a.Undoable(c.ctx)
	if err != nil || last == nil || last.Origin != "torture" || last.Kind == "issue" {
		return feat{Kind: "nothing"}, err
	}
	r, err := c.a.Undo(c.ctx, last.ID)
	f.Op = r.Op
	return f, err
}

func (c *tortured) backup() (feat, error) {
	c.n++
	info, err := c.a.Backup(c.ctx, filepath.Join(c.a.backupDir(), "20260101-000000-手动"+strconv.Itoa(c.n)+filepath.Ext(c.o.Path)))
	return feat{Kind: "backup", Op: info.Op, File: info.Path}, err
}

// relock sets the password or takes it away.
func (c *tortured) relock() (feat, error) {
	f := feat{Kind: "lock", Locked: !c.a.LockState().Locked}
	err := c.a.Close()
	if err == nil && f.Locked {
		_, err = SetLock(c.ctx, c.o, testPassword)
	} else if err == nil {
		_, err = RemoveLock(c.ctx, c.o)
	}
	if err == nil {
		c.a, err = Open(c.ctx, c.o)
	}
	return f, err
}

// memory is what the parent knows to be in the ledger.
type tortureMemory struct {
	t      *testing.T
	path   string
	feats  []feat
	lastOp int64
	locked bool
	said   map[string]int // feats by kind
}

func TestTorture_Killed(t *testing.T) {
	if testing.Short() {
		t.Skip("runs processes")
	}
	kills := 8
	if n, err := strconv.Atoi(os.Getenv(tortureKills)); err == nil {
		kills = n
	}
	m := &tortureMemory{t: t, said: map[string]int{}}
	for round := range kills {
		if round%40 == 0 { // a ledger that grows only slows the torture down
			m.begin()
		}
		m.round()
		if t.Failed() {
			t.Fatalf("after %d kills", round+1)
		}
	}
	t.Logf("%d kills, done before them: %v", kills, m.said)
	for _, kind := range []string{"save", "import", "collect", "undo", "backup", "lock"} {
		if kills >= 100 && m.said[kind] == 0 {
			t.Errorf("no %s was ever reported: the test does not test", kind)
		}
	}
}

// begin takes a fresh copy of the sample in a fresh folder.
func (m *tortureMemory) begin() {
	m.path = copyOf(m.t, demoFile(m.t))
	m.feats, m.lastOp, m.locked = nil, 0, false
}

// round starts a child, kills it, and looks.
func (m *tortureMemory) round() {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), tortureEnv+"="+m.path, tortureForms+"="+filepath.Join(filepath.Dir(demoFile(m.t)), "下发"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	check(m.t, err)
	check(m.t, cmd.Start())
	lines := bufio.NewScanner(out)
	var news []feat
	for lines.Scan() {
		var f feat
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			m.t.Errorf("the child says %q", lines.Text())
			break
		}
		if f.Kind == "open" {
			wait := time.Duration(rand.IntN(700)) * time.Millisecond
			if rand.IntN(3) == 0 {
				wait *= 4 // for what takes longer: writing all anew with a password
			}
			time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
			if f.Locked != m.locked {
				m.t.Errorf("opened with a lock: %v, left with: %v", f.Locked, m.locked)
			}
		}
		news = append(news, f)
		m.said[f.Kind]++
	}
	_ = cmd.Process.Kill() // where it said nothing
	if err := cmd.Wait(); err == nil || stderr.Len() > 0 {
		m.t.Errorf("the child ended with %v and says %s", err, &stderr)
	}
	m.look(news)
}

// look opens the ledger as the next start does and holds it against what was said.
func (m *tortureMemory) look(news []feat) {
	ctx := context.Background()
	for _, f := range news {
		if f.Kind == "lock" {
			m.locked = f.Locked
		}
	}
	a, err := Open(ctx, tortureOptions(m.path))
	if err != nil {
		m.t.Fatalf("no clean start: %v, after %+v", err, news)
	}
	if a.Warning() != "" {
		m.t.Errorf("no quiet start: %s", a.Warning())
	}
	if now := a.LockState().Locked; now != m.locked { // it was under way
		m.locked = now
	}
	m.feats = append(m.feats, news...)
	for _, f := range m.feats {
		m.held(ctx, a, f)
	}
	m.inFlight(ctx, a)
	for _, f := range news {
		if f.Kind == "backup" {
			m.sound(ctx, f.File)
		}
	}
	check(m.t, a.Close())
	m.sound(ctx, m.path)
	m.tidy()
}

// held looks for a feat: its operation, and its records unless it was taken back.
func (m *tortureMemory) held(ctx context.Context, a *App, f feat) {
	if f.Op == 0 || f.Kind == "backup" {
		return
	}
	op, err := a.store.Operation(ctx, f.Op)
	check(m.t, err)
	if op == nil {
		m.t.Errorf("lost: %+v", f)
		return
	}
	m.lastOp = max(m.lastOp, f.Op)
	if f.Kind == "undo" {
		return
	}
	want := f.Rows
	if op.Undone != 0 {
		want = 0
	}
	ledger, field, words := ledgers.Household, "householder", f.Token
	if f.Kind == "collect" {
		ledger, field, words = ledgers.Submission, "file", f.Token
	}
	got, err := a.store.Count(ctx, model.Query{Ledger: ledger, Where: []model.Cond{{Field: field, Op: model.OpContains, Value: model.Text(words)}}})
	check(m.t, err)
	if got != want {
		m.t.Errorf("%+v, undone by %d: %d records, want %d", f, op.Undone, got, want)
	}
}

// inFlight allows one operation at most to be there that was not reported: the one
// under way. It is known from now on.
func (m *tortureMemory) inFlight(ctx context.Context, a *App) {
	last, err := a.store.Operations(ctx, 1, 0)
	check(m.t, err)
	if m.lastOp != 0 && last[0].ID > m.lastOp+1 {
		m.t.Errorf("operations up to %d, reported up to %d", last[0].ID, m.lastOp)
	}
	m.lastOp = last[0].ID
}

func (m *tortureMemory) sound(ctx context.Context, path string) {
	report, err := store.Verify(ctx, path)
	if err != nil || len(report.Problems) > 0 {
		m.t.Errorf("%s: %v %v", path, err, report.Problems)
	}
}

// tidy looks at what lies around the ledger: no half-made files, and nothing
// sensitive in any of them while there is a password.
func (m *tortureMemory) tidy() {
	check(m.t, filepath.WalkDir(filepath.Dir(m.path), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name := filepath.Base(path)
		if filepath.Ext(name) != filepath.Ext(m.path) && name != "备份登记.json" {
			m.t.Errorf("left behind: %s", path)
		}
		if !m.locked {
			return nil
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(torturePhone)) {
			m.t.Errorf("with a password, in plain text in %s", path)
		}
		return err
	}))
}
