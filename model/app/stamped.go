package app

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/photo"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// ReturnOf names what one area reported for a period.
type ReturnOf struct {
	Form   string
	Period model.Period
	Area   string // name or id
}

// StampRequest keeps the scan or photo of the sealed paper copy of a return (盖章件).
type StampRequest struct {
	ReturnOf
	Paths    []string // PDF, JPG or PNG
	Original bool     // keeps large photos as they are, as with AttachRequest
}

// Stamp keeps files as the 盖章件 of what an area has reported (CLERK 24). What has not
// been reported has none (CodeNotFound). A file that is there already is not added
// twice.
func (a *App) Stamp(ctx context.Context, req StampRequest) (Done, error) {
	if err := a.may(ctx, RightEnter); err != nil {
		return Done{}, err
	}
	r, err := a.reported(ctx, req.ReturnOf)
	if err != nil {
		return Done{}, err
	}
	for _, path := range req.Paths {
		if err := checkPaper(path); err != nil {
			return Done{}, err
		}
	}
	files, err := a.takeFiles(ctx, req.Paths, req.Original)
	if err != nil {
		return Done{}, err
	}
	return a.keepStamped(ctx, r, files)
}

// Unstamp takes a file off the 盖章件, by its hash or name. Its content stays, because
// history names it.
func (a *App) Unstamp(ctx context.Context, what ReturnOf, file string) (Done, error) {
	r, err := a.reported(ctx, what)
	if err != nil {
		return Done{}, err
	}
	if r.paper == nil {
		return Done{}, r.noPaper()
	}
	return a.detach(ctx, r.ledger, r.paper.ID, file)
}

// StampedFiles lists the 盖章件 of what an area has reported.
func (a *App) StampedFiles(ctx context.Context, what ReturnOf) ([]Attachment, error) {
	r, err := a.reported(ctx, what)
	if err != nil || r.paper == nil {
		return nil, err
	}
	return a.attachmentsOf(r.ledger, r.paper), nil
}

// SaveStamped writes a file of the 盖章件, by its hash or name, to a path, which must
// not exist. Where and with what a photo was taken is left out.
func (a *App) SaveStamped(ctx context.Context, what ReturnOf, file, to string) error {
	r, err := a.reported(ctx, what)
	if err != nil {
		return err
	}
	if r.paper == nil {
		return r.noPaper()
	}
	at, err := a.attachment(ctx, r.ledger, r.paper.ID, file)
	if err != nil {
		return err
	}
	return a.writeAttachment(at.Attachment, to, false)
}

// heldReturn is a return as it is held: what came in, and the paper copy.
type heldReturn struct {
	form       exchange.Form
	period     model.Period
	area       *model.Record
	submission *model.Record
	ledger     *model.Ledger // of paper
	paper      *model.Record // nil while there is none
}

func (r *heldReturn) noPaper() error {
	return model.Errorf(model.CodeNotFound, "%s《%s》%s还没有盖章件。", r.area.Get("name").Text, r.form.Label, r.period.Words())
}

// reported finds what an area has reported for a period.
func (a *App) reported(ctx context.Context, what ReturnOf) (*heldReturn, error) {
	form, err := a.form(ctx, what.Form)
	if err != nil {
		return nil, err
	}
	r := &heldReturn{form: form, ledger: a.Catalog().Ledger(ledgers.Stamped)}
	if r.period, err = form.PeriodFor(string(what.Period)); err != nil {
		return nil, err
	}
	ids, err := a.receiverIDs(ctx, []string{what.Area})
	if err != nil {
		return nil, err
	}
	if r.area, err = a.store.Get(ctx, ledgers.Area, ids[0]); err != nil {
		return nil, err
	}
	latest, err := a.latestSubmissions(ctx, form.Key, r.period)
	if err != nil {
		return nil, err
	}
	if r.submission = latest[r.area.ID]; r.submission == nil {
		return nil, model.Errorf(model.CodeNotFound, "%s《%s》%s还没有报来，不能附盖章件。请先收表；只有纸质的，先用“手工代填”登记。",
			r.area.Get("name").Text, form.Label, r.period.Words())
	}
	papers, err := a.stampedOf(ctx, form.Key, r.period)
	r.paper = papers[r.area.ID]
	return r, err
}

// stampedOf returns the 盖章件 of a form and period by area.
func (a *App) stampedOf(ctx context.Context, form string, period model.Period) (map[string]*model.Record, error) {
	out := map[string]*model.Record{}
	err := a.store.Each(ctx, ofPeriod(ledgers.Stamped, form, period), func(rec *model.Record) error {
		out[rec.Area] = rec
		return nil
	})
	return out, err
}

// keepStamped writes the files to the record of the 盖章件, which is made with the
// first. It notes which return the paper is of. Files of the version before stay.
func (a *App) keepStamped(ctx context.Context, r *heldReturn, files []model.Attachment) (Done, error) {
	var done Done
	var err error
	label := "附上盖章件：" + r.area.Get("name").Text + "《" + r.form.Label + "》（" + r.period.Words() + "）"
	done.Op, err = a.do(ctx, "attach", label, func(tx *store.Tx) error {
		set := map[string]model.Value{"file": r.submission.Get("file"), "fingerprint": r.submission.Get("fingerprint")}
		if r.paper == nil {
			set["form"], set["period"] = model.Text(r.form.Key), model.Text(string(r.period))
			set["files"] = model.Attachments(union(nil, files)...)
			done.Records = []*model.Record{stampedRecord(r.area.ID, set)}
			return tx.Add(done.Records[0])
		}
		rec, err := tx.Get(ctx, ledgers.Stamped, r.paper.ID)
		if err != nil {
			return err
		}
		set["files"] = model.Attachments(union(rec.Get("files").Attachments(), files)...)
		if _, err := tx.Set(ledgers.Stamped, rec.ID, set); err != nil {
			return err
		}
		rec, err = tx.Get(ctx, ledgers.Stamped, rec.ID)
		done.Records = []*model.Record{rec}
		return err
	})
	return done, err
}

func stampedRecord(area string, values map[string]model.Value) *model.Record {
	rec := model.NewRecord(ledgers.Stamped, "")
	rec.Area = area
	for key, v := range values {
		rec.Put(key, v)
	}
	return rec
}

// setStamped tells of the 盖章件 on the line of a receiver. Content decides what it is
// of: a return that was undone and taken in again is the same one.
func (s *Standing) setStamped(paper, submission *model.Record) {
	if paper == nil || submission == nil {
		return
	}
	s.Stamped = len(paper.Get("files").Attachments())
	s.StampedBefore = s.Stamped > 0 && paper.Get("fingerprint").Text != submission.Get("fingerprint").Text
}

// pdfHead is how far into a PDF its mark may stand.
const pdfHead = 1024

// PaperExts are how files with a picture of paper are named. They are opened by their
// names later, so these must fit what is in them.
var PaperExts = []string{".pdf", ".jpg", ".jpeg", ".png"}

// checkPaper refuses what is no picture of paper.
func checkPaper(path string) error {
	b, err := readWhole(path)
	if err != nil {
		return err
	}
	known := slices.Contains(PaperExts, strings.ToLower(filepath.Ext(path)))
	if !known || photo.Sniff(b) == photo.None && !bytes.Contains(b[:min(pdfHead, len(b))], []byte("%PDF-")) {
		return model.Errorf(model.CodeUnsupported, "“%s”不是 PDF，也不是 JPG、PNG 图片，不能作为盖章件。请换成扫描的 PDF 或照片。", text.BaseName(path))
	}
	return nil
}
