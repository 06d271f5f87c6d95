package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/seal"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// A 下村包 (CLERK 9) is a small ledger of its own with the records of some villages,
// which somebody takes along where there is no township's ledger. It is opened and
// filled like any ledger; coming back, Collect takes in what was changed in it.

// CarryExt is the extension of a carried ledger. It differs from that of other ledgers
// so that one that comes back is taken in, and not opened in place of the township's.
const CarryExt = ".xzxc"

// IsCarried reports whether a file is a carried ledger, by its name.
func IsCarried(path string) bool { return strings.EqualFold(filepath.Ext(path), CarryExt) }

// besideCarried reports whether a folder or file is one that the program or SQLite keeps
// beside a carried ledger. 青山村-月报.xlsx beside 青山村.xzxc is none: it is to be read.
func besideCarried(path string) bool {
	if ledger, isLock := strings.CutSuffix(path, ".lock"); isLock {
		return IsCarried(ledger)
	}
	at := strings.LastIndexByte(path, '-')
	if at < 0 {
		return false
	}
	ours := slices.Contains([]string{"佐证", "备份", "回执", "代填", "收表解压"}, path[at+1:])
	return IsCarried(path[:at]) || ours && isFile(path[:at]+CarryExt) // its log, or a folder
}

// Carry says what goes to the villages, and with whom.
type Carry struct {
	Villages []string // ids of areas
	Who      string   // who takes it along, by name
	To       string   // "" = beside the ledger, by the villages and the time
	Password string   // locks the carried ledger; needed where this one has one, or with Sensitive
	// Sensitive are the keys of the ledgers whose sensitive columns go along.
	Sensitive []string
}

// CarriedOut tells what went out.
type CarriedOut struct {
	Op      int64
	Path    string
	Places  string
	Records int
	Open    bool // anybody who has the file can read it
}

// Words say what went out.
func (c CarriedOut) Words() string {
	secret := ""
	if c.Open {
		secret = "没有密码，请妥善保管。"
	}
	return fmt.Sprintf("已打下村包：%s，%d 条。%s放在 %s。", PlacesInShort(strings.Split(c.Places, "、")), c.Records, secret, c.Path)
}

// CarryName is the name that a carried ledger gets: by its villages and the time.
func (a *App) CarryName(places string) string {
	return text.FileName(fmt.Sprintf("%s-下村包-%s-%s", a.homeName(), places, a.now().Format(backupStamp))) + CarryExt
}

// CarryOut makes a small ledger of the records of some villages. What is carried is
// entered, and on 今日 until it is back.
func (a *App) CarryOut(ctx context.Context, req Carry) (CarriedOut, error) {
	if err := a.may(ctx, RightManage); err != nil {
		return CarriedOut{}, err
	}
	if a.home == nil {
		return CarriedOut{}, model.Errorf(model.CodeRefused, "这本台账还没有单位，没有村可以带。")
	}
	mine, err := a.CarriedHere(ctx)
	if err == nil && mine != nil {
		err = model.Errorf(model.CodeRefused, "这本就是带出来的下村包，不能再往外带。")
	}
	if err != nil {
		return CarriedOut{}, err
	}
	c := &carrier{App: a, req: req, res: a.resolver(ctx, a.store), ids: map[string]bool{}}
	if err := c.check(); err != nil {
		return CarriedOut{}, err
	}
	if req.Password == "" && len(req.Sensitive) > 0 {
		return CarriedOut{}, model.Errorf(model.CodeRefused, "带上证件号码、电话等敏感列的下村包要设密码。")
	}
	if err := a.fitPackPassword(req.Password); err != nil {
		return CarriedOut{}, err
	}
	if err := c.gather(ctx); err != nil {
		return CarriedOut{}, err
	}
	return c.write(ctx)
}

// carrier gathers what is carried.
type carrier struct {
	*App
	req    Carry
	res    *resolver
	note   *model.Record
	owners []*model.Record // persons of the name of who takes it along
	out    []*model.Record
	ids    map[string]bool // of what is carried
	reason string
}

// check says what keeps the request from being carried out, and describes the pack.
func (c *carrier) check() error {
	c.req.Who = text.Clean(c.req.Who)
	if len(c.req.Villages) == 0 {
		return &model.Error{Code: model.CodeInvalid, Field: "villages", Message: "请选要去的村。"}
	}
	if c.req.Who == "" {
		return &model.Error{Code: model.CodeInvalid, Field: "who", Message: "请写由谁带去，收回来时好找人。"}
	}
	var names []string
	for _, id := range c.req.Villages {
		if !c.res.isBelow(id, c.homeID()) || id == c.homeID() {
			return &model.Error{Code: model.CodeInvalid, Field: "villages", Message: "要去的只能是本单位下面的村。"}
		}
		names = append(names, c.res.area(id).Get("name").Text)
	}
	issue, err := uuid.NewV7()
	if err != nil {
		return err
	}
	c.reason = "下村包：" + c.req.Who
	c.note = model.NewRecord(ledgers.Bundle, "")
	c.note.Area = c.homeID()
	for key, v := range map[string]model.Value{
		"kind": model.Text(ledgers.BundleCarry), "who": model.Text(c.req.Who), "places": model.Text(strings.Join(names, "、")),
		"issue": model.Text(issue.String()), "source": model.Text(c.store.ID()), "made_on": model.OnDay(c.Today()), "made_at": model.Text(c.now().Local().Format(model.MomentLayout)),
	} {
		c.note.Put(key, v)
	}
	if c.req.To == "" {
		c.req.To = filepath.Join(filepath.Dir(c.Path()), c.CarryName(PlacesInShort(names)))
	}
	if !IsCarried(c.req.To) {
		c.req.To += CarryExt
	}
	if _, err := os.Stat(c.req.To); err == nil {
		return model.Errorf(model.CodeExists, "“%s”已经有了。下村包里可能有没收回来的改动，不能覆盖，请换一个名字。", filepath.Base(c.req.To))
	}
	return c.res.err
}

// PlacesInShort names villages as a file name does: 青山村等3个村.
func PlacesInShort(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return fmt.Sprintf("%s等%d个村", names[0], len(names))
}

// gather takes together the records that go: of the chosen villages, and what they
// cannot be understood without.
func (c *carrier) gather(ctx context.Context) error {
	params, err := c.Settings(ctx)
	if err != nil {
		return err
	}
	for _, l := range packOrder(c.Catalog()) {
		if l.System && !isDescription(l) && l.Key != ledgers.Parameter && l.Key != ledgers.Holiday || !keepingOf(params, l).Mine {
			continue
		}
		records, err := c.of(ctx, l)
		if err != nil {
			return err
		}
		slices.SortStableFunc(records, func(x, y *model.Record) int { return x.CreatedAt.Compare(y.CreatedAt) })
		if err := c.take(ctx, l, records); err != nil {
			return err
		}
	}
	c.cutLoose()
	return nil
}

// of returns the records of one ledger that go: all divisions, users' descriptions and
// settings; of units and people besides the villages' also those of the own unit and
// whoever takes the ledger along; of everything else what lies in the villages, with
// the items above it.
func (c *carrier) of(ctx context.Context, l *model.Ledger) ([]*model.Record, error) {
	within := func(rec *model.Record) bool {
		return slices.ContainsFunc(c.req.Villages, func(v string) bool { return c.res.isBelow(rec.Area, v) })
	}
	goes := within
	switch l.Key {
	case ledgers.Area, ledgers.UserLedger, ledgers.UserField, ledgers.Holiday:
		goes = func(*model.Record) bool { return true }
	case ledgers.Parameter:
		goes = func(rec *model.Record) bool { return !ofThisPC(rec.Get("key").Text) }
	case ledgers.Person, ledgers.Unit, ledgers.Post:
		goes = func(rec *model.Record) bool {
			return within(rec) || rec.Area == c.homeID() || l.Key == ledgers.Person && rec.Get("name").Text == c.req.Who
		}
	}
	all, chosen := map[string]*model.Record{}, map[string]*model.Record{}
	err := c.store.Each(ctx, model.Query{Ledger: l.Key}, func(rec *model.Record) error {
		if all[rec.ID] = rec; goes(rec) {
			chosen[rec.ID] = rec
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, rec := range slices.Collect(maps.Values(chosen)) {
		for up := all[rec.Get(l.Parent).ID]; l.Parent != "" && up != nil && chosen[up.ID] == nil; up = all[up.Get(l.Parent).ID] {
			chosen[up.ID] = up
		}
	}
	return slices.Collect(maps.Values(chosen)), c.res.err
}

// ofThisPC reports whether a parameter is about the PC or the office that the ledger
// lies with, which the carried one is not.
func ofThisPC(key string) bool {
	return slices.Contains([]string{rule.UnitOwner, rule.UnitInbox, rule.UnitOffice, rule.UnitOffices}, key)
}

// take adds records to what goes, with their sensitive values only where that was
// asked for, and entered beforehand.
func (c *carrier) take(ctx context.Context, l *model.Ledger, records []*model.Record) error {
	whole := slices.Contains(c.req.Sensitive, l.Key)
	shown, rows := map[string]bool{}, 0
	for _, rec := range records {
		values, has := stored(l, rec), false
		for i := range l.Fields {
			f := &l.Fields[i]
			switch _, is := values[f.Key]; {
			case !is || !f.Sensitive:
			case whole:
				shown[f.Label], has = true, true
			default:
				delete(values, f.Key)
			}
		}
		if has {
			rows++
		}
		if l.Key == ledgers.Person && values["name"].Text == c.req.Who {
			c.owners = append(c.owners, rec)
		}
		c.ids[rec.ID] = true
		c.out = append(c.out, &model.Record{Ledger: l.Key, ID: rec.ID, Area: rec.Area, Values: values})
	}
	return c.Disclose(ctx, l, slices.Sorted(maps.Keys(shown)), rows, c.reason, c.req.To)
}

// cutLoose leaves of references to what stays here their words.
func (c *carrier) cutLoose() {
	for _, rec := range c.out {
		l := c.Catalog().Ledger(rec.Ledger)
		for i := range l.Fields {
			f := &l.Fields[i]
			if v := rec.Values[f.Key]; f.Kind == model.KindRef && v.ID != "" && !c.ids[v.ID] {
				rec.Values[f.Key] = model.Reference("", v.Text)
			}
		}
	}
}

// write makes the small ledger and enters that it is out. If either fails there is no
// file; until it is entered the file has another name, so that none is carried away
// that this ledger knows nothing of.
func (c *carrier) write(ctx context.Context) (CarriedOut, error) {
	out := CarriedOut{Path: c.req.To, Places: c.note.Get("places").Text, Records: len(c.out), Open: c.req.Password == ""}
	draft := filepath.Join(filepath.Dir(c.req.To), ".未完成-"+filepath.Base(c.req.To))
	err := errors.Join(removeLedger(draft), c.make(ctx, draft)) // of one that was killed
	if err == nil {
		out.Op, err = c.enter(ctx)
	}
	if err == nil {
		err = os.Rename(draft, c.req.To)
	}
	if err != nil {
		return out, errors.Join(err, removeLedger(draft))
	}
	return out, nil
}

// make writes the small ledger.
func (c *carrier) make(ctx context.Context, path string) error {
	o := Options{Path: path, Now: c.now, Origin: c.origin}
	small, err := Create(ctx, o)
	if err != nil {
		return err
	}
	err = errors.Join(c.fill(ctx, small), small.Close())
	if err != nil || c.req.Password == "" {
		return err
	}
	key, err := seal.NewKey()
	if err != nil {
		return err
	}
	lock, err := withSlot(seal.Lock{}, key, seal.Password, c.req.Password, "", c.now())
	if err != nil {
		return err
	}
	return store.Relock(ctx, path, o.storeOptions(), &store.NewLock{Key: key, Lock: lock})
}

// fill writes everything into the small ledger in its first operation.
func (c *carrier) fill(ctx context.Context, small *App) error {
	_, err := small.do(ctx, model.KindFound, "从"+c.homeName()+"的台账带出", func(tx *store.Tx) error {
		if err := tx.AddAll(c.out); err != nil {
			return err
		}
		if len(c.owners) == 1 { // of two of a name nobody is taken for the other
			if err := putSetting(ctx, tx, rule.UnitOwner, c.owners[0].ID, ""); err != nil {
				return err
			}
		}
		note := c.entry(ledgers.BundleIn)
		note.Put("upto", model.Int(tx.Op()))
		return tx.Add(note)
	})
	return err
}

// enter notes here that the ledger is out.
func (c *carrier) enter(ctx context.Context) (int64, error) {
	return c.do(ctx, "carry", fmt.Sprintf("打下村包（%s，%s）", c.req.Who, c.note.Get("places").Text), func(tx *store.Tx) error {
		return tx.Add(c.entry(ledgers.BundleOut))
	})
}

// entry is what either side keeps of the pack.
func (c *carrier) entry(way string) *model.Record {
	rec := model.NewRecord(ledgers.Bundle, "")
	rec.Area = c.note.Area
	maps.Copy(rec.Values, c.note.Values)
	rec.Put("way", model.Text(way))
	rec.Put("rows", model.Int(int64(len(c.out))))
	rec.Put("file", model.Text(text.BaseName(c.req.To)))
	return rec
}

// removeLedger takes a ledger that failed to be made away, with what SQLite keeps
// beside it.
func removeLedger(path string) error {
	var all error
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

// CarriedHere returns the entry by which this ledger is a carried one, nil if it is an
// ordinary one.
func (a *App) CarriedHere(ctx context.Context) (*model.Record, error) {
	out, err := a.carried(ctx, ledgers.BundleIn)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	return out[0], nil
}

// CarriedOut lists the ledgers that were carried to the villages, newest first.
func (a *App) CarriedOut(ctx context.Context) (*model.Ledger, []*model.Record, error) {
	records, err := a.carried(ctx, ledgers.BundleOut)
	return a.Catalog().Ledger(ledgers.Bundle), records, err
}

func (a *App) carried(ctx context.Context, way string) ([]*model.Record, error) {
	page, err := a.store.List(ctx, model.Query{Ledger: ledgers.Bundle, Where: []model.Cond{
		{Field: "kind", Op: model.OpEq, Value: model.Text(ledgers.BundleCarry)}, {Field: "way", Op: model.OpEq, Value: model.Text(way)}}})
	slices.SortStableFunc(page.Records, func(x, y *model.Record) int {
		return strings.Compare(y.Get("made_at").Text, x.Get("made_at").Text)
	})
	return page.Records, err
}

// GiveUpCarried notes that a carried ledger will not come back, with the reason: it was
// lost, or nobody wrote in it. It is taken in all the same should it come.
func (a *App) GiveUpCarried(ctx context.Context, id, reason string) (Done, error) {
	if text.Clean(reason) == "" {
		return Done{}, &model.Error{Code: model.CodeInvalid, Field: "reason", Message: "请写为什么不再收回，例如 没有填、U盘丢了。"}
	}
	rec, err := a.store.Get(ctx, ledgers.Bundle, id)
	if err != nil {
		return Done{}, err
	}
	var done Done
	done.Op, err = a.do(ctx, "carry", "下村包不再收回（"+rec.Get("who").Text+"）", func(tx *store.Tx) error {
		_, err := tx.Set(ledgers.Bundle, id, map[string]model.Value{"given_up": model.Text(text.Clean(reason))})
		return err
	})
	return done, err
}

// IsOut reports whether a carried ledger's entry is of one that is still to come back.
func IsOut(rec *model.Record) bool { return !rec.Get("taken_on").Set && !rec.Get("given_up").Set }

// AreaNamed returns the id of the division that a name, a path of names or a code means.
func (a *App) AreaNamed(ctx context.Context, words string) (string, error) {
	v, err := a.resolver(ctx, a.store).one(areaRef, words, a.homeID())
	return v.ID, err
}
