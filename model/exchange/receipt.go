package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// rowText writes a row canonically: id, then path=value of its filled cells to
// be filled, sorted, so that neither the order of columns nor of rows plays a
// part. Of a value held back it has the words, for the next try is another return.
func (r *Return) rowText(row ReturnRow) string {
	var parts []string
	for p, e := range row.Cells {
		tg, ok := r.form.targets[p]
		if ok && e.Held {
			parts = append(parts, string(p)+"=?"+e.raw.Text)
		} else if ok && e.Value.Set && (r.form.fillable(p) || r.base[row.ID] == nil) {
			parts = append(parts, string(p)+"="+tg.Field.Show(e.Value))
		}
	}
	slices.Sort(parts)
	return row.ID + "\x1f" + strings.Join(parts, "\x1f")
}

// Fingerprint identifies what a return says: sender, form, period, 填报时间 and
// the rows. The same content saved again by another program, under another name
// or with its rows in another order, has the same fingerprint. What could not be
// read counts too: the file without it is another.
func (r *Return) Fingerprint() string {
	lines := append(r.rowTexts(r.Rows), slices.Sorted(slices.Values(r.unread))...)
	head := []string{r.Sender.Area, r.form.Key, string(r.Period), string(r.Sender.StatedOn)}
	sum := sha256.Sum256([]byte(strings.Join(append(head, lines...), "\x1e")))
	return hex.EncodeToString(sum[:])
}

func (r *Return) rowTexts(rows []ReturnRow) []string {
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = r.rowText(row)
	}
	slices.Sort(lines)
	return lines
}

// receiptAlphabet has 32 letters and digits; 0 O 1 I are left out, since they
// sound and look alike over the phone.
const receiptAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// receiptCode returns the 6 characters by which sender and receiver can tell
// over the phone that they hold the same figures: the first 30 bits of SHA-256
// over form, period, area and the accepted rows (id and normalised values,
// sorted), the parts joined by the characters U+001E and U+001F. It guards
// against mix-ups, not against forgery.
func (r *Return) receiptCode(accepted []ReturnRow) string {
	head := []string{r.form.Key, string(r.Period), r.Sender.Area}
	sum := sha256.Sum256([]byte(strings.Join(append(head, r.rowTexts(accepted)...), "\x1e")))
	bits := uint64(sum[0])<<24 | uint64(sum[1])<<16 | uint64(sum[2])<<8 | uint64(sum[3])
	bits >>= 2
	code := make([]byte, 6)
	for i := range code {
		code[len(code)-1-i] = receiptAlphabet[bits&31]
		bits >>= 5
	}
	return string(code)
}

// ReceiptInput is what a receipt says.
type ReceiptInput struct {
	Code, Area, Form, File, From, Status string
	Period                               model.Period
	Counts                               Counts
	At                                   time.Time
}

// BuildReceipt makes the small workbook that tells a sender what became of its
// table (回执).
func BuildReceipt(in ReceiptInput) *sheet.Out {
	title := in.Area + in.Form + "回执"
	lines := [][2]string{
		{"回执码", in.Code}, {"报送单位", in.Area}, {"报表", in.Form}, {"期间", PeriodWords(in.Period)}, {"文件", in.File},
		{"接收单位", in.From}, {"接收时间", in.At.Format("2006-01-02 15:04")}, {"结果", in.Status},
		{"新增", count(in.Counts.Add)}, {"修改", count(in.Counts.Update)}, {"清空", count(in.Counts.Cleared)}, {"相同", count(in.Counts.Same)},
		{"少报的行", count(in.Counts.MissingRows)}, {"冲突", count(in.Counts.Conflict)}, {"问题", count(in.Counts.Problem)},
	}
	s := sheet.OutSheet{Name: "回执", Cols: []sheet.OutCol{{Width: 14}, {Width: 46}},
		Rows:   []sheet.OutRow{{Height: 32, Cells: []sheet.OutCell{sheet.TextCell(title, sheet.TitleStyle)}}},
		Merges: []sheet.Range{{R1: 1, C1: 1, R2: 1, C2: 2}}}
	for _, l := range lines {
		s.Rows = append(s.Rows, sheet.OutRow{Height: 22, Cells: []sheet.OutCell{
			sheet.TextCell(l[0], sheet.Style{Border: true, Fill: guardFill, Align: sheet.AlignCenter}),
			sheet.TextCell(l[1], sheet.Style{Border: true, Format: "@", Align: sheet.AlignLeft})}})
	}
	return &sheet.Out{Title: title, Creator: in.From, Modified: in.At, Sheets: []sheet.OutSheet{s}}
}

func count(n int) string { return fmt.Sprintf("%d 行", n) }
