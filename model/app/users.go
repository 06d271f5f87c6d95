package app

import (
	"context"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

// UserInfo is one who uses the program at this PC.
type UserInfo struct {
	ID, Name  string
	Role      string // ledgers.RoleClerk, …
	RoleLabel string // 录入
	Person    string // id of the person, if known
	Gone      bool   // 已停用: stays in the history
}

// Users lists the users in order of entry.
func (a *App) Users(ctx context.Context) ([]UserInfo, error) { return usersOf(ctx, a.store) }

func usersOf(ctx context.Context, r store.Reader) ([]UserInfo, error) {
	var out []UserInfo
	err := r.Each(ctx, model.Query{Ledger: ledgers.User}, func(rec *model.Record) error {
		role := rec.Get("role").Text
		out = append(out, UserInfo{ID: rec.ID, Name: rec.Get("name").Text, Role: role, RoleLabel: roleLabel(role),
			Person: rec.Get("person").ID, Gone: rec.Get("gone").Bool()})
		return nil
	})
	return out, err
}

// roleField describes the roles and their words.
var roleField = model.NewCatalog(ledgers.All()...).Ledger(ledgers.User).Field("role")

func roleLabel(role string) string { return roleField.OptionLabel(role) }

// Roles lists the roles with their words, from least to most.
func Roles() []model.Option { return roleField.Options }

func parseRole(words string) (string, error) {
	for _, o := range roleField.Options {
		if words == o.Key || words == o.Label {
			return o.Key, nil
		}
	}
	return "", model.Errorf(model.CodeUsage, "没有“%s”这种角色。可用：只读、录入、审核、管理。", words)
}

// RolesInForce reports whether roles decide who may do what: from two users on.
func (a *App) RolesInForce(ctx context.Context) (bool, error) {
	users, err := a.Users(ctx)
	return active(users) > 1, err
}

func active(users []UserInfo) int {
	n := 0
	for _, u := range users {
		if !u.Gone {
			n++
		}
	}
	return n
}

// SetUser gives a user a role, by the role's word or key, and makes one who is new
// or was gone a user. Somebody must be manager: the first user is.
func (a *App) SetUser(ctx context.Context, name, role string) (Done, error) {
	name = strings.TrimSpace(name)
	if name == "" || strings.ContainsAny(name, "@\n\t") {
		return Done{}, model.Errorf(model.CodeInvalid, "请写用户的姓名，不能有 @ 和换行。")
	}
	key, err := parseRole(role)
	if err != nil {
		return Done{}, err
	}
	return a.editUsers(ctx, "用户“"+name+"”设为"+roleLabel(key), func(tx *store.Tx) error {
		values := map[string]model.Value{"name": model.Text(name), "role": model.Text(key), "gone": {}}
		if p := a.onlyPerson(ctx, tx, name); p != nil {
			values["person"] = model.Reference(p.ID, name)
		}
		same, err := tx.Find(ctx, ledgers.User, map[string]model.Value{"name": model.Text(name)}, "")
		if err != nil {
			return err
		}
		if len(same) > 0 {
			_, err = tx.Set(ledgers.User, same[0].ID, values)
			return err
		}
		rec := model.NewRecord(ledgers.User, "")
		for key, v := range values {
			rec.Put(key, v)
		}
		return tx.Add(rec)
	})
}

// onlyPerson is the person of that name, if there is exactly one.
func (a *App) onlyPerson(ctx context.Context, tx *store.Tx, name string) *model.Record {
	found, err := tx.Find(ctx, ledgers.Person, map[string]model.Value{"name": model.Text(name)}, "")
	if err != nil || len(found) != 1 {
		return nil // the name alone tells the user
	}
	return found[0]
}

// RemoveUser ends somebody's use; what they did stays in the history.
func (a *App) RemoveUser(ctx context.Context, name string) (Done, error) {
	user, err := a.userNamed(ctx, name)
	if err != nil {
		return Done{}, err
	}
	if user == nil {
		return Done{}, model.Errorf(model.CodeNotFound, "没有用户“%s”。", name)
	}
	return a.editUsers(ctx, "停用用户“"+name+"”", func(tx *store.Tx) error {
		_, err := tx.Set(ledgers.User, user.ID, map[string]model.Value{"gone": model.Bool(true)})
		return err
	})
}

// editUsers changes users so that a manager remains.
func (a *App) editUsers(ctx context.Context, label string, fn func(*store.Tx) error) (Done, error) {
	op, err := a.do(ctx, "user", label, func(tx *store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		users, err := usersOf(ctx, tx)
		if err != nil || active(users) == 0 {
			return err
		}
		for _, u := range users {
			if !u.Gone && u.Role == ledgers.RoleManager {
				return nil
			}
		}
		return model.Errorf(model.CodeRefused, "至少要有一个“管理”用户，否则没有人能再改设置。请先把自己设为管理。")
	})
	return Done{Op: op}, err
}

// userNamed returns the user of that name who is not gone, nil if there is none.
func (a *App) userNamed(ctx context.Context, name string) (*model.Record, error) {
	found, err := a.store.Find(ctx, ledgers.User, map[string]model.Value{"name": model.Text(name)}, "")
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		if !r.Get("gone").Bool() {
			return r, nil
		}
	}
	return nil, nil
}
