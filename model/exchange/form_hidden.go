package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// hiddenName is the very hidden sheet that travels with a form. It says which
// form of which period the workbook is, for whom, and what stood in it when it
// went out.
const hiddenName = "_xz"

// wireVersion is raised when an older program could misread the hidden sheet.
const wireVersion = 1

// hidden is the content of the hidden sheet.
type hidden struct {
	Version  int          `json:"version"`
	Form     string       `json:"form"`
	Label    string       `json:"label"`
	Period   model.Period `json:"period"`
	Area     string       `json:"area"`
	AreaName string       `json:"area_name"`
	AreaCode string       `json:"area_code,omitempty"`
	From     string       `json:"from"`
	Issue    string       `json:"issue"`
	IssuedAt time.Time    `json:"issued_at"`
	// Receipts travel down with the next file (CLERK 17).
	Receipts []ReceiptMark `json:"receipts,omitempty"`

	order []string
	base  map[string]map[Path]model.Value
}

// hiddenSheet writes meta in A1, one row a record below (id, base as JSON), and
// a checksum over all of it last.
func hiddenSheet(in FormInput, r *resolved) (sheet.OutSheet, error) {
	meta, err := json.Marshal(hidden{Version: wireVersion, Form: in.Form.Key, Label: in.Form.Label, Period: in.Period,
		Area: in.Area, AreaName: in.AreaName, AreaCode: in.AreaCode, From: in.From, Issue: in.IssueID, IssuedAt: in.IssuedAt.UTC(), Receipts: in.Receipts})
	if err != nil {
		return sheet.OutSheet{}, err
	}
	lines := [][]string{{string(meta)}}
	for _, row := range in.Rows {
		base, err := json.Marshal(r.safeBase(in, row))
		if err != nil {
			return sheet.OutSheet{}, err
		}
		lines = append(lines, append([]string{row.ID}, chunks(string(base))...))
	}
	lines = append(lines, []string{checksumMark, checksum(lines)})
	out := sheet.OutSheet{Name: hiddenName, Visibility: sheet.VeryHidden}
	for _, line := range lines {
		var cells []sheet.OutCell
		for _, s := range line {
			cells = append(cells, sheet.TextCell(s, sheet.Style{}))
		}
		out.Rows = append(out.Rows, sheet.OutRow{Cells: cells})
	}
	return out, nil
}

const checksumMark = "#sum"

// cellLimit is how many characters Excel keeps in a cell, less a margin.
const cellLimit = 30_000

func chunks(s string) []string {
	var out []string
	for r := []rune(s); len(r) > 0; {
		n := min(len(r), cellLimit)
		out, r = append(out, string(r[:n])), r[n:]
	}
	return out
}

// secretMark begins the keyed hash that stands for a sensitive base value.
const secretMark = "#"

// safeBase is a row's base with sensitive values replaced by their keyed hash.
func (r *resolved) safeBase(in FormInput, row FormRow) map[Path]model.Value {
	out := make(map[Path]model.Value, len(row.Values))
	for p, v := range row.Values {
		if tg, ok := r.targets[p]; ok && tg.Field.Sensitive && v.Set && in.Hash != nil {
			v = model.Text(secretMark + in.Hash(v.Text))
		}
		if v.Set {
			out[p] = v
		}
	}
	return out
}

func checksum(lines [][]string) string {
	h := sha256.New()
	for _, line := range lines {
		fmt.Fprintf(h, "%q\n", line)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// readHidden reads the hidden sheet back; nil if there is none. Where it has
// been damaged the base is left out and a warning says so: what depends on it
// is then asked rather than guessed.
func readHidden(b *sheet.Book) (*hidden, string) {
	s := b.Sheet(hiddenName)
	if s == nil || len(s.Rows) == 0 {
		return nil, ""
	}
	var h hidden
	if err := json.Unmarshal([]byte(s.Cell(1, 1).Text), &h); err != nil {
		return nil, "表里的隐藏信息已损坏，只能按表面内容认。"
	}
	h.base = map[string]map[Path]model.Value{}
	var lines [][]string
	for i := range s.Rows {
		line := texts(s.Rows[i])
		if line[0] == checksumMark {
			if len(line) == 2 && line[1] == checksum(lines) {
				return &h, ""
			}
			break
		}
		lines = append(lines, line)
		if i == 0 {
			continue
		}
		var base map[Path]model.Value
		if err := json.Unmarshal([]byte(strings.Join(line[1:], "")), &base); err == nil {
			h.order = append(h.order, line[0])
			h.base[line[0]] = base
		}
	}
	h.order, h.base = nil, nil
	return &h, "表里的隐藏原值被改动过，不再采用；有出入的地方都会列出来请您核对。"
}

func texts(r sheet.Row) []string {
	out := make([]string, len(r.Cells))
	for i, c := range r.Cells {
		out[i] = c.Text
	}
	return out
}
