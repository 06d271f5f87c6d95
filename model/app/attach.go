package app

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/photo"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// AttachRequest puts files on a record.
type AttachRequest struct {
	Ledger, ID string
	Field      string // key or label of a field of files; "" = the ledger's first
	Paths      []string
	// Original keeps large photos as they are. Otherwise they are made smaller: the
	// longest side photo.LongestSide pixels.
	Original bool
}

// Attachment is one file on a record.
type Attachment struct {
	model.Attachment
	Field  string // key of the field it stands in
	Bytes  int64
	Photo  bool
	Broken string // why its content is not there; "" if it is
}

// mostBytes is the largest file that is taken in: a short film.
const mostBytes = 200 << 20

// Attach puts files on a record. A file that is on it already is not added twice.
func (a *App) Attach(ctx context.Context, req AttachRequest) (Done, error) {
	l, err := a.editable(req.Ledger)
	if err != nil {
		return Done{}, err
	}
	if err := a.may(ctx, RightEnter); err != nil {
		return Done{}, err
	}
	f, err := filesField(l, req.Field)
	if err != nil {
		return Done{}, err
	}
	if _, err := a.store.Get(ctx, l.Key, req.ID); err != nil {
		return Done{}, err
	}
	files, err := a.takeFiles(ctx, req.Paths, req.Original)
	if err != nil {
		return Done{}, err
	}
	return a.editFiles(ctx, l, req.ID, "附加"+f.Label+countFiles(len(files)), f, func(have []model.Attachment) ([]model.Attachment, error) {
		return union(have, files), nil
	})
}

func countFiles(n int) string { return cmp.Or(countLabel(n), " 1 项") }

// union adds the files that are not in the list yet.
func union(have, more []model.Attachment) []model.Attachment {
	for _, m := range more {
		if !slices.ContainsFunc(have, func(h model.Attachment) bool { return h.Hash == m.Hash }) {
			have = append(have, m)
		}
	}
	return have
}

// Detach takes a file off a record, by its hash or name. Its content stays, because
// history names it.
func (a *App) Detach(ctx context.Context, ledger, id, file string) (Done, error) {
	l, err := a.editable(ledger)
	if err != nil {
		return Done{}, err
	}
	return a.detach(ctx, l, id, file)
}

func (a *App) detach(ctx context.Context, l *model.Ledger, id, file string) (Done, error) {
	at, err := a.attachment(ctx, l, id, file)
	if err != nil {
		return Done{}, err
	}
	f := l.Field(at.Field)
	return a.editFiles(ctx, l, id, "移除"+f.Label, f, func(have []model.Attachment) ([]model.Attachment, error) {
		return slices.DeleteFunc(have, func(h model.Attachment) bool { return h == at.Attachment }), nil
	})
}

// editFiles changes the list of files in a field of a record, as one operation.
func (a *App) editFiles(ctx context.Context, l *model.Ledger, id, verb string, f *model.Field, change func([]model.Attachment) ([]model.Attachment, error)) (Done, error) {
	var done Done
	var err error
	done.Op, err = a.do(ctx, "attach", a.labelOf(ctx, verb+"：", l, id), func(tx *store.Tx) error {
		rec, err := tx.Get(ctx, l.Key, id)
		if err != nil {
			return err
		}
		all, err := change(rec.Get(f.Key).Attachments())
		if err != nil {
			return err
		}
		if _, err := tx.Set(l.Key, rec.ID, map[string]model.Value{f.Key: model.Attachments(all...)}); err != nil {
			return err
		}
		rec, err = tx.Get(ctx, l.Key, rec.ID)
		done.Records = []*model.Record{rec}
		return err
	})
	return done, err
}

// filesField finds a field of files; the first for "".
func filesField(l *model.Ledger, name string) (*model.Field, error) {
	for i := range l.Fields {
		f := &l.Fields[i]
		if f.Kind == model.KindFiles && (name == "" || l.FindField(name) == f) {
			return f, nil
		}
	}
	if name != "" {
		return nil, noField(l, name)
	}
	return nil, model.Errorf(model.CodeUsage, "台账“%s”没有放附件的项目。", l.Label)
}

// takeFiles keeps the files' contents; nothing names them yet.
func (a *App) takeFiles(ctx context.Context, paths []string, original bool) ([]model.Attachment, error) {
	if len(paths) == 0 {
		return nil, model.Errorf(model.CodeUsage, "请给出要附加的文件。")
	}
	var out []model.Attachment
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b, err := readWhole(path)
		if err != nil {
			return nil, err
		}
		at, err := a.keepContent(plainName(filepath.Base(path)), b, original)
		if err != nil {
			return nil, err
		}
		out = append(out, at)
	}
	return out, nil
}

// readWhole reads a file of bearable size.
func readWhole(path string) ([]byte, error) {
	name := text.BaseName(path)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, model.Wrap(err, model.CodeNotFound, "找不到文件“%s”。请检查它是否被移走，U盘是否插好。", text.Plain(path))
	case err == nil && !info.Mode().IsRegular():
		return nil, model.Errorf(model.CodeUsage, "“%s”是文件夹，请选里面的文件。", name)
	case err == nil && info.Size() > mostBytes:
		return nil, model.Errorf(model.CodeRefused, "“%s”超过 200 MB，放不进台账。请压缩或截取后再附加。", name)
	case err == nil && info.Size() == 0:
		return nil, model.Errorf(model.CodeDamaged, "“%s”是空文件，可能没有复制完。", name)
	}
	b, readErr := os.ReadFile(path)
	return b, model.Wrap(errors.Join(err, readErr), model.CodeReadOnly, "“%s”读不出来。请关闭正在用它的程序后再试。", name)
}

// plainName leaves out of a file's name what would break a list or fool the eye.
func plainName(name string) string {
	return cmp.Or(text.FileName(name), "附件")
}

// keepContent keeps a file. A photo that is too large is made smaller unless the
// original is wanted; one that cannot be decoded is kept as any other file.
func (a *App) keepContent(name string, b []byte, original bool) (model.Attachment, error) {
	if !original {
		b, name = smaller(name, b)
	}
	hash, err := a.store.KeepFile(b)
	if err != nil {
		return model.Attachment{}, err
	}
	if thumb, thumbErr := photo.Thumb(b); thumbErr == nil {
		err = a.store.KeepThumb(hash, thumb)
	}
	return model.Attachment{Hash: hash, Name: name}, err
}

// smaller makes a photo that is too large smaller; any other file stays as it is.
func smaller(name string, b []byte) ([]byte, string) {
	if photo.Sniff(b) == photo.None {
		return b, name
	}
	small, changed, err := photo.Shrink(b)
	if err != nil || !changed {
		return b, name
	}
	return small, strings.TrimSuffix(name, filepath.Ext(name)) + photo.JPEG.Ext()
}

// Attachments lists the files on a record, field by field.
func (a *App) Attachments(ctx context.Context, ledger, id string) ([]Attachment, error) {
	l, err := a.Catalog().Find(ledger)
	if err != nil {
		return nil, err
	}
	rec, err := a.store.Get(ctx, l.Key, id)
	if err != nil {
		return nil, err
	}
	return a.attachmentsOf(l, rec), nil
}

func (a *App) attachmentsOf(l *model.Ledger, rec *model.Record) []Attachment {
	var out []Attachment
	for i := range l.Fields {
		if l.Fields[i].Kind != model.KindFiles {
			continue
		}
		for _, at := range rec.Get(l.Fields[i].Key).Attachments() {
			out = append(out, a.look(l.Fields[i].Key, at))
		}
	}
	return out
}

// look tells what a file on a record is.
func (a *App) look(field string, at model.Attachment) Attachment {
	out := Attachment{Attachment: at, Field: field}
	if at.Hash == "" {
		return out
	}
	b, err := a.store.File(at.Hash)
	out.Bytes, out.Photo, out.Broken = int64(len(b)), photo.Sniff(b) != photo.None, model.Sentence(err)
	return out
}

// attachment finds a file on a record by its hash or name.
func (a *App) attachment(ctx context.Context, l *model.Ledger, id, file string) (Attachment, error) {
	rec, err := a.store.Get(ctx, l.Key, id)
	if err != nil {
		return Attachment{}, err
	}
	for _, at := range a.attachmentsOf(l, rec) {
		if file != "" && (at.Hash == file || at.Name == file) {
			return at, nil
		}
	}
	return Attachment{}, model.Errorf(model.CodeNotFound, "这条记录没有附件“%s”。", file)
}

// Thumb returns a small picture of a photo, as jpeg.
func (a *App) Thumb(_ context.Context, hash string) ([]byte, error) {
	if b, err := a.store.Thumb(hash); err == nil {
		return b, nil
	}
	b, err := a.store.File(hash)
	if err != nil {
		return nil, err
	}
	thumb, err := photo.Thumb(b)
	return thumb, model.Wrap(err, model.CodeUnsupported, "这张照片不能显示，可能损坏或太大。")
}

// SaveAttachment writes a file on a record to a path, which must not exist. Where
// and with what a photo was taken is left out unless place is set (CLERK 8).
func (a *App) SaveAttachment(ctx context.Context, ledger, id, file, to string, place bool) error {
	l, err := a.Catalog().Find(ledger)
	if err != nil {
		return err
	}
	at, err := a.attachment(ctx, l, id, file)
	if err != nil {
		return err
	}
	return a.writeAttachment(at.Attachment, to, place)
}

func (a *App) writeAttachment(at model.Attachment, to string, place bool) error {
	b, err := a.outgoing(at, place)
	if err != nil {
		return err
	}
	return writeNew(to, b)
}

// outgoing is a file as it leaves the house.
func (a *App) outgoing(at model.Attachment, place bool) ([]byte, error) {
	if at.Hash == "" {
		return nil, model.Errorf(model.CodeNotFound, "“%s”只登记了名称，没有存文件。", at.Name)
	}
	b, err := a.store.File(at.Hash)
	if err != nil {
		return nil, model.Wrap(err, model.CodeOf(err), "附件“%s”：%s", at.Name, model.Sentence(err))
	}
	if photo.Sniff(b) == photo.None || place {
		return b, nil
	}
	bare, err := photo.Strip(b)
	return bare, model.Wrap(err, model.CodeDamaged, "照片“%s”不完整，去不掉拍摄地点，没有导出。", at.Name)
}

// writeNew writes a file that must not exist yet.
func writeNew(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return model.Wrap(err, model.CodeExists, "文件“%s”已经存在。请换一个文件名。", filepath.Base(path))
	}
	if err == nil {
		_, err = f.Write(b)
		err = errors.Join(err, f.Close())
	}
	return model.Wrap(err, model.CodeReadOnly, "“%s”写不了。请检查磁盘空间，以及文件夹能不能写入。", path)
}
