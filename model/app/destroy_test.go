package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

func TestDestroy_ExpiredRecords(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, time.Local)
	a := openAt(t, &now)
	ctx := context.Background()
	if list, err := a.Expired(ctx); err != nil || len(list) != 0 {
		t.Fatalf("without a term: %d, %v", len(list), err)
	}
	_, err := a.SetSetting(ctx, rule.KeepYears, "5")
	check(t, err)
	now = now.AddDate(6, 0, 0)
	list, err := a.Expired(ctx)
	check(t, err)
	at := -1
	for i, e := range list {
		if e.Ledger == ledgers.Household && at < 0 {
			at = i
		}
	}
	if at < 0 {
		t.Fatalf("%d past their term, no household among them", len(list))
	}
	one := list[at]
	before, err := a.store.Get(ctx, one.Ledger, one.ID)
	check(t, err)
	info, err := a.Backup(ctx, "")
	check(t, err)
	_, err = a.Destroy(ctx, one.Ledger, []string{one.ID}, " ")
	wantCode(t, err, model.CodeUsage)
	done, err := a.Destroy(ctx, one.Ledger, []string{one.ID}, "保存期满")
	check(t, err)
	if done.Records < 1 || len(done.Copies) != 1 || done.Copies[0] != info.Path {
		t.Errorf("%+v", done)
	}
	after, err := a.store.Get(ctx, one.Ledger, one.ID)
	check(t, err)
	if got := after.Get("id_number").Text; got != "已销毁" || after.Get("name") != before.Get("name") {
		t.Errorf("%q", got)
	}
	if id := before.Get("id_number").Text; id != "" {
		if found, _ := scanFolder(t, filepath.Dir(a.Path()), []string{id}); len(found) > 0 {
			t.Errorf("still there: %v", found)
		}
	}
	_, err = a.Undo(ctx, done.Op)
	wantCode(t, err, model.CodeRefused)
	if report, err := Verify(ctx, Options{Path: info.Path, Key: demoKey}); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v %v", report, err)
	}
	left, err := a.Expired(ctx)
	check(t, err)
	if len(left) > len(list)-done.Records {
		t.Errorf("%d left of %d", len(left), len(list))
	}
}

// TestExport_Up: in full only to whom is registered, after one confirmation for each
// table and period, and never without an entry.
func TestExport_Up(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	out := filepath.Join(t.TempDir(), "上 报.xlsx")
	up := ReportUp{Receiver: "示例县农业农村局", Table: "监测对象情况表", Period: "2026-11"}
	export := func(up ReportUp) error {
		_, err := a.Export(ctx, ExportRequest{List: ListRequest{Ledger: ledgers.Household, Limit: 3}, Out: out, Up: &up})
		return err
	}
	wantCode(t, export(up), model.CodeRefused)
	_, err := a.SetSetting(ctx, rule.UnitReceivers, "示例县农业农村局、示例县委组织部")
	check(t, err)
	wantCode(t, export(up), model.CodeRefused)
	if _, err := os.Stat(out); err == nil {
		t.Error("written without being confirmed")
	}
	confirmed := up
	confirmed.Confirmed = true
	check(t, export(confirmed))
	check(t, export(up))
	next := up
	next.Period = "2026-12"
	wantCode(t, export(next), model.CodeRefused)
	wantCode(t, export(ReportUp{Receiver: up.Receiver}), model.CodeUsage)
	page, err := a.store.List(ctx, model.Query{Ledger: ledgers.Disclosure})
	check(t, err)
	if page.Total != 2 || page.Records[0].Get("file").Text != out || !strings.Contains(page.Records[0].Get("columns").Text, "证件号码") {
		t.Errorf("%d entries: %+v", page.Total, page.Records)
	}
}

// TestExport_EntersWhatLeft: the columns that are in the file, those of another ledger
// included, and none that are not.
func TestExport_EntersWhatLeft(t *testing.T) {
	a := openDemo(t)
	ctx := t.Context()
	out := filepath.Join(t.TempDir(), "走 访.xlsx")
	export := func(ledger string, columns ...string) (entries int, last *model.Record) {
		_, err := a.Export(ctx, ExportRequest{List: ListRequest{Ledger: ledger, Limit: 3}, Out: out, Columns: columns, Unmask: "核对"})
		check(t, err)
		page, err := a.store.List(ctx, model.Query{Ledger: ledgers.Disclosure})
		check(t, err)
		if page.Total > 0 {
			last = page.Records[page.Total-1]
		}
		return page.Total, last
	}
	if n, _ := export(ledgers.Household, "户主姓名", "家庭人口"); n != 0 {
		t.Errorf("%d entries for nothing sensitive", n)
	}
	if n, last := export(ledgers.Visit, "走访日期", "household.id_number"); n != 1 || last.Get("columns").Text != "证件号码" || last.Get("file").Text != out {
		t.Errorf("%d entries, %v", n, last)
	}
}

func TestExport_OpensWithItsPassword(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	out := filepath.Join(t.TempDir(), "加 密.xlsx")
	req := ExportRequest{List: ListRequest{Ledger: ledgers.Unit}, Out: out, Password: "打开密码 1"}
	_, err := a.Export(ctx, req)
	check(t, err)
	b, err := os.ReadFile(out)
	check(t, err)
	if !strings.HasPrefix(string(b), "\xD0\xCF\x11\xE0") {
		t.Error("the workbook is not encrypted")
	}
	req.Out = filepath.Join(t.TempDir(), "x.csv")
	_, err = a.Export(ctx, req)
	wantCode(t, err, model.CodeUsage)
}

// TestDestroy_FilesOfTheRecords: a photo that only a destroyed household had is erased
// beside the ledger and in the second place; one that another record has stays.
func TestDestroy_FilesOfTheRecords(t *testing.T) {
	a := openDemo(t)
	ctx := t.Context()
	_, got, err := a.List(ctx, ListRequest{Ledger: ledgers.Household, Limit: 2})
	check(t, err)
	one, other := got.Records[0], got.Records[1]
	dir := t.TempDir()
	for name, content := range map[string]string{"身份证.txt": "only of the one", "村貌.txt": "of both"} {
		path := filepath.Join(dir, name)
		check(t, os.WriteFile(path, []byte(content), 0o644))
		_, err := a.Attach(ctx, AttachRequest{Ledger: ledgers.Household, ID: one.ID, Paths: []string{path}})
		check(t, err)
		if name == "村貌.txt" {
			_, err = a.Attach(ctx, AttachRequest{Ledger: ledgers.Household, ID: other.ID, Paths: []string{path}})
			check(t, err)
		}
	}
	second := t.TempDir()
	_, err = a.BackupToSecond(ctx, second)
	check(t, err)
	list := filepath.Join(t.TempDir(), "名单.xlsx")
	_, err = a.Export(ctx, ExportRequest{List: ListRequest{Ledger: ledgers.Household}, Out: list, Unmask: "核对身份"})
	check(t, err)

	// one that was taken off before, and one that only another record's history names
	for name, who := range map[string]string{"旧照片": one.ID, "撤销要用": other.ID} {
		path := filepath.Join(dir, name+".txt")
		check(t, os.WriteFile(path, []byte(name), 0o644))
		for _, id := range []string{one.ID, who} {
			_, err := a.Attach(ctx, AttachRequest{Ledger: ledgers.Household, ID: id, Paths: []string{path}})
			check(t, err)
			_, err = a.Detach(ctx, ledgers.Household, id, name+".txt")
			check(t, err)
		}
	}

	done, err := a.Destroy(ctx, ledgers.Household, []string{one.ID}, "保存期满")
	check(t, err)
	for name, stays := range map[string]bool{"旧照片": false, "撤销要用": true} {
		if _, err := a.store.File(store.FileHash([]byte(name))); (err == nil) != stays {
			t.Errorf("%s: %v", name, err)
		}
	}
	if done.Files != 2 || !strings.Contains(strings.Join(done.Beyond, "\n"), list) {
		t.Errorf("%+v", done)
	}
	if files, err := a.Attachments(ctx, ledgers.Household, one.ID); err != nil || len(files) != 0 {
		t.Errorf("the record names %v (%v)", files, err)
	}
	beside := store.EvidenceFolder(a.Path())
	for _, folder := range []string{beside, filepath.Join(second, filepath.Base(beside))} {
		for content, stays := range map[string]bool{"only of the one": false, "of both": true} {
			hash := store.FileHash([]byte(content))
			if _, err := os.Stat(filepath.Join(folder, hash[:2], hash)); (err == nil) != stays {
				t.Errorf("%q in %s: %v", content, folder, err)
			}
		}
	}
	if report, err := a.VerifyFile(ctx, a.Path()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v %v", report, err)
	}
	rest, err := a.Attachments(ctx, ledgers.Household, other.ID)
	check(t, err)
	if len(rest) != 1 || rest[0].Broken != "" {
		t.Errorf("the other has %v", rest)
	}
}
