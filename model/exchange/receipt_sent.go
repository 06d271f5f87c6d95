package exchange

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// AcceptedRow is a row that a receipt covers. Left are the paths of its values that
// were held back or are open: the receipt does not cover those.
type AcceptedRow struct {
	ID   string `json:"id"`
	Left []Path `json:"left,omitempty"`
}

// ReceiptMark is the receipt of one table in short: its code, and the day on which it
// came in.
type ReceiptMark struct {
	Code string    `json:"code"`
	On   model.Day `json:"on"`
}

// Sent is what a table says that goes up, so that the receipt can be held against it.
type Sent struct {
	Form   string       `json:"form"`
	Period model.Period `json:"period"`
	Area   string       `json:"area"` // of the sender, by the receiver's id
	Rows   []SentRow    `json:"rows"`
}

// SentRow is one row: what it says, by path, in the words that the code is made of.
type SentRow struct {
	ID    string          `json:"id"`
	Cells map[Path]string `json:"cells"`
}

// Sent returns what the return says, as its receiver will read it.
func (r *Return) Sent() Sent {
	out := Sent{Form: r.form.Key, Period: r.Period, Area: r.Sender.Area}
	for _, row := range r.Rows {
		out.Rows = append(out.Rows, SentRow{row.ID, r.rowCells(row)})
	}
	return out
}

// Code returns the code of a receipt that covers all of it.
func (s Sent) Code() string { return receiptCode(s.Form, s.Period, s.Area, s.lines(nil)) }

// lines are the canonical lines of rows, without the values left out; nil rows are all.
func (s Sent) lines(rows []AcceptedRow) []string {
	left := map[string][]Path{}
	for _, a := range rows {
		left[a.ID] = a.Left
	}
	var out []string
	for _, row := range s.Rows {
		gone, covered := left[row.ID]
		if rows != nil && !covered {
			continue
		}
		cells := maps.Clone(row.Cells)
		for _, p := range gone {
			delete(cells, p)
		}
		out = append(out, rowLine(row.ID, cells))
	}
	slices.Sort(out)
	return out
}

// Received holds a receipt against what was sent and returns the ids of the rows that
// the receiver has whole; ok is false where the receipt is of something else. A code
// alone (rows nil) covers all or nothing.
func (s Sent) Received(code string, rows []AcceptedRow) (ids []string, ok bool) {
	if receiptCode(s.Form, s.Period, s.Area, s.lines(rows)) != code {
		return nil, false
	}
	for _, row := range s.Rows {
		i := slices.IndexFunc(rows, func(a AcceptedRow) bool { return a.ID == row.ID })
		if rows == nil || i >= 0 && len(rows[i].Left) == 0 {
			ids = append(ids, row.ID)
		}
	}
	return ids, true
}

// rowLine writes a row canonically: id, then path=value sorted, so that neither the
// order of columns nor of rows plays a part.
func rowLine(id string, cells map[Path]string) string {
	parts := make([]string, 0, len(cells))
	for p, words := range cells {
		parts = append(parts, string(p)+"="+words)
	}
	slices.Sort(parts)
	return id + "\x1f" + strings.Join(parts, "\x1f")
}

// receiptCode returns the 6 characters by which sender and receiver can tell
// over the phone that they hold the same figures: the first 30 bits of SHA-256
// over form, period, area and the accepted rows (id and normalised values,
// sorted), the parts joined by the characters U+001E and U+001F. It guards
// against mix-ups, not against forgery.
func receiptCode(form string, period model.Period, area string, lines []string) string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{form, string(period), area}, lines...), "\x1e")))
	bits := uint64(sum[0])<<24 | uint64(sum[1])<<16 | uint64(sum[2])<<8 | uint64(sum[3])
	bits >>= 2
	code := make([]byte, 6)
	for i := range code {
		code[len(code)-1-i] = receiptAlphabet[bits&31]
		bits >>= 5
	}
	return string(code)
}

// IsReceiptCode reports whether words look like a receipt's code, and returns it as it
// is written.
func IsReceiptCode(words string) (string, bool) {
	code := strings.ToUpper(strings.Join(strings.Fields(words), ""))
	if len(code) != 6 || strings.Trim(code, receiptAlphabet) != "" {
		return code, false
	}
	return code, true
}

// acceptedOf returns the rows that a receipt covers of those that came in.
func acceptedOf(whole, accepted []ReturnRow) []AcceptedRow {
	cells := map[int]map[Path]Entry{}
	for _, row := range whole {
		cells[row.Row] = row.Cells
	}
	out := make([]AcceptedRow, len(accepted))
	for i, row := range accepted {
		out[i].ID = row.ID
		for p := range cells[row.Row] {
			if _, kept := row.Cells[p]; !kept {
				out[i].Left = append(out[i].Left, p)
			}
		}
		slices.Sort(out[i].Left)
	}
	slices.SortFunc(out, func(x, y AcceptedRow) int { return cmp.Compare(x.ID, y.ID) })
	return out
}

// receiptName is the very hidden sheet of a receipt.
const receiptName = "_xzhz"

// Receipt is a receipt as its sheet says it.
type Receipt struct {
	Version int           `json:"version"`
	Code    string        `json:"code"`
	Form    string        `json:"form"`
	Period  model.Period  `json:"period"`
	From    string        `json:"from"` // who received
	On      model.Day     `json:"on"`
	Rows    []AcceptedRow `json:"rows"`
}

// receiptSheet writes what a receipt covers where people do not see it.
func receiptSheet(in ReceiptInput) (sheet.OutSheet, error) {
	words, err := json.Marshal(Receipt{Version: wireVersion, Code: in.Code, Form: in.FormKey, Period: in.Period, From: in.From,
		On: model.DayOf(in.At), Rows: in.Rows})
	if err != nil {
		return sheet.OutSheet{}, err
	}
	out := sheet.OutSheet{Name: receiptName, Visibility: sheet.VeryHidden}
	for _, part := range chunks(string(words)) {
		out.Rows = append(out.Rows, sheet.OutRow{Cells: []sheet.OutCell{sheet.TextCell(part, sheet.Style{})}})
	}
	return out, nil
}

// ReadReceipt reads the receipt that a workbook is; nil if it is none. One that has lost
// its hidden sheet has its code in the cell beside 回执码.
func ReadReceipt(b *sheet.Book) (*Receipt, error) {
	if s := b.Sheet(receiptName); s != nil {
		var words strings.Builder
		for i := range s.Rows {
			words.WriteString(s.Value(s.Rows[i].Index, 1).Text)
		}
		var r Receipt
		if err := json.Unmarshal([]byte(words.String()), &r); err != nil {
			return nil, model.Wrap(err, model.CodeDamaged, "回执里的隐藏信息已损坏，请让上级重新发一份，或把 6 位回执码报给您。")
		}
		if r.Version > wireVersion {
			return nil, model.Errorf(model.CodeNewer, "这份回执是较新版本的程序出的，请先升级本程序。")
		}
		return &r, nil
	}
	if len(b.Sheets) == 0 || len(b.Sheets[0].Rows) < 2 {
		return nil, nil
	}
	s := &b.Sheets[0]
	if strings.TrimSpace(s.Value(2, 1).Text) != codeHead {
		return nil, nil
	}
	if code, ok := IsReceiptCode(s.Value(2, 2).Text); ok {
		return &Receipt{Code: code}, nil
	}
	return nil, nil
}

// codeHead stands beside the code of a receipt.
const codeHead = "回执码"
