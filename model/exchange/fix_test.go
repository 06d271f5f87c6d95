package exchange

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// peopleLedger knows three persons, two of one name.
func peopleLedger(t *testing.T) *memLedger {
	m := newLedger(t)
	for i, p := range [][2]string{{"张示例一", "990101198503150025"}, {"李示例二", "99010119790730123X"}, {"李示例二", "990101196001010019"}} {
		id := taskID(700 + i)
		m.put(ledgers.Person, id, areaID(1), map[string]model.Value{"name": model.Text(p[0]), "id_number": model.Text(p[1]), "unit": model.Reference(areaID(1), "甲一村")})
	}
	return m
}

// people is a list of persons whose ID numbers were typed as numbers.
func people(rows ...string) *sheet.Book {
	return &sheet.Book{Format: sheet.XLSX, Sheets: []sheet.Sheet{sheetFrom(append([]string{"序号|姓名|单位|证件号码|联系电话"}, rows...))}}
}

// planPeople plans the list; offered are the fixes of rule, by cell.
func planPeople(m *memLedger, b *sheet.Book, rule string) (p *Plan, offered []string) {
	p = m.planImport(b, ledgers.Person)
	for _, q := range p.Problems {
		for _, x := range q.Fixes {
			if q.Rule == rule {
				offered = append(offered, q.Cell+" "+x.Label+" "+x.Words)
			}
		}
	}
	return p, offered
}

func TestPlanImport_KnownID(t *testing.T) {
	m := peopleLedger(t)
	b := people("1|张示例一|甲一村|990101198503150000|", "2|李示例二|甲一村|990101197907301000|", "3|王示例三|甲一村|990101198503150000|",
		"4|张示例一|甲二村|990101199903150000|", "5|李示例二|甲一村|9.90101197907301E+17|")
	p, offered := planPeople(m, b, "id_damaged")
	want := []string{"D2 采用台账里“张示例一”的证件号码 990101198503150025", "D3 采用台账里“李示例二”的证件号码 99010119790730123X", "D6 采用台账里“李示例二”的证件号码 99010119790730123X"}
	if slices.Sort(offered); !slices.Equal(offered, want) {
		t.Fatalf("offered %q, want %q", offered, want)
	}
	for _, r := range p.Rows {
		for _, rec := range r.Records {
			if i := slices.IndexFunc(rec.Fields, func(f FieldPlan) bool { return f.Field == "id_number" && f.Outcome == Take }); i >= 0 {
				t.Errorf("row %d: a damaged number was taken in silence: %+v", r.Row, rec.Fields[i])
			}
		}
	}
}

func TestIsNear(t *testing.T) {
	for _, c := range []struct {
		id   string
		num  float64
		want bool
	}{
		{"990101198503150991", 990101198503151000, true}, // rounded up into the fifteenth digit
		{"990101198503150025", 990101198503150025, true},
		{"990101198503150025", 990101198503160000, false},
		{"99010119850315002X", 990101198503150020, false},
	} {
		if got := isNear(c.id, sheet.Cell{Kind: sheet.Number, Num: c.num}); got != c.want {
			t.Errorf("%s %f: %v", c.id, c.num, got)
		}
	}
	if isNear("990101198503150025", sheet.Cell{Kind: sheet.Text, Num: 990101198503150025}) {
		t.Error("a text is not rounded")
	}
}

func TestPlan_ApplyToAllAlike(t *testing.T) {
	m := peopleLedger(t)
	b := people("1|张示例一|甲一村|990101198503150000|", "2|李示例二|甲一村|990101197907301000|", "3|王示例三|甲一村|990101198503150000|")
	p, _ := planPeople(m, b, "id_damaged")
	i := slices.IndexFunc(p.Problems, func(q model.Problem) bool { return len(q.Fixes) > 0 })
	corrections := p.Apply(p.Problems[i], p.Problems[i].Fixes[0])
	if len(corrections) != 2 {
		t.Fatalf("%+v", corrections)
	}
	again, offered := planPeople(m, Correct(b, corrections), "id_damaged")
	if len(offered) > 0 {
		t.Errorf("still offered %q", offered)
	}
	left := 0
	for _, q := range again.Problems {
		if q.Rule == "id_damaged" {
			left++
		}
	}
	if left != 1 {
		t.Errorf("%d damaged numbers left, want that of the stranger", left)
	}
	if rec := again.Rows[1].Records; len(rec) != 1 || rec[0].ID != taskID(701) {
		t.Errorf("row 2 is about %+v", rec)
	}
	if got := b.Sheets[0].Cell(2, 4); got.Kind != sheet.Number {
		t.Errorf("the book as read was changed: %+v", got)
	}
}

func TestAlike(t *testing.T) {
	problem := func(file, field, cell string, kinds ...string) model.Problem {
		p := model.Problem{Rule: "r", Ledger: "l", Field: field, File: file, Sheet: "表", Cell: cell}
		for _, k := range kinds {
			p.Fixes = append(p.Fixes, model.Fix{Kind: k, Words: cell + k})
		}
		return p
	}
	all := []model.Problem{problem("a", "x", "A1", "1", "2"), problem("a", "x", "A2", "2"), problem("a", "x", "A3", "1"), problem("a", "y", "B1", "1"), problem("b", "x", "A1", "1"), problem("a", "x", "", "1")}
	got := Alike(all, all[0], all[0].Fixes[0])
	if want := []Correction{{"表", "A1", "A11"}, {"表", "A3", "A31"}}; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestCorrect(t *testing.T) {
	s := sheetFrom([]string{"甲|乙|丙", "1||3", "4|5|6"}, "A2:A3")
	b := &sheet.Book{Sheets: []sheet.Sheet{s}}
	out := Correct(b, []Correction{{"表", "B2", "新"}, {"表", "A3", "块"}, {"表", "C3", "旧"}, {"表", "C3", "末"}, {"无此表", "A1", "x"}, {"表", "坏", "x"}, {"表", "A9", "x"}})
	want := "A2=块 B2=新 C2=3 | A3=4 B3=5 C3=末"
	var rows []string
	for _, r := range out.Sheets[0].Rows[1:] {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, sheet.CellName(c.Row, c.Col)+"="+c.Text)
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	if got := strings.Join(rows, " | "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if b.Sheets[0].Cell(2, 2).Text != "" || b.Sheets[0].Cell(2, 1).Text != "1" {
		t.Error("the book given was changed")
	}
}
