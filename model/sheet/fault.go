package sheet

import (
	"errors"
	"io/fs"
	"runtime"
	"slices"
	"syscall"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// Numbers of Windows that Go gives no portable name.
const (
	winSharingViolation = syscall.Errno(32) // another program, such as WPS, holds the file
	winLockViolation    = syscall.Errno(33)
	winHandleDiskFull   = syscall.Errno(39)
	winDiskFull         = syscall.Errno(112)
)

func heldByOther(err error) bool {
	return onWindows(err, winSharingViolation, winLockViolation)
}

func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || onWindows(err, winHandleDiskFull, winDiskFull)
}

func onWindows(err error, numbers ...syscall.Errno) bool {
	var no syscall.Errno
	return runtime.GOOS == "windows" && errors.As(err, &no) && slices.Contains(numbers, no)
}

// openError says why a file cannot be read.
func openError(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return model.Wrap(err, model.CodeNotFound, "找不到文件“%s”。", name)
	case errors.Is(err, fs.ErrPermission):
		return model.Wrap(err, model.CodeReadOnly, "没有权限读“%s”，请换一个位置再试。", name)
	}
	return model.Wrap(err, model.CodeLocked, "“%s”打不开，可能正被 WPS 等程序占用，请关闭后再试。", name)
}

// writeError says why a file was not written. What is no fault of the disk, such
// as a workbook described wrongly, stays what it is.
func writeError(path string, err error) error {
	name := text.BaseName(path)
	var sentence *model.Error
	var no syscall.Errno
	switch {
	case err == nil || errors.As(err, &sentence):
		return err
	case heldByOther(err):
		return model.Wrap(err, model.CodeLocked, "“%s”正在 WPS 等程序里打开，写不进去。请关闭后再试。", name)
	case diskFull(err):
		return model.Wrap(err, model.CodeReadOnly, "磁盘已满，“%s”没有写成。请腾出空间后再试。", name)
	case errors.Is(err, fs.ErrPermission):
		return model.Wrap(err, model.CodeLocked, "“%s”写不了：文件可能正在 WPS 里打开，或文件夹没有写入权限。请关闭后再试。", name)
	case errors.As(err, &no):
		return model.Wrap(err, model.CodeReadOnly, "“%s”没有写成，请换一个文件夹再试。", name)
	}
	return err
}
