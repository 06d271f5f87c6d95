package app

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
	"xiangzhen/model/word"
)

// What is shown of a secretary's year and of a report's text, for those who read it.
type (
	SecretaryFile = report.SecretaryFile
	FileEntry     = report.FileEntry
	Brief         = report.Brief
	BriefPart     = report.BriefPart
)

// paper is a report that is read, not counted: a document or a form of one page.
type paper struct {
	write func(a *App, ctx context.Context, req ReportRequest) (Reported, error)
	kinds []string // the endings of the file that it can be
}

// papers are the reports that are papers. What each needs of the request: 督办单, 反馈单
// and 纪要 the record (ID); 书记履职 the person and the year; 通报 and 汇报 the period.
var papers = map[string]paper{
	"督办单":  {(*App).orderPaper, []string{".docx", ".xlsx"}},
	"反馈单":  {(*App).feedbackPaper, []string{".docx", ".xlsx"}},
	"纪要":   {(*App).minutesPaper, []string{".docx"}},
	"通报":   {(*App).noticePaper, []string{".docx"}},
	"书记履职": {(*App).secretaryPaper, []string{".docx", ".xlsx"}},
	"汇报":   {(*App).briefPaper, []string{".docx"}},
}

// paper writes a report that is a paper.
func (a *App) paper(ctx context.Context, req ReportRequest) (Reported, error) {
	p := papers[req.Kind]
	if ending := strings.ToLower(filepath.Ext(req.Out)); !slices.Contains(p.kinds, ending) {
		return Reported{}, model.Errorf(model.CodeUsage, "“%s”请存成 %s 文件。", req.Kind, strings.Join(p.kinds, " 或 "))
	}
	return p.write(a, ctx, req)
}

func isBook(path string) bool { return strings.EqualFold(filepath.Ext(path), ".xlsx") }

// writeDocument writes a document, whose title says so where the ledger is a sample.
func (a *App) writeDocument(ctx context.Context, d word.Document, path string) error {
	demo, err := a.isDemo(ctx, a.store)
	if err != nil {
		return err
	}
	d.Title = sheet.DemoTitle(d.Title, demo)
	return sheet.WriteFile(path, func(w io.Writer) error { return word.Encode(w, d) })
}

func (a *App) writeSheet(ctx context.Context, s report.Sheet, path string) (Reported, error) {
	if !isBook(path) {
		return Reported{Units: 1, Rows: 1}, a.writeDocument(ctx, s.Document(), path)
	}
	demo, err := a.isDemo(ctx, a.store)
	if err != nil {
		return Reported{}, err
	}
	s.Title = sheet.DemoTitle(s.Title, demo)
	return Reported{Units: 1, Rows: 1}, sheet.Write(path, s.Book())
}

// record returns the record a paper is about.
func (a *App) paperRecord(ctx context.Context, ledger, id string) (*model.Ledger, *model.Record, error) {
	l := a.Catalog().Ledger(ledger)
	if id == "" {
		return nil, nil, model.Errorf(model.CodeUsage, "请说明是哪一条%s。", l.Label)
	}
	return a.Get(ctx, ledger, id)
}

func (a *App) orderPaper(ctx context.Context, req ReportRequest) (Reported, error) {
	l, order, err := a.paperRecord(ctx, ledgers.Order, req.ID)
	if err != nil {
		return Reported{}, err
	}
	return a.writeSheet(ctx, report.OrderSheet(l, order, a.now()), req.Out)
}

func (a *App) feedbackPaper(ctx context.Context, req ReportRequest) (Reported, error) {
	l, order, err := a.paperRecord(ctx, ledgers.Order, req.ID)
	if err != nil {
		return Reported{}, err
	}
	latest, err := a.latestProgress(ctx, order.ID)
	if err != nil {
		return Reported{}, err
	}
	return a.writeSheet(ctx, report.FeedbackSheet(l, a.Catalog().Ledger(ledgers.Progress), order, latest, a.now()), req.Out)
}

// latestProgress is what was last reported on an item, nil if nothing was.
func (a *App) latestProgress(ctx context.Context, item string) (*model.Record, error) {
	var latest *model.Record
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Progress, Where: []model.Cond{{Field: "task", Op: model.OpEq, Value: model.Reference(item, "")}}},
		func(r *model.Record) error {
			if latest == nil || r.Get("period").Text > latest.Get("period").Text {
				latest = r
			}
			return nil
		})
	return latest, err
}

func (a *App) minutesPaper(ctx context.Context, req ReportRequest) (Reported, error) {
	l, meeting, err := a.paperRecord(ctx, ledgers.Meeting, req.ID)
	if err != nil {
		return Reported{}, err
	}
	decisions, _, err := a.byDivision(ctx, ledgers.Decision, func(r *model.Record) bool { return r.Get("meeting").ID == meeting.ID })
	if err != nil {
		return Reported{}, err
	}
	d := report.Minutes(l, a.Catalog().Ledger(ledgers.Decision), meeting, decisions, a.now())
	return Reported{Units: 1, Rows: len(decisions)}, a.writeDocument(ctx, d, req.Out)
}

// noticePaper is drawn up on demand only (CLERK 15): the items past their limit, in the
// order of the divisions.
func (a *App) noticePaper(ctx context.Context, req ReportRequest) (Reported, error) {
	l := a.Catalog().Ledger(ledgers.Task)
	late, areas, err := a.byDivision(ctx, ledgers.Task, func(r *model.Record) bool {
		days := r.Get("days_left")
		return days.Set && days.Num < 0 && r.Get("children_total").Num == 0 && !slices.Contains(l.Flow.Finished, r.Get(l.Flow.State).Text)
	})
	if err != nil {
		return Reported{}, err
	}
	if len(late) == 0 {
		return Reported{}, model.Errorf(model.CodeNotFound, "没有已过完成时限的任务，不用写通报。")
	}
	return Reported{Units: len(areas), Rows: len(late)}, a.writeDocument(ctx, report.Notice(l, late, a.Today(), a.now()), req.Out)
}

// Brief gathers the text of a report on the period (汇报材料). Every figure names the
// records it counted.
func (a *App) Brief(ctx context.Context, period model.Period) (report.Brief, error) {
	if !period.IsValid() {
		return report.Brief{}, model.Errorf(model.CodeUsage, "期间“%s”写得不对，应为 2026-11 这样。", period)
	}
	in := report.BriefInput{Place: a.homeName(), From: period.First(), Today: min(a.Today(), period.Last())}
	for _, key := range ledgers.Followed() {
		items, _, err := a.byDivision(ctx, key, func(r *model.Record) bool { return r.Get("children_total").Num == 0 })
		if err != nil {
			return report.Brief{}, err
		}
		in.Ledgers = append(in.Ledgers, report.BriefLedger{Ledger: a.Catalog().Ledger(key), Items: items})
	}
	var err error
	in.Progress, _, err = a.byDivision(ctx, ledgers.Progress, func(r *model.Record) bool {
		p := model.Month(r.Get("period").Text)
		return p != "" && p >= in.From.Month() && p <= in.Today.Month()
	})
	return in.Write(), err
}

func (a *App) briefPaper(ctx context.Context, req ReportRequest) (Reported, error) {
	b, err := a.Brief(ctx, req.Period)
	if err != nil {
		return Reported{}, err
	}
	return Reported{Units: 1, Rows: len(b.Paragraphs)}, a.writeDocument(ctx, b.Document(a.now()), req.Out)
}

// Secretary gathers the file of a secretary's year (书记履职); person is a name or an id.
func (a *App) Secretary(ctx context.Context, person string, year int) (report.SecretaryFile, error) {
	if person == "" {
		return report.SecretaryFile{}, model.Errorf(model.CodeUsage, "请说明是哪一位书记。")
	}
	res := a.resolver(ctx, a.store)
	who, err := res.one(personRef, person, a.homeID())
	if err != nil {
		return report.SecretaryFile{}, err
	}
	in := report.SecretaryInput{Catalog: a.Catalog(), Year: year, Records: map[string][]*model.Record{}}
	if in.Person, err = a.store.Get(ctx, ledgers.Person, who.ID); err != nil {
		return report.SecretaryFile{}, err
	}
	if in.Post, in.Areas, err = a.secretaryPosts(ctx, who.ID, year); err != nil {
		return report.SecretaryFile{}, err
	}
	for _, key := range append(ledgers.Followed(), ledgers.Act, ledgers.Meeting, ledgers.ContactPoint, ledgers.Duty) {
		if in.Records[key], _, err = a.byDivision(ctx, key, func(*model.Record) bool { return true }); err != nil {
			return report.SecretaryFile{}, err
		}
	}
	return report.Secretary(in), nil
}

// secretaryTitles are the posts that make a secretary.
var secretaryTitles = []string{"县委书记", "乡镇党委书记", ledgers.TitleVillageSecretary}

// secretaryPosts returns the post a person held in the year, in words, and the
// divisions of which the person was secretary then.
func (a *App) secretaryPosts(ctx context.Context, person string, year int) (post string, areas []string, err error) {
	posts, err := a.store.Find(ctx, ledgers.Post, map[string]model.Value{"person": model.Reference(person, "")}, "")
	for _, p := range posts {
		if !heldIn(p, year) {
			continue
		}
		title := p.Get("title").Text
		if slices.Contains(secretaryTitles, title) {
			areas = append(areas, p.Area)
			post = ledgers.PostWords(p.Get("at").Text, title)
		} else if post == "" {
			post = ledgers.PostWords(p.Get("at").Text, title)
		}
	}
	return post, areas, err
}

func (a *App) secretaryPaper(ctx context.Context, req ReportRequest) (Reported, error) {
	f, err := a.Secretary(ctx, req.Person, req.Period.First().Year())
	if err != nil {
		return Reported{}, err
	}
	n := 0
	for _, s := range f.Sections {
		n += len(s.Entries)
	}
	if n == 0 {
		return Reported{}, model.Errorf(model.CodeNotFound, "%d 年还没有%s的记录。", f.Year, f.Name)
	}
	if !isBook(req.Out) {
		return Reported{Units: len(f.Sections), Rows: n}, a.writeDocument(ctx, f.Paper(a.now()), req.Out)
	}
	t := f.List()
	_, err = a.writeTable(ctx, t, t.Title, 1, req.Out)
	return Reported{Units: len(f.Sections), Rows: n}, err
}

// NextOrderNumber is the document number (文号) that the next supervision order gets.
func (a *App) NextOrderNumber(ctx context.Context) (string, error) {
	var used []string
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Order}, func(r *model.Record) error {
		used = append(used, r.Get("doc_no").Text)
		return nil
	})
	return report.NextNumber(used, a.Today().Year(), text.Place(a.homeName())+"督"), err
}
