package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/pack"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// packOffice is the kind of a 科室包; recordsInPack the name of its records.
const (
	packOffice    = "office"
	recordsInPack = "记录.jsonl"
)

// filesInPack begins the names of the files on records.
const filesInPack = "佐证/"

// officeNote is what such a pack says of itself.
type officeNote struct {
	Office string `json:"office"`
	Home   string `json:"home"` // the township it is about
	Issue  string `json:"issue"`
	// Before is the pack that this one goes on from, "" for one that holds everything.
	Before string `json:"before,omitempty"`
}

// OfficePack makes this office's pack.
type OfficePack struct {
	To       string // "" = beside the ledger, by office and time
	Password string // encrypts the file with age; needed where the ledger has one
	// All packs everything anew, for an office that has missed a pack or is new.
	All bool
}

// OfficePacked tells what was packed.
type OfficePacked struct {
	Op       int64
	Path     string
	Records  int
	Gone     int // deleted since
	Files    int
	Everyone bool // it holds everything, not only what changed
	Open     bool // anybody who has the file can read it
	Ledgers  []string
}

// PackForOffices writes what changed in the ledgers that this office keeps, and in
// those of all, since its last pack. The others take it in by Collect.
func (a *App) PackForOffices(ctx context.Context, req OfficePack) (OfficePacked, error) {
	office, params, err := a.ownOffice(ctx)
	if err != nil {
		return OfficePacked{}, err
	}
	if err := a.may(ctx, RightManage); err != nil {
		return OfficePacked{}, err
	}
	if err := a.fitPackPassword(req.Password); err != nil {
		return OfficePacked{}, err
	}
	last, err := a.lastPack(ctx)
	if err != nil {
		return OfficePacked{}, err
	}
	p := officePacker{said: said{App: a}, params: params, office: office}
	p.goes = p.isOurs
	if last == nil || req.All {
		err = p.everything(ctx)
	} else {
		p.note.Before = last.Get("issue").Text
		err = p.changed(ctx, last.Get("upto").Num)
	}
	if err != nil {
		return OfficePacked{}, err
	}
	return p.write(ctx, req)
}

// fitPackPassword refuses to let what a locked ledger keeps leave it unencrypted.
func (a *App) fitPackPassword(password string) error {
	if password == "" && a.store.Key() != nil {
		return model.Errorf(model.CodeRefused, "台账设有密码，包也要设密码才能带出。")
	}
	if password == "" {
		return nil
	}
	return checkPassword(password)
}

// lastPack returns the newest pack that this office sent, nil if there is none.
func (a *App) lastPack(ctx context.Context) (*model.Record, error) {
	page, err := a.store.List(ctx, model.Query{Ledger: ledgers.Bundle, Where: []model.Cond{
		{Field: "way", Op: model.OpEq, Value: model.Text(ledgers.BundleOut)},
		{Field: "kind", Op: model.OpEq, Value: model.Text(ledgers.BundleOffice)}}})
	if err != nil || len(page.Records) == 0 {
		return nil, err
	}
	return slices.MaxFunc(page.Records, func(x, y *model.Record) int { return cmp.Compare(x.Get("upto").Num, y.Get("upto").Num) }), nil
}

// officePacker gathers what goes into a pack.
type officePacker struct {
	said
	params model.Params
	office string
	note   officeNote
}

// isOurs reports whether a ledger's records go into this office's packs: what it keeps,
// what everybody writes, and what users have made.
func (p *officePacker) isOurs(l *model.Ledger) bool {
	if l.System {
		return isDescription(l)
	}
	return keepingOf(p.params, l).Mine
}

// everything packs all records of the ledgers that go.
func (p *officePacker) everything(ctx context.Context) error {
	if err := p.reach(ctx); err != nil {
		return err
	}
	for _, l := range packOrder(p.Catalog()) {
		if !p.goes(l) {
			continue
		}
		var records []*model.Record
		err := p.store.Each(ctx, model.Query{Ledger: l.Key}, func(rec *model.Record) error {
			records = append(records, rec)
			return nil
		})
		if err != nil {
			return err
		}
		// What is above was made before what is below.
		slices.SortStableFunc(records, func(x, y *model.Record) int { return x.CreatedAt.Compare(y.CreatedAt) })
		for _, rec := range records {
			p.out = append(p.out, exchange.Bundled{Ledger: l.Key, ID: rec.ID, Area: rec.Area, Whole: true, Values: stored(l, rec)})
		}
	}
	return nil
}

// write makes the file, once it is entered which sensitive values it has.
func (p *officePacker) write(ctx context.Context, req OfficePack) (OfficePacked, error) {
	out := OfficePacked{Path: req.To, Everyone: p.note.Before == "", Open: req.Password == ""}
	if out.Path == "" {
		out.Path = filepath.Join(filepath.Dir(p.Path()), p.OfficePackName(p.office))
	}
	issue, err := uuid.NewV7()
	if err != nil {
		return out, err
	}
	p.note.Office, p.note.Home, p.note.Issue = p.office, p.homeID(), issue.String()
	hashes := map[string]bool{}
	counts := map[string]int{}
	for i := range p.out {
		b := &p.out[i]
		if b.Gone {
			out.Gone++
			continue
		}
		out.Records++
		counts[b.Ledger]++
		for _, hash := range filesOf(p.Catalog().Ledger(b.Ledger), b.Values) {
			hashes[hash] = true
		}
	}
	if out.Records+out.Gone == 0 {
		return out, model.Errorf(model.CodeRefused, "上次打包以后，%s管的台账没有变动，不用再打包。", p.office)
	}
	if err := p.disclose(ctx, out.Path); err != nil {
		return out, err
	}
	out.Files = len(hashes)
	for _, l := range p.Catalog().All() {
		if counts[l.Key] > 0 {
			out.Ledgers = append(out.Ledgers, l.Label)
		}
	}
	sources, err := p.sources(hashes)
	if err != nil {
		return out, err
	}
	note, err := json.Marshal(p.note)
	if err != nil {
		return out, err
	}
	m := pack.Manifest{Kind: packOffice, Name: p.office, Made: p.now(), By: p.Actor().Name, Note: string(note)}
	if _, err := pack.Write(out.Path, m, sources, req.Password); err != nil {
		return out, err
	}
	out.Op, err = p.do(ctx, "pack", fmt.Sprintf("打科室包（%s，%d 条）", p.office, out.Records), func(tx *store.Tx) error {
		rec := p.packRecord(ledgers.BundleOut, p.note, m.Made, out.Records+out.Gone, out.Files, out.Path)
		rec.Put("upto", model.Int(p.upto))
		rec.Put("ledgers", model.Text(strings.Join(out.Ledgers, "、")))
		return tx.Add(rec)
	})
	return out, err
}

// OfficePackName is the name that an office's pack gets: by the office and the time.
func (a *App) OfficePackName(office string) string {
	return fmt.Sprintf("%s-%s科室包%s%s", a.homeName(), office, a.now().Format(backupStamp), pack.Ext)
}

// packRecord is what is kept of a pack that went out or came in.
func (a *App) packRecord(way string, note officeNote, made time.Time, rows, files int, file string) *model.Record {
	rec := model.NewRecord(ledgers.Bundle, "")
	rec.Area = a.homeID()
	for key, v := range map[string]model.Value{
		"kind": model.Text(ledgers.BundleOffice), "way": model.Text(way), "who": model.Text(note.Office),
		"issue": model.Text(note.Issue), "before": model.Text(note.Before), "made_on": model.OnDay(model.DayOf(made.Local())),
		"made_at": model.Text(made.Local().Format(model.MomentLayout)), "rows": model.Int(int64(rows)), "files": model.Int(int64(files)),
		"file": model.Text(text.BaseName(file)),
	} {
		rec.Put(key, v)
	}
	return rec
}

// disclose enters which sensitive columns of how many records leave with the pack.
func (p *officePacker) disclose(ctx context.Context, path string) error {
	for _, l := range p.Catalog().All() {
		columns, rows := p.sensitiveOf(l)
		if err := p.Disclose(ctx, l, columns, rows, "科室包："+p.office, path); err != nil {
			return err
		}
	}
	return nil
}

// sensitiveOf are the labels of a ledger's sensitive fields of which the pack has values,
// and how many records have one.
func (p *officePacker) sensitiveOf(l *model.Ledger) (columns []string, rows int) {
	said := map[string]bool{}
	for i := range p.out {
		has := false
		for key, v := range p.out[i].Values {
			if f := l.Field(key); p.out[i].Ledger == l.Key && v.Set && f != nil && f.Sensitive {
				said[f.Label], has = true, true
			}
		}
		if has {
			rows++
		}
	}
	return slices.Sorted(maps.Keys(said)), rows
}

// filesOf are the contents that values name.
func filesOf(l *model.Ledger, values map[string]model.Value) []string {
	var out []string
	for i := range l.Fields {
		if l.Fields[i].Kind != model.KindFiles {
			continue
		}
		for _, at := range values[l.Fields[i].Key].Attachments() {
			if at.Hash != "" {
				out = append(out, at.Hash)
			}
		}
	}
	return out
}

// sources are the records, and the files on them that can be read.
func (p *officePacker) sources(hashes map[string]bool) ([]pack.Source, error) {
	var lines bytes.Buffer
	to := json.NewEncoder(&lines)
	for i := range p.out {
		if err := to.Encode(&p.out[i]); err != nil {
			return nil, err
		}
	}
	out := []pack.Source{{Name: recordsInPack, Read: func() ([]byte, error) { return lines.Bytes(), nil }}}
	for _, hash := range slices.Sorted(maps.Keys(hashes)) {
		if _, err := p.store.File(hash); err != nil {
			continue // named as missing by 核对; the record goes all the same
		}
		out = append(out, pack.Source{Name: filesInPack + hash, Read: func() ([]byte, error) { return p.store.File(hash) }})
	}
	return out, nil
}

// Words say what was packed.
func (o OfficePacked) Words() string {
	what := "变动"
	if o.Everyone {
		what = "全部"
	}
	said := fmt.Sprintf("已打科室包：%s %d 条", what, o.Records)
	if o.Gone > 0 {
		said += fmt.Sprintf("，删除 %d 条", o.Gone)
	}
	if o.Files > 0 {
		said += fmt.Sprintf("，附件 %d 个", o.Files)
	}
	said += "，放在 " + o.Path
	if o.Open {
		said += "。没有密码，请妥善保管"
	}
	return said + "。"
}
