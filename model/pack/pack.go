// Package pack is the one file that moves what belongs together to another PC: a zip
// with the SHA-256 of everything in it, encrypted with age where a password is given.
// It knows no ledger. What it reads may come from anywhere: names lead nowhere but
// below the folder they are taken out into, and nothing is larger than it says.
package pack

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"xiangzhen/model"
)

// Ext is how the names of packs end.
const Ext = ".xzpack"

// Manifest says what is in a pack.
type Manifest struct {
	Format int       `json:"format"` // 1
	Kind   string    `json:"kind"`   // what it is for: move, office, carry
	Name   string    `json:"name"`   // of the ledger, without folder
	Made   time.Time `json:"made"`
	By     string    `json:"by,omitempty"`
	// Note is what the maker of a pack of this kind keeps in it.
	Note  string `json:"note,omitempty"`
	Files []File `json:"files"`
}

// File is one file of a pack.
type File struct {
	Name   string `json:"name"` // its folders parted by /
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Source is a file that goes into a pack.
type Source struct {
	Name string // in the pack
	Path string
	// Read, if not nil, gives the content in place of the file at Path: what is to
	// lie on no disk unencrypted.
	Read func() ([]byte, error)
}

func (s Source) open() (io.ReadCloser, error) {
	if s.Read == nil {
		return os.Open(s.Path)
	}
	b, err := s.Read()
	return io.NopCloser(bytes.NewReader(b)), err
}

const (
	manifestName  = "manifest.json"
	format        = 1
	manifestLimit = 64 << 20
	// mostFiles is more than the photos of a township in ten years.
	mostFiles = 500_000
	// mostRatio bounds how much larger than the pack its content may be: SQLite packs
	// to a tenth, a bomb to a thousandth. sparse is what is no harm in any case.
	mostRatio = 200
	sparse    = 64 << 20
)

// WorkFactor is what one try of a password costs, as a power of two; tests make it
// cheap.
var WorkFactor = 18

// Write makes a pack, which must not exist. It appears whole or not at all; password
// "" leaves it open to everyone. The manifest's Files are those it has in the end.
func Write(to string, m Manifest, sources []Source, password string) (_ Manifest, err error) {
	if _, err := os.Lstat(to); err == nil {
		return m, model.Errorf(model.CodeExists, "“%s”已经存在。请换一个文件名。", filepath.Base(to))
	}
	draft := to + ".part"
	out, err := os.Create(draft)
	if err == nil {
		m, err = writeTo(out, m, sources, password)
		if err == nil {
			err = out.Sync()
		}
		if err = errors.Join(err, out.Close()); err == nil {
			err = os.Rename(draft, to)
		}
		if err != nil {
			err = errors.Join(err, os.Remove(draft))
		}
	}
	return m, model.Wrap(err, model.CodeReadOnly, "“%s”写不了。请检查磁盘空间，以及文件夹能不能写入。", filepath.Base(to))
}

func writeTo(w io.Writer, m Manifest, sources []Source, password string) (Manifest, error) {
	if password == "" {
		return writeZip(w, m, sources)
	}
	recipient, err := age.NewScryptRecipient(password)
	if err != nil {
		return m, err
	}
	recipient.SetWorkFactor(WorkFactor)
	sealed, err := age.Encrypt(w, recipient)
	if err != nil {
		return m, err
	}
	m, err = writeZip(sealed, m, sources)
	return m, errors.Join(err, sealed.Close())
}

func writeZip(w io.Writer, m Manifest, sources []Source) (Manifest, error) {
	z := zip.NewWriter(w)
	m.Format, m.Files = format, nil
	for _, s := range sources {
		f, err := addFile(z, s, m.Made)
		if err != nil {
			return m, err
		}
		m.Files = append(m.Files, f)
	}
	text, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return m, err
	}
	out, err := z.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: m.Made})
	if err == nil {
		_, err = out.Write(text)
	}
	return m, errors.Join(err, z.Close())
}

func addFile(z *zip.Writer, s Source, at time.Time) (File, error) {
	in, err := s.open()
	if err != nil {
		return File{}, err
	}
	defer in.Close()
	out, err := z.CreateHeader(&zip.FileHeader{Name: s.Name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return File{}, err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, sum), in)
	return File{s.Name, n, hex.EncodeToString(sum.Sum(nil))}, err
}

// ageMark begins every file that age made.
const ageMark = "age-encryption.org/v1"

// Is reports whether the file at path is a pack, by its content, and whether it asks
// for a password.
func Is(path string) (is, locked bool) {
	f, err := os.Open(path)
	if err != nil {
		return false, false
	}
	defer f.Close()
	head := make([]byte, len(ageMark))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, false
	}
	locked = string(head[:n]) == ageMark
	return locked || strings.HasPrefix(string(head[:n]), "PK\x03\x04"), locked
}

// Pack is a pack that is being read.
type Pack struct {
	Manifest
	name  string
	file  *os.File
	files map[string]*zip.File
}

// Open opens a pack and reads what it says it holds. A pack with a password is
// CodePassword without the right one, one that is no pack, incomplete or absurd is
// CodeDamaged.
func Open(path, password string) (*Pack, error) {
	name := filepath.Base(path)
	f, err := os.Open(path)
	if err != nil {
		return nil, model.Wrap(err, model.CodeNotFound, "“%s”打不开。请检查文件还在不在，U盘有没有插好。", name)
	}
	p, err := open(f, name, password)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	p.file = f
	return p, nil
}

// Close closes the file.
func (p *Pack) Close() error { return p.file.Close() }

func open(f *os.File, name, password string) (*Pack, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, damaged(err, name)
	}
	return read(f, info.Size(), name, password)
}

// read opens the pack in r.
func read(r io.ReaderAt, size int64, name, password string) (*Pack, error) {
	plain, length, err := decrypt(r, size, name, password)
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(plain, length)
	if err != nil {
		return nil, damaged(err, name)
	}
	p := &Pack{name: name, files: map[string]*zip.File{}}
	for _, f := range z.File {
		if p.files[f.Name] != nil || len(p.files) > mostFiles {
			return nil, damaged(fmt.Errorf("%q twice, or too many", f.Name), name)
		}
		p.files[f.Name] = f
	}
	if err := p.readManifest(); err != nil {
		return nil, damaged(err, name)
	}
	if p.Format > format {
		return nil, model.Errorf(model.CodeNewer, "“%s”是用更新版本的程序打包的。请先升级本程序。", name)
	}
	if err := p.check(size); err != nil {
		return nil, damaged(err, name)
	}
	return p, nil
}

func damaged(cause error, name string) error {
	return model.Wrap(cause, model.CodeDamaged, "“%s”不是本程序打的包，或者没有复制完整。请重新复制一份。", name)
}

// decrypt returns the zip in r.
func decrypt(r io.ReaderAt, size int64, name, password string) (io.ReaderAt, int64, error) {
	head := make([]byte, len(ageMark))
	if _, err := r.ReadAt(head, 0); err != nil || string(head) != ageMark {
		return r, size, nil // what it is, the zip reader tells
	}
	if password == "" {
		return nil, 0, model.Errorf(model.CodePassword, "“%s”设有密码。请输入打包时设的密码。", name)
	}
	identity, err := age.NewScryptIdentity(password)
	if err != nil {
		return nil, 0, damaged(err, name)
	}
	identity.SetMaxWorkFactor(WorkFactor) // a forged file must not keep the PC busy
	plain, length, err := age.DecryptReaderAt(r, size, identity)
	if wrong := new(age.NoIdentityMatchError); errors.As(err, &wrong) {
		return nil, 0, model.Wrap(err, model.CodePassword, "密码不对，“%s”没有打开。请检查大小写和输入法。", name)
	}
	if err != nil {
		return nil, 0, damaged(err, name)
	}
	return plain, length, nil
}

func (p *Pack) readManifest() error {
	f := p.files[manifestName]
	if f == nil {
		return fs.ErrNotExist
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, manifestLimit))
	if err != nil {
		return err
	}
	return json.Unmarshal(text, &p.Manifest)
}

// check refuses a pack whose list and content differ, or that holds more than can be.
func (p *Pack) check(size int64) error {
	if p.Format < 1 || len(p.Files)+1 != len(p.files) {
		return fmt.Errorf("format %d, %d files said, %d there", p.Format, len(p.Files), len(p.files)-1)
	}
	total := int64(0)
	for _, f := range p.Files {
		entry := p.files[f.Name]
		if entry == nil || !proper(f.Name) || f.Bytes < 0 || entry.UncompressedSize64 != uint64(f.Bytes) {
			return fmt.Errorf("%q is not as it says", f.Name)
		}
		if total += f.Bytes; total < 0 || total > sparse+mostRatio*size {
			return errors.New("too large for what it is")
		}
	}
	return nil
}

// proper reports whether a name leads to a file below any folder on every system.
func proper(name string) bool {
	if !fs.ValidPath(name) || name == "." || name == manifestName || !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsAny(name, `\:*?"<>|`) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.TrimRight(part, ". ") != part || strings.ContainsFunc(part, func(r rune) bool { return r < ' ' }) {
			return false
		}
	}
	return path.Clean(name) == name
}

// Read returns the content of one file of the pack, all of it and as it was packed.
func (p *Pack) Read(f File) ([]byte, error) {
	entry := p.files[f.Name]
	if entry == nil {
		return nil, damaged(fs.ErrNotExist, p.name)
	}
	in, err := entry.Open()
	if err != nil {
		return nil, damaged(err, p.name)
	}
	defer in.Close()
	r := &summed{in: io.LimitReader(in, f.Bytes+1), sum: sha256.New()}
	b, err := io.ReadAll(r)
	if err == nil && !r.is(f) {
		err = errors.New("other content than packed")
	}
	if err != nil {
		return nil, damaged(err, p.name)
	}
	return b, nil
}

// File finds a file of the pack by its name.
func (p *Pack) File(name string) (File, bool) {
	i := slices.IndexFunc(p.Files, func(f File) bool { return f.Name == name })
	if i < 0 {
		return File{}, false
	}
	return p.Files[i], true
}

// Extract writes one file of the pack to a path, all of it and as it was packed, or
// not at all.
func (p *Pack) Extract(f File, to string) (err error) {
	in, err := p.files[f.Name].Open()
	if err != nil {
		return damaged(err, p.name)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return model.Wrap(err, model.CodeReadOnly, "“%s”写不了。请检查磁盘空间和权限。", filepath.Base(to))
	}
	r := &summed{in: io.LimitReader(in, f.Bytes+1), sum: sha256.New()}
	_, err = io.Copy(out, r)
	if err == nil {
		err = out.Sync()
	}
	if err = errors.Join(err, out.Close()); err == nil && !r.is(f) {
		r.err = errors.New("other content than packed")
	}
	switch {
	case r.err != nil:
		return errors.Join(damaged(r.err, p.name), os.Remove(to))
	case err != nil:
		err = model.Wrap(err, model.CodeReadOnly, "“%s”写不了。请检查磁盘空间和权限。", filepath.Base(to))
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// summed sums what is read, and keeps the error of reading apart from that of writing.
type summed struct {
	in  io.Reader
	sum hash.Hash
	n   int64
	err error
}

func (s *summed) Read(b []byte) (int, error) {
	n, err := s.in.Read(b)
	s.sum.Write(b[:n])
	s.n += int64(n)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

func (s *summed) is(f File) bool {
	return s.n == f.Bytes && hex.EncodeToString(s.sum.Sum(nil)) == f.SHA256
}
