package sheet

import (
	"slices"
	"strings"
	"testing"
)

// TestTemplate_Choices reads the lists of cells: words, blocks of cells, also of
// another sheet and of the newer kind; others offer nothing.
func TestTemplate_Choices(t *testing.T) {
	path := countyFile(t, func(p map[string]string) {
		s := strings.Replace(p[grownPart], "'表 一'!$H$12:$H$14", "$A$3:$C$3", 1)
		p[grownPart] = strings.Replace(s, "<dataValidations count=\"2\">", `<dataValidations count="4"><dataValidation type="whole" sqref="D5"><formula1>1</formula1><formula2>9</formula2></dataValidation><dataValidation type="list" sqref="D6"><formula1>INDIRECT($A6)</formula1></dataValidation>`, 1)
		p["xl/worksheets/sheet2.xml"] = strings.Replace(p["xl/worksheets/sheet2.xml"], `<row r="1">`, `<row r="1"><c r="A1" t="inlineStr"><is><t>优</t></is></c></row><row r="2"><c r="A2"><v>2</v></c></row><row r="3">`, 1)
		p["xl/worksheets/sheet2.xml"] = strings.NewReplacer(`<c r="A1"><f>`, `<c r="C3"><f>`, `r="B1"`, `r="D3"`).Replace(p["xl/worksheets/sheet2.xml"])
	})
	tpl, err := OpenTemplate(path)
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string][]string{"C6": {"是", "否"}, "B7": {"序号", "名称", "是否"}, "E5": {"优", "2"}, "A5": nil, "D5": nil, "D6": nil, "C8": nil} {
		row, col, _ := ParseCellName(cell)
		if got := tpl.Choices("表 一", row, col); !slices.Equal(got, want) {
			t.Errorf("%s offers %v, want %v", cell, got, want)
		}
	}
}
