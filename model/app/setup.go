package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// Setup is what a new ledger begins with: whose it is, and the list of villages
// that a clerk has pasted.
type Setup struct {
	Above    string      // name of the area above (县), "" if not said
	Unit     string      // name of 本级单位
	Level    model.Level // of 本级单位
	Owner    string      // who works with the ledger, "" if not said
	Desks    []string    // 我管哪几摊; none means all
	Villages []Village   // the areas next below, in their order
	Units    []string    // units of the place besides areas: 站所, 工作组
	Persons  []Member    // who else works there
	Import   string      // a workbook to take in afterwards, "" for none
}

// Village is one line of the list of villages.
type Village struct {
	Name             string
	Secretary, Cadre Contact // 村党组织书记, 包村干部
}

// Member is a person who works at a village or unit of the setup, else at the
// ledger's own unit.
type Member struct{ Name, Unit string }

// Contact is a person with the phone they are called at for work.
type Contact struct{ Name, Phone string }

// levelsBelow gives for each level of a ledger's unit that of the areas next below.
var levelsBelow = map[model.Level]model.Level{
	model.LevelCounty: model.LevelTown, model.LevelTown: model.LevelVillage, model.LevelVillage: model.LevelGroup,
}

// LevelAbove is the level of the area above a unit of level l.
func LevelAbove(l model.Level) model.Level {
	for above, below := range levelsBelow {
		if below == l {
			return above
		}
	}
	if l == model.LevelCounty {
		return model.LevelCity
	}
	return ""
}

// LevelBelow is the level of the areas next below a unit of level l.
func LevelBelow(l model.Level) model.Level { return levelsBelow[l] }

// Check says what keeps the setup from being carried out; the error's Field is
// unit, level or villages.
func (s Setup) Check() error {
	if text.Clean(s.Unit) == "" {
		return &model.Error{Code: model.CodeInvalid, Field: "unit", Message: "请写本级单位的名称，例如 甲镇。"}
	}
	if levelsBelow[s.Level] == "" {
		return &model.Error{Code: model.CodeInvalid, Field: "level", Message: "请选本级单位是县、乡镇还是村。"}
	}
	seen := map[string]string{}
	for i, v := range s.Villages {
		name, key := text.Clean(v.Name), text.Place(v.Name)
		if name == "" {
			return &model.Error{Code: model.CodeInvalid, Field: "villages", Message: fmt.Sprintf("第 %d 行没有村名，请补上或删掉这一行。", i+1)}
		}
		if first, again := seen[key]; again {
			return &model.Error{Code: model.CodeInvalid, Field: "villages", Message: fmt.Sprintf("“%s”和“%s”是同一个村，请删掉一行。", first, name)}
		}
		seen[key] = name
	}
	return nil
}

// CreateWith makes a new ledger file as a setup describes it and opens it. If the
// setup or its workbook is refused, no file is left behind.
func CreateWith(ctx context.Context, o Options, s Setup) (*App, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	a, err := Create(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := a.begin(ctx, s); err != nil {
		return nil, errors.Join(err, a.Close(), os.Remove(o.Path))
	}
	return a, nil
}

// begin fills a new ledger by its setup and takes in its workbook.
func (a *App) begin(ctx context.Context, s Setup) error {
	if _, err := a.SetUp(ctx, s); err != nil || s.Import == "" {
		return err
	}
	results, err := a.Import(ctx, ImportRequest{Files: []string{s.Import}})
	if err != nil {
		return err
	}
	return results[0].Err
}

// SetUp makes the areas, units, persons and posts of a new ledger in one operation
// and settles whose ledger it is. A ledger that has a unit already is refused.
func (a *App) SetUp(ctx context.Context, s Setup) (Done, error) {
	if err := s.Check(); err != nil {
		return Done{}, err
	}
	if a.home != nil {
		return Done{}, model.Errorf(model.CodeRefused, "这本台账已经是“%s”的了。要给别的单位建台账，请新建一个文件。", a.homeName())
	}
	var done Done
	var err error
	label := fmt.Sprintf("新建“%s”的台账，%d 个下级", text.Clean(s.Unit), len(s.Villages))
	done.Op, err = a.do(ctx, model.KindFound, label, func(tx *store.Tx) error {
		f := &founder{ctx: ctx, tx: tx, setup: s, cadres: map[string]*model.Record{}, places: map[string]*model.Record{}}
		for _, step := range []func() error{f.top, f.units, f.villages, f.members, f.owner, f.settings} {
			if err := step(); err != nil {
				return err
			}
		}
		done.Records = f.made
		return nil
	})
	if err != nil {
		return Done{}, err
	}
	if err := a.loadHome(ctx); err != nil {
		return done, err
	}
	return done, a.ActAs(ctx, "")
}

// founder makes the records of a setup, those that others refer to first.
type founder struct {
	ctx    context.Context
	tx     *store.Tx
	setup  Setup
	home   *model.Record
	path   []string                 // names from the top to the unit
	boss   *model.Record            // who works with the ledger
	cadres map[string]*model.Record // 包村干部 by name
	places map[string]*model.Record // villages and units by name
	made   []*model.Record
}

func (f *founder) add(rec *model.Record) error {
	f.made = append(f.made, rec)
	return f.tx.Add(rec)
}

// area makes an area below another, nil for none, as the n-th of its kind.
func (f *founder) area(name string, level model.Level, path []string, above *model.Record, n int) (*model.Record, error) {
	rec := model.NewRecord(ledgers.Area, ledgers.AreaID("", append(slices.Clone(path), name)))
	rec.Area = rec.ID
	rec.Put("name", model.Text(name))
	rec.Put("level", model.Text(string(level)))
	if above != nil {
		rec.Put("parent", model.Reference(above.ID, above.Get("name").Text))
	}
	if n > 0 {
		rec.Put("order", model.Int(int64(n)))
	}
	return rec, f.add(rec)
}

// top makes the unit and the area above it.
func (f *founder) top() (err error) {
	var above *model.Record
	if name := text.Clean(f.setup.Above); name != "" {
		if above, err = f.area(name, LevelAbove(f.setup.Level), nil, nil, 0); err != nil {
			return err
		}
		f.path = []string{name}
	}
	name := text.Clean(f.setup.Unit)
	f.home, err = f.area(name, f.setup.Level, f.path, above, 0)
	f.path = append(f.path, name)
	return err
}

// units makes the units of the place that are no areas.
func (f *founder) units() error {
	for _, name := range f.setup.Units {
		rec := newRecord(ledgers.Unit, f.home.ID)
		rec.Put("name", model.Text(text.Clean(name)))
		rec.Put("place", f.homeRef())
		f.places[text.Place(name)] = rec
		if err := f.add(rec); err != nil {
			return err
		}
	}
	return nil
}

// newRecord makes a record of an area that has its id already, to be referred to.
func newRecord(ledger, area string) *model.Record {
	rec := model.NewRecord(ledger, uuid.Must(uuid.NewV7()).String())
	rec.Area = area
	return rec
}

func (f *founder) homeRef() model.Value { return model.Reference(f.home.ID, f.home.Get("name").Text) }

// villages makes the areas below with the persons in charge of them.
func (f *founder) villages() error {
	for i, v := range f.setup.Villages {
		area, err := f.area(text.Clean(v.Name), LevelBelow(f.setup.Level), f.path, f.home, i+1)
		if err != nil {
			return err
		}
		f.places[text.Place(v.Name)] = area
		if err := f.secretary(area, v.Secretary); err != nil {
			return err
		}
		if err := f.cadre(area, v.Cadre); err != nil {
			return err
		}
	}
	return nil
}

func (f *founder) secretary(village *model.Record, c Contact) error {
	if text.Clean(c.Name) == "" {
		return nil
	}
	who, err := f.person(c, model.Reference(village.ID, village.Get("name").Text), village.ID)
	if err != nil {
		return err
	}
	return f.post(who, village, ledgers.TitleVillageSecretary)
}

// cadre gives a village its 包村干部, who works at the unit and may have several.
func (f *founder) cadre(village *model.Record, c Contact) error {
	name := text.Clean(c.Name)
	if name == "" {
		return nil
	}
	who := f.cadres[name]
	if who == nil || c.Phone != "" && who.Get("phone").Text != "" && who.Get("phone").Text != text.Code(c.Phone) {
		var err error
		if who, err = f.person(c, f.homeRef(), f.home.ID); err != nil {
			return err
		}
		f.cadres[name] = who
	}
	return f.post(who, village, ledgers.TitleVillageCadre)
}

func (f *founder) person(c Contact, unit model.Value, area string) (*model.Record, error) {
	rec := newRecord(ledgers.Person, area)
	rec.Put("name", model.Text(text.Clean(c.Name)))
	rec.Put("unit", unit)
	rec.Put("phone", model.Text(text.Code(c.Phone)))
	return rec, f.add(rec)
}

func (f *founder) post(who, village *model.Record, title string) error {
	rec := newRecord(ledgers.Post, village.ID)
	rec.Put("person", model.Reference(who.ID, who.Get("name").Text))
	rec.Put("at", model.Reference(village.ID, village.Get("name").Text))
	rec.Put("title", model.Text(title))
	return f.add(rec)
}

// members makes the other persons, each where they work.
func (f *founder) members() error {
	for _, m := range f.setup.Persons {
		unit, area := f.homeRef(), f.home.ID
		if at := f.places[text.Place(m.Unit)]; at != nil {
			unit, area = model.Reference(at.ID, at.Get("name").Text), at.Area
		}
		if _, err := f.person(Contact{Name: m.Name}, unit, area); err != nil {
			return err
		}
	}
	return nil
}

// owner makes the person who works with the ledger, unless they are on the list.
func (f *founder) owner() (err error) {
	name := text.Clean(f.setup.Owner)
	if f.boss = f.cadres[name]; name == "" || f.boss != nil {
		return nil
	}
	f.boss, err = f.person(Contact{Name: name}, f.homeRef(), f.home.ID)
	return err
}

func (f *founder) settings() error {
	values := map[string]string{rule.UnitHome: f.home.ID, rule.UnitDesks: strings.Join(f.setup.Desks, "、")}
	if f.boss != nil {
		values[rule.UnitOwner] = f.boss.ID
	}
	for key, value := range values {
		if value == "" {
			continue
		}
		if err := putSetting(f.ctx, f.tx, key, value, ""); err != nil {
			return err
		}
	}
	return nil
}
