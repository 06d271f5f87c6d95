package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/pack"
	"xiangzhen/model/store"
)

// bundling is the taking in of one file of records (数据包): planned ledger by ledger,
// written as one operation.
type bundling struct {
	*App
	req    CollectRequest
	path   string
	bundle exchange.Bundle
	from   origin
	out    FileResult
}

// origin is where a bundle comes from: an office's pack (科室包), or the ledger that was
// carried to the villages (下村包).
type origin interface {
	// read fills b.bundle, and tells in b.out whose it is.
	read(ctx context.Context, b *bundling) error
	// belongs refuses what is not for this ledger, warns of what is not taken, and marks
	// in b.out.Status what was taken in before.
	belongs(ctx context.Context, b *bundling) error
	// content is a file on a record; none where it did not come along.
	content(hash string) (content []byte, there bool, err error)
	// operation is the kind and the label of the operation that takes it in.
	operation(b *bundling) (kind, label string)
	// submission tells what it is known by when it comes again, and who wrote it.
	submission() (fingerprint, filler string)
	// entered notes that it was taken in.
	entered(ctx context.Context, tx *store.Tx, b *bundling) error
	close() error
}

// isBundle reports whether a file is one of ours that holds records, by its name: its
// content may be encrypted.
func isBundle(path string) bool { return isPack(path) || IsCarried(path) }

func isPack(path string) bool { return strings.EqualFold(filepath.Ext(path), pack.Ext) }

// takeBundle takes in a file of records, or in a dry run says what that would do.
func (a *App) takeBundle(ctx context.Context, req CollectRequest, path string) (FileResult, error) {
	b := bundling{App: a, req: req, path: path, out: FileResult{File: path, Format: strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))}}
	var err error
	if b.from, err = a.openBundle(ctx, path, cmp.Or(req.PackPassword, a.packWords.of(path))); err != nil {
		return b.out, err
	}
	err = errors.Join(b.run(ctx), b.from.close())
	return b.out, err
}

func (a *App) openBundle(ctx context.Context, path, password string) (origin, error) {
	if IsCarried(path) {
		return a.openCarried(ctx, path, password)
	}
	p, err := pack.Open(path, password)
	if err != nil {
		return nil, err
	}
	return &officeIn{App: a, pack: p}, nil
}

// previewBundle says what taking in a file of records would do.
func (a *App) previewBundle(ctx context.Context, path string) (Previewed, error) {
	out, err := a.takeBundle(ctx, CollectRequest{DryRun: true}, path)
	return Previewed{FileResult: out}, err
}

// packWords are the passwords by which packs were opened, while the ledger is open.
type packWords struct {
	lock sync.Mutex
	by   map[string]string // path
}

func (p *packWords) of(path string) string {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.by[path]
}

// OpenPack tries a password on a pack or a carried ledger; the right one serves Preview
// and Collect from then on.
func (a *App) OpenPack(ctx context.Context, path, password string) error {
	from, err := a.openBundle(ctx, path, password)
	if err != nil {
		return err
	}
	a.packWords.lock.Lock()
	defer a.packWords.lock.Unlock()
	if a.packWords.by == nil {
		a.packWords.by = map[string]string{}
	}
	a.packWords.by[path] = password
	return from.close()
}

// AsksPassword reports whether a file was not read because it has a password.
func (r FileResult) AsksPassword() bool {
	return isBundle(r.File) && model.CodeOf(r.Err) == model.CodePassword
}

func (b *bundling) run(ctx context.Context) error {
	if err := b.from.read(ctx, b); err != nil {
		return err
	}
	if err := b.from.belongs(ctx, b); err != nil || b.out.Status == statusRepeat {
		return err
	}
	if b.req.DryRun {
		return b.planAll(ctx, b.store, func(*exchange.Plan, *lookup) error { return nil })
	}
	kind, label := b.from.operation(b)
	op, err := b.do(ctx, kind, label, func(tx *store.Tx) error {
		sub := b.submission()
		if err := tx.Add(sub); err != nil {
			return err
		}
		err := b.planAll(ctx, tx, func(plan *exchange.Plan, look *lookup) error { return b.write(ctx, tx, plan, look, sub) })
		if err != nil {
			return err
		}
		return b.from.entered(ctx, tx, b)
	})
	b.out.Op = op
	return err
}

// sender names who a claim is from: an area, an office, or who carried a ledger to the
// villages.
func (r *resolver) sender(id string) string {
	if office, ok := strings.CutPrefix(id, officeSender); ok {
		return office
	}
	if who, ok := carrierOf(id); ok {
		return who
	}
	return r.area(id).Get("name").Text
}

// errBundle is the cause of a record that cannot be understood.
var errBundle = errors.New("app: no record of a bundle")

// leaveOut drops from a bundle the records of ledgers that are not to be taken, and
// says so once a ledger.
func (b *bundling) leaveOut(foreign func(l *model.Ledger) bool, words string) {
	said := map[string]bool{}
	b.bundle.Records = slices.DeleteFunc(b.bundle.Records, func(r exchange.Bundled) bool {
		l := b.Catalog().Ledger(r.Ledger)
		if l == nil { // of the sender's own making, described before it; or of a newer program
			return false
		}
		out := foreign(l)
		if out && !said[r.Ledger] {
			said[r.Ledger] = true
			b.out.Warnings = append(b.out.Warnings, "“"+l.Label+"”"+words)
		}
		return out
	})
}

// isDescription reports whether the records of a ledger describe others, which people
// have made themselves.
func isDescription(l *model.Ledger) bool {
	return l.Key == ledgers.UserLedger || l.Key == ledgers.UserField
}

// planAll plans ledger after ledger; each is written before the next is planned,
// because that may point at it.
func (b *bundling) planAll(ctx context.Context, r store.Reader, write func(*exchange.Plan, *lookup) error) error {
	b.out.Status = statusMerged
	if b.req.DryRun {
		b.out.Status = statusPlanned
	}
	for _, key := range b.bundle.Ledgers() {
		env, err := b.env(ctx, r, "")
		if err != nil {
			return err
		}
		env.Catalog = r.Catalog()
		if env.Catalog.Ledger(key) == nil {
			b.out.Warnings = append(b.out.Warnings, unknownLedger(key, b.req.DryRun))
			continue
		}
		look := b.lookup(ctx, r)
		if err := look.expectRecords(key, b.idsIn(key)); err != nil {
			return err
		}
		plan, err := exchange.PlanBundle(&b.bundle, key, look, env)
		if err = errors.Join(err, look.err); err != nil {
			return err
		}
		b.tell(plan)
		if err := write(plan, look); err != nil {
			return err
		}
	}
	return nil
}

func unknownLedger(key string, dry bool) string {
	if dry {
		return "对方自建的台账也在包里，并入后出现。"
	}
	return fmt.Sprintf("包里有本程序不认识的台账（%s），没有采用。请升级本程序。", key)
}

// idsIn are the ids of a bundle's records of a ledger.
func (b *bundling) idsIn(ledger string) []string {
	var ids []string
	for i := range b.bundle.Records {
		if r := &b.bundle.Records[i]; r.Ledger == ledger {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// tell adds a plan to the result.
func (b *bundling) tell(plan *exchange.Plan) {
	b.out.Plans = append(b.out.Plans, plan)
	b.out.Problems = append(b.out.Problems, plan.Problems...)
	c, n := &b.out.Counts, plan.Counts()
	c.Add, c.Update, c.Cleared, c.MissingRows = c.Add+n.Add, c.Update+n.Update, c.Cleared+n.Cleared, c.MissingRows+n.MissingRows
	c.Same, c.Conflict, c.Problem = c.Same+n.Same, c.Conflict+n.Conflict, c.Problem+n.Problem
}

// write writes one ledger's plan, with the contents of the files that it names.
func (b *bundling) write(ctx context.Context, tx *store.Tx, plan *exchange.Plan, look *lookup, sub *model.Record) error {
	w := planWriter{App: b.App, ctx: ctx, tx: tx, plan: plan, submission: sub, look: look}
	if err := w.write(); err != nil {
		return err
	}
	l := tx.Catalog().Ledger(plan.Ledger)
	for _, row := range plan.Rows {
		for i := range row.Records {
			if err := b.follow(tx, l, &row.Records[i]); err != nil {
				return err
			}
		}
	}
	return b.dropGone(tx, plan)
}

// follow does what goes with a record's fields: it lies where it has moved to, and the
// contents of its files are here.
func (b *bundling) follow(tx *store.Tx, l *model.Ledger, rp *exchange.RecordPlan) error {
	if !rp.New && rp.Area != "" {
		if err := tx.SetArea(rp.Ledger, rp.ID, rp.Area); err != nil {
			return err
		}
	}
	for i := range rp.Fields {
		for _, hash := range filesOf(l, map[string]model.Value{rp.Fields[i].Field: rp.Fields[i].Theirs}) {
			if err := b.keep(hash); err != nil {
				return err
			}
		}
	}
	return nil
}

// keep keeps the content of a file on a record, unless it is here. What came may lack
// it: then it is missing here as it is there, and 核对 names it.
func (b *bundling) keep(hash string) error {
	if _, err := b.store.File(hash); err == nil {
		return nil
	}
	content, there, err := b.from.content(hash)
	if err != nil || !there {
		return err
	}
	if store.FileHash(content) != hash {
		return model.Errorf(model.CodeDamaged, "“%s”里的附件与登记的不一样，没有收。请对方重新打包。", b.bundle.File)
	}
	_, err = b.keepContent("", content, true)
	return err
}

// dropGone deletes what the sender has deleted, as far as that was asked for.
func (b *bundling) dropGone(tx *store.Tx, plan *exchange.Plan) error {
	c := collecting{App: b.App, req: b.req}
	if err := c.drop(tx, plan); err != nil {
		return err
	}
	b.out.Dropped += c.out.Dropped
	b.out.Warnings = append(b.out.Warnings, c.out.Warnings...)
	return nil
}

// submission is what the file is kept as among what came in, so that its claims have
// a source.
func (b *bundling) submission() *model.Record {
	fingerprint, filler := b.from.submission()
	rec := model.NewRecord(ledgers.Submission, "")
	rec.Area = b.homeID()
	for key, v := range map[string]model.Value{
		"form": model.Text(b.bundle.Form), "sender": model.Text(b.bundle.Sender.Area), "file": model.Text(b.bundle.File),
		"fingerprint": model.Text(fingerprint), "modified": formatTime(b.bundle.Made), "filler": model.Text(filler),
		"received_on": model.OnDay(b.Today()), "received_at": model.Text(b.now().Format(model.MomentLayout)), "status": model.Text(ledgers.SubmissionMerged),
	} {
		rec.Put(key, v)
	}
	return rec
}
