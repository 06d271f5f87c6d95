package sample

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// addTeams adds the resident team members (驻村工作队员) of 甲镇.
func (b *builder) addTeams() error {
	for _, row := range b.data.members {
		if err := b.addMember(row); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) addMember(row member) error {
	village, err := b.villageOf(row.village)
	if err != nil {
		return err
	}
	home, err := b.unitRef(row.home)
	if err != nil {
		return err
	}
	number, err := b.idNumber(row)
	if err != nil {
		return err
	}
	rec := b.add(ledgers.Team, idOf(ledgers.Team, village.id, strconv.Itoa(b.memberNo)), village.id)
	b.teams[village.name] = append(b.teams[village.name], rec)
	rec.Put("village", village.ref())
	rec.Put("name", model.Text(b.names.name()))
	rec.Put("id_number", model.Text(number))
	rec.Put("home_unit", home)
	for key, s := range map[string]string{
		"ethnic": row.ethnic, "birth": row.birth, "education": row.education, "duty": row.duty,
		"skill": row.skill, "phone": row.phone, "remark": row.remark,
	} {
		rec.Put(key, model.Text(s))
	}
	if err := b.putService(rec, row); err != nil {
		return err
	}
	return cmp.Or(b.pick(rec, "village_kind", village.kind), b.pick(rec, "gender", row.gender),
		b.pick(rec, "politics", row.politics), b.pick(rec, "role", row.role),
		b.pick(rec, "home_level", b.levelWord(row.home)))
}

// levelWord is the level of a unit in the word of units.csv.
func (b *builder) levelWord(unit string) string {
	f := b.ledgers.Ledger(ledgers.Unit).Field("level")
	return f.OptionLabel(b.units[unit].Get("level").Text)
}

// putService sets the dates of party membership, work and the term in the village.
func (b *builder) putService(rec *model.Record, row member) error {
	for key, months := range map[string]int{"party_since": row.partyMonths, "work_since": row.workYears * 12} {
		if months == 0 {
			continue
		}
		v, err := b.words.monthsAgo(months)
		if err != nil {
			return err
		}
		rec.Put(key, v)
	}
	from := b.month(-row.sentMonths).First().Add(9)
	to, err := b.termEnd(row.term, from)
	if err != nil {
		return err
	}
	rec.Put("from", model.OnDay(from))
	rec.Put("to", model.OnDay(to))
	return nil
}

var termForms = struct{ years, left, recalled *regexp.Regexp }{
	years:    regexp.MustCompile(`^(\d+)年$`),
	left:     regexp.MustCompile(`^(\d+)天$`),
	recalled: regexp.MustCompile(`^召回(\d+)天前$`),
}

// termEnd reads column 任期届满: 2年 from the start, 25天 from today, 召回10天前.
func (b *builder) termEnd(s string, from model.Day) (model.Day, error) {
	if m := termForms.years.FindStringSubmatch(s); m != nil {
		return model.NewDay(from.Year()+atoi(m[1]), atoi(string(from[5:7])), from.DayOfMonth()), nil
	}
	if m := termForms.left.FindStringSubmatch(s); m != nil {
		return b.words.today.Add(atoi(m[1])), nil
	}
	if m := termForms.recalled.FindStringSubmatch(s); m != nil {
		return b.words.today.Add(-atoi(m[1])), nil
	}
	return "", model.Errorf(model.CodeInvalid, "演示数据 team.csv 的任期届满“%s”应写成 2年、25天 或 召回10天前。", s)
}

// idNumber makes an identity number in the unassigned area 990101 with the right
// check digit, so that no real person can have it: the month of birth is the
// row's, day and sequence count up.
func (b *builder) idNumber(row member) (string, error) {
	b.memberNo++
	sequence := 2 * b.memberNo // odd for men
	if row.gender == "男" {
		sequence++
	}
	digits := fmt.Sprintf("%s%s%02d%03d", countyCode, strings.ReplaceAll(row.birth, "-", ""), 1+b.memberNo%28, sequence)
	check := rule.IDCheck(digits)
	if check == 0 {
		return "", model.Errorf(model.CodeInvalid, "演示数据 team.csv 的出生年月“%s”应写成 1985-03。", row.birth)
	}
	return digits + string(check), nil
}
