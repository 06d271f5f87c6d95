package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// The limits of a zip of tables, so that a small file cannot fill the disk: as many
// workbooks as a county has villages, none larger than a workbook may be.
const (
	mostUnpacked      = 5_000
	unpackedFileLimit = 200 << 20
	unpackedLimit     = 2 << 30
)

// Unpacked is one file that came in a zip.
type Unpacked struct {
	Path string // where it lies now
	Name string // in the zip, its folders parted by /
	Err  error  // why it could not be unpacked; nil if it was
}

// IsZip reports whether a path names a zip of files. Workbooks are zips too, but are
// not called so.
func IsZip(name string) bool { return strings.EqualFold(filepath.Ext(name), ".zip") }

// Unpack unpacks a zip of tables below a folder, keeping its folders, in the order of
// the names. Names may be in UTF-8 or, as Windows writes them, in GBK. Files that
// programs leave behind (~$…, hidden ones, __MACOSX) are passed over, and no name
// leads out of the folder. Unpacking again replaces the same files.
func Unpack(file, dir string) ([]Unpacked, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) {
			return nil, model.Wrap(err, model.CodeLocked, "“%s”打不开，可能正被别的程序占用，请关闭后再试。", text.BaseName(file))
		}
		return nil, model.Wrap(err, model.CodeDamaged, "压缩包“%s”不完整或已损坏，可能没有复制完。请让对方重新发一份。", text.BaseName(file))
	}
	defer z.Close()
	u := unpacker{zip: text.BaseName(file), dir: dir, left: unpackedLimit}
	for _, f := range z.File {
		if err := u.take(f); err != nil {
			return u.out, err
		}
	}
	slices.SortFunc(u.out, func(a, b Unpacked) int { return strings.Compare(a.Name, b.Name) })
	return u.out, nil
}

type unpacker struct {
	zip, dir string
	left     int64
	out      []Unpacked
}

// take unpacks one entry. An entry of its own fault is noted; a zip that is too large
// is refused whole.
func (u *unpacker) take(f *zip.File) error {
	name := entryName(f)
	if name == "" || strings.HasSuffix(f.Name, "/") || isLeftover(name) {
		return nil
	}
	if len(u.out) == mostUnpacked {
		return model.Errorf(model.CodeUnsupported, "压缩包“%s”里的文件太多，请分几次收。", u.zip)
	}
	name = u.free(name)
	one := Unpacked{Name: name, Path: filepath.Join(u.dir, filepath.FromSlash(name))}
	n, err := u.write(f, one.Path)
	switch {
	case err == nil:
	case model.CodeOf(err) == model.CodeInternal:
		return model.Wrap(err, model.CodeReadOnly, "压缩包“%s”解不开，可能磁盘已满或不能写入。", u.zip)
	default:
		one.Err = err
	}
	if u.left -= n; u.left < 0 {
		return model.Errorf(model.CodeUnsupported, "压缩包“%s”解开后太大，没有采用。请分几次收。", u.zip)
	}
	u.out = append(u.out, one)
	return nil
}

// free returns a name that no other entry has, on systems that take 甲.XLSX for
// 甲.xlsx too.
func (u *unpacker) free(name string) string {
	ext := path.Ext(name)
	for n, base := 2, strings.TrimSuffix(name, ext); slices.ContainsFunc(u.out, func(o Unpacked) bool { return strings.EqualFold(o.Name, name) }); n++ {
		name = fmt.Sprintf("%s(%d)%s", base, n, ext)
	}
	return name
}

// encrypted is the flag of an entry that asks for a password.
const encrypted = 1

func (u *unpacker) write(f *zip.File, to string) (n int64, err error) {
	if f.Flags&encrypted != 0 {
		return 0, model.Errorf(model.CodeUnsupported, "压缩包“%s”有密码，请解压后再收。", u.zip)
	}
	in, err := f.Open()
	if err != nil {
		return 0, u.damaged(f, err)
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return 0, err
	}
	out, err := os.Create(to)
	if err != nil {
		return 0, err
	}
	defer func() {
		if closeErr := out.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			err = errors.Join(err, os.Remove(to))
		}
	}()
	r := &noted{r: in}
	n, err = io.Copy(out, io.LimitReader(r, unpackedFileLimit+1))
	switch {
	case r.err != nil:
		return n, u.damaged(f, r.err)
	case err == nil && n > unpackedFileLimit:
		return n, model.Errorf(model.CodeUnsupported, "“%s”太大，没有采用。", path.Base(entryName(f)))
	case err == nil && !f.Modified.IsZero():
		err = os.Chtimes(to, f.Modified, f.Modified)
	}
	return n, err
}

func (u *unpacker) damaged(f *zip.File, err error) error {
	return model.Wrap(err, model.CodeDamaged, "压缩包“%s”里的“%s”已损坏，请让对方重新发一份。", u.zip, path.Base(entryName(f)))
}

// noted keeps the error of reading, to be told from that of writing.
type noted struct {
	r   io.Reader
	err error
}

func (n *noted) Read(p []byte) (int, error) {
	k, err := n.r.Read(p)
	if err != nil && err != io.EOF {
		n.err = err
	}
	return k, err
}

// entryName is an entry's name as people see it, cleaned so that it leads nowhere
// else and stands on every system; "" for none.
func entryName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 || !utf8.ValidString(name) {
		name, _ = text.Decode([]byte(name))
	}
	parts := strings.Split(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"), "/")
	for i, p := range parts {
		parts[i] = strings.TrimRight(strings.Map(plain, text.Plain(p)), ". ")
	}
	return path.Join(parts...)
}

// plain replaces what Windows allows in no file name.
func plain(r rune) rune {
	if strings.ContainsRune(`:*?"<>|`, r) {
		return '_'
	}
	return r
}

// isLeftover reports whether a program left the file behind: lock files, hidden ones,
// the other half of a file of macOS.
func isLeftover(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || strings.HasPrefix(part, "~$") || part == "__MACOSX" {
			return true
		}
	}
	return false
}
