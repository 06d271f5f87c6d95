package app

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"xiangzhen/model"
)

// The second place also keeps the program and says how to go on with nothing but that
// folder on a fresh PC (CLERK 25).

// programName begins the names of our programs; only those are kept.
const programName = "xiangzhen"

// executable names the running program; tests name another.
var executable = os.Executable

// keepProgram puts the program beside the backups of the second place, once for every
// version, and writes the sums and the guide anew.
func (a *App) keepProgram(dir string) error {
	name, err := keepZip(dir)
	sums, program := "", "程序不在这个文件夹里，请向发给您台账的人要安装程序或便携版。"
	if err == nil && name != "" {
		var sum string
		sum, err = fileHash(filepath.Join(dir, name))
		sums, program = sum+"  "+name+"\r\n", "程序在“"+name+"”里：右键解压到桌面，双击 xiangzhen.exe，不用安装。"
	}
	if err == nil && sums != "" {
		err = os.WriteFile(filepath.Join(dir, "SHA256SUMS.txt"), []byte(sums), 0o644)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "恢复说明.txt"), []byte(a.guide(program)), 0o644)
	}
	return model.Wrap(err, model.CodeReadOnly, "备份已存好，但程序和恢复说明没有放进“%s”。请检查那里的剩余空间。", dir)
}

// guide is for a person who never saw the program; Windows' notepad shows it.
func (a *App) guide(program string) string {
	stem := strings.TrimSuffix(filepath.Base(a.Path()), filepath.Ext(a.Path()))
	lines := []string{
		"恢复说明（" + stem + "）",
		"",
		"原来的电脑坏了、丢了，照下面做，十分钟内可以接着干活：",
		"1. " + program,
		"2. 打开程序，第一次会出现几个入口，点“从备份恢复”。",
		"3. 选这个文件夹里日期最新的“" + stem + "-年月日-时分秒" + filepath.Ext(a.Path()) + "”。程序先核对，再恢复，备份本身不会改动。",
		"4. 问密码时输入台账密码；忘了密码，找" + DefaultKeeper + "开封存的信封，输入里面的恢复码。",
		"5. 到“设置—备份与恢复”，重新设好第二备份位置。",
		"",
		"想确认程序没有被改过：在程序压缩包上核对 SHA256SUMS.txt 里的校验值。",
		"这个文件夹里的备份不要删，也不要改名。",
	}
	return "\uFEFF" + strings.Join(lines, "\r\n") + "\r\n"
}

// keepZip copies the portable program, or packs the one that runs, and returns the
// name of the file, "" if this is no program to be kept.
func keepZip(dir string) (string, error) {
	exe, err := executable()
	if err != nil || !strings.HasPrefix(filepath.Base(exe), programName) {
		return "", err
	}
	here := filepath.Dir(exe)
	ready, err := filepath.Glob(filepath.Join(escapeGlob(here), programName+"-*-portable.zip"))
	if err != nil {
		return "", err
	}
	if len(ready) > 0 {
		from := ready[len(ready)-1] // the newest version
		return filepath.Base(from), onceWhole(filepath.Join(dir, filepath.Base(from)), func(w io.Writer) error { return pour(w, from) })
	}
	sum, err := fileHash(exe)
	if err != nil {
		return "", err
	}
	name := programName + "-" + sum[:shortHash] + "-portable.zip"
	return name, onceWhole(filepath.Join(dir, name), func(w io.Writer) error { return zipProgram(w, exe) })
}

// onceWhole makes a file unless it is there already; it appears whole or not at all.
func onceWhole(path string, fill func(io.Writer) error) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	draft := path + ".part"
	out, err := os.Create(draft)
	if err != nil {
		return err
	}
	err = errors.Join(fill(out), out.Close())
	if err == nil {
		err = os.Rename(draft, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	return nil
}

func pour(w io.Writer, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.Copy(w, in)
	return err
}

// zipProgram packs a program with the libraries and texts beside it.
func zipProgram(w io.Writer, exe string) error {
	files := []string{exe}
	for _, pattern := range []string{"*.dll", "*.txt"} {
		more, err := filepath.Glob(filepath.Join(escapeGlob(filepath.Dir(exe)), pattern))
		if err != nil {
			return err
		}
		files = append(files, more...)
	}
	z := zip.NewWriter(w)
	for _, file := range files {
		part, err := z.Create(fmt.Sprintf("%s/%s", programName, filepath.Base(file)))
		if err == nil {
			err = pour(part, file)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}
