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

// rowText writes a row canonically.
func (r *Return) rowText(row ReturnRow) string { return rowLine(row.ID, r.rowCells(row)) }

// rowCells is what a row says: its filled cells to be filled, by path. Of a value held
// back it has the words, for the next try is another return.
func (r *Return) rowCells(row ReturnRow) map[Path]string {
	out := map[Path]string{}
	for p, e := range row.Cells {
		tg, ok := r.form.targets[p]
		if ok && e.Held {
			out[p] = "?" + e.shown().Text
		} else if ok && e.Value.Set && (r.form.fillable(p) || r.base[row.ID] == nil) {
			out[p] = tg.Field.Show(e.Value)
		}
	}
	return out
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

// receiptCode is the code over the accepted rows.
func (r *Return) receiptCode(accepted []ReturnRow) string {
	return receiptCode(r.form.Key, r.Period, r.Sender.Area, r.rowTexts(accepted))
}

// ReceiptInput is what a receipt says.
type ReceiptInput struct {
	Code, Area, Form, File, From, Status string
	FormKey                              string
	Period                               model.Period
	Counts                               Counts
	At                                   time.Time
	Rows                                 []AcceptedRow // that the code covers
}

// BuildReceipt makes the small workbook that tells a sender what became of its
// table (回执).
func BuildReceipt(in ReceiptInput) (*sheet.Out, error) {
	title := in.Area + in.Form + "回执"
	lines := [][2]string{
		{codeHead, in.Code}, {"报送单位", in.Area}, {"报表", in.Form}, {"期间", PeriodWords(in.Period)}, {"文件", in.File},
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
	covered, err := receiptSheet(in)
	return &sheet.Out{Title: title, Creator: in.From, Modified: in.At, Sheets: []sheet.OutSheet{s, covered}}, err
}

func count(n int) string { return fmt.Sprintf("%d 行", n) }
