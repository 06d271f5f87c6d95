// Package sample builds the sample county (示例县): a township with sixteen
// villages that a clerk recognises as her own work, two more townships in
// outline, and the county above them. All of it is invented: place names,
// persons (张示例一), identity numbers in the unassigned area 990101.
//
// What it says stands in csv files under assets/sample, which people who do not
// program can edit; this package turns them into records around a given day. It
// is pure: the same options give the same records with the same ids.
package sample

import (
	"cmp"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/assets"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// The places a sample ledger is usually opened as (本级).
const (
	DefaultUnit = "甲镇"
	CountyUnit  = "示例县"
)

// maxScale bounds Options.Scale: beyond it the county's range of township codes
// (102–199 for 镇, 200–399 for 乡) is used up.
const maxScale = 200

// Options say which sample to build.
type Options struct {
	// Today is the day around which everything is dated; required.
	Today model.Day
	// Unit is the county or the township the ledger is opened as; "" is 甲镇. The
	// records are the same for every unit: only Home and Owner differ.
	Unit string
	// Scale multiplies the full townships: 1 (or 0) is 甲镇 with its 16 villages,
	// 100 is a hundred like it with 1,600 villages and 11,000 village tasks.
	Scale int
}

// County is the sample county as seen from one unit.
type County struct {
	// Records stand in the order in which to add them: owners and parents before
	// what refers to them, tasks as a tree from the top.
	Records []*model.Record
	Home    string // id of the area that the ledger is opened as
	Owner   string // id of the person who acts by default: that unit's clerk (录入员)
}

// Build makes the sample county. CreatedAt and the like are left to the store. A
// unit that the county does not have is refused with CodeNotFound, a bad day or
// scale with CodeInvalid; an error in a csv file names the file and, where it
// can, line and column.
func Build(o Options) (*County, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	d, err := load(assets.Sample())
	if err != nil {
		return nil, err
	}
	return build(d, o)
}

// build runs the steps in the order in which records depend on one another.
func build(d *data, o Options) (*County, error) {
	b := newBuilder(d, o)
	for _, step := range []func() error{b.addPlaces, b.addUnits, b.addPosts, b.addTasks, b.addTeams, b.addResidence, b.addHouseholds, b.addListed} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	home, err := b.home(cmp.Or(o.Unit, DefaultUnit))
	if err != nil {
		return nil, err
	}
	return &County{Records: b.records, Home: home.id, Owner: b.clerks[home.id]}, nil
}

// clerkDuty ends the duty of the person who keeps a unit's ledger.
const clerkDuty = "录入员"

func (o Options) check() error {
	if _, ok := model.ParseDay(string(o.Today)); !ok {
		return model.Errorf(model.CodeInvalid, "演示数据需要一个日期，“%s”不是日期，应写成 2026-11-22。", o.Today)
	}
	if o.Scale < 0 || o.Scale > maxScale {
		return model.Errorf(model.CodeInvalid, "演示数据的倍数应在 1–%d 之间，现在是 %d。", maxScale, o.Scale)
	}
	return nil
}

// home returns the county or the township of that name.
func (b *builder) home(unit string) (*place, error) {
	names := make([]string, 0, 1+len(b.county.below))
	for _, p := range append([]*place{b.county}, b.county.below...) {
		if p.name == unit {
			return p, nil
		}
		if !p.isCopy() {
			names = append(names, p.name)
		}
	}
	return nil, model.Errorf(model.CodeNotFound, "演示数据里没有“%s”，可以选 %s。", unit, strings.Join(names, "、"))
}

// builder collects the records and remembers what later ones refer to.
type builder struct {
	data     *data
	options  Options
	ledgers  *model.Catalog
	words    words
	names    namer
	records  []*model.Record
	county   *place
	units    map[string]*model.Record // by name
	holders  map[holding]model.Value  // who holds a post now
	clerks   map[string]string        // id of the person who keeps a place's ledger
	memberNo int
	teams    map[string][]*model.Record // members by the name of the village of 甲镇
	repeated string                     // number that the next household repeats (planTwice)
}

func newBuilder(d *data, o Options) *builder {
	return &builder{
		data: d, options: o,
		ledgers: model.NewCatalog(ledgers.All()...),
		words:   newWords(o.Today),
		names:   namer{surnames: d.surnames},
		units:   map[string]*model.Record{},
		holders: map[holding]model.Value{},
		clerks:  map[string]string{},
		teams:   map[string][]*model.Record{},
	}
}

// space is the name space of the sample's ids; areas have their own.
var space = uuid.MustParse("0b7f5d0e-8c11-5a0f-9d6e-7a1d5f2c9b3a")

// idOf derives a record's id from what makes it that record.
func idOf(parts ...string) string {
	return uuid.NewSHA1(space, []byte(strings.Join(parts, "/"))).String()
}

// add appends a new record of an area and returns it.
func (b *builder) add(ledger, id, area string) *model.Record {
	rec := model.NewRecord(ledger, id)
	rec.Area = area
	b.records = append(b.records, rec)
	return rec
}

// pick sets a choice field by its word; a word that the field does not offer is
// an error of the csv files.
func (b *builder) pick(rec *model.Record, key, word string) error {
	if word == "" {
		return nil
	}
	f := b.ledgers.Ledger(rec.Ledger).Field(key)
	o, ok := f.FindOption(word)
	if !ok {
		return model.Errorf(model.CodeInvalid, "演示数据里的“%s”不是“%s”的可选项。", word, f.Label)
	}
	rec.Put(key, model.Text(o.Key))
	return nil
}

// refTo is a reference to a record by its words.
func refTo(rec *model.Record, title string) model.Value {
	return model.Reference(rec.ID, rec.Get(title).Text)
}
