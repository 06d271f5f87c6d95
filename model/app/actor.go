package app

import (
	"context"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// ActAs sets who acts: "PERSON[@UNIT]" by names or ids, or the ledger's owner for
// "". An unknown person or unit is refused, so that a slip of the pen does not
// enter the history as somebody.
func (a *App) ActAs(ctx context.Context, as string) error {
	actor, err := a.owner(ctx)
	if err != nil {
		return err
	}
	if as != "" {
		if actor, err = a.actorNamed(ctx, as); err != nil {
			return err
		}
	}
	a.actor.Store(&actor)
	return nil
}

func (a *App) owner(ctx context.Context) (model.Actor, error) {
	actor := model.Actor{Unit: a.homeID(), Level: a.homeLevel()}
	id, err := a.Setting(ctx, rule.UnitOwner)
	if err != nil || id == "" {
		return actor, err
	}
	p, err := a.store.Get(ctx, "person", id)
	if model.CodeOf(err) == model.CodeNotFound {
		return actor, nil
	}
	if err != nil {
		return actor, err
	}
	actor.Person, actor.Name = p.ID, p.Get("name").Text
	return actor, nil
}

func (a *App) actorNamed(ctx context.Context, as string) (model.Actor, error) {
	name, unit, _ := strings.Cut(as, "@")
	actor := model.Actor{Name: name, Unit: a.homeID(), Level: a.homeLevel()}
	if user, err := a.userNamed(ctx, name); err != nil || user != nil && unit == "" {
		actor.Person = user.Get("person").ID
		return actor, err
	}
	res := a.resolver(ctx, a.store)
	if unit != "" {
		v, err := res.one(unitRef, unit, a.homeID())
		if err != nil {
			return actor, err
		}
		actor.Unit, actor.Level = v.ID, res.levelOf(v.ID)
	}
	v, err := res.one(personRef, name, res.areaOf(actor.Unit))
	if err != nil {
		return actor, err
	}
	actor.Person, actor.Name = v.ID, v.Text // who was meant by an id has a name
	if unit != "" {
		if err := a.checkTie(ctx, res, v, actor.Unit, unit); err != nil {
			return actor, err
		}
	}
	return actor, res.err
}

// checkTie refuses a person named with a unit that they have nothing to do with:
// neither working there nor in its area, nor holding a post there.
func (a *App) checkTie(ctx context.Context, res *resolver, person model.Value, unit, words string) error {
	rec, err := a.store.Get(ctx, ledgers.Person, person.ID)
	if err != nil {
		return err
	}
	if rec.Get("unit").ID == unit || res.isBelow(rec.Area, res.areaOf(unit)) {
		return nil
	}
	posts, err := a.store.Find(ctx, ledgers.Post, map[string]model.Value{"person": model.Reference(person.ID, "")}, "")
	if err != nil {
		return err
	}
	for _, p := range posts {
		if p.Get("at").ID == unit && inOffice(p, a.Today()) {
			return nil
		}
	}
	return model.Errorf(model.CodeNotFound, "“%s”不在“%s”工作，也没有在那里任职。", person.Text, words)
}

// unitRef and personRef are the references by which people are told who acts
// and who receives.
var (
	unitRef   = &model.Field{Key: "unit", Label: "单位", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"unit", "area"}}}
	areaRef   = &model.Field{Key: "area", Label: "所在区域", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"area"}}}
	personRef = &model.Field{Key: "person", Label: "人员", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"person"}}}
)

func (a *App) loadHome(ctx context.Context) error {
	id, err := a.Setting(ctx, rule.UnitHome)
	if err != nil || id == "" {
		return err
	}
	home, err := a.store.Get(ctx, ledgers.Area, id)
	if model.CodeOf(err) == model.CodeNotFound {
		return nil
	}
	a.home = home
	return err
}

func (a *App) homeID() string {
	if a.home == nil {
		return ""
	}
	return a.home.ID
}

func (a *App) homeName() string { return a.home.Get("name").Text }

func (a *App) homeLevel() model.Level { return model.Level(a.home.Get("level").Text) }
