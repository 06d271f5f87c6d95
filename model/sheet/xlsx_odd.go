package sheet

import "fmt"

// oddity is something wrong with single cells that reading got over. People are
// told, because a value may be missing or not the one they see in WPS.
type oddity uint8

const (
	oddDuplicate    oddity = iota // two cells claim one place
	oddPlace                      // an address that contradicts its row or lies outside the sheet
	oddString                     // a shared text that is not in the file
	oddFormula                    // a formula without its cached value
	oddLink                       // a formula that reads another workbook
	oddUncalculated               // a formula whose cached zero its writer never worked out
	oddGarbled                    // bytes that no character has
	oddKinds
)

// oddWords says how each was taken and what to do.
var oddWords = [oddKinds]string{
	oddDuplicate:    "在文件里出现两次，取后一次，请核对。",
	oddPlace:        "在文件里写错了位置，可能没有读全，请用 WPS 打开另存一次再导入。",
	oddString:       "指向不存在的文字，按空白处理，请核对原表。",
	oddFormula:      "是公式，但文件里没有存计算结果，按空白处理。请用 WPS 打开保存一次再导入。",
	oddUncalculated: "是公式，文件里存的结果是 0，但没有真正算过。请用 WPS 打开保存一次再导入。",
	oddGarbled:      "里有认不出的文字（显示为 \uFFFD），请核对。",
	oddLink:         "的公式引用了别的文件，取的是上次保存时的结果，请核对。",
}

// oddities counts what was odd on one sheet: the first place and how many. It
// stays small however damaged the sheet is.
type oddities [oddKinds]struct {
	row, col, n int
}

func (o *oddities) note(what oddity, at Cell) {
	if o[what].n == 0 {
		o[what].row, o[what].col = at.Row, at.Col
	}
	o[what].n++
}

// report warns of each kind once.
func (o *oddities) report(rd *reading, sheet string) {
	for what, found := range o {
		if found.n == 0 {
			continue
		}
		place := CellName(found.row, found.col)
		if found.n > 1 {
			place += fmt.Sprintf(" 等 %d 格", found.n)
		}
		rd.warn("工作表“%s”的 %s %s", sheet, place, oddWords[what])
	}
}
