package sheet

import "fmt"

// The looks of the frame that nearly every county table has (DOMAIN §1): a title
// merged over the table, the 填报单位 line, the header, the line for signatures.
var (
	TitleStyle  = Style{Role: Title, Align: AlignCenter}
	NoteStyle   = Style{Role: Note, Wrap: true, Align: AlignLeft}
	LineStyle   = Style{Role: Note}
	HeaderStyle = Style{Role: Header, Align: AlignCenter, Wrap: true, Border: true, Fill: "F4F5F7"}
)

// The heights of the frame's rows in points.
const (
	TitleHeight  = 32
	LineHeight   = 22
	HeaderHeight = 34
	SignHeight   = 24
)

// SignLine is for the signatures on paper.
const SignLine = "单位主要负责人（签字）：　　　　　　　　审核人：　　　　　　　　填表人："

// DemoTitle marks the title of a table made from the sample county.
func DemoTitle(title string, demo bool) string {
	if demo {
		return "【演示数据】" + title
	}
	return title
}

// UnitLine is the 填报单位 line of a table that goes up; the seal and the phone
// are left for the pen.
func UnitLine(unit, filler, day string) string {
	return fmt.Sprintf("填报单位（盖章）：%s　　填报人：%s　　联系电话：　　　　　　填报时间：%s", unit, filler, day)
}

// AddLine adds a row of one text merged over the columns from first to last.
func (s *OutSheet) AddLine(text string, style Style, height float64, first, last int) {
	cells := make([]OutCell, first)
	cells[first-1] = TextCell(text, style)
	s.Rows = append(s.Rows, OutRow{Height: height, Cells: cells})
	s.Merges = append(s.Merges, Range{len(s.Rows), first, len(s.Rows), last})
}
