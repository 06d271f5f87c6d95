package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"xiangzhen/model"
)

// views are the copies of files that are being looked at by other programs. They lie
// in a folder of the user's own, because in a ledger with a lock the files
// themselves are sealed, and go when the ledger is closed or the window locked.
type views struct {
	mu  sync.Mutex // the window's work may ask for two at once
	dir string     // "" before the first
}

// viewed are the endings of what people look at. A program, a script or a link is
// not opened from a ledger: it came from somebody else.
var viewed = strings.Fields(`.jpg .jpeg .png .gif .bmp .webp .heic .tif .tiff .pdf .ofd .txt .csv
	.doc .docx .wps .rtf .xls .xlsx .et .ppt .pptx .dps .mp4 .mov .avi .mp3 .m4a .wav .amr .zip .rar .7z`)

// ViewAttachment writes a copy of a file on a record, as it is, for another program
// to show, and returns its path. The copy goes when the ledger is closed; what is
// changed in it changes nothing here. What might be a program is CodeRefused.
func (a *App) ViewAttachment(ctx context.Context, ledger, id, file string) (string, error) {
	l, err := a.Catalog().Find(ledger)
	if err != nil {
		return "", err
	}
	at, err := a.attachment(ctx, l, id, file)
	if err != nil {
		return "", err
	}
	name := plainName(at.Name)
	if !slices.Contains(viewed, strings.ToLower(filepath.Ext(name))) {
		return "", model.Errorf(model.CodeRefused, "“%s”不是照片、文档或录像，可能是程序，不能在这里打开。确认来源可靠的，请导出后再打开。", at.Name)
	}
	b, err := a.outgoing(at.Attachment, true)
	if err != nil {
		return "", err
	}
	dir, err := a.views.room(a.Path())
	if err != nil {
		return "", model.Wrap(err, model.CodeReadOnly, "临时文件夹写不了，打不开“%s”。请检查磁盘空间。", at.Name)
	}
	path := filepath.Join(dir, name)
	return path, writeNew(path, b)
}

// EndViews takes away the copies that were looked at, as Close does: whoever locks the
// window and leaves must not leave them readable. One that another program still
// shows may stay until it is closed there (sweep).
func (a *App) EndViews() { a.views.end() }

// room makes a folder for one copy. The first one of a ledger sweeps away what a
// crash left behind.
func (v *views) room(ledger string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.dir == "" {
		sum := sha256.Sum256([]byte(ledger))
		prefix := "xiangzhen-view-" + hex.EncodeToString(sum[:8]) + "-"
		left, err := os.ReadDir(os.TempDir())
		if err != nil {
			return "", err
		}
		for _, e := range left {
			if strings.HasPrefix(e.Name(), prefix) {
				sweep(filepath.Join(os.TempDir(), e.Name()))
			}
		}
		if v.dir, err = os.MkdirTemp("", prefix); err != nil {
			return "", err
		}
	}
	return os.MkdirTemp(v.dir, "")
}

// end takes the copies away.
func (v *views) end() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.dir != "" {
		sweep(v.dir)
		v.dir = ""
	}
}

// sweep removes a folder of copies. One that another program holds open cannot be
// removed on Windows; it keeps nobody from closing the ledger, and goes when a file
// of it is next looked at.
func sweep(dir string) { _ = os.RemoveAll(dir) }
