package store

import (
	"context"
	"fmt"

	"xiangzhen/model"
)

// FilesReport tells what became of the files on records.
type FilesReport struct {
	Kept   int // contents that records name and that are sound
	Unused int // named by no record now; history may still name them, and they stay
	// Problems are sentences on files that are missing or changed.
	Problems []string
}

// CheckFiles holds every file that a record names against its hash, and counts
// those that none names.
func (s *Store) CheckFiles(ctx context.Context) (FilesReport, error) {
	c := fileCheck{Store: s, seen: map[string]error{}}
	for _, l := range s.Catalog().All() {
		for i := range l.Fields {
			if err := c.field(ctx, l, &l.Fields[i]); err != nil {
				return c.report, err
			}
		}
	}
	names, err := s.FileNames()
	for _, hash := range names {
		if _, named := c.seen[hash]; !named {
			c.report.Unused++
		}
	}
	return c.report, err
}

// fileCheck is a check under way; seen says of each content how it was.
type fileCheck struct {
	*Store
	seen   map[string]error
	report FilesReport
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
			if err := c.file(a.Hash); err != nil {
				c.report.Problems = append(c.report.Problems, fmt.Sprintf("%s %s 的附件“%s”：%s", l.Label, r.ID, a.Name, model.Sentence(err)))
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
	if c.seen[hash] = err; err == nil {
		c.report.Kept++
	}
	return err
}
