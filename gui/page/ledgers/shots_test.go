package ledgers

import (
	"testing"

	"xiangzhen/gui/page"
)

// TestShots takes the pictures that a person looks at.
func TestShots(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	r.shot("team", wide)
	r.shot("team-low", narrow)
	r.record.open()
	r.settle()
	r.shot("record", wide)
	r.shot("record-low", narrow)
	r.record.edit()
	r.settle()
	r.shot("edit", wide)
	r.shot("edit-low", narrow)
	r.record.put()
	r.show(page.Route{Ledger: "task", Record: r.list("progress")[0].Get("task").ID})
	r.record.drawer.Choose(tabRelated)
	r.shot("related", wide)
	r.record.drawer.Choose(tabHistory)
	r.shot("history", wide)
	r.record.put()
	r.toggleFilters()
	r.shot("task-filters", wide)
}

// TestShots_Dialogs takes those of the dialogs and of cells with problems.
func TestShots_Dialogs(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	for name, open := range map[string]func(){
		"columns": r.chooseColumns, "export": r.export, "field": r.addField, "ledger": r.addLedger,
		"merge": func() { r.chooseTwo(); r.merge() },
	} {
		open()
		r.shot("dialog-"+name, narrow)
		r.win.Canvas().Overlays().Remove(r.win.Canvas().Overlays().Top())
	}
	r.grid.SelectCell(2, r.column("birth"))
	r.pasteHere("很久以前\r\n1990-05\r\n")
	must(t, r.edit(1, r.column("village"), "没有这个村"))
	r.settle()
	r.shot("problems", wide)
	key, _, err := r.app.AddLedger(t.Context(), "公益性岗位台账")
	must(t, err)
	r.show(page.Route{Ledger: key})
	r.shot("empty", wide)
	r.show(page.Route{Ledger: "team", Search: "查无此人"})
	r.shot("nomatch", narrow)
}
