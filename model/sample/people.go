package sample

import (
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// Scopes of posts.csv that mean more than one place.
const (
	everyTown    = "每个乡镇"
	everyVillage = "每个村"
	ourVillages  = "甲镇各村" // and those of the townships made like it
)

// holding is a post held now: by the place and the title or the duty in words.
type holding struct{ place, title string }

// addPosts adds every post (任职) with the person who holds or held it.
func (b *builder) addPosts() error {
	for _, row := range b.data.posts {
		places := b.scope(row.scope)
		if len(places) == 0 {
			return model.Errorf(model.CodeInvalid, "演示数据 posts.csv 的范围“%s”不在 areas.csv 里。", row.scope)
		}
		for _, p := range places {
			if err := b.addPost(row, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// scope returns the places of a scope; a single name means the county, a
// township or a village of 甲镇.
func (b *builder) scope(words string) []*place {
	switch words {
	case everyTown:
		return b.county.below
	case everyVillage:
		return b.villages("")
	case ourVillages:
		return b.villages(DefaultUnit)
	case b.county.name:
		return []*place{b.county}
	}
	if t := b.town(words); t != nil {
		return []*place{t}
	}
	if v, err := b.villageOf(words); err == nil {
		return []*place{v}
	}
	return nil
}

func (b *builder) addPost(row postRow, at *place) error {
	duty, err := b.words.fill(row.duty, map[string]string{"所在": at.name})
	if err != nil {
		return err
	}
	office := at.ref()
	if row.unit != "" {
		if office, err = b.unitRef(row.unit); err != nil {
			return err
		}
	}
	person, err := b.addPerson(row, at, duty, office)
	if err != nil {
		return err
	}
	post := b.add(ledgers.Post, idOf(ledgers.Post, person.ID), at.id)
	post.Put("person", refTo(person, "name"))
	post.Put("at", office)
	post.Put("from", model.OnDay(b.yearsAgo(row.since, 7, 1)))
	if err := b.pick(post, "title", row.title); err != nil {
		return err
	}
	if row.until > 0 {
		post.Put("to", model.OnDay(b.yearsAgo(row.until, 6, 30)))
		return nil
	}
	if strings.HasSuffix(duty, clerkDuty) {
		b.clerks[at.id] = person.ID
	}
	b.holders[holding{at.id, row.title}] = refTo(person, "name")
	b.holders[holding{at.id, duty}] = refTo(person, "name")
	return nil
}

// addPerson adds the person of a post at a place and its office.
func (b *builder) addPerson(row postRow, at *place, duty string, office model.Value) (*model.Record, error) {
	id := idOf(ledgers.Person, at.id, row.duty, strconv.Itoa(row.since))
	if row.title == ledgers.TitleVillageCadre { // one of the township's people
		at = at.above
		office = at.ref()
	}
	if row.until > 0 {
		duty = "原" + duty
	}
	nth := b.names.next
	rec := b.add(ledgers.Person, id, at.id)
	rec.Put("name", model.Text(b.names.name()))
	rec.Put("unit", office)
	rec.Put("duty", model.Text(duty))
	rec.Put("education", model.Text(educations[nth%len(educations)]))
	if err := b.pick(rec, "gender", genders[nth%len(genders)]); err != nil {
		return nil, err
	}
	return rec, b.pick(rec, "politics", ledgers.PartyMember)
}

// Attributes that vary from person to person.
var (
	educations = []string{"本科", "大专", "本科"}
	genders    = []string{"男", "男", "女", "男", "女"}
)

// yearsAgo is a day in an earlier year.
func (b *builder) yearsAgo(years, month, day int) model.Day {
	return model.NewDay(b.words.today.Year()-years, month, day)
}

// holder returns who holds a post at a place now; no value if nobody does.
func (b *builder) holder(at *place, titles ...string) model.Value {
	i := slices.IndexFunc(titles, func(t string) bool { return b.holders[holding{at.id, t}].Set })
	if i < 0 {
		return model.Value{}
	}
	return b.holders[holding{at.id, titles[i]}]
}
