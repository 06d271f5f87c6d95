package app

import (
	"context"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// Several offices of a township may each keep a copy of the ledger (CLERK 1). Every
// ledger then has one keeping office (主管科室), and is read only in the other copies,
// which learn of it by that office's packs (科室包). What no office keeps, divisions,
// units, people and user-made ledgers, all may write, and the packs merge it.

// Keeping tells whose a ledger is.
type Keeping struct {
	Office string // "" = everybody's
	Mine   bool   // it may be written here
	// Told is when its office last said something of it by a pack; zero for never.
	Told model.Day
}

// Words say whose the ledger is, for the head of a record: 来自组织办 11-20; "" for what
// is written here.
func (k Keeping) Words() string {
	switch {
	case k.Mine:
		return ""
	case k.Told == "":
		return k.Office + "维护，这里只读"
	}
	return "来自" + k.Office + " " + string(k.Told)[5:] + "，这里只读"
}

// Keeping returns whose the ledgers are, by key.
func (a *App) Keeping(ctx context.Context) (map[string]Keeping, error) {
	p, err := a.Settings(ctx)
	if err != nil {
		return nil, err
	}
	told := map[string]model.Day{}
	err = a.store.Each(ctx, model.Query{Ledger: ledgers.Bundle, Where: []model.Cond{{Field: "way", Op: model.OpEq, Value: model.Text(ledgers.BundleIn)}}},
		func(rec *model.Record) error {
			who := rec.Get("who").Text
			told[who] = max(told[who], rec.Get("made_on").End)
			return nil
		})
	if err != nil {
		return nil, err
	}
	out := map[string]Keeping{}
	for _, l := range a.Catalog().All() {
		k := keepingOf(p, l)
		k.Told = told[k.Office]
		out[l.Key] = k
	}
	return out, nil
}

// keepingOf decides whose a ledger is. While this copy belongs to no office in
// particular, everything is written here.
func keepingOf(p model.Params, l *model.Ledger) Keeping {
	office := rule.OfficeOf(p[rule.UnitOffices], l.Label, ledgers.DeskOf(l))
	if l.System {
		office = ""
	}
	own := p[rule.UnitOffice]
	return Keeping{Office: office, Mine: own == "" || office == "" || office == own}
}

// opOffice is the kind of the operation that takes in another office's pack: only it
// writes to ledgers that this office does not keep.
const opOffice = "office"

// keepGuard refuses that this office writes to a ledger which another one keeps; nil
// where nothing is to be refused.
func (a *App) keepGuard(ctx context.Context, kind string) (func(*model.Ledger) error, error) {
	if kind == opOffice {
		return nil, nil
	}
	p, err := a.Settings(ctx)
	if err != nil || p[rule.UnitOffice] == "" {
		return nil, err
	}
	return func(l *model.Ledger) error {
		k := keepingOf(p, l)
		if k.Mine {
			return nil
		}
		return model.Errorf(model.CodeRefused, "“%s”由%s维护，这里只读。请%s改好以后发科室包过来。", l.Label, k.Office, k.Office)
	}, nil
}

// SetOffice says which office this copy belongs to; "" for one copy of the whole
// township.
func (a *App) SetOffice(ctx context.Context, office string) (Done, error) {
	p, err := a.Settings(ctx)
	if err != nil {
		return Done{}, err
	}
	if known := rule.Offices(p[rule.UnitOffices]); office != "" && !slices.Contains(known, office) {
		return Done{}, model.Errorf(model.CodeInvalid, "科室分工里没有“%s”，现有：%s。", office, strings.Join(known, "、"))
	}
	return a.SetSetting(ctx, rule.UnitOffice, office)
}

// checkOffices refuses a division of the work that would be read otherwise than it was
// meant, or that leaves this copy to an office of no name.
func (a *App) checkOffices(p model.Params) error {
	for _, k := range rule.KeptBy(p[rule.UnitOffices]) {
		l, err := a.Catalog().Find(k.What)
		known := slices.Contains(rule.Desks(), k.What) || err == nil && !l.System && l.Label == k.What
		if !known || k.Office == "" || strings.ContainsAny(k.Office, "=＝，,；;：:") {
			return model.Errorf(model.CodeInvalid, "科室分工里“%s=%s”看不懂。写成 任务督办=党政办、会议=组织办 这样：等号前是一摊工作或台账的名称，后面是科室，用、分开。", k.What, k.Office)
		}
	}
	own := p[rule.UnitOffice]
	if own != "" && !slices.Contains(rule.Offices(p[rule.UnitOffices]), own) {
		return model.Errorf(model.CodeRefused, "本机科室“%s”不在新的分工里，它管的台账会全变成只读。请先把本机科室改为全镇用这一份，改好分工再选。", own)
	}
	return nil
}

// OfficePacks lists the packs that this office sent and took in, newest first.
func (a *App) OfficePacks(ctx context.Context) (*model.Ledger, []*model.Record, error) {
	l := a.Catalog().Ledger(ledgers.Bundle)
	page, err := a.store.List(ctx, model.Query{Ledger: l.Key, Where: []model.Cond{{Field: "kind", Op: model.OpEq, Value: model.Text(ledgers.BundleOffice)}}})
	slices.SortStableFunc(page.Records, func(x, y *model.Record) int {
		return strings.Compare(y.Get("made_at").Text, x.Get("made_at").Text)
	})
	return l, page.Records, err
}

// ownOffice is the office of this copy; an error that says what to do if there is none.
func (a *App) ownOffice(ctx context.Context) (string, model.Params, error) {
	p, err := a.Settings(ctx)
	if err == nil && p[rule.UnitOffice] == "" {
		err = model.Errorf(model.CodeRefused, "还没有定本机科室。几个科室各用一份台账时，先在“设置—科室分工”里选本机科室。")
	}
	return p[rule.UnitOffice], p, err
}
