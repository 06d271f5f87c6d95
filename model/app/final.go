package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// FinalNote is what is said of a table when it is made 定稿.
type FinalNote struct {
	Cutoff                   string // 截至时间 in words, "" = now
	Filler, Reviewer, Signer string // 填表人 ("" = who acts), 审核人, 签发人
	To, How                  string // to whom it goes ("" = the unit above) and how
	Reason                   string // of a 补报
}

// Final is one 定稿.
type Final struct {
	ID, Form, Label          string
	Period                   model.Period
	Version                  int
	Cutoff                   string
	Filler, Reviewer, Signer string
	SentAt, To, How          string
	Reason                   string // of a 补报
	Rows                     int
	File                     string
}

// keptFinal is a 定稿 as read, with its rows and figures.
type keptFinal struct {
	Final
	figures     report.Figures
	rows        []finalRow
	corrections []report.Correction
}

// finals deals with the 定稿 of one form, seen from one of its periods.
type finals struct {
	*App
	ctx     context.Context
	form    exchange.Form
	ledger  *model.Ledger
	period  model.Period
	areas   []*model.Record
	columns []finalColumn
	look    *lookup
	// kept is the latest version of each period, the earliest first; versions counts
	// those of the period itself.
	kept            []*keptFinal
	versions        int
	before, yearAgo *report.Figures
}

func (a *App) newFinals(ctx context.Context, form exchange.Form, period model.Period) (*finals, error) {
	f := &finals{App: a, ctx: ctx, form: form, period: period, look: a.lookup(ctx, a.store)}
	var err error
	if f.ledger, err = a.Catalog().Find(form.Over); err != nil {
		return nil, err
	}
	if f.areas, err = a.receiversOf(ctx, form); err != nil {
		return nil, err
	}
	for _, c := range form.Columns {
		tg, err := exchange.ResolvePath(a.Catalog(), f.ledger, c.Path)
		if err != nil {
			return nil, err
		}
		if tg.Field != nil && !c.Grey && tg.Path != exchange.PathArea && !tg.Ledger.IsDerived(tg.Field.Key) {
			f.columns = append(f.columns, finalColumn{string(c.Path), cmp.Or(c.Header, tg.Field.Header()), c.Width, tg.Field, tg})
		}
	}
	return f, f.load()
}

// load reads the 定稿 of the form.
func (f *finals) load() error {
	q := model.Query{Ledger: ledgers.Final, Where: []model.Cond{{Field: "form", Op: model.OpEq, Value: model.Text(f.form.Key)}}}
	err := f.store.Each(f.ctx, q, func(rec *model.Record) error {
		k := &keptFinal{Final: finalFrom(rec)}
		for _, part := range []struct {
			key string
			to  any
		}{{"figures", &k.figures}, {"kept", &k.rows}, {"corrections", &k.corrections}} {
			if err := json.Unmarshal([]byte(rec.Get(part.key).Text), part.to); err != nil {
				return fmt.Errorf("final %s: %s: %w", rec.ID, part.key, err)
			}
		}
		if k.Period == f.period {
			f.versions = max(f.versions, k.Version)
		}
		i := slices.IndexFunc(f.kept, func(o *keptFinal) bool { return o.Period == k.Period })
		switch {
		case i < 0:
			f.kept = append(f.kept, k)
		case f.kept[i].Version < k.Version:
			f.kept[i] = k
		}
		return nil
	})
	slices.SortFunc(f.kept, func(x, y *keptFinal) int { return x.Period.Compare(y.Period) })
	f.before, f.yearAgo = f.figuresOf(f.period.Previous()), f.figuresOf(f.period.YearAgo())
	return err
}

// of returns the latest version of a period, nil if it was never 定稿.
func (f *finals) of(period model.Period) *keptFinal {
	i := slices.IndexFunc(f.kept, func(k *keptFinal) bool { return k.Period == period })
	if period == "" || i < 0 {
		return nil
	}
	return f.kept[i]
}

func (f *finals) figuresOf(period model.Period) *report.Figures {
	if k := f.of(period); k != nil {
		return &k.figures
	}
	return nil
}

// beside is what stands beside the table: the growth against other 定稿, and the
// changes after those of earlier periods that no later one has told.
func (f *finals) beside(t *finalTable) (report.Beside, error) {
	var out report.Beside
	if f.before != nil || f.yearAgo != nil {
		out.Growth, out.YearAgo = report.Growth(t.figures, f.before, f.yearAgo), f.yearAgo != nil
	}
	for _, k := range f.kept {
		if k.Period.Compare(f.period) >= 0 {
			break
		}
		changes, err := f.changes(k, f.told(k, f.period))
		if err != nil {
			return out, err
		}
		out.Corrections = append(out.Corrections, changes...)
	}
	return out, nil
}

// mayKeep refuses a second 定稿 of a period that does not say why.
func (f *finals) mayKeep(note *FinalNote) error {
	if last := f.of(f.period); note != nil && last != nil && note.Reason == "" {
		return model.Errorf(model.CodeExists, "《%s》%s已于%s定稿（第%d版）。确需补报，请写明补报原因；原来的一版照样留着。",
			f.form.Label, f.period.Words(), last.SentAt, last.Version)
	}
	return nil
}

func (f *finals) signed(note FinalNote) *report.Signed {
	return &report.Signed{Cutoff: cmp.Or(note.Cutoff, f.now().Format("2006-01-02 15:04")), Filler: cmp.Or(note.Filler, f.Actor().Name),
		Reviewer: note.Reviewer, Signer: note.Signer, Version: f.versions + 1, Reason: note.Reason}
}

// keep stores the table as it was written: figures, rows and the file itself.
func (f *finals) keep(req ReportRequest, t *finalTable, b report.Beside) (int64, error) {
	content, err := os.ReadFile(req.Out)
	if err != nil {
		return 0, err
	}
	rows, err := f.rows()
	if err != nil {
		return 0, err
	}
	rec := model.NewRecord(ledgers.Final, "")
	rec.Area = f.homeID()
	sum := sha256.Sum256(content)
	for key, v := range map[string]string{
		"form": f.form.Key, "period": string(f.period), "cutoff": b.Signed.Cutoff, "filler": b.Signed.Filler, "reviewer": b.Signed.Reviewer,
		"signer": b.Signed.Signer, "reason": b.Signed.Reason, "sent_at": f.now().Format("2006-01-02 15:04"),
		"sent_how": cmp.Or(req.Final.How, "电子版"), "sent_to": cmp.Or(req.Final.To, f.look.area(f.look.above(f.homeID())).Get("name").Text),
		"file": filepath.Base(req.Out), "sha256": hex.EncodeToString(sum[:]), "content": base64.StdEncoding.EncodeToString(content),
	} {
		rec.Put(key, model.Text(v))
	}
	rec.Put("version", model.Int(int64(b.Signed.Version)))
	rec.Put("rows", model.Int(int64(len(rows))))
	if err := putJSON(rec, map[string]any{"figures": t.figures, "kept": rows, "corrections": b.Corrections}); err != nil {
		return 0, err
	}
	label := "定稿《" + f.form.Label + "》（" + f.period.Words() + "）"
	if b.Signed.Version > 1 {
		label += "补报第" + strconv.Itoa(b.Signed.Version) + "版"
	}
	return f.do(f.ctx, "report_up", label, func(tx *store.Tx) error { return tx.Add(rec) })
}

// putJSON puts values into text fields of a record.
func putJSON(rec *model.Record, values map[string]any) error {
	for key, v := range values {
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		rec.Put(key, model.Text(string(b)))
	}
	return nil
}

func finalFrom(rec *model.Record) Final {
	said := func(key string) string { return rec.Get(key).Text }
	return Final{ID: rec.ID, Form: said("form"), Period: model.Period(said("period")), Version: int(rec.Get("version").Num),
		Cutoff: said("cutoff"), Filler: said("filler"), Reviewer: said("reviewer"), Signer: said("signer"), SentAt: said("sent_at"),
		To: said("sent_to"), How: said("sent_how"), Reason: said("reason"), Rows: int(rec.Get("rows").Num), File: said("file")}
}

// Finals lists what is 定稿: of one form, or with form "" of all; of one period, or
// with period "" of all. Versions stand beside each other.
func (a *App) Finals(ctx context.Context, form string, period model.Period) ([]Final, error) {
	forms, err := a.everyForm(ctx)
	if err != nil {
		return nil, err
	}
	q := model.Query{Ledger: ledgers.Final}
	if form != "" {
		f, err := a.form(ctx, form)
		if err != nil {
			return nil, err
		}
		q.Where = append(q.Where, model.Cond{Field: "form", Op: model.OpEq, Value: model.Text(f.Key)})
	}
	var out []Final
	err = a.store.Each(ctx, q, func(rec *model.Record) error {
		f := finalFrom(rec)
		if i := slices.IndexFunc(forms, func(o exchange.Form) bool { return o.Key == f.Form }); i >= 0 {
			f.Label = forms[i].Label
		}
		if period == "" || f.Period == period {
			out = append(out, f)
		}
		return nil
	})
	slices.SortStableFunc(out, func(x, y Final) int {
		return cmp.Or(cmp.Compare(x.Label, y.Label), x.Period.Compare(y.Period), cmp.Compare(x.Version, y.Version))
	})
	return out, err
}

// FinalFile writes the file of a 定稿 as it was sent; version 0 is the latest.
func (a *App) FinalFile(ctx context.Context, form string, period model.Period, version int, out string) (Final, error) {
	f, err := a.form(ctx, form)
	if err != nil {
		return Final{}, err
	}
	if period, err = f.PeriodFor(string(period)); err != nil {
		return Final{}, err
	}
	all, err := a.Finals(ctx, f.Key, period)
	if err != nil {
		return Final{}, err
	}
	i := len(all) - 1
	if version > 0 {
		i = slices.IndexFunc(all, func(o Final) bool { return o.Version == version })
	}
	if i < 0 {
		return Final{}, notFinal(f, period)
	}
	rec, err := a.store.Get(ctx, ledgers.Final, all[i].ID)
	if err != nil {
		return Final{}, err
	}
	content, err := base64.StdEncoding.DecodeString(rec.Get("content").Text)
	if err != nil {
		return Final{}, err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return Final{}, model.Wrap(err, model.CodeReadOnly, "文件夹“%s”建不了，请换一个位置再试。", filepath.Dir(out))
	}
	if err := os.WriteFile(out, content, 0o644); err != nil {
		return Final{}, model.Wrap(err, model.CodeReadOnly, "“%s”没有写成，请换一个文件夹再试。", filepath.Base(out))
	}
	return all[i], nil
}

func notFinal(form exchange.Form, period model.Period) error {
	return model.Errorf(model.CodeNotFound, "《%s》%s没有定稿。", form.Label, text.Clean(period.Words()))
}
