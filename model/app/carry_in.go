package app

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

// carriedIn is a carried ledger (下村包) that came back.
type carriedIn struct {
	*App
	away   *App          // the small ledger, opened to read
	note   *model.Record // what that says of itself
	here   *model.Record // the entry by which it went out, nil if that is lost
	said   said
	last   model.Operation // the newest in it
	before []*model.Record // what was taken in of it, or of a copy of it, before
}

func (a *App) openCarried(ctx context.Context, path, password string) (origin, error) {
	away, err := Open(ctx, Options{Path: path, ReadOnly: true, Password: password, Now: a.now})
	if err != nil {
		return nil, err
	}
	return &carriedIn{App: a, away: away}, nil
}

func (c *carriedIn) close() error { return c.away.Close() }

// carrySender begins what claims name a carried ledger by, before its number and who
// took it along: two that are out at a time speak each for itself.
const carrySender = ledgers.BundleCarry + ":"

// carrierOf returns who took the ledger along that is meant by a claim's sender.
func carrierOf(sender string) (who string, ok bool) {
	rest, ok := strings.CutPrefix(sender, carrySender)
	if !ok {
		return "", false
	}
	_, who, _ = strings.Cut(rest, ":")
	return who, true
}

// state tells an operation of a carried ledger from those of its copies: somebody who
// has one for three villages gives each a copy, and three come back.
func (c *carriedIn) state(op model.Operation) string {
	return fmt.Sprintf("%s/%d/%d", c.note.Get("issue").Text, op.ID, op.At.UnixMilli())
}

// sender names who speaks: who was taken in as before, where the ledger has gone on from
// what was taken in then, else a copy with a voice of its own.
func (c *carriedIn) sender(ctx context.Context) (name string, after time.Time, err error) {
	who := c.note.Get("who").Text
	name = carrySender + c.state(c.last) + ":" + who
	newest := int64(0)
	for _, sub := range c.before {
		var op int64
		_, at, _ := strings.Cut(sub.Get("fingerprint").Text, "/")
		if _, err := fmt.Sscanf(at, "%d/", &op); err != nil {
			return "", after, err
		}
		was, err := c.away.store.Operation(ctx, op)
		if err != nil {
			return "", after, err
		}
		if was == nil || op < newest || c.state(*was) != sub.Get("fingerprint").Text {
			continue
		}
		newest, name = op, sub.Get("sender").Text
		if after, err = parseTime(sub.Get("modified").Text); err != nil {
			return "", after, err
		}
	}
	return name, after, nil
}

// read gathers what was changed in the small ledger since it went out.
func (c *carriedIn) read(ctx context.Context, b *bundling) error {
	name := filepath.Base(b.path)
	var err error
	if c.note, err = c.away.CarriedHere(ctx); err != nil {
		return err
	}
	if c.note == nil {
		return model.Errorf(model.CodeUnsupported, "“%s”是台账，不是下村包，没有收。", name)
	}
	c.said = said{App: c.away, all: true, goes: func(l *model.Ledger) bool { return !l.System || isDescription(l) }}
	if err := c.said.changed(ctx, c.note.Get("upto").Num); err != nil {
		return err
	}
	ops, err := c.away.store.Operations(ctx, 1, 0)
	if err != nil {
		return err
	}
	c.last = ops[0]
	if err := c.takenBefore(ctx); err != nil {
		return err
	}
	sender, after, err := c.sender(ctx)
	if err != nil {
		return err
	}
	made := c.last.At
	if !made.After(after) { // the clock there was set back
		made = after.Add(time.Second)
	}
	who := c.note.Get("who").Text
	b.bundle = exchange.Bundle{File: name, Form: exchange.FormCarry, Made: made, Records: c.said.out,
		Sender: exchange.Sender{Area: sender, Name: who, Modified: made, How: "hidden"}}
	b.out.Area, b.out.Form = who, exchange.FormCarry
	return nil
}

// takenBefore finds what was taken in of the ledger, or of a copy of it.
func (c *carriedIn) takenBefore(ctx context.Context) error {
	return c.store.Each(ctx, model.Query{Ledger: ledgers.Submission, Where: []model.Cond{
		{Field: "form", Op: model.OpEq, Value: model.Text(exchange.FormCarry)}}}, func(sub *model.Record) error {
		if strings.HasPrefix(sub.Get("fingerprint").Text, c.note.Get("issue").Text+"/") {
			c.before = append(c.before, sub)
		}
		return nil
	})
}

// belongs refuses what this ledger did not send out, and leaves out what another office
// keeps.
func (c *carriedIn) belongs(ctx context.Context, b *bundling) error {
	out, err := c.carried(ctx, ledgers.BundleOut)
	if err != nil {
		return err
	}
	for _, rec := range out {
		if rec.Get("issue").Text == c.note.Get("issue").Text {
			c.here = rec
		}
	}
	switch {
	case c.here != nil:
	case c.note.Get("source").Text == c.store.ID(): // gone with an undo, or with a backup put back
		b.out.Warnings = append(b.out.Warnings, "这本台账里没有带出它的登记（撤销了，或恢复过备份），按带出时的内容逐项核对。")
	default:
		return model.Errorf(model.CodeInvalid, "“%s”不是从这本台账带出去的下村包（由%s于 %s 带出），没有收。", b.bundle.File, c.note.Get("who").Text, c.note.Get("made_on").Text)
	}
	came, missing := c.files(b)
	again := func(sub *model.Record) bool { return sub.Get("fingerprint").Text == c.state(c.last) }
	if slices.ContainsFunc(c.before, again) && len(came) == 0 {
		b.out.Status = statusRepeat
		return nil
	}
	if len(c.before) > 0 && !slices.ContainsFunc(c.before, func(sub *model.Record) bool { return sub.Get("sender").Text == b.bundle.Sender.Area }) {
		b.out.Warnings = append(b.out.Warnings, "这个下村包拷成了几份，另一份已经收过。两份填得不一样的地方列为冲突，由您来定。")
	}
	params, err := c.Settings(ctx)
	if err != nil {
		return err
	}
	b.leaveOut(func(l *model.Ledger) bool { return !keepingOf(params, l).Mine }, "由别的科室维护，下村包里改的没有采用，请告诉那个科室。")
	if missing > 0 {
		b.out.Warnings = append(b.out.Warnings, fmt.Sprintf("有 %d 个附件没有一起带回来。请把下村包旁边的“%s”文件夹也拷到一处，再收一次。",
			missing, filepath.Base(store.EvidenceFolder(b.path))))
	}
	return nil
}

// files are the contents named by what changed that are not here: those that came
// along, and how many did not.
func (c *carriedIn) files(b *bundling) (came []string, missing int) {
	for _, r := range b.bundle.Records {
		for _, hash := range filesOf(c.away.Catalog().Ledger(r.Ledger), r.Values) {
			if _, err := c.store.File(hash); err == nil {
				continue
			}
			if _, err := c.away.store.File(hash); err != nil {
				missing++
				continue
			}
			came = append(came, hash)
		}
	}
	return came, missing
}

func (c *carriedIn) content(hash string) ([]byte, bool, error) {
	content, err := c.away.store.File(hash)
	return content, err == nil, nil // what did not come along was told
}

func (c *carriedIn) operation(*bundling) (kind, label string) {
	return "carried", fmt.Sprintf("收回下村包（%s，%s）", c.note.Get("who").Text, c.note.Get("places").Text)
}

func (c *carriedIn) submission() (fingerprint, filler string) {
	return c.state(c.last), c.note.Get("who").Text
}

// entered notes that it is back. Files that came
// later than their records are kept as well.
func (c *carriedIn) entered(_ context.Context, tx *store.Tx, b *bundling) error {
	came, _ := c.files(b)
	for _, hash := range came {
		if err := b.keep(hash); err != nil {
			return err
		}
	}
	back := map[string]model.Value{"taken_on": model.OnDay(c.Today()), "given_up": {}}
	if c.here != nil {
		_, err := tx.Set(ledgers.Bundle, c.here.ID, back)
		return err
	}
	rec := model.NewRecord(ledgers.Bundle, "")
	rec.Area = c.homeID()
	maps.Copy(rec.Values, stored(c.Catalog().Ledger(ledgers.Bundle), c.note))
	maps.Copy(rec.Values, back)
	rec.Put("way", model.Text(ledgers.BundleOut))
	return tx.Add(rec)
}
