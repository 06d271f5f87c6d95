package app

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
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
	"xiangzhen/model/text"
)

// bundling is the taking in of one pack of records (数据包): planned ledger by ledger,
// written as one operation.
type bundling struct {
	*App
	req    CollectRequest
	path   string
	pack   *pack.Pack
	note   officeNote
	bundle exchange.Bundle
	files  map[string]pack.File // on records, by hash
	out    FileResult
}

// isBundle reports whether a file is a pack of ours, by its name: its content may be
// encrypted.
func isBundle(path string) bool { return strings.EqualFold(filepath.Ext(path), pack.Ext) }

// takeBundle takes in a pack, or in a dry run says what that would do.
func (a *App) takeBundle(ctx context.Context, req CollectRequest, path string) (FileResult, error) {
	b := bundling{App: a, req: req, path: path, out: FileResult{File: path, Format: strings.TrimPrefix(pack.Ext, ".")}}
	p, err := pack.Open(path, cmp.Or(req.PackPassword, a.packWords.of(path)))
	if err != nil {
		return b.out, err
	}
	b.pack = p
	err = errors.Join(b.run(ctx), p.Close())
	return b.out, err
}

// previewBundle says what taking a pack in would do.
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

// OpenPack tries a password on a pack; the right one serves Preview and Collect from
// then on.
func (a *App) OpenPack(_ context.Context, path, password string) error {
	p, err := pack.Open(path, password)
	if err != nil {
		return err
	}
	a.packWords.lock.Lock()
	defer a.packWords.lock.Unlock()
	if a.packWords.by == nil {
		a.packWords.by = map[string]string{}
	}
	a.packWords.by[path] = password
	return p.Close()
}

// AsksPassword reports whether a file was not read because it is a pack with a password.
func (r FileResult) AsksPassword() bool {
	return isBundle(r.File) && model.CodeOf(r.Err) == model.CodePassword
}

func (b *bundling) run(ctx context.Context) error {
	if b.pack.Kind == packMove {
		return model.Errorf(model.CodeUnsupported, "“%s”是搬家包，用来在新电脑上恢复台账，请从“打开—从备份恢复”打开。", text.BaseName(b.path))
	}
	if err := b.read(); err != nil {
		return err
	}
	if err := b.belongs(ctx); err != nil {
		return err
	}
	if b.out.Status == statusRepeat {
		return nil
	}
	if b.req.DryRun {
		return b.planAll(ctx, b.store, func(*exchange.Plan, *lookup) error { return nil })
	}
	op, err := b.do(ctx, opOffice, "并入"+b.bundle.Sender.Name+"的科室包", func(tx *store.Tx) error {
		sub := b.submission()
		if err := tx.Add(sub); err != nil {
			return err
		}
		err := b.planAll(ctx, tx, func(plan *exchange.Plan, look *lookup) error { return b.write(ctx, tx, plan, look, sub) })
		if err != nil {
			return err
		}
		return b.entered(tx)
	})
	if err != nil {
		return err
	}
	b.out.Op = op
	return nil
}

// read reads what the pack says of itself and its records.
func (b *bundling) read() error {
	if b.pack.Kind != packOffice || json.Unmarshal([]byte(b.pack.Note), &b.note) != nil || b.note.Office == "" || b.note.Issue == "" {
		return model.Errorf(model.CodeUnsupported, "“%s”不是科室包，没有收。", text.BaseName(b.path))
	}
	f, ok := b.pack.File(recordsInPack)
	if !ok {
		return model.Errorf(model.CodeDamaged, "“%s”里没有记录，没有收。请对方重新打包。", text.BaseName(b.path))
	}
	content, err := b.pack.Read(f)
	if err != nil {
		return err
	}
	b.bundle = exchange.Bundle{File: text.BaseName(b.path), Form: packOffice, Made: b.pack.Made,
		Sender: exchange.Sender{Area: officeSender + b.note.Office, Name: b.note.Office, Modified: b.pack.Made, How: "hidden"}}
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, len(content)+1)
	for lines.Scan() {
		var r exchange.Bundled
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil || r.Ledger == "" || r.ID == "" {
			return model.Wrap(errors.Join(err, errBundle), model.CodeDamaged, "“%s”里的记录读不懂，没有收。请对方用同一版本的程序重新打包。", text.BaseName(b.path))
		}
		b.bundle.Records = append(b.bundle.Records, r)
	}
	b.files = map[string]pack.File{}
	for _, f := range b.pack.Files {
		if hash, ok := strings.CutPrefix(f.Name, filesInPack); ok {
			b.files[hash] = f
		}
	}
	b.out.Area, b.out.Form = b.note.Office, exchange.FormOffice
	return lines.Err()
}

// officeSender begins what claims name an office by that speaks in a pack.
const officeSender = packOffice + ":"

// sender names who a claim is from: an area, or an office.
func (r *resolver) sender(id string) string {
	if office, ok := strings.CutPrefix(id, officeSender); ok {
		return office
	}
	return r.area(id).Get("name").Text
}

// errBundle is the cause of a record that cannot be understood.
var errBundle = errors.New("app: no record of a bundle")

// belongs refuses a pack of another township, of this very office, and what its office
// does not keep; and says when one before it is missing.
func (b *bundling) belongs(ctx context.Context) error {
	office, params, err := b.ownOffice(ctx)
	if err != nil {
		return err
	}
	switch {
	case b.note.Home != b.homeID():
		return model.Errorf(model.CodeInvalid, "“%s”不是%s的科室包，没有收。", b.bundle.File, b.homeName())
	case b.note.Office == office:
		return model.Errorf(model.CodeInvalid, "“%s”是本科室（%s）自己打的包，没有收。", b.bundle.File, office)
	}
	taken, err := b.takenBefore(ctx)
	if err != nil {
		return err
	}
	if before := b.note.Before; before != "" && !taken[before] {
		b.out.Warnings = append(b.out.Warnings, fmt.Sprintf("%s在这之前还发过一个包，这里没有收到，中间的变动可能不全。请找到那个包一起收，或请%s打一个完整的包。", b.note.Office, b.note.Office))
	}
	b.bundle.Yields = func(ledger string) bool {
		l := b.Catalog().Ledger(ledger)
		return l != nil && keepingOf(params, l).Office == b.note.Office
	}
	foreign := map[string]bool{}
	b.bundle.Records = slices.DeleteFunc(b.bundle.Records, func(r exchange.Bundled) bool {
		l := b.Catalog().Ledger(r.Ledger)
		if l == nil { // of the sender's own making, described before it; or of a newer program
			return false
		}
		k := keepingOf(params, l)
		mine := k.Office != "" && k.Office != b.note.Office || l.System && l.Key != ledgers.UserLedger && l.Key != ledgers.UserField
		if mine && !foreign[r.Ledger] {
			foreign[r.Ledger] = true
			b.out.Warnings = append(b.out.Warnings, fmt.Sprintf("“%s”按分工不归%s，包里的没有采用。两边的科室分工要一致。", l.Label, b.note.Office))
		}
		return mine
	})
	return nil
}

// takenBefore returns the packs that were taken in; one that comes again is marked.
func (b *bundling) takenBefore(ctx context.Context) (map[string]bool, error) {
	taken := map[string]bool{}
	err := b.store.Each(ctx, model.Query{Ledger: ledgers.Bundle, Where: []model.Cond{{Field: "way", Op: model.OpEq, Value: model.Text(ledgers.BundleIn)}}},
		func(rec *model.Record) error {
			taken[rec.Get("issue").Text] = true
			return nil
		})
	if taken[b.note.Issue] {
		b.out.Status = statusRepeat
	}
	return taken, err
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

// keep keeps the content of a file on a record, unless it is here. A pack may lack it:
// then it is missing here as it is there, and 核对 names it.
func (b *bundling) keep(hash string) error {
	f, packed := b.files[hash]
	if _, err := b.store.File(hash); err == nil || !packed {
		return nil
	}
	content, err := b.pack.Read(f)
	if err != nil {
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

// submission is what the pack is kept as among what came in, so that its claims have
// a source.
func (b *bundling) submission() *model.Record {
	rec := model.NewRecord(ledgers.Submission, "")
	rec.Area = b.homeID()
	for key, v := range map[string]model.Value{
		"form": model.Text(packOffice), "sender": model.Text(b.bundle.Sender.Area), "file": model.Text(b.bundle.File),
		"fingerprint": model.Text(b.note.Issue), "modified": formatTime(b.pack.Made), "filler": model.Text(b.pack.By),
		"received_on": model.OnDay(b.Today()), "received_at": model.Text(b.now().Format(model.MomentLayout)), "status": model.Text(ledgers.SubmissionMerged),
	} {
		rec.Put(key, v)
	}
	return rec
}

// entered notes that the pack was taken in.
func (b *bundling) entered(tx *store.Tx) error {
	rec := b.packRecord(ledgers.BundleIn, b.note, b.pack.Made, len(b.bundle.Records), len(b.files), b.path)
	rec.Put("taken_on", model.OnDay(b.Today()))
	return tx.Add(rec)
}
