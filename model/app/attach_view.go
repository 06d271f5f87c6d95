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
	// left are folders that could not be taken away, because another program showed a
	// copy: they are tried again with every look and when the ledger is closed.
	left []string
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
// shows may stay until it is closed there.
func (a *App) EndViews() { a.views.end() }

// viewPrefix begins the names of the folders of a ledger's copies.
func viewPrefix(ledger string) string {
	if whole, err := filepath.Abs(ledger); err == nil {
		ledger = whole
	}
	sum := sha256.Sum256([]byte(ledger))
	return "xiangzhen-view-" + hex.EncodeToString(sum[:8]) + "-"
}

// sweepAll takes away what a crash left behind of a ledger, as soon as that is opened
// again: until somebody next looked at a file it would lie there readable, whatever the
// ledger's password.
func (v *views) sweepAll(ledger string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	found, err := os.ReadDir(os.TempDir())
	if err != nil {
		return // without a folder for temporary files there are no copies
	}
	for _, e := range found {
		if dir := filepath.Join(os.TempDir(), e.Name()); dir != v.dir && strings.HasPrefix(e.Name(), viewPrefix(ledger)) {
			v.remove(dir)
		}
	}
}

// room makes a folder for one copy.
func (v *views) room(ledger string) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.again()
	if v.dir == "" {
		var err error
		if v.dir, err = os.MkdirTemp("", viewPrefix(ledger)); err != nil {
			return "", err
		}
	}
	return os.MkdirTemp(v.dir, "")
}

// end takes the copies away.
func (v *views) end() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.again()
	if v.dir != "" {
		v.remove(v.dir)
		v.dir = ""
	}
}

// remove takes a folder of copies away. One that another program holds open cannot be
// removed on Windows; it keeps nobody from closing the ledger.
func (v *views) remove(dir string) {
	if removeAll(dir) != nil {
		v.left = append(v.left, dir)
	}
}

// again tries what could not be removed before.
func (v *views) again() {
	left := v.left
	v.left = nil
	for _, dir := range left {
		v.remove(dir)
	}
}

// removeAll is os.RemoveAll, but for tests.
var removeAll = os.RemoveAll
