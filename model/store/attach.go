package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/seal"
)

// Files on records (佐证) lie in a folder beside the ledger, each under the SHA-256
// of its content: ab/abcd…. A file is written once and never changed; an undo or
// the end of a record leaves it there, because history still names it. In a
// ledger with a lock every file is sealed: what a photo shows, nobody marks.

// EvidenceFolder is the folder of the files of a ledger: 甲镇.xzdb → 甲镇-佐证.
func EvidenceFolder(ledger string) string {
	return strings.TrimSuffix(ledger, filepath.Ext(ledger)) + "-佐证"
}

// thumbFolder holds small pictures of the photos. They can be made again, and are
// neither checked nor counted.
const thumbFolder = "缩略图"

// FileHash returns the hash under which KeepFile keeps a content.
func FileHash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// filePath is where a content lies in a folder of files.
func filePath(dir, hash string) string { return filepath.Join(dir, hash[:2], hash) }

// filePlace is the place that a content is sealed for.
func filePlace(hash string) Place { return Place{"sys_files", hash, ""} }

// thumbPlace is that of a small picture.
func thumbPlace(hash string) Place { return Place{"sys_thumbs", hash, ""} }

// KeepFile keeps a content and returns its hash. The same content is kept once.
func (s *Store) KeepFile(content []byte) (hash string, err error) {
	hash = FileHash(content)
	if _, err := s.File(hash); err == nil {
		return hash, nil
	}
	return hash, s.putFile(filePath(EvidenceFolder(s.path), hash), filePlace(hash), content)
}

// KeepThumb keeps the small picture of a photo.
func (s *Store) KeepThumb(hash string, content []byte) error {
	return s.putFile(filePath(filepath.Join(EvidenceFolder(s.path), thumbFolder), hash), thumbPlace(hash), content)
}

// Thumb returns the small picture of a photo; CodeNotFound if none is kept that
// can be read.
func (s *Store) Thumb(hash string) ([]byte, error) {
	b, err := os.ReadFile(filePath(filepath.Join(EvidenceFolder(s.path), thumbFolder), hash))
	if err == nil && seal.Sealed(string(b[:min(len(b), sealedHead)])) {
		b, err = s.openFile(thumbPlace(hash), b)
	}
	return b, model.Wrap(err, model.CodeNotFound, "没有这张照片的缩略图。")
}

// sealedHead is how much of a file tells whether it is sealed.
const sealedHead = 64

// File returns a content. One that is missing is CodeNotFound, one that was changed
// CodeDamaged.
func (s *Store) File(hash string) ([]byte, error) { return s.fileIn(EvidenceFolder(s.path), hash) }

// fileIn returns a content that lies in a folder of files.
func (s *Store) fileIn(folder, hash string) ([]byte, error) {
	b, err := os.ReadFile(filePath(folder, hash))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, model.Wrap(err, model.CodeNotFound, "文件不在“%s”文件夹里，可能被移走或删除了。请从备份中找回。", filepath.Base(folder))
	case err != nil:
		return nil, model.Wrap(err, model.CodeReadOnly, "“%s”文件夹里的文件读不出来。请检查磁盘和权限。", filepath.Base(folder))
	case FileHash(b) == hash:
		return b, nil
	}
	if b, err = s.openFile(filePlace(hash), b); err != nil || FileHash(b) != hash {
		return nil, model.Wrap(errors.Join(errChanged, err), model.CodeDamaged, "文件的内容与登记时不一样，可能损坏或被改动过。请从备份中找回。")
	}
	return b, nil
}

// errChanged is the cause of a file that is not what its name says.
var errChanged = errors.New("store: content does not fit its hash")

func (s *Store) openFile(at Place, sealed []byte) ([]byte, error) {
	plain, err := s.secrets.codec.Decode(at, string(sealed))
	return []byte(plain), err
}

// putFile encodes and writes a file.
func (s *Store) putFile(path string, at Place, content []byte) error {
	if s.options.ReadOnly {
		return model.Errorf(model.CodeReadOnly, "台账是只读打开的，不能附加文件。")
	}
	encoded, err := s.secrets.codec.Encode(at, string(content))
	if err != nil {
		return err
	}
	return writeWhole(path, []byte(encoded))
}

// writeWhole has a file appear whole or not at all.
func writeWhole(path string, content []byte) error {
	dir := filepath.Dir(path)
	err := os.MkdirAll(dir, 0o755)
	if err == nil {
		err = writeDraft(dir, path, content)
	}
	return model.Wrap(err, model.CodeReadOnly, "文件存不进“%s”。请检查磁盘空间，以及这个文件夹能不能写入。", filepath.Dir(dir))
}

func writeDraft(dir, path string, content []byte) error {
	f, err := os.CreateTemp(dir, "*.part")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = rename(f.Name(), path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}

// FileNames returns the hashes of all files kept, sorted.
func (s *Store) FileNames() ([]string, error) { return fileNames(EvidenceFolder(s.path)) }

func fileNames(dir string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(globPlain.Replace(dir), "??", "*"))
	var out []string
	for _, path := range found {
		if name := filepath.Base(path); len(name) == sha256.Size*2 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, err
}

// globPlain takes a folder's name for itself, whatever marks it holds.
var globPlain = strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]")

// CopyFiles copies the files that a folder lacks into it, as they lie here, and
// returns how many they were.
func (s *Store) CopyFiles(to string) (n int, err error) {
	names, err := s.FileNames()
	if err != nil {
		return 0, err
	}
	from := EvidenceFolder(s.path)
	for _, hash := range names {
		if info, err := os.Stat(filePath(to, hash)); err == nil {
			if here, err := os.Stat(filePath(from, hash)); err == nil && here.Size() == info.Size() {
				continue
			}
		}
		b, err := os.ReadFile(filePath(from, hash))
		if err == nil {
			err = writeWhole(filePath(to, hash), b)
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// ResealFiles writes the files of a folder anew: sealed with the ledger's lock, or,
// if it has none, with those sealed by the given key opened. What is so already is
// left alone, so that what was interrupted is simply done again.
func ResealFiles(dir string, key *seal.Key, locked bool) error {
	cipher, err := key.Cipher()
	if err != nil {
		return err
	}
	r := resealer{sealed{cipher}, locked}
	if err := endSwaps(dir); err != nil {
		return err
	}
	names, err := fileNames(dir)
	if err != nil {
		return err
	}
	for _, hash := range names {
		err = errors.Join(err, r.file(filePath(dir, hash), filePlace(hash)))
	}
	thumbs := filepath.Join(dir, thumbFolder)
	names, thumbErr := fileNames(thumbs)
	for _, hash := range names {
		err = errors.Join(err, r.file(filePath(thumbs, hash), thumbPlace(hash)))
	}
	return errors.Join(err, thumbErr)
}

// resealer seals or opens files.
type resealer struct {
	codec  Codec
	locked bool
}

// file writes a file anew; the plain text that goes is overwritten. One that does
// not open was not sealed by this lock, and stays.
func (r resealer) file(path string, at Place) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	plain, err := r.codec.Decode(at, string(b))
	isSealed := err == nil
	switch {
	case isSealed == r.locked:
		return nil
	case isSealed:
		return writeWhole(path, []byte(plain))
	}
	text, err := r.codec.Encode(at, string(b))
	if err != nil {
		return err
	}
	draft := path + ".part"
	if err := writeWhole(draft, []byte(text)); err != nil {
		return err
	}
	old := path + oldFile
	if err := rename(path, old); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	return errors.Join(rename(draft, path), wipe(old))
}

// oldFile ends the name of a file that changes places with its successor.
const oldFile = ".old"

// endSwaps ends what a power cut interrupted: a file that was changing places with
// its sealed successor gets its name back, or is overwritten if that has it.
func endSwaps(dir string) error {
	found, err := filepath.Glob(filepath.Join(globPlain.Replace(dir), "??", "*"+oldFile))
	for _, old := range found {
		path := strings.TrimSuffix(old, oldFile)
		if _, statErr := os.Stat(path); errors.Is(statErr, fs.ErrNotExist) {
			err = errors.Join(err, rename(old, path))
			continue
		}
		err = errors.Join(err, wipe(old))
	}
	return err
}
