package ledgers

import (
	"fyne.io/fyne/v2"

	"xiangzhen/gui/page/evidence"
)

// showFiles shows the record's files where their tab is in sight. While another
// ledger is opened the drawer still has a record of the last one.
func (r *record) showFiles() {
	if r.rec != nil && r.rec.Ledger == r.p.openKey() && r.form == nil && r.filesInSight() {
		r.files.Show(r.p.ledger, r.rec, false)
	}
}

// filesInSight reports whether the tab of the files is shown: the choice of a tab
// outlives the ledger that has it.
func (r *record) filesInSight() bool { return r.tab == tabFiles && evidence.Field(r.p.ledger) != nil }

// Take puts files that are dropped on the page on the record in the drawer, if they
// are meant for it.
func (p *Page) Take(paths []string) bool {
	r := p.record
	if !r.shown || r.adding || r.rec == nil || r.rec.Ledger != p.openKey() || evidence.Field(p.ledger) == nil || !evidence.Meant(paths, r.filesInSight()) {
		return false
	}
	if r.form != nil {
		p.say("请先保存或取消正在编辑的内容，再附加文件。")
		return true
	}
	if r.tab != tabFiles {
		r.drawer.Choose(tabFiles)
	}
	r.files.Add(paths)
	return true
}

// filesItems are the entries of the menu that take the chosen records' files out.
func (p *Page) filesItems() []*fyne.MenuItem {
	chosen := p.chosen()
	if len(chosen) < p.grid.SelectedCount() {
		return nil // not all are read yet: a part of them would go out unnoticed
	}
	return evidence.Items(p.desk, p.app, p.ledger, chosen)
}
