package sample

import (
	"cmp"
	"fmt"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// place is an area while the sample is built.
type place struct {
	id, name, code, kind string
	level                model.Level
	above                *place
	below                []*place // townships of the county, villages of a township
	pattern              string   // whose lines of the csv files it follows
	households           int64
}

func (p *place) ref() model.Value { return model.Reference(p.id, p.name) }

// isCopy reports whether Scale made the place: it has no line of its own.
func (p *place) isCopy() bool { return p.pattern != p.name }

// path lists the names from the top down to the place.
func (p *place) path() []string {
	if p == nil {
		return nil
	}
	return append(p.above.path(), p.name)
}

func (b *builder) addPlaces() error {
	places := map[string]*place{} // by name; only the county and townships are above others
	for _, row := range b.data.places {
		p, err := b.addPlace(row, places[row.above])
		if err != nil {
			return err
		}
		switch row.level {
		case model.LevelCounty:
			b.county = p
			places[row.name] = p
		case model.LevelTown:
			places[row.name] = p
		}
	}
	for n := 1; n < b.options.Scale; n++ {
		if err := b.addCopy(n); err != nil {
			return err
		}
	}
	return nil
}

// addPlace adds the area of a line and its groups (村民小组).
func (b *builder) addPlace(row placeRow, above *place) (*place, error) {
	p := &place{
		name: row.name, code: row.code, level: row.level, above: above,
		pattern: row.name, kind: row.kind, households: int64(row.households),
	}
	p.id = ledgers.AreaID(p.code, p.path())
	rec := b.addArea(p)
	rec.Put("code", model.Text(row.code))
	rec.Put("aliases", model.Text(row.aliases))
	if row.households > 0 {
		rec.Put("households", model.Int(p.households))
		rec.Put("population", model.Int(int64(row.population)))
		above.households += p.households
	}
	if err := b.pick(rec, "kind", row.kind); err != nil {
		return nil, err
	}
	if above != nil {
		above.below = append(above.below, p)
		rec.Put("order", model.Int(int64(len(above.below))))
	}
	for i, name := range row.groups {
		group := &place{name: name, level: model.LevelGroup, above: p}
		group.id = ledgers.AreaID("", group.path())
		b.addArea(group).Put("order", model.Int(int64(i+1)))
	}
	return p, nil
}

// addArea adds the record of a place. An area belongs to itself.
func (b *builder) addArea(p *place) *model.Record {
	rec := b.add(ledgers.Area, p.id, p.id)
	rec.Put("name", model.Text(p.name))
	rec.Put("level", model.Text(string(p.level)))
	if p.above != nil {
		rec.Put("parent", p.above.ref())
	}
	return rec
}

// addCopy adds the n-th further township like 甲镇: 示例四镇 with 青山四村 and so on.
func (b *builder) addCopy(n int) error {
	numeral := han(n + originalTowns)
	original := b.town(DefaultUnit)
	row := placeRow{name: "示例" + numeral + "镇", code: copyCode(n), level: model.LevelTown}
	town, err := b.addPlace(row, b.county)
	if err != nil {
		return err
	}
	town.pattern = original.pattern
	for _, row := range b.data.places {
		if row.above != original.name {
			continue
		}
		stem := strings.TrimSuffix(row.name, "村")
		copied := row
		copied.name = stem + numeral + "村"
		copied.code = town.code[:townDigits] + row.code[townDigits:]
		copied.aliases = strings.ReplaceAll(row.aliases, stem, stem+numeral)
		copied.groups = nil
		village, err := b.addPlace(copied, town)
		if err != nil {
			return err
		}
		village.pattern = row.name
	}
	return nil
}

const (
	originalTowns = 3 // 甲镇, 乙镇, 丙乡: copies count on from them
	townDigits    = 9 // digits of a 12-digit code that name the township
	countyCode    = "990101"
)

// copyCode numbers the copies as towns (镇) from 103 on and, past 199, as
// townships (乡) from 202 on.
func copyCode(n int) string {
	number := 102 + n
	if number > 199 {
		number += 2
	}
	return fmt.Sprintf("%s%03d000", countyCode, number)
}

// town returns the township of that name, nil if there is none.
func (b *builder) town(name string) *place {
	for _, t := range b.county.below {
		if t.name == name {
			return t
		}
	}
	return nil
}

// villages returns every village, or those of the townships of one pattern.
func (b *builder) villages(pattern string) []*place {
	var out []*place
	for _, t := range b.county.below {
		if pattern == "" || t.pattern == pattern {
			out = append(out, t.below...)
		}
	}
	return out
}

// villageOf returns the village of 甲镇 of that name.
func (b *builder) villageOf(name string) (*place, error) {
	for _, v := range b.town(DefaultUnit).below {
		if v.name == name {
			return v, nil
		}
	}
	return nil, model.Errorf(model.CodeInvalid, "演示数据里写了%s的“%s”，areas.csv 里没有这个村。", DefaultUnit, name)
}

// addUnits adds departments, stations and working groups, and the units that
// send out team members, which lie outside the county.
func (b *builder) addUnits() error {
	for _, row := range b.data.units {
		at := b.county
		if row.place != "" && row.place != b.county.name {
			at = b.town(row.place)
		}
		if at == nil {
			return model.Errorf(model.CodeInvalid, "演示数据 units.csv 里“%s”的所在“%s”不在 areas.csv 里。", row.name, row.place)
		}
		rec := b.add(ledgers.Unit, idOf(ledgers.Unit, row.name), at.id)
		rec.Put("name", model.Text(row.name))
		rec.Put("short", model.Text(row.short))
		rec.Put("remark", model.Text(row.remark))
		if row.place != "" {
			rec.Put("place", at.ref())
		}
		if above := b.units[row.above]; above != nil {
			rec.Put("parent", refTo(above, "name"))
		} else if row.above != "" {
			return model.Errorf(model.CodeInvalid, "演示数据 units.csv 里“%s”的上级“%s”要写在它前面。", row.name, row.above)
		}
		if err := cmp.Or(b.pick(rec, "kind", row.kind), b.pick(rec, "level", row.level)); err != nil {
			return err
		}
		b.units[row.name] = rec
	}
	return nil
}

// unitRef is a reference to a unit of units.csv.
func (b *builder) unitRef(name string) (model.Value, error) {
	rec := b.units[name]
	if rec == nil {
		return model.Value{}, model.Errorf(model.CodeInvalid, "演示数据里写了单位“%s”，units.csv 里没有。", name)
	}
	return refTo(rec, "name"), nil
}
