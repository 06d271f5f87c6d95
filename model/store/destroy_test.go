package store

import (
	"path/filepath"
	"testing"

	"xiangzhen/model"
)

func TestDestroy(t *testing.T) {
	lock, _ := newLock(t)
	for name, to := range map[string]*NewLock{"plain": nil, "locked": lock} {
		t.Run(name, func(t *testing.T) {
			b := secretBox(t)
			b.add("person", "p9", "name", "张示例九", "phone", "13900008888")
			if to != nil {
				b.relock(to, "")
			}
			backup := filepath.Join(filepath.Dir(b.Path()), "备份.xzdb")
			if _, err := b.Backup(b.ctx, backup); err != nil {
				t.Fatal(err)
			}
			c := b.do("期满销毁", func(tx *Tx) error { _, err := tx.Destroy("person", "p1"); return err })
			if err := b.Scrub(b.ctx); err != nil {
				t.Fatal(err)
			}
			o := b.options
			o.Key = b.Key()
			if err := DestroyIn(b.ctx, backup, o, model.Operation{Label: "期满销毁"}, []RecordKey{{Ledger: "person", ID: "p1"}, {Ledger: "person", ID: "没有"}}); err != nil {
				t.Fatal(err)
			}
			r := b.get("person", "p1")
			if r.Get("id_number").Text != Destroyed || r.Get("health").Text != Destroyed || r.Get("income").Set || r.Get("born").Set || r.Get("name").Text != "张示例一" {
				t.Errorf("%+v", r.Values)
			}
			h, err := b.History(b.ctx, "person", "p1")
			if err != nil || len(h) < 4 || h[len(h)-1].After["id_number"].Text != Destroyed || h[0].Op.Actor != tester {
				t.Errorf("%+v %v", h, err)
			}
			scanAll(t, filepath.Dir(b.Path()), []string{testID, "13900009999", testCard, testHealth})
			for _, path := range []string{b.Path(), backup} {
				if report, err := Verify(b.ctx, path); err != nil || len(report.Problems) > 0 {
					t.Errorf("%s: %+v %v", filepath.Base(path), report.Problems, err)
				}
			}
			if b.get("person", "p9").Get("phone").Text != "13900008888" {
				t.Error("another's values went too")
			}
			_, _, err = b.Undo(b.ctx, c.Op, tester, nil)
			if got := b.get("person", "p1").Get("id_number").Text; got != Destroyed {
				t.Errorf("after an undo: %q, %v", got, err)
			}
			if c := b.do("再来", func(tx *Tx) error { _, err := tx.Destroy("person", "p9"); return err }); c.Op == 0 {
				t.Error("nothing was destroyed")
			}
			if report, err := Verify(b.ctx, b.Path()); err != nil || len(report.Problems) > 0 {
				t.Errorf("%+v %v", report.Problems, err)
			}
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			tamper(t, b.Path(), "DROP TRIGGER sys_change_final", "UPDATE sys_change SET after = replace(after, 'name', 'neme') WHERE record = 'p1'")
			if report, err := Verify(b.ctx, b.Path()); err != nil || len(report.Problems) == 0 {
				t.Errorf("an entry destroyed can be changed unseen: %v", err)
			}
		})
	}
}
