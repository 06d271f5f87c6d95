package app

import (
	"context"
	"errors"
	"os"
)

// CreateFrom makes a new ledger file without a unit and takes a workbook into it.
// If the workbook is refused, no file is left behind.
func CreateFrom(ctx context.Context, o Options, workbook string) (*App, error) {
	a, err := Create(ctx, o)
	if err != nil {
		return nil, err
	}
	results, err := a.Import(ctx, ImportRequest{Files: []string{workbook}})
	if err == nil {
		err = results[0].Err
	}
	if err != nil {
		return nil, errors.Join(err, a.Close(), os.Remove(o.Path))
	}
	return a, nil
}
