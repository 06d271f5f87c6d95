package ledgers

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
	builtin "xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

func TestExportRequest(t *testing.T) {
	plain := &model.Ledger{Key: "plain", Fields: []model.Field{{Key: "name"}}}
	up := wanted{format: formatExcel, purpose: forReport, receiver: "示例县农业农村局", table: " 花名册 ", period: "2026年11月"}
	without := func(change func(*wanted)) wanted { w := up; change(&w); return w }
	for name, c := range map[string]struct {
		l      *model.Ledger
		w      wanted
		kind   string
		public bool
		up     string
		field  string // of the error
	}{
		"nothing sensitive": {l: plain, w: wanted{format: formatExcel, purpose: forPublic}, kind: ".xlsx"},
		"as csv":            {l: plain, w: wanted{format: formatCSV}, kind: ".csv"},
		"csv with password": {l: plain, w: wanted{format: formatCSV, password: "一二三四五六"}, kind: ".csv", field: "password"},
		"for the group":     {l: book(), w: wanted{format: formatExcel, purpose: forPublic, receiver: "不用"}, kind: ".xlsx", public: true},
		"reported":          {l: book(), w: up, kind: ".xlsx", up: "花名册"},
		"no receiver":       {l: book(), w: without(func(w *wanted) { w.receiver = "" }), kind: ".xlsx", field: "receiver"},
		"no table":          {l: book(), w: without(func(w *wanted) { w.table = " " }), kind: ".xlsx", field: "table"},
		"no period":         {l: book(), w: without(func(w *wanted) { w.period = "" }), kind: ".xlsx", field: "period"},
	} {
		req, kind, err := exportRequest(c.l, app.ListRequest{Ledger: c.l.Key}, c.w)
		var e *model.Error
		field, table := "", ""
		if errors.As(err, &e) {
			field = e.Field
		}
		if req.Up != nil {
			table = req.Up.Table
		}
		if kind != c.kind || req.Public != c.public || req.Unmask != "" || field != c.field || table != c.up {
			t.Errorf("%s: %+v %s %v", name, req, kind, err)
		}
	}
}

func TestUpWords(t *testing.T) {
	words := upWords(book(), app.ReportUp{Receiver: "示例县农业农村局", Table: "花名册", Period: "2026年11月"}, 12)
	for _, want := range []string{"示例县农业农村局", "花名册", "2026年11月", "12 条", "完整带出："} {
		if !strings.Contains(words, want) {
			t.Errorf("%q lacks %s", words, want)
		}
	}
}

// disclosures counts what was entered about sensitive values that left.
func (r *room) disclosures() int {
	r.t.Helper()
	_, list, err := r.app.List(r.t.Context(), app.ListRequest{Ledger: builtin.Disclosure})
	must(r.t, err)
	return list.Total
}

func TestPage_ExportsUp(t *testing.T) {
	r := newRoom(t)
	_, err := r.app.SetSetting(t.Context(), rule.UnitReceivers, "示例县农业农村局、示例县委组织部")
	must(t, err)
	r.show(page.Route{Ledger: "team", Search: "青山村"})
	r.saveAs = filepath.Join(t.TempDir(), "花名册.csv")
	n, before := r.Page.win.Len(), r.disclosures()
	r.tap("导出")
	r.choose("格式", formatCSV)
	r.choose("用途", forReport)
	r.shot("export-up", wide)
	r.tap("选择位置")
	if r.offered != "" {
		t.Fatal("in full without a receiver")
	}
	r.choose("接收单位", "示例县农业农村局")
	r.said.Answer = false
	r.tap("选择位置")
	if len(r.said.Questions) != 1 || r.offered != "" || r.disclosures() != before {
		t.Fatalf("asked %d times, offered %q", len(r.said.Questions), r.offered)
	}
	r.said.Answer = true
	r.tap("选择位置")
	r.quiet()
	content, err := os.ReadFile(r.saveAs)
	must(t, err)
	if r.offered != "驻村工作队花名册20261122.csv" || !strings.Contains(string(content), "青山村") || strings.Contains(string(content), "****") {
		t.Errorf("offered %s, wrote %s", r.offered, content)
	}
	if got := r.toasts[len(r.toasts)-1].Text; !strings.Contains(got, fmt.Sprintf("已导出 %d 条", n)) {
		t.Errorf("toast %q", got)
	}
	asked := len(r.said.Questions)
	r.tap("导出")
	r.choose("用途", forReport)
	r.choose("接收单位", "示例县农业农村局")
	r.tap("选择位置")
	if len(r.said.Questions) != asked || r.disclosures() != before+2 {
		t.Errorf("asked %d times, %d disclosures", len(r.said.Questions), r.disclosures()-before)
	}
}

func TestPage_ExportsForThePublic(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team", Search: "青山村"})
	r.saveAs = filepath.Join(t.TempDir(), "花名册.xlsx")
	before := r.disclosures()
	r.tap("导出")
	r.enter("打开密码", "六个字的密码")
	r.tap("选择位置")
	r.quiet()
	content, err := os.ReadFile(r.saveAs)
	must(t, err)
	if strings.HasPrefix(string(content), "PK") || r.disclosures() != before {
		t.Error("the workbook opens without its password, or sensitive values are said to have left")
	}
	r.saveAs = filepath.Join(r.saveAs, "花名册.xlsx") // a file is no folder
	r.tap("导出")
	r.tap("选择位置")
	if len(r.said.Errors) != 1 {
		t.Errorf("errors %v", r.said.Errors)
	}
}

func TestPage_ExportWithoutReceivers(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	r.tap("导出")
	r.choose("用途", forReport)
	r.tap("选择位置")
	f := find(r.top(), func(f *kit.Field) bool { return strings.HasPrefix(words(f), "接收单位") })
	if !strings.Contains(f.Note(), "敏感信息") {
		t.Errorf("it says %q", f.Note())
	}
}

// choose chooses in the list under a label, as a person does.
func (r *room) choose(label, what string) {
	r.t.Helper()
	f := find(r.top(), func(f *kit.Field) bool { return strings.HasPrefix(words(f), label) })
	p := find(f, func(*kit.Picker) bool { return true })
	p.SetChoice(kit.Choice{ID: what, Text: what})
	if p.OnChosen != nil {
		p.OnChosen(p.Choice())
	}
}
