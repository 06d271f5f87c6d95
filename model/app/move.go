package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/pack"
)

// One file moves everything to a new PC (搬家): the ledger with its settings, users,
// forms and 套表方案, and the folders beside it that hold what is nowhere else.

// packMove is the kind of such a pack; ledgerInPack the name of the ledger in it.
const (
	packMove     = "move"
	ledgerInPack = "台账.xzdb"
)

// moved are the folders beside the ledger that go with it. Backups and what was
// unpacked stay behind.
var moved = []string{"佐证", "回执", "代填"}

// PackRequest makes the file that moves everything.
type PackRequest struct {
	To string // "" = beside the ledger, by name and time
	// Password encrypts the file with age; "" leaves it as open as the ledger is.
	Password string
}

// Packed tells what was packed.
type Packed struct {
	Path    string
	Records int // in the ledger
	Files   int // beside it
	Bytes   int64
	Open    bool // anybody who has the file can read it
}

// Pack writes the ledger and what lies beside it into one file, from a backup that was
// opened and counted, and reads the file again before it says so.
func (a *App) Pack(ctx context.Context, req PackRequest) (out Packed, err error) {
	if err := a.may(ctx, RightManage); err != nil {
		return Packed{}, err
	}
	if req.Password != "" {
		if err := checkPassword(req.Password); err != nil {
			return Packed{}, err
		}
	}
	if req.To == "" {
		req.To = filepath.Join(filepath.Dir(a.Path()), a.PackName())
	}
	draft := req.To + ".xzdb.part"
	info, err := a.store.Backup(ctx, draft)
	if err != nil {
		return Packed{}, err
	}
	defer func() { err = errors.Join(err, os.Remove(draft)) }()
	sources, err := a.sourcesToMove(draft)
	if err != nil {
		return Packed{}, model.Wrap(err, model.CodeReadOnly, "台账旁边的文件夹读不出来，没有打包。请检查磁盘和权限。")
	}
	m := pack.Manifest{Kind: packMove, Name: filepath.Base(a.Path()), Made: a.now(), By: a.Actor().Name}
	if m, err = pack.Write(req.To, m, sources, req.Password); err != nil {
		return Packed{}, err
	}
	out = Packed{Path: req.To, Records: info.Records, Files: len(m.Files) - 1, Open: req.Password == "" && a.store.Key() == nil}
	for _, f := range m.Files {
		out.Bytes += f.Bytes
	}
	return out, provePack(ctx, req.To, req.Password)
}

// PackName is the name that Pack gives a file: by the ledger's and the time.
func (a *App) PackName() string {
	name := filepath.Base(a.Path())
	return strings.TrimSuffix(name, filepath.Ext(name)) + "-搬家" + a.now().Format(backupStamp) + pack.Ext
}

// sourcesToMove lists the ledger's copy and every file of the folders beside it.
func (a *App) sourcesToMove(ledger string) ([]pack.Source, error) {
	out := []pack.Source{{Name: ledgerInPack, Path: ledger}}
	for _, what := range moved {
		dir := beside(a.Path(), what)
		err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			rel, err := filepath.Rel(dir, file)
			if filepath.Ext(file) != ".part" {
				out = append(out, pack.Source{Name: path.Join(what, filepath.ToSlash(rel)), Path: file})
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return out, nil
}

// provePack reads a pack to its end.
func provePack(ctx context.Context, file, password string) (err error) {
	p, err := pack.Open(file, password)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	draft := file + ".part"
	for _, f := range p.Files {
		if err := errors.Join(ctx.Err(), p.Extract(f, draft), os.Remove(draft)); err != nil {
			return err
		}
	}
	return nil
}

// restorePack puts the ledger of a pack in the place of o.Path, as Restore does a
// backup, and the files beside it into its folders. A file of that name with other
// content that is there already gets another name.
func restorePack(ctx context.Context, o Options, from string, locked bool) (out Restored, err error) {
	p, err := openPack(o, from)
	if err != nil {
		return Restored{}, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if p.Kind != packMove {
		return Restored{}, model.Errorf(model.CodeUnsupported, "“%s”不是搬家用的包，不能用来恢复。", filepath.Base(from))
	}
	draft := o.Path + ".unpack.part"
	defer func() {
		if e := os.Remove(draft); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}()
	found := false
	for _, f := range p.Files {
		if err := ctx.Err(); err != nil {
			return Restored{}, model.Wrap(err, model.CodeCancelled, "已取消，台账没有改动。")
		}
		if f.Name == ledgerInPack {
			found, err = true, p.Extract(f, draft)
		} else if what, rel, nested := strings.Cut(f.Name, "/"); nested && slices.Contains(moved, what) {
			err = settleFile(p, f, filepath.Join(beside(o.Path, what), filepath.FromSlash(rel)))
		}
		if err != nil {
			return Restored{}, err
		}
	}
	if !found {
		return Restored{}, model.Errorf(model.CodeDamaged, "“%s”里没有台账，没有恢复。", filepath.Base(from))
	}
	return restoreFile(ctx, o, draft, locked)
}

// openPack tries the pack's own password and then that of the ledger.
func openPack(o Options, from string) (*pack.Pack, error) {
	p, err := pack.Open(from, o.PackPassword)
	if model.CodeOf(err) == model.CodePassword && o.PackPassword == "" && o.Password != "" {
		return pack.Open(from, o.Password)
	}
	return p, err
}

// settleFile takes a file out to where it belongs.
func settleFile(p *pack.Pack, f pack.File, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return model.Wrap(err, model.CodeReadOnly, "文件夹“%s”建不了。请检查磁盘空间和权限。", filepath.Dir(to))
	}
	if sum, err := fileHash(to); err == nil && sum == f.SHA256 {
		return nil
	}
	draft := to + ".part"
	if err := p.Extract(f, draft); err != nil {
		return err
	}
	err := os.Rename(to, freeFile(to))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err == nil {
		err = os.Rename(draft, to)
	}
	return model.Wrap(err, model.CodeReadOnly, "“%s”写不了。请检查磁盘空间和权限。", filepath.Base(to))
}

// freeFile returns the path with the first number under which nothing is there.
func freeFile(to string) string {
	ext := filepath.Ext(to)
	for n := 2; ; n++ {
		free := fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(to, ext), n, ext)
		if _, err := os.Lstat(free); errors.Is(err, fs.ErrNotExist) {
			return free
		}
	}
}
