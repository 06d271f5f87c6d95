package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// FileResult tells what became of one file.
type FileResult struct {
	File     string
	Format   string
	Area     string // name of the sender
	Ledger   string
	Form     string
	Period   model.Period
	Status   string // Chinese: 已并入, 空表 …
	Counts   exchange.Counts
	Receipt  string
	Op       int64 // 0 if nothing was written
	Problems []model.Problem
	Warnings []string
	Err      error // the file was refused
	// Plans tell row by row what was done or, in a dry run, would be: one a table.
	Plans []*exchange.Plan
	// Pictures tell what becomes of those that came with the table.
	Pictures Pictures
	// Mirrors are the tables kept as an export of the upper system, ledgers left alone.
	Mirrors []Mirror
	Decided int  // conflicts answered beforehand
	Dropped int  // records deleted because their rows did not come back
	settled bool // its conflicts were settled by later files of the same gesture
}

// Undecided reports whether something in the file is left for people to decide.
func (r FileResult) Undecided() bool {
	return r.Counts.Conflict > 0 && !r.settled || r.Counts.Problem > 0 || hasFault(r.Problems)
}

func hasFault(problems []model.Problem) bool {
	return slices.ContainsFunc(problems, func(p model.Problem) bool { return p.Level == model.Fault })
}

// CollectRequest takes returned workbooks in.
type CollectRequest struct {
	Paths    []string // files and folders
	DryRun   bool
	Strict   bool   // a file with a problem is not taken in at all
	Returns  string // folder for files with bad rows marked, "" = none
	Receipts string // folder for receipts, "" = beside the ledger
	// OnFile, if not nil, hears of each file before it is taken in: how many are
	// done, how many there are.
	OnFile func(done, all int, file string)
	// PackPassword opens packs among the files that have a password of their own.
	PackPassword string
	// Answers decide conflicts of the files in the operation that takes a file in;
	// an answer whose conflict does not come up is passed over.
	Answers []Answer
	// Drop names records whose rows did not come back (少报的行) and that are to be
	// deleted with the file they are missing from.
	Drop []string
}

// The statuses of a file in words.
const (
	statusMerged  = "已并入"
	statusProblem = "待更正"
	statusEmpty   = "空表"
	statusZero    = "零报告"
	statusRepeat  = "已并入过"
	statusPlanned = "可并入"
	statusHeld    = "有问题，未并入"
)

// Collect takes in every workbook found: one backup before, one operation a
// file. A file that cannot be read leaves the others alone.
func (a *App) Collect(ctx context.Context, req CollectRequest) ([]FileResult, error) {
	files, err := a.sources(req.Paths)
	if err != nil {
		return nil, err
	}
	if !req.DryRun {
		if err := a.backupBefore(ctx, "收表前"); err != nil {
			return nil, err
		}
	}
	forms, err := a.everyForm(ctx)
	if err != nil {
		return nil, err
	}
	results := make([]FileResult, 0, len(files))
	ahead, stop := openAhead(ctx, files)
	defer stop()
	for i, file := range files {
		if err := ctx.Err(); err != nil {
			return results, err
		}
		if req.OnFile != nil {
			req.OnFile(i, len(files), text.BaseName(file.path))
		}
		ready := ahead()
		if isBundle(file.path) {
			out, err := a.takeBundle(ctx, req, file.path)
			if err != nil && !refuses(err) {
				return results, err
			}
			out.Err = err
			results = append(results, out)
			continue
		}
		c := collecting{App: a, req: req, forms: forms, path: file.path, ready: &ready, out: FileResult{File: file.path}}
		if err := c.run(ctx); err != nil {
			if !refuses(err) {
				return results, err
			}
			c.out.Err = err
		}
		if !req.DryRun {
			c.forget()
		}
		results = append(results, c.out)
	}
	if !req.DryRun {
		if err := a.noteTaken(ctx, req.Paths, results); err != nil {
			return results, err
		}
	}
	return results, a.markSettled(ctx, req, results)
}

// markSettled notes where nothing is open any more after the whole gesture.
func (a *App) markSettled(ctx context.Context, req CollectRequest, results []FileResult) error {
	if req.DryRun {
		return nil
	}
	open, err := a.store.Count(ctx, openConflicts())
	if err != nil || open > 0 {
		return err
	}
	for i := range results {
		results[i].settled = true
	}
	return nil
}

// refuses reports whether an error speaks of one file only, so that the others
// go on.
func refuses(err error) bool {
	switch model.CodeOf(err) {
	case model.CodeInternal, model.CodeCancelled, model.CodeUsage:
		return false
	}
	return !errors.Is(err, context.Canceled)
}

// listFiles returns the files meant by paths, folders gone through, in the order
// of their names. Lock files that WPS leaves (~$…) and hidden ones are no tables.
func listFiles(paths []string) ([]string, error) {
	var out []string
	for _, p := range paths {
		if _, err := os.Stat(p); err != nil {
			return nil, model.Wrap(err, model.CodeNotFound, "找不到“%s”。", p)
		}
		err := filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return model.Wrap(err, model.CodeReadOnly, "文件夹“%s”打不开。", path)
			}
			name := d.Name()
			hidden := path != p && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$"))
			switch {
			case d.IsDir() && (hidden || path != p && besideCarried(path)):
				return fs.SkipDir
			case !d.IsDir() && !hidden && (path == p || !besideCarried(path)):
				out = append(out, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// collecting is the taking in of one file.
type collecting struct {
	*App
	req       CollectRequest
	forms     []exchange.Form
	path      string
	book      *sheet.Book
	ret       *exchange.Return
	out       FileResult
	look      *lookup // by which the return was planned
	fromAbove bool    // the form was issued to this ledger's own unit
	// broken is why the file could not be had out of its zip, nil if it could.
	broken error
	ready  *opened // the workbook, where it was read ahead
}

// forget lets go of what only writing the plans needed: of 300 files it would fill the
// memory.
func (c *collecting) forget() {
	for _, p := range c.out.Plans {
		p.Written()
	}
}

func (c *collecting) run(ctx context.Context) error {
	if err := c.read(ctx); err != nil {
		return err
	}
	if c.req.DryRun {
		_, err := c.dryRun(ctx)
		return err
	}
	var plan *exchange.Plan
	op, err := c.do(ctx, "collect", "并入“"+c.out.Area+"”"+c.ret.Form().Label, func(tx *store.Tx) error {
		var err error
		if plan, err = c.plan(ctx, tx); err != nil {
			return err
		}
		c.tell(plan)
		if c.req.Strict && c.out.Undecided() {
			c.out.Status = statusHeld
			return c.foreseePictures(ctx, plan)
		}
		if err := c.apply(ctx, tx, plan); err != nil {
			return err
		}
		return c.takePictures(ctx, tx, plan)
	})
	if err != nil {
		return err
	}
	c.out.Op = op
	if c.fromAbove {
		told, err := c.takeReceipts(ctx, c.ret.Receipts)
		if err != nil {
			return err
		}
		c.out.Warnings = append(c.out.Warnings, told...)
	}
	return c.acknowledge(plan)
}

// dryRun plans the file and writes nothing.
func (c *collecting) dryRun(ctx context.Context) (*exchange.Plan, error) {
	plan, err := c.plan(ctx, c.store)
	if err != nil {
		return nil, err
	}
	c.tell(plan)
	if c.out.Status == statusMerged {
		c.out.Status = statusPlanned
	}
	return plan, c.foreseePictures(ctx, plan)
}

// read opens the file and recognises the form, the period and the sender.
func (c *collecting) read(ctx context.Context) error {
	if c.ready == nil {
		ready := openSource(source{c.path, c.broken})
		c.ready = &ready
	}
	book, sum, err := c.ready.book, c.ready.sum, c.ready.err
	if book != nil {
		c.out.Format = string(book.Format)
	}
	if err != nil {
		return err
	}
	c.book = book
	res := c.resolver(ctx, c.store)
	c.ret, err = exchange.ReadReturn(book, exchange.ReadInput{File: text.BaseName(c.path), SHA256: sum, Catalog: c.Catalog(),
		Forms: c.forms, Today: c.Today(), Place: func(words string) (string, string, bool) { return res.place(words, c.homeID()) }})
	if err != nil {
		return err
	}
	if res.err != nil {
		return res.err
	}
	if mark, ok := exchange.ReadCopyMark(book); ok && c.ret == nil {
		return model.Errorf(model.CodeUnsupported, "“%s”是急表“%s”发给%s的表，请用“按上级表填报”里的合并。", text.BaseName(c.path), mark.Title, mark.AreaName)
	}
	if c.ret == nil {
		return model.Errorf(model.CodeUnsupported, "“%s”不是下发的报表，没有收。如果是别的表，请用导入。", text.BaseName(c.path))
	}
	return c.checkSender(res)
}

// takeFromAbove makes what the unit above says of a form that was issued to this
// ledger's own unit.
func (c *collecting) takeFromAbove(res *resolver) error {
	above := res.area(res.above(c.homeID()))
	if above == nil {
		return model.Errorf(model.CodeRefused, "“%s”是下发给%s的表，行政区划里还没有登记%s的上级，没有收。", c.ret.File, c.homeName(), c.homeName())
	}
	if err := c.ret.FromAbove(exchange.Sender{Area: above.ID, Name: above.Get("name").Text}, c.homeID()); err != nil {
		return err
	}
	c.fromAbove = true
	c.out.Area, c.out.Form, c.out.Period = above.Get("name").Text, c.ret.Form().Key, c.ret.Period
	return nil
}

// checkSender refuses a table of a place that is not below this ledger's own.
func (c *collecting) checkSender(res *resolver) error {
	if c.ret.Sender.Area == c.homeID() {
		return c.takeFromAbove(res)
	}
	s := c.ret.Sender
	area := res.area(s.Area)
	if area == nil || !res.isBelow(s.Area, c.homeID()) {
		return model.Errorf(model.CodeInvalid, "“%s”是“%s”的表，不属于%s，没有收。", c.ret.File, s.Name, c.homeName())
	}
	c.out.Area, c.out.Form, c.out.Period = area.Get("name").Text, c.ret.Form().Key, c.ret.Period
	return nil
}

func fileHash(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", model.Wrap(err, model.CodeLocked, "“%s”打不开，可能正被 WPS 等程序占用，请关闭后再试。", text.BaseName(path))
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", model.Wrap(err, model.CodeDamaged, "“%s”读到一半出错，请重新复制一份再试。", text.BaseName(path))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (c *collecting) plan(ctx context.Context, r store.Reader) (*exchange.Plan, error) {
	env, err := c.env(ctx, r, c.ret.Period.Month())
	if err != nil {
		return nil, err
	}
	look := c.lookup(ctx, r)
	c.look = look
	if err := look.expect(c.ret); err != nil {
		return nil, err
	}
	plan, err := exchange.PlanReturn(c.ret, look, env)
	if err = errors.Join(err, look.err); err != nil {
		return plan, err
	}
	if err := c.nameMissing(look, plan); err != nil || plan.Repeat == "" {
		return plan, err
	}
	sub, err := r.Get(ctx, ledgers.Submission, plan.Repeat)
	if err == nil {
		plan.ReceiptCode = sub.Get("receipt").Text
	}
	return plan, err
}

func (a *App) env(ctx context.Context, r store.Reader, period model.Month) (exchange.Env, error) {
	p, err := params(ctx, r, a.Today())
	return exchange.Env{Catalog: a.Catalog(), Today: a.Today(), Params: p, Period: period, Home: a.homeID(), Hash: a.store.Hash}, err
}

// tell fills the result from the plan.
func (c *collecting) tell(plan *exchange.Plan) {
	c.out.Plans = []*exchange.Plan{plan}
	c.out.Counts, c.out.Problems, c.out.Warnings = plan.Counts(), plan.Problems, plan.Warnings
	c.out.Receipt = plan.ReceiptCode
	c.out.Status = statusWords[c.status(plan)]
	if plan.Repeat != "" {
		c.out.Status, c.out.Problems = statusRepeat, nil
	}
}

var statusWords = map[string]string{
	ledgers.SubmissionMerged: statusMerged, ledgers.SubmissionProblem: statusProblem,
	ledgers.SubmissionEmpty: statusEmpty, ledgers.SubmissionZero: statusZero,
}

func (c *collecting) status(plan *exchange.Plan) string {
	switch {
	case plan.Zero && c.ret.Form().ZeroOK:
		return ledgers.SubmissionZero
	case plan.Empty:
		return ledgers.SubmissionEmpty
	case plan.Counts().Problem > 0, hasFault(plan.Problems):
		return ledgers.SubmissionProblem
	}
	return ledgers.SubmissionMerged
}

// apply writes the plan: the submission, what it changes, what it claims.
func (c *collecting) apply(ctx context.Context, tx *store.Tx, plan *exchange.Plan) error {
	if plan.Repeat != "" {
		return c.repeated(ctx, tx, plan)
	}
	sub := c.submission(plan)
	if err := tx.Add(sub); err != nil {
		return err
	}
	if err := c.supersede(ctx, tx, sub); err != nil {
		return err
	}
	w := planWriter{App: c.App, ctx: ctx, tx: tx, plan: plan, submission: sub, look: c.look}
	if err := w.write(); err != nil {
		return err
	}
	if err := c.answerConflicts(ctx, tx, plan); err != nil {
		return err
	}
	return c.drop(tx, plan)
}

func (c *collecting) submission(plan *exchange.Plan) *model.Record {
	rec := model.NewRecord(ledgers.Submission, "")
	rec.Area = plan.Sender.Area
	n := plan.Counts()
	for key, v := range map[string]model.Value{
		"form": model.Text(plan.Form), "period": model.Text(string(plan.Period)), "sender": model.Text(plan.Sender.Area),
		"file": model.Text(plan.File), "sha256": model.Text(plan.SHA256), "fingerprint": model.Text(plan.Fingerprint),
		"stated_on": model.OnDay(plan.Sender.StatedOn), "filler": model.Text(plan.Sender.Filler), "phone": model.Text(plan.Sender.Phone),
		"modified": formatTime(plan.Sender.Modified), "received_on": model.OnDay(c.Today()), "received_at": model.Text(c.now().Format(model.MomentLayout)), "status": model.Text(c.status(plan)),
		"adds": model.Int(int64(n.Add)), "updates": model.Int(int64(n.Update)), "cleared": model.Int(int64(n.Cleared)),
		"missing": model.Int(int64(n.MissingRows)), "same": model.Int(int64(n.Same)), "conflicts": model.Int(int64(n.Conflict)),
		"problems": model.Int(int64(n.Problem)), "receipt": model.Text(c.out.Receipt),
	} {
		rec.Put(key, v)
	}
	return rec
}

// supersede marks which of a sender's returns of a period counts. Both are kept.
func (c *collecting) supersede(ctx context.Context, tx *store.Tx, sub *model.Record) error {
	q := ofPeriod(ledgers.Submission, sub.Get("form").Text, model.Period(sub.Get("period").Text))
	q.Where = append(q.Where, model.Cond{Field: "sender", Op: model.OpEq, Value: sub.Get("sender")})
	page, err := tx.List(ctx, q)
	if err != nil {
		return err
	}
	return markSuperseded(tx, page.Records)
}

// markSuperseded marks all of one sender's submissions of a period but the
// latest ones.
func markSuperseded(tx *store.Tx, subs []*model.Record) error {
	for i, v := range subs {
		if _, err := tx.Set(ledgers.Submission, v.ID, map[string]model.Value{"version": model.Int(int64(i + 1))}); err != nil {
			return err
		}
		old := slices.ContainsFunc(subs, func(o *model.Record) bool { return laterSubmission(o, v) })
		if old == v.Get("superseded").Bool() {
			continue
		}
		if _, err := tx.Set(ledgers.Submission, v.ID, map[string]model.Value{"superseded": model.Bool(old)}); err != nil {
			return err
		}
	}
	return nil
}

func laterSubmission(a, b *model.Record) bool {
	asClaim := func(r *model.Record) exchange.Claim {
		t, err := parseTime(r.Get("modified").Text)
		if err != nil {
			return exchange.Claim{StatedOn: r.Get("stated_on").End}
		}
		return exchange.Claim{StatedOn: r.Get("stated_on").End, Modified: t}
	}
	x, y := asClaim(a), asClaim(b)
	return x.LaterThan(y)
}

// repeated handles content that was taken in before. Nothing changes, except
// that the same words now turn out to have been written earlier than thought,
// which may bring a later version of the sender's to count.
func (c *collecting) repeated(ctx context.Context, tx *store.Tx, plan *exchange.Plan) error {
	sub, err := tx.Get(ctx, ledgers.Submission, plan.Repeat)
	if err != nil {
		return err
	}
	known, err := parseTime(sub.Get("modified").Text)
	if err != nil || plan.Sender.Modified.IsZero() || !known.IsZero() && !plan.Sender.Modified.Before(known) {
		return err
	}
	return c.redate(ctx, tx, sub, formatTime(plan.Sender.Modified))
}

func (c *collecting) redate(ctx context.Context, tx *store.Tx, sub *model.Record, modified model.Value) error {
	if _, err := tx.Set(ledgers.Submission, sub.ID, map[string]model.Value{"modified": modified}); err != nil {
		return err
	}
	claims, err := tx.Find(ctx, ledgers.Claim, map[string]model.Value{"submission": model.Text(sub.ID)}, "")
	if err != nil {
		return err
	}
	var touched []target
	for _, rec := range claims {
		if _, err := tx.Set(ledgers.Claim, rec.ID, map[string]model.Value{"modified": modified}); err != nil {
			return err
		}
		touched = append(touched, target{rec.Get("target_ledger").Text, rec.Get("record").Text})
	}
	if err := c.resettle(ctx, tx, touched); err != nil {
		return err
	}
	return c.supersede(ctx, tx, sub)
}

// acknowledge writes the receipt and, where values were held back, the sender's own
// file with them marked.
func (c *collecting) acknowledge(plan *exchange.Plan) error {
	if plan.Repeat != "" || c.out.Status == statusHeld || c.fromAbove {
		return c.sendBack()
	}
	dir := c.req.Receipts
	if dir == "" {
		dir = beside(c.Path(), "回执")
	}
	name := fmt.Sprintf("%s回执（%s）%s.xlsx", c.out.Area, exchange.PeriodWords(c.out.Period), c.out.Receipt)
	book, err := exchange.BuildReceipt(exchange.ReceiptInput{
		Code: c.out.Receipt, Area: c.out.Area, Form: c.ret.Form().Label, FormKey: c.out.Form, File: c.ret.File, From: c.homeName(), Status: c.out.Status,
		Period: c.out.Period, Counts: c.out.Counts, At: c.now(), Rows: plan.Accepted})
	if err != nil {
		return err
	}
	if err := sheet.Write(filepath.Join(dir, name), book); err != nil {
		return err
	}
	return c.sendBack()
}

func (c *collecting) sendBack() error {
	if c.req.Returns == "" {
		return nil
	}
	_, err := SendBack(c.req.Returns, c.out)
	return err
}
