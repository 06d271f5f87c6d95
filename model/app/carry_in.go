package app

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
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
	away *App          // the small ledger, opened to read
	note *model.Record // what that says of itself
	here *model.Record // the entry by which it went out, nil if that is lost
	said said
	last model.Operation // the newest in it
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
	c.said = said{App: c.away, goes: func(l *model.Ledger) bool { return !l.System || isDescription(l) }}
	if err := c.said.changed(ctx, c.note.Get("upto").Num); err != nil {
		return err
	}
	ops, err := c.away.store.Operations(ctx, 1, 0)
	if err != nil {
		return err
	}
	c.last = ops[0]
	who := c.note.Get("who").Text
	b.bundle = exchange.Bundle{File: name, Form: exchange.FormCarry, Made: c.last.At, Records: c.said.out,
		Sender: exchange.Sender{Area: carrySender + c.note.Get("issue").Text + ":" + who, Name: who, Modified: c.last.At, How: "hidden"}}
	b.out.Area, b.out.Form = who, exchange.FormCarry
	return nil
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
	if c.here != nil && c.here.Get("taken_on").Set && c.here.Get("upto").Num == c.last.ID && len(came) == 0 {
		b.out.Status = statusRepeat
		return nil
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

func (c *carriedIn) submission() (fingerprint, filler string, made time.Time) {
	return fmt.Sprintf("%s:%d", c.note.Get("issue").Text, c.last.ID), c.note.Get("who").Text, c.last.At
}

// entered notes that it is back, and as of which operation of its own. Files that came
// later than their records are kept as well.
func (c *carriedIn) entered(_ context.Context, tx *store.Tx, b *bundling) error {
	came, _ := c.files(b)
	for _, hash := range came {
		if err := b.keep(hash); err != nil {
			return err
		}
	}
	back := map[string]model.Value{"taken_on": model.OnDay(c.Today()), "upto": model.Int(c.last.ID), "given_up": {}}
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
