package app

import (
	"fmt"
	"os"
	"path/filepath"

	"xiangzhen/model"
	"xiangzhen/model/seal"
	"xiangzhen/model/store"
)

// evidenceFolders are where files on records lie: beside the ledger and in the
// second place.
func (a *App) evidenceFolders(b Backups) []string {
	here := store.EvidenceFolder(a.Path())
	out := []string{here}
	if b.Second != "" {
		out = append(out, filepath.Join(b.Second, filepath.Base(here)))
	}
	return out
}

// resealFiles seals the files on records with the key, or opens them, and returns a
// sentence for each folder where that failed.
func (a *App) resealFiles(b Backups, key *seal.Key, locked bool) (beyond []string) {
	if key == nil {
		return nil
	}
	for _, dir := range a.evidenceFolders(b) {
		if _, err := os.Stat(dir); err != nil {
			continue // no files yet; a second place out of reach is told for its backups
		}
		if err := store.ResealFiles(dir, key, locked); err != nil {
			beyond = append(beyond, fmt.Sprintf("“%s”里的附件没有全部改写：%s", dir, model.Sentence(err)))
		}
	}
	return beyond
}
