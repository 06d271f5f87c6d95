package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"xiangzhen/model"
)

// name is what the file is called in sentences for people.
func (s *Store) name() string { return filepath.Base(s.path) }

// explain turns a failure of SQLite or of the context into a sentence that names
// the file; errors that already have one pass.
func (s *Store) explain(err error) error { return explain(err, s.name()) }

func explain(err error, file string) error {
	var known *model.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return model.Wrap(err, model.CodeCancelled, "已取消，台账“%s”没有改动。", file)
	}
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code() {
	case sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP, sqlite3.SQLITE_IOERR_WRITE: // how a full disk may show too
		return model.Wrap(err, model.CodeReadOnly, "磁盘已满或写不进去，台账“%s”没有改动。请清理磁盘后再试。", file)
	}
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return model.Wrap(err, model.CodeLocked, "台账“%s”正被其他程序占用。请关闭占用它的程序后再试。", file)
	case sqlite3.SQLITE_FULL:
		return model.Wrap(err, model.CodeReadOnly, "磁盘已满，台账“%s”没有改动。请清理磁盘后再试。", file)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return readOnly(err, file)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return damaged(err, file)
	case sqlite3.SQLITE_CANTOPEN:
		return model.Wrap(err, model.CodeReadOnly, "台账“%s”打不开。请检查文件所在的文件夹是否可以读写。", file)
	case sqlite3.SQLITE_IOERR:
		return model.Wrap(err, model.CodeDamaged, "读写台账“%s”时磁盘出错。请把文件复制到本机硬盘后再打开。", file)
	case sqlite3.SQLITE_INTERRUPT:
		return model.Wrap(err, model.CodeCancelled, "已取消，台账“%s”没有改动。", file)
	}
	return err
}

func damaged(cause error, file string) error {
	return model.Wrap(cause, model.CodeDamaged, "台账“%s”已损坏，不能打开。请从备份恢复，原文件不要删除。", file)
}

func readOnly(cause error, file string) error {
	return model.Wrap(cause, model.CodeReadOnly, "台账“%s”是只读的，不能修改。请去掉只读属性，或复制到可以写入的文件夹再打开。", file)
}

// fault is an error of the program, not of the user: it goes to the log whole.
func fault(format string, args ...any) error { return fmt.Errorf("store: "+format, args...) }

func errNoLedger(key string) error {
	return model.Errorf(model.CodeNotFound, "没有名为“%s”的台账。", key)
}

func errNoRecord(l *model.Ledger, id string) error {
	return model.Errorf(model.CodeNotFound, "%s里没有编号为“%s”的记录，可能已被删除。", l.Label, id)
}

func errNoField(l *model.Ledger, key string) error {
	return &model.Error{Code: model.CodeInvalid, Field: key, Message: fmt.Sprintf("%s里没有“%s”这一项。", l.Label, key)}
}
