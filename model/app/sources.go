package app

import (
	"path/filepath"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// source is one table to be taken in: a file, or one that lay in a zip.
type source struct {
	path string
	err  error // why it could not be had out of its zip
}

// sources returns the tables meant by paths: folders gone through, zips unpacked
// beside the ledger, where they stay: what is sent back is a copy of them. A zip that
// cannot be unpacked is a table that cannot be read, and leaves the others alone.
func (a *App) sources(paths []string) ([]source, error) {
	files, err := listFiles(paths)
	if err != nil {
		return nil, err
	}
	out := make([]source, 0, len(files))
	for _, f := range files {
		if isBundle(f) || !sheet.IsZip(f) {
			out = append(out, source{path: f})
			continue
		}
		inside, err := a.unpack(f)
		if err != nil && model.CodeOf(err) == model.CodeInternal {
			return nil, err
		}
		out = append(out, inside...)
		switch {
		case err != nil:
			out = append(out, source{path: f, err: err})
		case len(inside) == 0:
			out = append(out, source{path: f, err: model.Errorf(model.CodeInvalid, "压缩包“%s”里没有文件。", text.BaseName(f))})
		}
	}
	return out, nil
}

// shortHash is how much of a zip's hash tells it from another of the same name.
const shortHash = 8

func (a *App) unpack(file string) ([]source, error) {
	sum, err := fileHash(file)
	if err != nil {
		return nil, err
	}
	base := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	inside, err := sheet.Unpack(file, filepath.Join(beside(a.Path(), "收表解压"), base+"_"+sum[:shortHash]))
	if err != nil {
		return nil, err
	}
	out := make([]source, len(inside))
	for i, u := range inside {
		out[i] = source{path: u.Path, err: u.Err}
	}
	return out, nil
}
