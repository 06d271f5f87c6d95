package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// Mirror is one table of the upper system as it was on a day (系统导出, 镜像). It is
// kept as the file came and never changed.
type Mirror struct {
	ID, Ledger, Label string
	AsOf              model.Day // 数据截至
	File, Sheet       string
	Rows, Width       int  // of the table, all columns counted
	Counts            bool // the ledger is held against it

	header  int
	hash    string
	matches []exchange.Match
	areas   []string // of which it has rows
}

// Source names a mirror as the source of a figure: 系统 2026-11-20 导出.
func (m Mirror) Source() string { return "系统 " + string(m.AsOf) + " 导出" }

// AsOf proposes the day up to which a draft's tables hold, "" where nothing says it.
func (d *Draft) AsOf(today model.Day) model.Day {
	for i := range d.tables {
		if day := exchange.AsOf(d.book, &d.tables[i], d.Name, today); day != "" {
			return day
		}
	}
	return ""
}

// statusMirrored is the status of a file that was kept as a mirror.
const statusMirrored = "已留作系统导出"

// keepMirror keeps the tables as they are and leaves the ledger alone.
func (im *importing) keepMirror(ctx context.Context) error {
	if im.pasted {
		return model.Errorf(model.CodeUsage, "粘贴的内容没有原文件，不能作为系统导出留存。请用系统导出的文件。")
	}
	day, err := im.asOf()
	if err != nil {
		return err
	}
	content, err := readWhole(im.path)
	if err != nil {
		return err
	}
	plans, err := im.plan(ctx, im.store)
	if err != nil {
		return err
	}
	var mirrors []Mirror
	for i, job := range im.jobs {
		if job.Table.Entry {
			return model.Errorf(model.CodeInvalid, "“%s”是一张一条的登记表，不是系统导出的名单。", job.File)
		}
		m := Mirror{Ledger: job.Ledger.Key, Label: job.Ledger.Label, AsOf: day, File: job.File, Sheet: job.Table.Sheet,
			Width: len(job.Table.Named()), header: job.Table.HeaderFirst, hash: job.SHA256, matches: job.Matches, areas: plans[i].Areas()}
		for range job.Table.Rows(&im.book.Sheets[job.Table.SheetIndex]) {
			m.Rows++
		}
		if err := im.mayMirror(ctx, m); err != nil {
			return err
		}
		mirrors = append(mirrors, m)
	}
	im.out.Status, im.out.Mirrors = statusMirrored, mirrors
	if im.req.DryRun {
		return nil
	}
	if err := im.may(ctx, RightEnter); err != nil {
		return err
	}
	at, err := im.keepContent(plainName(filepath.Base(im.path)), content, true)
	if err != nil {
		return err
	}
	if at.Hash != im.jobs[0].SHA256 {
		return model.Errorf(model.CodeRefused, "“%s”读入后又被改过，请重新添加。", text.BaseName(im.path))
	}
	im.out.Op, err = im.do(ctx, "import", fmt.Sprintf("留存系统导出“%s”（数据截至 %s）", at.Name, day), func(tx *store.Tx) error {
		return im.addMirrors(ctx, tx, mirrors, at)
	})
	return err
}

func (im *importing) addMirrors(ctx context.Context, tx *store.Tx, mirrors []Mirror, at model.Attachment) error {
	for i, m := range mirrors {
		rec, err := m.record(at)
		if err != nil {
			return err
		}
		rec.Area = im.homeID()
		if err := tx.Add(rec); err != nil {
			return err
		}
		mirrors[i].ID = rec.ID
	}
	for _, m := range im.memories {
		if err := remember(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

// asOf is the day that was given, else the one that the file names. Where both name a
// day and not the same that is said.
func (im *importing) asOf() (model.Day, error) {
	var named model.Day
	for i := 0; named == "" && i < len(im.jobs); i++ {
		named = exchange.AsOf(im.book, im.jobs[i].Table, im.path, im.Today())
	}
	day := cmp.Or(im.req.AsOf, named)
	if named != "" && named != day {
		im.out.Warnings = append(im.out.Warnings, "表头或文件名里写的是 "+string(named)+"，按填写的数据截至 "+string(day)+" 留存，请核对。")
	}
	switch {
	case day == "":
		return "", model.Errorf(model.CodeInvalid, "“%s”里没有写数据截至哪一天，请填写数据截至日期。", text.BaseName(im.path))
	case day > im.Today():
		return "", model.Errorf(model.CodeUsage, "数据截至日期 %s 还没有到，请核对。", day)
	}
	return day, nil
}

// mayMirror refuses to keep the same table of the same day twice.
func (im *importing) mayMirror(ctx context.Context, m Mirror) error {
	kept, err := im.Mirrors(ctx, m.Ledger)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(kept, func(k Mirror) bool {
		return k.hash == m.hash && k.AsOf == m.AsOf && k.Sheet == m.Sheet && k.header == m.header
	}) {
		return model.Errorf(model.CodeExists, "“%s”已经作为%s数据截至 %s 的系统导出留存，没有重复留存。", m.File, m.Label, m.AsOf)
	}
	return nil
}

func (m Mirror) record(at model.Attachment) (*model.Record, error) {
	columns, err := json.Marshal(m.matches)
	if err != nil {
		return nil, err
	}
	areas, err := json.Marshal(m.areas)
	if err != nil {
		return nil, err
	}
	rec := model.NewRecord(ledgers.Mirror, "")
	for key, v := range map[string]model.Value{
		"target_ledger": model.Text(m.Ledger), "upto": model.OnDay(m.AsOf), "name": model.Text(m.File), "sheet": model.Text(m.Sheet),
		"header": model.Int(int64(m.header)), "rows": model.Int(int64(m.Rows)), "width": model.Int(int64(m.Width)),
		"sha256": model.Text(m.hash), "columns": model.Text(string(columns)), "areas": model.Text(string(areas)), "file": model.Attachments(at),
	} {
		rec.Put(key, v)
	}
	return rec, nil
}

func mirrorFrom(rec *model.Record) (Mirror, error) {
	said := func(key string) string { return rec.Get(key).Text }
	m := Mirror{ID: rec.ID, Ledger: said("target_ledger"), AsOf: rec.Get("upto").End, File: said("name"), Sheet: said("sheet"),
		Rows: int(rec.Get("rows").Num), Width: int(rec.Get("width").Num), header: int(rec.Get("header").Num), hash: said("sha256")}
	err := errors.Join(json.Unmarshal([]byte(said("columns")), &m.matches), json.Unmarshal([]byte(said("areas")), &m.areas))
	return m, model.Wrap(err, model.CodeDamaged, "系统导出“%s”的登记读不出来。", m.File)
}

// Mirrors lists what is kept of the system, the newest first: of one ledger, or with
// "" of all.
func (a *App) Mirrors(ctx context.Context, ledger string) ([]Mirror, error) {
	q := model.Query{Ledger: ledgers.Mirror}
	if ledger != "" {
		l, err := a.Catalog().Find(ledger)
		if err != nil {
			return nil, err
		}
		q.Where = append(q.Where, model.Cond{Field: "target_ledger", Op: model.OpEq, Value: model.Text(l.Key)})
	}
	var out []Mirror
	err := a.store.Each(ctx, q, func(rec *model.Record) error {
		m, err := mirrorFrom(rec)
		if l := a.Catalog().Ledger(m.Ledger); l != nil {
			m.Label = l.Label
		}
		out = append(out, m)
		return err
	})
	slices.Reverse(out) // of two of one day the one that came last counts
	slices.SortStableFunc(out, func(x, y Mirror) int {
		return cmp.Or(cmp.Compare(x.Label, y.Label), cmp.Compare(y.AsOf, x.AsOf))
	})
	for i := 0; i < len(out); {
		same := slices.IndexFunc(out[i:], func(m Mirror) bool { return m.Ledger != out[i].Ledger })
		if same < 0 {
			same = len(out) - i
		}
		mayCount(out[i : i+same])
		i += same
	}
	return out, err
}

// mirrorDays is for how many days an export still speaks for the villages of which a
// newer one has nothing. Exports are taken monthly; what is older may tell of a village
// that has no more households in the system.
const mirrorDays = 31

// mayCount marks those exports of one ledger, the newest first, that it is held
// against: the newest, and for villages of which it has no row the newest that has.
func mayCount(kept []Mirror) {
	answered := map[string]bool{}
	for i := range kept {
		m := &kept[i]
		fresh := slices.ContainsFunc(m.areas, func(area string) bool { return !answered[area] })
		m.Counts = i == 0 || fresh && kept[0].AsOf.Sub(m.AsOf) <= mirrorDays
		if m.Counts {
			for _, area := range m.areas {
				answered[area] = true
			}
		}
	}
}

// counting returns the mirrors that a ledger is held against, the newest first.
func (a *App) counting(ctx context.Context, l *model.Ledger) ([]Mirror, error) {
	all, err := a.Mirrors(ctx, l.Key)
	if err == nil && len(all) == 0 {
		err = model.Errorf(model.CodeNotFound, "“%s”还没有系统导出。请在“导入”里把系统导出的表作为系统导出留存。", l.Label)
	}
	return slices.DeleteFunc(all, func(m Mirror) bool { return !m.Counts }), err
}

// openMirror reads the file of a mirror and readies it to be planned as an import.
func (a *App) openMirror(m Mirror) (*importing, error) {
	content, err := a.store.File(m.hash)
	if err != nil {
		return nil, err
	}
	book, err := sheet.Read(m.File, bytes.NewReader(content), int64(len(content)), sheet.DefaultLimits)
	if err != nil {
		return nil, err
	}
	tables := exchange.FindTables(book)
	i := slices.IndexFunc(tables, func(t exchange.Table) bool { return t.Sheet == m.Sheet && t.HeaderFirst == m.header })
	l := a.Catalog().Ledger(m.Ledger)
	if i < 0 || l == nil {
		return nil, model.Errorf(model.CodeDamaged, "系统导出“%s”里找不到原来的表了。", m.File)
	}
	known := slices.DeleteFunc(slices.Clone(m.matches), func(match exchange.Match) bool {
		_, err := exchange.ResolvePath(a.Catalog(), l, match.Path)
		return err != nil // of a field that was removed since
	})
	return &importing{App: a, path: m.File, req: ImportRequest{Period: a.Period()}, book: book,
		jobs: []exchange.ImportInput{{File: m.File, SHA256: m.hash, Book: book, Table: &tables[i], Ledger: l, Matches: known}}}, nil
}
