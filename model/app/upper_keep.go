package app

import (
	"cmp"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// KeptFor is the registered table, and its period, that a filled file is kept for.
type KeptFor struct {
	Table  UpperTable
	Period model.Period
}

// KeepForNone is FillRequest.Register where the file is to be kept for no table.
const KeepForNone = "-"

// keptFor finds the registered table that a filled template belongs to: the one that is
// named, else the one that knows the template, else the one of the template's title. Two
// that fit are a problem to be told, never guessed between.
func (a *App) keptFor(ctx context.Context, req FillRequest, p *FillPreview) (*KeptFor, error) {
	if req.Register == KeepForNone {
		return nil, nil
	}
	period, err := a.fillPeriod(req)
	if err != nil {
		return nil, err
	}
	var table UpperTable
	if req.Register != "" {
		if table, err = a.upperTable(ctx, req.Register); err != nil {
			return nil, err
		}
		if req.RegisterFor != "" {
			period = req.RegisterFor
		}
		return &KeptFor{table, table.PeriodFor(period, a.Today())}, nil
	}
	tables, err := a.UpperTables(ctx, a.Today())
	if err != nil {
		return nil, err
	}
	hits := fitting(tables, p)
	switch len(hits) {
	case 0:
		return nil, nil
	case 1:
		return &KeptFor{hits[0], hits[0].PeriodFor(period, a.Today())}, nil
	}
	p.Problems = append(p.Problems, model.Problem{Level: model.Doubt, Ledger: ledgers.UpperTable,
		Message: "报表登记里有几张表都对得上，不知道留存到哪一张：" + tableTitles(hits) + "。", Suggestion: "请指明是哪一张。"})
	return nil, nil
}

func tableTitles(tables []UpperTable) string {
	var out []string
	for _, t := range tables {
		out = append(out, t.Title)
	}
	return strings.Join(out, "、")
}

// Before are the periods before the one a file is kept for that are due and not sent:
// who fills a later one may have meant one of them.
func (k KeptFor) Before() []ledgers.Asked {
	return slices.DeleteFunc(slices.Clone(k.Table.Open), func(o ledgers.Asked) bool { return o.Period.Compare(k.Period) >= 0 })
}

// Within are the periods of a table that a file filled for a longer one may be kept for:
// those open in it, and the one that is the rule. A table that is asked for no more
// often has the one.
func (t UpperTable) Within(period model.Period, today model.Day) []model.Period {
	out := []model.Period{t.PeriodFor(period, today)}
	for _, o := range t.Open {
		if o.Period.Within(period) && !slices.Contains(out, o.Period) {
			out = append(out, o.Period)
		}
	}
	slices.SortFunc(out, model.Period.Compare)
	return out
}

// fitting are the registered tables that know one of the templates filled; if none
// does, those of its title.
func fitting(tables []UpperTable, p *FillPreview) []UpperTable {
	var known, named []UpperTable
	for _, t := range tables {
		for i := range p.Tables {
			f := &p.Tables[i]
			if f.Leave {
				continue
			}
			if t.Template != "" && t.Template == f.plan && f.isRecalled() {
				known = append(known, t)
				break
			}
			if text.HeaderKey(t.Title) == text.HeaderKey(planLabel(f)) {
				named = append(named, t)
				break
			}
		}
	}
	if len(known) > 0 {
		return known
	}
	return named
}

// isRecalled reports whether a table is the one that its mapping was remembered of: it
// has the same headers, or like ones under the same title. Like headers alone carry a
// mapping over, but another office's table may have them too.
func (t *FillTable) isRecalled() bool {
	return t.plan == templateID(exchange.Fingerprint(t.Table)) || text.HeaderKey(t.Recalled) == text.HeaderKey(planLabel(t))
}

// askedColumns are the columns of the tables that were filled, and who filled each.
func askedColumns(tables []FillTable) []report.AskedColumn {
	var out []report.AskedColumn
	for i := range tables {
		if t := &tables[i]; !t.Leave {
			for _, c := range t.Columns {
				out = append(out, report.AskedColumn{Header: c.Path, Meaning: meaningOf(t.Ledger, c), By: filledBy(c.Status)})
			}
		}
	}
	return out
}

func filledBy(s fill.Status) report.FilledBy {
	switch s {
	case fill.Filled:
		return report.ByProgram
	case fill.Person:
		return report.ByHand
	}
	return report.ByNobody
}

// meaningOf is what a column asks for, in words that two tables share: the place in a
// ledger that it is filled from, else its header. What every table has (序号, 填报人, a
// sum of its own columns), and what only names its rows, is none.
func meaningOf(l *model.Ledger, c fill.Column) string {
	switch c.Source.Kind {
	case fill.OfPath:
		path := c.Source.Path
		if l == nil || path == exchange.PathSeq || path == exchange.PathArea || string(path) == l.Title || headerMeaning(c.Path) == "" {
			return ""
		}
		return l.Key + "." + string(path)
	case fill.OfCalc:
		return c.Source.Calc.String()
	case fill.None:
		return headerMeaning(c.Path)
	}
	return ""
}

// common are headers that are in nearly every table: they name its rows.
var common = []string{"", "序号", "备注", "乡镇", "乡(镇)", "村", "村名", "行政村", "姓名", "户主姓名", "单位", "填报单位", "填报人", "填报时间"}

// headerMeaning is what a header alone says, "" for one that is in nearly every table.
func headerMeaning(header string) string {
	key := text.HeaderKey(header)
	if slices.Contains(common, key) {
		return ""
	}
	return key
}

// keepFilled keeps a file that was filled on the registered table's record of the
// period, with what the program could fill of it, and has the table know its template.
func (a *App) keepFilled(tx *store.Tx, to *KeptFor, p FillPreview, file model.Attachment) error {
	values, err := sentValues(askedColumns(p.Tables))
	if err != nil {
		return err
	}
	values["how"] = model.Text(ledgers.SentFilled)
	if err := a.keepSending(tx, to, values, file, a.Today()); err != nil {
		return err
	}
	i := slices.IndexFunc(p.Tables, func(t FillTable) bool { return len(t.puts) > 0 })
	id := templateID(exchange.Fingerprint(p.Tables[i].Table))
	if to.Table.Template == id {
		return nil
	}
	_, err = tx.Set(ledgers.UpperTable, to.Table.ID, map[string]model.Value{"template": model.Reference(id, planLabel(&p.Tables[i]))})
	return err
}

// sentValues are the columns that a table asked for, and their counts.
func sentValues(asked []report.AskedColumn) (map[string]model.Value, error) {
	rec := model.NewRecord(ledgers.UpperSent, "")
	if err := putJSON(rec, map[string]any{"asked": asked}); err != nil {
		return nil, err
	}
	counts := map[report.FilledBy]int{}
	for _, c := range asked {
		counts[c.By]++
	}
	for key, n := range map[string]int{"columns": len(asked), "by_program": counts[report.ByProgram], "by_hand": counts[report.ByHand], "unknown": counts[report.ByNobody]} {
		rec.Put(key, model.Int(int64(n)))
	}
	return rec.Values, nil
}

// keepSending writes values and a file to the record of the period, which is made with the
// first. A file that was sent before stays; the latest is the last.
func (a *App) keepSending(tx *store.Tx, to *KeptFor, values map[string]model.Value, file model.Attachment, on model.Day) error {
	values["sent_on"], values["sent_at"] = model.OnDay(on), model.Text(a.now().Format("2006-01-02 15:04"))
	var before []model.Attachment
	id := ""
	if s := to.Table.sending(to.Period); s != nil && s.ID != "" {
		id, before = s.ID, slices.DeleteFunc(slices.Clone(s.Files), func(f model.Attachment) bool { return f.Hash == file.Hash })
	}
	values["files"] = model.Attachments(append(before, file)...)
	if id != "" {
		_, err := tx.Set(ledgers.UpperSent, id, values)
		return err
	}
	rec := model.NewRecord(ledgers.UpperSent, "")
	rec.Area = a.homeID()
	values["table"], values["period"] = model.Reference(to.Table.ID, to.Table.Title), model.Text(string(to.Period))
	for key, v := range values {
		rec.Put(key, v)
	}
	return tx.Add(rec)
}

// sending is what was sent for a period, nil if nothing was.
func (t UpperTable) sending(period model.Period) *UpperSending {
	if i := slices.IndexFunc(t.Sent, func(s UpperSending) bool { return s.Period == period }); i >= 0 {
		return &t.Sent[i]
	}
	return nil
}

// KeepSentRequest registers a file that was sent by other means than by filling it here.
type KeepSentRequest struct {
	Table  string // id or name
	Period string // "" is the earliest that is open, else the one of today
	Path   string
	On     model.Day // "" is today

	how string // "" is by hand
}

// KeepSent keeps a file as what was sent of a registered table for a period (登记报送). Who
// filled which column is known only where it was filled here before.
func (a *App) KeepSent(ctx context.Context, req KeepSentRequest) (Done, KeptFor, error) {
	if err := a.may(ctx, RightEnter); err != nil {
		return Done{}, KeptFor{}, err
	}
	to, err := a.upperPeriod(ctx, req.Table, req.Period)
	if err != nil {
		return Done{}, to, err
	}
	files, err := a.takeFiles(ctx, []string{req.Path}, true)
	if err != nil {
		return Done{}, to, err
	}
	var done Done
	values := map[string]model.Value{}
	if s := to.Table.sending(to.Period); s == nil || len(s.Asked) == 0 {
		asked, problem := a.columnsOf(ctx, req.Path)
		if problem != nil {
			done.Problems = append(done.Problems, *problem)
		}
		if values, err = sentValues(asked); err != nil {
			return done, to, err
		}
		values["how"] = model.Text(cmp.Or(req.how, ledgers.SentByHand))
	}
	on := req.On
	if on == "" {
		on = a.Today()
	}
	done.Op, err = a.do(ctx, "upper_sent", "登记报送“"+to.Table.Title+"”（"+to.Period.Words()+"）", func(tx *store.Tx) error {
		return a.keepSending(tx, &to, values, files[0], on)
	})
	return done, to, err
}

// upperPeriod finds a registered table and one of its periods: the one that is named,
// else the earliest that is open, else the one of today.
func (a *App) upperPeriod(ctx context.Context, table, period string) (KeptFor, error) {
	t, err := a.upperTable(ctx, table)
	if err != nil {
		return KeptFor{}, err
	}
	to := KeptFor{Table: t, Period: t.PeriodFor(model.Daily.Of(a.Today()), a.Today())}
	if period != "" {
		p, ok := model.ParsePeriod(period)
		if !ok {
			return to, model.Errorf(model.CodeUsage, "期间“%s”写得不对，应为 %s 这样。", period, to.Period)
		}
		to.Period = t.PeriodFor(p, a.Today())
		return to, nil
	}
	if len(t.Open) > 0 {
		to.Period = t.Open[0].Period
	}
	return to, nil
}

// columnsOf reads which columns a file asks for; a paper that is no table has none,
// which is said.
func (a *App) columnsOf(ctx context.Context, path string) ([]report.AskedColumn, *model.Problem) {
	draft, err := a.OpenTemplate(ctx, path)
	if err != nil {
		return nil, &model.Problem{Level: model.Hint, File: filepath.Base(path), Message: "文件已留存，没有认出表头，列数没有登记：" + model.Sentence(err)}
	}
	var out []report.AskedColumn
	for i := range draft.Tables {
		for _, c := range draft.Tables[i].Named() {
			out = append(out, report.AskedColumn{Header: c.Path, Meaning: headerMeaning(c.Path), By: report.ByHand})
		}
	}
	return out, nil
}

// SentFile writes the file that was sent last of a registered table for a period to a
// path that must not exist.
func (a *App) SentFile(ctx context.Context, table, period, to string) (UpperSending, error) {
	s, content, err := a.sentContent(ctx, table, period)
	if err != nil {
		return s, err
	}
	return s, writeNew(to, content)
}

// sentPeriod finds a registered table and one of its periods; with period "" the latest
// that was sent.
func (a *App) sentPeriod(ctx context.Context, table, period string) (KeptFor, error) {
	to, err := a.upperPeriod(ctx, table, period)
	if err == nil && period == "" && len(to.Table.Sent) > 0 {
		to.Period = to.Table.Sent[0].Period
	}
	return to, err
}

func notSent(to KeptFor) error {
	return model.Errorf(model.CodeNotFound, "“%s”%s还没有报送，没有留存的文件。", to.Table.Title, to.Period.Words())
}

// sentContent reads the file that was sent last for a period; with period "" for the
// latest.
func (a *App) sentContent(ctx context.Context, table, period string) (UpperSending, []byte, error) {
	to, err := a.sentPeriod(ctx, table, period)
	if err != nil {
		return UpperSending{}, nil, err
	}
	s := to.Table.sending(to.Period)
	switch {
	case s == nil:
		return UpperSending{}, nil, notSent(to)
	case s.ID == "":
		content, err := a.finalContent(ctx, s.Form, s.Period, s.Version)
		return *s, content, err
	case len(s.Files) == 0:
		return *s, nil, model.Errorf(model.CodeNotFound, "“%s”%s只登记了报送，没有留存文件。", to.Table.Title, to.Period.Words())
	}
	content, err := a.outgoing(s.Files[len(s.Files)-1], true)
	return *s, content, err
}

// finalContent is the file of a 定稿.
func (a *App) finalContent(ctx context.Context, form string, period model.Period, version int) ([]byte, error) {
	hits, err := a.store.Find(ctx, ledgers.Final, map[string]model.Value{"form": model.Text(form), "period": model.Text(string(period)), "version": model.Int(int64(version))}, "")
	if err != nil {
		return nil, err
	}
	if len(hits) == 0 {
		return nil, model.Errorf(model.CodeNotFound, "%s的定稿已经撤销，没有文件。", period.Words())
	}
	return base64.StdEncoding.DecodeString(hits[0].Get("content").Text)
}

// keepWritten keeps the content of a file that was just written.
func (a *App) keepWritten(path string) (model.Attachment, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return model.Attachment{}, model.Wrap(err, model.CodeReadOnly, "“%s”读不出来，没有留存。", filepath.Base(path))
	}
	return a.keepContent(plainName(filepath.Base(path)), b, true)
}
