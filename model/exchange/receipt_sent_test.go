package exchange

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model/sheet"
)

// sentAndPlanned reads a workbook at the sender's, as it was sent, and at the receiver's, with
// a plan.
func sentAndPlanned(m *memLedger, w *workbook) (Sent, *Plan) {
	said := w.read("青山.xlsx").Sent()
	plan, err := PlanReturn(w.read("青山.xlsx"), m, m.env())
	if err != nil {
		m.t.Fatal(err)
	}
	return said, plan
}

// TestReceipt_FitsWhatWasSent: whatever is typed, and whatever of it the receiver holds
// back, the receipt fits the table sent; a table with one word more does not fit.
func TestReceipt_FitsWhatWasSent(t *testing.T) {
	m := newLedger(t)
	titles := []string{"改造危房", "硬化通组路"}
	rapid.Check(t, func(rt *rapid.T) {
		w := m.issue(1)
		w.quick = true
		for _, title := range titles {
			w.set(title, "progress.percent", rapid.SampledFrom([]string{"", "60", "101", "六成多", "七"}).Draw(rt, title+"percent"))
			w.set(title, "progress.text", rapid.SampledFrom([]string{"", "已开工", "完成过半"}).Draw(rt, title+"text"))
		}
		said, plan := sentAndPlanned(m, w)
		ids, ok := said.Received(plan.ReceiptCode, plan.Accepted)
		if !ok {
			rt.Fatalf("the receipt %s does not fit what was sent", plan.ReceiptCode)
		}
		whole := !slices.ContainsFunc(plan.Accepted, func(a AcceptedRow) bool { return len(a.Left) > 0 }) && len(plan.Accepted) == len(said.Rows)
		if _, byCode := said.Received(plan.ReceiptCode, nil); whole && !byCode {
			rt.Fatal("all was accepted, and the code alone does not fit")
		}
		if len(ids) > len(plan.Accepted) || whole && len(ids) != len(said.Rows) {
			rt.Fatalf("%d rows received of %d accepted", len(ids), len(plan.Accepted))
		}
		w.set(titles[0], "progress.text", "又改了一句")
		other, _ := sentAndPlanned(m, w)
		if _, ok := other.Received(plan.ReceiptCode, plan.Accepted); ok {
			rt.Fatal("the receipt fits another table")
		}
	})
}

func TestReadReceipt(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "已开工")
	_, plan := sentAndPlanned(m, w)
	out, err := BuildReceipt(ReceiptInput{Code: plan.ReceiptCode, Form: "任务进展月报", FormKey: plan.Form, Period: period1, From: "甲镇", At: issuedAt, Rows: plan.Accepted})
	if err != nil {
		t.Fatal(err)
	}
	book := (&workbook{m: m, out: out}).book()
	r, err := ReadReceipt(book)
	if err != nil || r == nil || r.Code != plan.ReceiptCode || len(r.Rows) != len(plan.Accepted) || r.Form != plan.Form {
		t.Fatalf("read %+v (%v)", r, err)
	}
	book.Sheets = slices.DeleteFunc(book.Sheets, func(s sheet.Sheet) bool { return s.Name == receiptName })
	if r, err = ReadReceipt(book); err != nil || r == nil || r.Code != plan.ReceiptCode || r.Rows != nil {
		t.Errorf("without its hidden sheet: %+v (%v)", r, err)
	}
	if r, err := ReadReceipt(w.book()); r != nil || err != nil {
		t.Errorf("a form is read as a receipt: %+v (%v)", r, err)
	}
}

func TestIsReceiptCode(t *testing.T) {
	for words, want := range map[string]string{"abc def": "ABCDEF", "KV9NDR": "KV9NDR", "KV9ND0": "", "KV9ND": "", "回执码一二三": "", "": ""} {
		if got, ok := IsReceiptCode(words); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q %v", words, got, ok)
		}
	}
}
