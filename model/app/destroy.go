package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// ExpiredRecord holds sensitive values and was not touched for as many years as they
// are to be kept (期满).
type ExpiredRecord struct {
	Ledger, Label string
	ID, Name      string
	Since         time.Time // of its last change
}

// Expired lists the records past the parameter 敏感信息保存年限, the oldest first. Without
// the parameter there is no term.
func (a *App) Expired(ctx context.Context) ([]ExpiredRecord, error) {
	p, err := a.Settings(ctx)
	if err != nil || p.Int(rule.KeepYears) == 0 {
		return nil, err
	}
	end := a.now().AddDate(-p.Int(rule.KeepYears), 0, 0)
	var out []ExpiredRecord
	for _, l := range a.Catalog().All() {
		if l.System || len(SensitiveLabels(l)) == 0 {
			continue
		}
		err := a.store.Each(ctx, model.Query{Ledger: l.Key}, func(r *model.Record) error {
			if r.ChangedAt.Before(end) && holdsSensitive(l, r) {
				out = append(out, ExpiredRecord{Ledger: l.Key, Label: l.Label, ID: r.ID, Name: l.Name(r), Since: r.ChangedAt})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(x, y ExpiredRecord) int { return x.Since.Compare(y.Since) })
	return out, nil
}

// holdsSensitive reports whether a record has a sensitive value that was not destroyed.
func holdsSensitive(l *model.Ledger, r *model.Record) bool {
	return slices.ContainsFunc(l.Fields, func(f model.Field) bool {
		v := r.Get(f.Key)
		return f.Sensitive && v.Set && v.Text != store.Destroyed
	})
}

// DestroyDone tells what a destruction did.
type DestroyDone struct {
	Op      int64
	Records int
	Files   int      // photos and files of the records that were erased
	Copies  []string // backups overwritten too
	Beyond  []string // what the user has to destroy, with its date
}

// Destroy overwrites the sensitive values of records by 已销毁, in the ledger, in its
// history and in the known backups, and erases the files that only they had. What was done to the records, by whom and when
// remains. It cannot be undone.
func (a *App) Destroy(ctx context.Context, ledger string, ids []string, reason string) (DestroyDone, error) {
	l, err := a.editable(ledger)
	if err != nil {
		return DestroyDone{}, err
	}
	if strings.TrimSpace(reason) == "" {
		return DestroyDone{}, model.Errorf(model.CodeUsage, "销毁要写明理由，例如“保存期满，镇党委会议定”。")
	}
	var done DestroyDone
	var keys []store.RecordKey
	for _, id := range ids {
		if keys, err = a.destroyKeys(ctx, keys, l, id); err != nil {
			return done, err
		}
	}
	files, err := a.filesOn(ctx, keys)
	if err != nil {
		return done, err
	}
	label := fmt.Sprintf("期满销毁%s %d 条：%s", l.Label, len(ids), reason)
	done.Op, err = a.do(ctx, store.KindDestroy, label, func(tx *store.Tx) error {
		done.Records, err = tx.DestroyAll(keys)
		return err
	})
	if err == nil {
		err = a.store.Scrub(ctx)
	}
	if err != nil || done.Op == 0 {
		return done, err
	}
	if err := a.eraseFiles(ctx, files, &done); err != nil {
		return done, err
	}
	if err := a.destroyCopies(ctx, label, keys, &done); err != nil {
		return done, err
	}
	return done, a.listSent(ctx, l, &done)
}

// filesOn are the hashes of the files that records have or had.
func (a *App) filesOn(ctx context.Context, keys []store.RecordKey) ([]string, error) {
	var out []string
	for _, key := range keys {
		if key.Whole {
			continue
		}
		files, err := a.store.FilesEver(ctx, key.Ledger, key.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, files...)
	}
	return out, nil
}

// eraseFiles removes the files that no record and no history names any more, beside the ledger and in
// the second place of its backups.
func (a *App) eraseFiles(ctx context.Context, hashes []string, done *DestroyDone) (err error) {
	if len(hashes) == 0 {
		return nil
	}
	beside := store.EvidenceFolder(a.Path())
	if done.Files, err = a.store.EraseFiles(ctx, beside, hashes); err != nil {
		return err
	}
	all, err := a.Backups(ctx)
	if err != nil || all.Second == "" || all.SecondGone {
		return err
	}
	second := filepath.Join(all.Second, filepath.Base(beside))
	if _, err := a.store.EraseFiles(ctx, second, hashes); err != nil {
		done.Beyond = append(done.Beyond, fmt.Sprintf("第二备份位置的“%s”里有 %d 个文件没有删掉，请自行销毁：%s", second, len(hashes), model.Sentence(err)))
	}
	return nil
}

// listSent lists the files in which the values are known to stand: exports of the upper
// system that are kept as they came, and tables that left with them in full.
func (a *App) listSent(ctx context.Context, l *model.Ledger, done *DestroyDone) error {
	mirrors, err := a.Mirrors(ctx, l.Key)
	if err != nil {
		return err
	}
	for _, m := range mirrors {
		done.Beyond = append(done.Beyond, fmt.Sprintf("留存的系统导出“%s”（截至 %s）原样留存，里面的没有改写。", m.File, m.AsOf))
	}
	return a.store.Each(ctx, model.Query{Ledger: ledgers.Disclosure, Where: []model.Cond{{Field: "target_ledger", Op: model.OpEq, Value: model.Text(l.Key)}}}, func(r *model.Record) error {
		if file := r.Get("file").Text; file != "" {
			done.Beyond = append(done.Beyond, fmt.Sprintf("%s 带完整敏感信息写出的“%s”请自行销毁。", r.CreatedAt.Format("2006-01-02"), file))
		}
		return nil
	})
}

// destroyKeys adds a record, those that belong to it (the members of a household) and
// what senders said of them.
func (a *App) destroyKeys(ctx context.Context, keys []store.RecordKey, l *model.Ledger, id string) ([]store.RecordKey, error) {
	said, err := a.wordsOf(ctx, l.Key, id)
	if err != nil {
		return nil, err
	}
	keys = append(append(keys, store.RecordKey{Ledger: l.Key, ID: id}), said...)
	for _, owned := range a.Catalog().All() {
		owner := belongsTo(owned, l.Key)
		if owner == nil || len(SensitiveLabels(owned)) == 0 {
			continue
		}
		found, err := a.store.Find(ctx, owned.Key, map[string]model.Value{owner.Key: model.Reference(id, "")}, "")
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			if keys, err = a.destroyKeys(ctx, keys, owned, r.ID); err != nil {
				return nil, err
			}
		}
	}
	return keys, nil
}

// belongsTo is the field by which a ledger's records belong to those of another: it
// must be given, or owns them.
func belongsTo(l *model.Ledger, other string) *model.Field {
	for i := range l.Fields {
		f := &l.Fields[i]
		if !l.System && f.Ref != nil && (f.Required || f.IsOwner()) && f.Key != l.Parent && slices.Contains(f.Ref.Ledgers, other) {
			return f
		}
	}
	return nil
}

// wordsOf finds what senders said of a record and what was open about it: those
// hold its values too, and go.
func (a *App) wordsOf(ctx context.Context, ledger, id string) ([]store.RecordKey, error) {
	var out []store.RecordKey
	for _, l := range []string{ledgers.Claim, ledgers.Conflict} {
		found, err := a.store.Find(ctx, l, map[string]model.Value{"target_ledger": model.Text(ledger), "record": model.Text(id)}, "")
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			out = append(out, store.RecordKey{Ledger: l, ID: r.ID, Whole: true})
		}
	}
	return out, nil
}

// destroyCopies does the same in the known backups and lists what cannot be reached.
func (a *App) destroyCopies(ctx context.Context, label string, keys []store.RecordKey, done *DestroyDone) error {
	all, err := a.Backups(ctx)
	if err != nil {
		return err
	}
	op := model.Operation{Kind: store.KindDestroy, Label: label, Actor: a.Actor(), Origin: a.origin}
	o := Options{Now: a.now, Key: a.store.Key()}.storeOptions()
	for _, f := range all.Files {
		err := store.DestroyIn(ctx, f.Path, o, op, keys)
		if err == nil {
			err = a.prove(f.Path, f.Records, f.Sound)
		}
		if err != nil {
			done.Beyond = append(done.Beyond, fmt.Sprintf("备份“%s”（%s）没有改写，请自行销毁：%s", f.Path, f.At.Format("2006-01-02"), model.Sentence(err)))
			continue
		}
		done.Copies = append(done.Copies, f.Path)
	}
	aside, err := a.setAside()
	if err != nil {
		return err
	}
	for _, path := range aside {
		done.Beyond = append(done.Beyond, fmt.Sprintf("移到一边的旧台账“%s”里还有，请自行销毁。", filepath.Base(path)))
	}
	if all.SecondGone {
		done.Beyond = append(done.Beyond, fmt.Sprintf("第二备份位置“%s”现在连不上，那里的备份请自行销毁。", all.Second))
	}
	done.Beyond = append(done.Beyond, "已定稿和已报出的表、导出和收发过的文件里可能还有，请按档案规定处理。")
	return nil
}
