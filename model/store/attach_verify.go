package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"xiangzhen/model"
)

// FilesReport tells what became of the files on records.
type FilesReport struct {
	Kept    int // contents that records name and that are sound
	Unused  int // named by no record now; history may still name them, and they stay
	Brought int // of those kept, the ones that BringFiles found elsewhere
	Bad     []BadFile
}

// BadFile is a file on a record that is missing or changed.
type BadFile struct {
	Ledger *model.Ledger
	Record *model.Record
	Name   string // of the file, as the record has it
	Why    string // a sentence
}

// CheckFiles holds every file that a record names against its hash, and counts
// those that none names.
func (s *Store) CheckFiles(ctx context.Context) (FilesReport, error) { return s.BringFiles(ctx) }

// BringFiles checks as CheckFiles does, and takes what is missing or changed here from
// the first of the folders of files that has it sound: a ledger that was restored names
// files that lie where the backup lay.
func (s *Store) BringFiles(ctx context.Context, folders ...string) (FilesReport, error) {
	c := fileCheck{Store: s, read: true, others: folders, named: map[string]bool{}, seen: map[string]error{}}
	if err := c.all(ctx); err != nil {
		return c.report, err
	}
	names, err := s.FileNames()
	for _, hash := range names {
		if !c.named[hash] {
			c.report.Unused++
		}
	}
	return c.report, err
}

// fileCheck finds the contents that records name and, where it is to read them, says
// of each how it was.
type fileCheck struct {
	*Store
	read   bool
	others []string // folders of files that may have what is missing here
	named  map[string]bool
	seen   map[string]error
	report FilesReport
}

// all goes through the records of all ledgers.
func (c *fileCheck) all(ctx context.Context) error {
	for _, l := range c.Catalog().All() {
		for i := range l.Fields {
			if err := c.field(ctx, l, &l.Fields[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// field checks the files that the records of a ledger name in a field.
func (c *fileCheck) field(ctx context.Context, l *model.Ledger, f *model.Field) error {
	if f.Kind != model.KindFiles {
		return nil
	}
	q := model.Query{Ledger: l.Key, Where: []model.Cond{{Field: f.Key, Op: model.OpNe}}}
	return c.Each(ctx, q, func(r *model.Record) error {
		for _, a := range r.Get(f.Key).Attachments() {
			if a.Hash == "" {
				continue
			}
			if c.named[a.Hash] = true; !c.read {
				continue
			}
			if err := c.file(a.Hash); err != nil {
				c.report.Bad = append(c.report.Bad, BadFile{l, r, a.Name, model.Sentence(err)})
			}
		}
		return ctx.Err()
	})
}

// file reads a content once, however many records name it.
func (c *fileCheck) file(hash string) error {
	if err, known := c.seen[hash]; known {
		return err
	}
	_, err := c.File(hash)
	if err != nil {
		err = c.bring(hash, err)
	}
	if c.seen[hash] = err; err == nil {
		c.report.Kept++
	}
	return err
}

// bring takes a content from the first other folder that has it sound; if none has, it
// returns why it cannot be had here.
func (c *fileCheck) bring(hash string, lacking error) error {
	for _, folder := range c.others {
		b, err := c.fileIn(folder, hash)
		if err != nil {
			continue
		}
		if _, err := c.KeepFile(b); err != nil {
			return err
		}
		c.report.Brought++
		return nil
	}
	return lacking
}

// EraseFiles overwrites and removes, from a folder of files, those of the hashes that
// no record names any more and no history, from which an undo would bring it back; with
// their small pictures. It returns how many they were. A folder that is not there holds
// none.
func (s *Store) EraseFiles(ctx context.Context, folder string, hashes []string) (n int, err error) {
	c := fileCheck{Store: s, named: map[string]bool{}}
	if err := c.all(ctx); err != nil {
		return 0, err
	}
	for _, hash := range hashes {
		if c.named[hash] {
			continue
		}
		told, err := s.inHistory(ctx, hash)
		if err != nil {
			return n, err
		}
		if told {
			continue
		}
		path := filePath(folder, hash)
		if _, err := os.Stat(path); err == nil {
			n++
		}
		if err := errors.Join(wipe(path), wipe(filePath(filepath.Join(folder, thumbFolder), hash))); err != nil {
			return n, model.Wrap(err, model.CodeReadOnly, "文件“%s”删不掉。请关闭正在打开它的程序后再试。", path)
		}
	}
	return n, nil
}

// inHistory reports whether an entry of the journal names a content.
func (s *Store) inHistory(ctx context.Context, hash string) (bool, error) {
	release, err := s.acquire(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	n, err := s.writer.number(ctx, "SELECT count(*) FROM sys_change WHERE instr(before, ?1) > 0 OR instr(after, ?1) > 0", hash)
	return n > 0, err
}

// hashShape is a hash as journal entries write it, before the name of the file.
var hashShape = regexp.MustCompile(`([0-9a-f]{64})/`)

// FilesEver returns the hashes of the files that a record has or had.
func (s *Store) FilesEver(ctx context.Context, ledger, id string) ([]string, error) {
	release, err := s.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	texts, err := s.writer.strings(ctx, "SELECT coalesce(before, '') || ' ' || coalesce(after, '') FROM sys_change WHERE ledger = ? AND record = ?", ledger, id)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, m := range hashShape.FindAllStringSubmatch(strings.Join(texts, " "), -1) {
		found = append(found, m[1])
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}
