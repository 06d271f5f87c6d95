package tasks

import (
	"xiangzhen/gui/kit"
	"xiangzhen/gui/page/evidence"
)

// Take puts files that are dropped on the page on the item in the drawer, if they are
// meant for it.
func (p *Page) Take(paths []string) bool {
	d := p.drawer
	if d.node == nil || !d.drawer.Visible() || !evidence.Meant(paths, d.tab == tabEvidence) {
		return false
	}
	if d.node.foreign {
		p.desk.Say(kit.Toast{Text: "“" + p.source.ledger.Name(d.node.rec) + "”是上级的事项，只能看。请选中本级的事项再拖。"})
		return true
	}
	if d.tab != tabEvidence {
		d.choose(tabEvidence)
	}
	d.files.Add(paths)
	return true
}
