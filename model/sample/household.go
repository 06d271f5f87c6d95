package sample

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// monitored is a line of household.csv: a monitored household. Plan names what is
// wrong with it on purpose (DOMAIN §6), "" for most.
type monitored struct {
	village, group, kind, category, risk, measures, clearWay, plan string
	people, identified, income                                     int
	cleared                                                        int // months ago, 0 = not
}

// What can be wrong with a household of the sample.
const (
	planBeforeIdentified = "消除早于识别"
	planNoClearedDate    = "缺消除时间"
	planNotCleared       = "未消除有时间"
	planBeforeClue       = "识别早于线索"
	planNoVisit          = "上月未走访"
	planNoMeasure        = "无措施"
	planTwice            = "与下一户证件重复"
)

func (d *data) readMonitored(l line) {
	d.households = append(d.households, monitored{
		village: l.text("村"), group: l.text("组"), people: l.number("家庭人口"), kind: l.text("户类型"), category: l.text("监测对象类别"),
		identified: l.number("几个月前识别"), risk: l.text("致贫返贫风险"), income: l.number("人均纯收入"), measures: l.text("帮扶措施"),
		cleared: l.number("几个月前消除"), clearWay: l.text("风险消除方式"), plan: l.text("安排"),
	})
}

var houseForm = regexp.MustCompile(`^(.+村)监测户(\d)$`)

// householdNamed reads 青山村监测户1: the first of the village's, counted as in
// household.csv; nil if there is none.
func (b *builder) householdNamed(words string) *model.Record {
	m := houseForm.FindStringSubmatch(words)
	if m == nil {
		return nil
	}
	nth := atoi(m[2])
	for _, rec := range b.records {
		if rec.Ledger != ledgers.Household || rec.Get("village").Text != m[1] {
			continue
		}
		if nth--; nth == 0 {
			return rec
		}
	}
	return nil
}

// addHouseholds adds the monitored households (监测户) of 甲镇 with their members,
// measures and visits.
func (b *builder) addHouseholds() error {
	for i, row := range b.data.households {
		if err := b.addHousehold(i, row); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) addHousehold(i int, row monitored) error {
	village, err := b.villageOf(row.village)
	if err != nil {
		return err
	}
	rec := b.add(ledgers.Household, idOf(ledgers.Household, strconv.Itoa(i)), village.id)
	rec.Put("village", village.ref())
	rec.Put("group", model.Text(row.group))
	rec.Put("householder", model.Text(b.names.name()))
	rec.Put("population", model.Int(int64(row.people)))
	rec.Put("income_pc", model.Int(int64(row.income)*100))
	rec.Put("kind", model.List(strings.Split(row.kind, "、")...))
	for _, key := range []string{"schooling", "medical", "water", "power"} {
		rec.Put(key, model.Bool(true))
	}
	rec.Put("unsafe_house", model.Bool(false))
	if helper := b.member(row.village, 1); helper != nil {
		rec.Put("helper", refTo(helper, "name"))
	}
	if err := b.putMonitoring(rec, row); err != nil {
		return err
	}
	if err := b.addPeople(i, rec, row); err != nil {
		return err
	}
	if err := b.addMeasures(i, rec, row); err != nil {
		return err
	}
	b.addVisits(i, rec, village, row)
	return nil
}

// putMonitoring sets identification and clearing, as the national system writes
// them (202603), with what is planted.
func (b *builder) putMonitoring(rec *model.Record, row monitored) error {
	for key, months := range map[string]int{"identified_on": row.identified, "cleared_on": row.cleared} {
		if months == 0 {
			continue
		}
		v, err := b.words.read(strings.ReplaceAll(string(b.month(-months)), "-", ""))
		if err != nil {
			return err
		}
		rec.Put(key, v)
	}
	rec.Put("cleared", model.Bool(row.clearWay != ""))
	if row.plan == planBeforeClue {
		rec.Put("clue_on", model.OnDay(b.month(1-row.identified).First().Add(7)))
	}
	for key, word := range map[string]string{"category": row.category, "risk1": row.risk, "clear_way": row.clearWay} {
		if err := b.pick(rec, key, word); err != nil {
			return err
		}
	}
	return nil
}

// kin is a member of a sample household beside its head.
type kin struct {
	relation, gender, labour, education, student string
	age                                          int
}

var kinsfolk = []kin{
	{"配偶", "女", "普通劳动力", "初中", "", 41}, {"子女", "男", "无劳动力", "", "小学", 11}, {"父母", "女", "无劳动力", "小学", "", 72},
	{"子女", "女", "无劳动力", "", "初中", 14}, {"父母", "男", "丧失劳动力", "小学", "", 75},
}

// addPeople adds a household's members, the head first. Where the household lacks
// labour, only its head can work.
func (b *builder) addPeople(i int, house *model.Record, row monitored) error {
	head := kin{"户主", "男", "普通劳动力", "初中", "", 45}
	for n, k := range append([]kin{head}, kinsfolk[:row.people-1]...) {
		if row.risk == "缺劳动力" && n > 0 {
			k.labour = "无劳动力"
		}
		m := b.add(ledgers.HouseholdMember, idOf(ledgers.HouseholdMember, strconv.Itoa(i), strconv.Itoa(n)), house.Area)
		m.Put("household", refTo(house, "householder"))
		name, number, err := b.memberIdentity(i, n, house, k)
		if err != nil {
			return err
		}
		m.Put("name", model.Text(name))
		m.Put("id_number", model.Text(number))
		for key, s := range map[string]string{"relation": k.relation, "education": k.education, "student": k.student, "health": "健康"} {
			m.Put(key, model.Text(s))
		}
		if n == 0 {
			house.Put("id_number", model.Text(number))
			m.Put("job", model.Text("县内务工"))
			m.Put("job_months", model.Int(6))
		}
		if err := b.pick(m, "gender", k.gender); err != nil {
			return err
		}
		if err := b.pick(m, "labour", k.labour); err != nil {
			return err
		}
	}
	return nil
}

// memberIdentity gives a member a name and a number. The second member of a
// household that comes after one planted as 证件重复 has that one's number.
func (b *builder) memberIdentity(i, n int, house *model.Record, k kin) (name, number string, err error) {
	if n == 0 {
		name = house.Get("householder").Text
	} else {
		name = b.names.name()
	}
	birth := fmt.Sprintf("%d-%02d", b.words.today.Year()-k.age, 1+(i+3*n)%9)
	if number, err = b.idNumber(member{gender: k.gender, birth: birth}); err != nil || n != 1 {
		return name, number, err
	}
	if b.data.households[i].plan == planTwice {
		b.repeated = number
	} else if b.repeated != "" {
		number, b.repeated = b.repeated, ""
	}
	return name, number, nil
}

// addMeasures adds what was done for a household in the month after it was identified.
func (b *builder) addMeasures(i int, house *model.Record, row monitored) error {
	if row.measures == "" {
		return nil
	}
	for n, kind := range strings.Split(row.measures, "、") {
		m := b.add(ledgers.Measure, idOf(ledgers.Measure, strconv.Itoa(i), strconv.Itoa(n)), house.Area)
		m.Put("household", refTo(house, "householder"))
		m.Put("content", model.Text("落实"+kind))
		m.Put("from", model.OnDay(b.month(-row.identified).Last().Add(5+n)))
		if err := b.pick(m, "kind", kind); err != nil {
			return err
		}
	}
	return nil
}

// visitedMonths is for how many months before this one each household was visited.
const visitedMonths = 3

// addVisits adds a visit a month, this month included, but for a planted gap.
func (b *builder) addVisits(i int, house *model.Record, village *place, row monitored) {
	for ago := visitedMonths; ago >= 0; ago-- {
		if row.plan == planNoVisit && ago == 1 {
			continue
		}
		day := b.month(-ago).First().Add(14 + i%12)
		if ago == 0 {
			day = min(day, b.words.today)
		}
		v := b.add(ledgers.Visit, idOf(ledgers.Visit, strconv.Itoa(i), strconv.Itoa(ago)), village.id)
		v.Put("visited_on", model.OnDay(day))
		v.Put("household", refTo(house, "householder"))
		v.Put("village", village.ref())
		v.Put("at_home", model.Text("在家"))
		v.Put("topics", model.Text([]string{"收入核算", "政策宣传", "安全住房", "饮水安全"}[(i+ago)%4]))
		if m := b.member(row.village, 1); m != nil {
			v.Put("visitor", refTo(m, "name"))
		}
		if (i+ago)%9 == 0 {
			v.Put("problem", model.Text("希望介绍务工岗位"))
			v.Put("handling", model.Text("现场解决"))
			v.Put("done_on", v.Get("visited_on"))
		}
	}
}
