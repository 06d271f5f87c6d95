package app

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/photo"
	"xiangzhen/model/sheet"
)

// EvidenceRequest says of which items the evidence (佐证) is put together.
type EvidenceRequest struct {
	List ListRequest
	Out  string // a folder, or of an album the workbook; must not exist
	// Place leaves in the photos where and with what they were taken.
	Place bool
}

// EvidenceDone tells what was put together.
type EvidenceDone struct {
	Items, Files int
	Zip          string   // of an album: the originals
	Missing      []string // sentences on files that could not be taken along
}

// The names of what lies in a folder of evidence.
const (
	bundleLedger  = "台账.xlsx"
	bundleHistory = "办理过程.xlsx"
	bundleAlbum   = "佐证相册.xlsx"
)

// ExportEvidence makes the folder for an inspection (迎检包): the ledger's sheet,
// what was done on each item, an album, and the files, a folder an item. Sensitive
// values are masked.
//
// What fails or is cancelled half way leaves nothing: half a folder looks like a whole
// one to whoever is handed it.
func (a *App) ExportEvidence(ctx context.Context, req EvidenceRequest) (done EvidenceDone, err error) {
	items, err := a.evidenceItems(ctx, req.List)
	if err != nil {
		return EvidenceDone{}, err
	}
	if err := os.MkdirAll(filepath.Dir(req.Out), 0o755); err != nil {
		return EvidenceDone{}, model.Wrap(err, model.CodeReadOnly, "文件夹“%s”建不了。请换一个可以写入的位置。", req.Out)
	}
	switch err := os.Mkdir(req.Out, 0o755); {
	case errors.Is(err, os.ErrExist):
		return EvidenceDone{}, model.Wrap(err, model.CodeExists, "文件夹“%s”已经存在。请换一个名称。", req.Out)
	case err != nil:
		return EvidenceDone{}, model.Wrap(err, model.CodeReadOnly, "文件夹“%s”建不了。请换一个可以写入的位置。", req.Out)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(req.Out)) // it was made a moment ago, by us
		}
	}()
	return a.fillBundle(ctx, items, req)
}

// fillBundle writes what belongs into the folder.
func (a *App) fillBundle(ctx context.Context, items []evidenceItem, req EvidenceRequest) (EvidenceDone, error) {
	if _, err := a.Export(ctx, ExportRequest{List: req.List, Out: filepath.Join(req.Out, bundleLedger)}); err != nil {
		return EvidenceDone{}, err
	}
	if err := a.writeHistories(ctx, items, filepath.Join(req.Out, bundleHistory)); err != nil {
		return EvidenceDone{}, err
	}
	if err := a.writeAlbum(ctx, items, filepath.Join(req.Out, bundleAlbum)); err != nil {
		return EvidenceDone{}, err
	}
	return a.writeOriginals(ctx, items, req.Place, func(name string, b []byte) error {
		path := filepath.Join(req.Out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return model.Wrap(err, model.CodeReadOnly, "“%s”写不了。请检查磁盘空间。", path)
		}
		return writeNew(path, b)
	})
}

// ExportAlbum writes a workbook with a small picture of every photo by item, and
// beside it a zip of the originals. There must be no such zip yet: nobody was asked
// whether that of an earlier album may go. Where one of the two cannot be written
// neither is left.
func (a *App) ExportAlbum(ctx context.Context, req EvidenceRequest) (EvidenceDone, error) {
	items, err := a.evidenceItems(ctx, req.List)
	if err != nil {
		return EvidenceDone{}, err
	}
	packed := strings.TrimSuffix(req.Out, filepath.Ext(req.Out)) + "-原件.zip"
	if _, err := os.Lstat(packed); err == nil {
		return EvidenceDone{}, model.Errorf(model.CodeExists, "“%s”已经存在，没有导出相册。请换一个文件名。", filepath.Base(packed))
	}
	done, err := a.packOriginals(ctx, items, req.Place, packed)
	if err != nil {
		return done, err
	}
	if err := a.writeAlbum(ctx, items, req.Out); err != nil {
		return done, errors.Join(err, os.Remove(packed))
	}
	return done, nil
}

// packOriginals writes the zip of an album.
func (a *App) packOriginals(ctx context.Context, items []evidenceItem, place bool, packed string) (EvidenceDone, error) {
	var done EvidenceDone
	err := sheet.WriteFile(packed, func(w io.Writer) (err error) {
		z := zip.NewWriter(w)
		if done, err = a.writeOriginals(ctx, items, place, func(name string, b []byte) error {
			part, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store}) // photos are packed already
			if err == nil {
				_, err = part.Write(b)
			}
			return err
		}); err != nil {
			return err
		}
		return z.Close()
	})
	done.Zip = packed
	return done, err
}

// evidenceItem is a record with its files.
type evidenceItem struct {
	ledger *model.Ledger
	record *model.Record
	title  string // 01 水池清淤
	files  []model.Attachment
}

func (a *App) evidenceItems(ctx context.Context, req ListRequest) ([]evidenceItem, error) {
	l, page, err := a.List(ctx, req)
	if err != nil {
		return nil, err
	}
	if _, err := filesField(l, ""); err != nil {
		return nil, err
	}
	items := make([]evidenceItem, len(page.Records))
	for i, rec := range page.Records {
		items[i] = evidenceItem{ledger: l, record: rec, title: itemTitle(i+1, l, rec)}
		for j := range l.Fields {
			if l.Fields[j].Kind == model.KindFiles {
				items[i].files = append(items[i].files, rec.Get(l.Fields[j].Key).Attachments()...)
			}
		}
	}
	return items, nil
}

// longestTitle keeps paths short enough for Windows.
const longestTitle = 30

// itemTitle names an item by its number and, if that is not sensitive, its name.
func itemTitle(n int, l *model.Ledger, rec *model.Record) string {
	number := fmt.Sprintf("%02d", n)
	f := l.Field(l.Title)
	if f == nil || f.Sensitive || rec.Get(f.Key).IsEmpty() {
		return number
	}
	name := []rune(f.Show(rec.Get(f.Key)))
	return number + " " + plainName(string(name[:min(len(name), longestTitle)]))
}

// writeOriginals hands over the files in order, each with its path; what is missing
// is told and does not hold up the rest.
func (a *App) writeOriginals(ctx context.Context, items []evidenceItem, place bool, put func(name string, b []byte) error) (EvidenceDone, error) {
	done := EvidenceDone{Items: len(items)}
	for _, it := range items {
		for i, at := range it.files {
			if err := ctx.Err(); err != nil {
				return done, err
			}
			b, err := a.outgoing(at, place)
			if err != nil {
				done.Missing = append(done.Missing, it.title+"："+model.Sentence(err))
				continue
			}
			if err := put(fmt.Sprintf("%s/%02d %s", it.title, i+1, plainName(at.Name)), b); err != nil {
				return done, err
			}
			done.Files++
		}
	}
	return done, nil
}

// The album: so many photos a line, each shown at most so large.
const (
	albumAcross = 3
	albumWidth  = 220 // pixels
	albumHeight = 165
	albumColumn = 32  // characters: a little wider than a photo
	albumRow    = 132 // points
)

// writeAlbum writes the workbook of small pictures.
func (a *App) writeAlbum(ctx context.Context, items []evidenceItem, path string) error {
	s := sheet.OutSheet{Name: "佐证相册", Print: sheet.Print{PageNumbers: true}}
	for range albumAcross {
		s.Cols = append(s.Cols, sheet.OutCol{Width: albumColumn})
	}
	s.AddLine("佐证相册", sheet.TitleStyle, sheet.TitleHeight, 1, albumAcross)
	for _, it := range items {
		if err := a.albumItem(ctx, &s, it); err != nil {
			return err
		}
	}
	return sheet.Write(path, &sheet.Out{Title: s.Name, Creator: a.homeName(), Modified: a.now(), Sheets: []sheet.OutSheet{s}})
}

// albumItem puts an item's photos on the sheet, their names below; other files are
// listed by name.
func (a *App) albumItem(ctx context.Context, s *sheet.OutSheet, it evidenceItem) error {
	if len(it.files) == 0 {
		return nil
	}
	s.AddLine(it.title, sheet.Style{Role: sheet.Header, Align: sheet.AlignLeft}, sheet.LineHeight, 1, albumAcross)
	var others []string
	col, names := 0, []sheet.OutCell(nil)
	for _, at := range it.files {
		pic, ok, err := a.albumPicture(ctx, at)
		if err != nil {
			return err
		}
		if !ok {
			others = append(others, at.Name)
			continue
		}
		if col == 0 {
			names = make([]sheet.OutCell, albumAcross)
			s.Rows = append(s.Rows, sheet.OutRow{Height: albumRow}, sheet.OutRow{Height: sheet.LineHeight, Cells: names})
		}
		pic.Row, pic.Col = len(s.Rows)-1, col+1
		s.Pictures = append(s.Pictures, pic)
		names[col] = sheet.TextCell(at.Name, sheet.Style{Align: sheet.AlignCenter, Wrap: true})
		col = (col + 1) % albumAcross
	}
	if len(others) > 0 {
		s.AddLine("其他材料："+strings.Join(others, "、"), sheet.NoteStyle, sheet.LineHeight, 1, albumAcross)
	}
	return nil
}

// albumPicture is the small picture of a photo; false for any other file, and for a
// photo that is not there or cannot be shown.
func (a *App) albumPicture(ctx context.Context, at model.Attachment) (sheet.OutPicture, bool, error) {
	if err := ctx.Err(); err != nil || at.Hash == "" {
		return sheet.OutPicture{}, false, err
	}
	b, err := a.Thumb(ctx, at.Hash)
	if err != nil {
		return sheet.OutPicture{}, false, nil
	}
	w, h, err := photo.Size(b)
	if err != nil {
		return sheet.OutPicture{}, false, nil
	}
	if w*albumHeight > h*albumWidth {
		w, h = albumWidth, max(1, h*albumWidth/w)
	} else {
		w, h = max(1, w*albumHeight/h), albumHeight
	}
	return sheet.OutPicture{Width: w, Height: h, Data: b, Alt: at.Name}, true, nil
}

// writeHistories writes what was done on each item, oldest first.
func (a *App) writeHistories(ctx context.Context, items []evidenceItem, path string) error {
	s := sheet.OutSheet{Name: "办理过程", FreezeRow: 2, Print: sheet.Print{Landscape: true, RepeatFrom: 2, RepeatTo: 2, PageNumbers: true},
		Cols: []sheet.OutCol{{Width: 28}, {Width: 17}, {Width: 24}, {Width: 14}, {Width: 60}}}
	s.AddLine("办理过程", sheet.TitleStyle, sheet.TitleHeight, 1, len(s.Cols))
	s.Rows = append(s.Rows, historyRow(sheet.HeaderStyle, "事项", "时间", "操作", "经办人", "内容"))
	for _, it := range items {
		l, entries, err := a.History(ctx, it.ledger.Key, it.record.ID)
		if err != nil {
			return err
		}
		for i := len(entries) - 1; i >= 0; i-- {
			e := entries[i]
			s.Rows = append(s.Rows, historyRow(sheet.Style{Border: true, Wrap: true}, it.title,
				e.Op.At.Local().Format("2006-01-02 15:04"), e.Op.Label, e.Op.Actor.Name, changesOf(l, e)))
		}
	}
	return sheet.Write(path, &sheet.Out{Title: s.Name, Creator: a.homeName(), Modified: a.now(), Sheets: []sheet.OutSheet{s}})
}

func historyRow(style sheet.Style, words ...string) sheet.OutRow {
	row := sheet.OutRow{}
	for _, w := range words {
		row.Cells = append(row.Cells, sheet.TextCell(w, style))
	}
	return row
}

// changesOf tells what an entry of the history changed, sensitive values masked.
func changesOf(l *model.Ledger, e model.Entry) string {
	show := Shown(false)
	var out []string
	for i := range l.Fields {
		f := &l.Fields[i]
		if was, is := f.Show(show(f, e.Before[f.Key])), f.Show(show(f, e.After[f.Key])); was != is && !f.Internal {
			out = append(out, fmt.Sprintf("%s：%s", f.Label, is))
		}
	}
	return strings.Join(out, "；")
}
