package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"xiangzhen/model"
)

// The marks of our files, in SQLite's header.
const (
	applicationID = 0x585A545A // "XZTZ"
	schemaVersion = 3          // the number of the last migration
)

const headerSize = 100

// header is what the first bytes of a SQLite file say.
type header struct {
	pageSize    int64
	pages       int64
	version     uint32
	application uint32
}

// probe looks at the file at path without SQLite and tells what keeps it from
// being opened, touching nothing.
func probe(path string, readOnlyWanted bool) error {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return model.Wrap(err, model.CodeNotFound, "找不到台账“%s”。请检查文件是否被移动或改名。", name)
	case err != nil:
		return model.Wrap(err, model.CodeReadOnly, "台账“%s”读不出来。请检查文件所在的文件夹是否有权限。", name)
	case info.IsDir():
		return model.Errorf(model.CodeNotFound, "“%s”是文件夹，不是台账文件。请选择台账文件。", name)
	}
	if err := probeHeader(path, info.Size()); err != nil || readOnlyWanted {
		return err
	}
	return probeWritable(path, info)
}

func probeHeader(path string, size int64) error {
	name := filepath.Base(path)
	head, err := readHead(path)
	if errors.Is(err, fs.ErrPermission) {
		return model.Wrap(err, model.CodeReadOnly, "没有权限读取台账“%s”。请联系电脑管理员。", name)
	}
	if err != nil {
		return model.Wrap(err, model.CodeDamaged, "台账“%s”读不出来，磁盘可能有故障。请从备份恢复。", name)
	}
	h, ok := parseHeader(head)
	if !ok {
		return notOurs(head, name)
	}
	switch {
	case h.application != applicationID:
		return model.Errorf(model.CodeNotOurs, "“%s”是别的程序的数据文件，不是本程序的台账。", name)
	case h.version > schemaVersion:
		return model.Errorf(model.CodeNewer, "台账“%s”是用更新版本的程序建立的。请先升级本程序再打开。", name)
	case !hasLog(path) && (size < h.pages*h.pageSize || size%h.pageSize != 0):
		return damaged(errors.New("file shorter than its header says"), name)
	}
	return nil
}

// hasLog reports whether a write-ahead log or a rollback journal lies beside the
// file, left by a program that was killed: then SQLite makes the file whole.
func hasLog(path string) bool {
	for _, suffix := range []string{"-wal", "-journal"} {
		if info, err := os.Stat(path + suffix); err == nil && info.Size() > 0 {
			return true
		}
	}
	return false
}

func readHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, headerSize)
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}

// parseHeader reads SQLite's header (fileformat2 §1.3); ok is false for a file of
// another kind.
func parseHeader(b []byte) (h header, ok bool) {
	if len(b) < headerSize || !bytes.HasPrefix(b, []byte("SQLite format 3\x00")) {
		return header{}, false
	}
	h.pageSize = int64(binary.BigEndian.Uint16(b[16:]))
	if h.pageSize == 1 {
		h.pageSize = 65536
	}
	h.pages = int64(binary.BigEndian.Uint32(b[28:]))
	h.version = binary.BigEndian.Uint32(b[60:])
	h.application = binary.BigEndian.Uint32(b[68:])
	return h, h.pageSize >= 512
}

// notOurs says what the file is instead, and what to do with it.
func notOurs(head []byte, name string) error {
	ext := strings.ToLower(filepath.Ext(name))
	switch {
	case len(head) == 0:
		return model.Errorf(model.CodeNotOurs, "“%s”是空文件，不是台账。", name)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) && strings.HasPrefix(ext, ".xls"),
		bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}), ext == ".csv", strings.HasPrefix(ext, ".xls"), ext == ".et":
		return model.Errorf(model.CodeNotOurs, "“%s”是表格文件，不是台账。请先打开台账，再用“导入”把它读进来。", name)
	}
	return model.Errorf(model.CodeNotOurs, "“%s”不是本程序的台账文件。", name)
}

// noWriteBits is what a file or folder marked read-only lacks. The mark is
// respected even where the user could write in spite of it.
const noWriteBits = 0o222

func probeWritable(path string, info fs.FileInfo) error {
	if info.Mode().Perm()&noWriteBits == 0 {
		return readOnly(fs.ErrPermission, filepath.Base(path))
	}
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return readOnlyFolder(err, path)
	}
	if folder.Mode().Perm()&noWriteBits == 0 {
		return readOnlyFolder(fs.ErrPermission, path)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return readOnly(err, filepath.Base(path))
	}
	return f.Close()
}
