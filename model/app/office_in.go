package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/pack"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// officeIn is a pack of another office (科室包) that is taken in.
type officeIn struct {
	*App
	pack  *pack.Pack
	note  officeNote
	files map[string]pack.File // on records, by hash
}

func (o *officeIn) close() error { return o.pack.Close() }

// read reads what the pack says of itself and its records.
func (o *officeIn) read(_ context.Context, b *bundling) error {
	name := text.BaseName(b.path)
	if o.pack.Kind == packMove {
		return model.Errorf(model.CodeUnsupported, "“%s”是搬家包，用来在新电脑上恢复台账，请从“打开—从备份恢复”打开。", name)
	}
	if o.pack.Kind != packOffice || json.Unmarshal([]byte(o.pack.Note), &o.note) != nil || o.note.Office == "" || o.note.Issue == "" {
		return model.Errorf(model.CodeUnsupported, "“%s”不是科室包，没有收。", name)
	}
	f, ok := o.pack.File(recordsInPack)
	if !ok {
		return model.Errorf(model.CodeDamaged, "“%s”里没有记录，没有收。请对方重新打包。", name)
	}
	content, err := o.pack.Read(f)
	if err != nil {
		return err
	}
	b.bundle = exchange.Bundle{File: name, Form: exchange.FormOffice, Made: o.pack.Made,
		Sender: exchange.Sender{Area: officeSender + o.note.Office, Name: o.note.Office, Modified: o.pack.Made, How: "hidden"}}
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, len(content)+1)
	for lines.Scan() {
		var r exchange.Bundled
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil || r.Ledger == "" || r.ID == "" {
			return model.Wrap(errors.Join(err, errBundle), model.CodeDamaged, "“%s”里的记录读不懂，没有收。请对方用同一版本的程序重新打包。", name)
		}
		b.bundle.Records = append(b.bundle.Records, r)
	}
	o.files = map[string]pack.File{}
	for _, f := range o.pack.Files {
		if hash, ok := strings.CutPrefix(f.Name, filesInPack); ok {
			o.files[hash] = f
		}
	}
	b.out.Area, b.out.Form = o.note.Office, exchange.FormOffice
	return lines.Err()
}

// officeSender begins what claims name an office by that speaks in a pack.
const officeSender = packOffice + ":"

// belongs refuses a pack of another township, of this very office, and what its office
// does not keep; and says when one before it is missing.
func (o *officeIn) belongs(ctx context.Context, b *bundling) error {
	office, params, err := o.ownOffice(ctx)
	if err != nil {
		return err
	}
	switch {
	case o.note.Home != o.homeID():
		return model.Errorf(model.CodeInvalid, "“%s”不是%s的科室包，没有收。", b.bundle.File, o.homeName())
	case o.note.Office == office:
		return model.Errorf(model.CodeInvalid, "“%s”是本科室（%s）自己打的包，没有收。", b.bundle.File, office)
	}
	taken, err := o.takenBefore(ctx)
	if err != nil {
		return err
	}
	if taken[o.note.Issue] {
		b.out.Status = statusRepeat
	}
	if before := o.note.Before; before != "" && !taken[before] {
		b.out.Warnings = append(b.out.Warnings, fmt.Sprintf("%s在这之前还发过一个包，这里没有收到，中间的变动可能不全。请找到那个包一起收，或请%s打一个完整的包。", o.note.Office, o.note.Office))
	}
	b.bundle.Yields = func(ledger string) bool {
		l := o.Catalog().Ledger(ledger)
		return l != nil && keepingOf(params, l).Office == o.note.Office
	}
	b.leaveOut(func(l *model.Ledger) bool {
		k := keepingOf(params, l)
		return k.Office != "" && k.Office != o.note.Office || l.System && !isDescription(l)
	}, "按分工不归"+o.note.Office+"，包里的没有采用。两边的科室分工要一致。")
	return nil
}

// takenBefore returns the packs that were taken in.
func (o *officeIn) takenBefore(ctx context.Context) (map[string]bool, error) {
	taken := map[string]bool{}
	err := o.store.Each(ctx, model.Query{Ledger: ledgers.Bundle, Where: []model.Cond{{Field: "way", Op: model.OpEq, Value: model.Text(ledgers.BundleIn)}}},
		func(rec *model.Record) error {
			taken[rec.Get("issue").Text] = true
			return nil
		})
	return taken, err
}

func (o *officeIn) content(hash string) ([]byte, bool, error) {
	f, packed := o.files[hash]
	if !packed {
		return nil, false, nil
	}
	content, err := o.pack.Read(f)
	return content, true, err
}

func (o *officeIn) operation(*bundling) (kind, label string) {
	return opOffice, "并入" + o.note.Office + "的科室包"
}

func (o *officeIn) submission() (fingerprint, filler string) { return o.note.Issue, o.pack.By }

// entered notes that the pack was taken in.
func (o *officeIn) entered(_ context.Context, tx *store.Tx, b *bundling) error {
	rec := o.packRecord(ledgers.BundleIn, o.note, o.pack.Made, len(b.bundle.Records), len(o.files), b.path)
	rec.Put("taken_on", model.OnDay(o.Today()))
	return tx.Add(rec)
}
