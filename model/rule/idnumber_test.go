package rule

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

func TestIDInfo(t *testing.T) {
	tests := []struct {
		id    string
		birth model.Day
		male  bool
		ok    bool
	}{
		{"990101198503150025", "1985-03-15", false, true},
		{"990101197907301235", "1979-07-30", true, true},
		{"99010119880808003X", "1988-08-08", true, true},
		{"990101200002290556", "2000-02-29", true, true},
		{"990101850315002", "1985-03-15", false, true},
		{"99010119850315002543", "1985-03-15", false, true},   // disability card
		{"9901011985031500254301", "1985-03-15", false, true}, // reissued
		{"99010119850315002583", "", false, false},            // category 8
		{"99010119850315002545", "", false, false},            // grade 5
		{"990101198503150026", "1985-03-15", false, false},
		{"99010119880808003x", "1988-08-08", true, false}, // not normalised
		{"990101190002290005", "", false, false},          // 1900 was no leap year
		{"99010119850315002", "", false, false},
		{"99010185023000A", "", false, false},
		{"", "", false, false},
	}
	for _, tt := range tests {
		birth, male, ok := IDInfo(tt.id)
		if ok != tt.ok || ok && (birth != tt.birth || male != tt.male) {
			t.Errorf("IDInfo(%s) = %s %v %v, want %s %v %v", tt.id, birth, male, ok, tt.birth, tt.male, tt.ok)
		}
	}
}

func TestIDProblem(t *testing.T) {
	tests := []struct {
		id, rule string // "" = sound
		level    model.Severity
	}{
		{"990101198503150025", "", ""},
		{"99010119880808003X", "", ""},
		{"99010119850315002543", "", ""},
		{"990101850315002", "id_old", model.Doubt},
		{"990101850230002", "id_birth", model.Fault},
		{"990101198503150026", "id_check", model.Fault},
		{"990101198513150025", "id_birth", model.Fault},
		{"990101198002302000", "id_damaged", model.Fault},
		{"990101198503150000", "id_damaged", model.Fault},
		{"9.90101198503150E+17", "id_damaged", model.Fault},
		{"99010119850315", "id_length", model.Fault},
		{"990101198503150025001", "id_length", model.Fault},
		{"99010119850315002593", "id_card", model.Fault},
		{"99010119880808003A", "id_signs", model.Fault},
		{"99010119880808003X43", "", ""},
		{"E12345678", "id_other", model.Doubt},
		{"张示例一", "id_signs", model.Fault},
		{"99010119850315００25", "id_signs", model.Fault},
		{"9901011985X3150025", "id_signs", model.Fault},
	}
	for _, tt := range tests {
		p := idProblem(tt.id)
		switch {
		case tt.rule == "" && p != nil:
			t.Errorf("%s: %s, want nothing", tt.id, p.Rule)
		case tt.rule != "" && (p == nil || p.Rule != tt.rule || p.Level != tt.level):
			t.Errorf("%s: %+v, want %s %s", tt.id, p, tt.rule, tt.level)
		}
	}
}

func TestIDProblem_SoundTailOf000(t *testing.T) {
	for seq := range 10 { // one of these ends in 000 with a sound check digit
		for day := 1; day <= 28; day++ {
			head := fmt.Sprintf("990101198%d03%02d00", seq, day)
			if id := head + "0"; IDCheck(id) == '0' {
				if p := idProblem(id + "0"); p == nil || p.Rule != "id_tail" || p.Level != model.Doubt {
					t.Errorf("%s0: %+v, want the doubt id_tail", id, p)
				}
				return
			}
		}
	}
	t.Fatal("no such number found")
}

// drawID makes a sound number in area 99, which nobody has.
func drawID(t *rapid.T) string {
	day := model.Day("1950-01-01").Add(rapid.IntRange(0, 25000).Draw(t, "day"))
	head := "9901" + fmt.Sprintf("%02d", rapid.IntRange(1, 99).Draw(t, "county")) + day.Time().Format("20060102") +
		fmt.Sprintf("%03d", rapid.IntRange(1, 999).Draw(t, "sequence"))
	return head + string(IDCheck(head))
}

func TestIDCheck_FindsEveryWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := []byte(drawID(t))
		if _, _, ok := IDInfo(string(id)); !ok {
			t.Fatalf("%s is not sound", id)
		}
		i := rapid.IntRange(0, 16).Draw(t, "place")
		d := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if id[i] == d {
			t.Skip("same digit")
		}
		id[i] = d
		if _, _, ok := IDInfo(string(id)); ok {
			t.Fatalf("%s passes with digit %d wrong", id, i+1)
		}
	})
}

func TestIDCheck_WantsSeventeenDigits(t *testing.T) {
	for _, s := range []string{"", "9901011985031500", "99010119850315002A", "990101198503150025"} {
		if got := IDCheck(s); got != 0 {
			t.Errorf("IDCheck(%q) = %c", s, got)
		}
	}
}
