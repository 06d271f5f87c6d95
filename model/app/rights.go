package app

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// Right is what a gesture needs.
type Right int

// The rights, each with those before it.
const (
	RightRead   Right = iota // 查看
	RightEnter               // 录入: add, change, import, collect, issue; take back what one did
	RightReview              // 审核: approve, decide conflicts, see values in full, take back what others did
	RightManage              // 管理: users, password, parameters, fields, restore, destruction
)

// rights is what each role may do.
var rights = map[string]Right{
	ledgers.RoleReader: RightRead, ledgers.RoleClerk: RightEnter,
	ledgers.RoleReviewer: RightReview, ledgers.RoleManager: RightManage,
}

// rightsOf operations, by their kind; the others need RightEnter.
var rightsOf = map[string]Right{
	"decide": RightReview, "merge": RightReview, "disclose": RightReview, "report_up": RightReview,
	"settings": RightManage, "ledger": RightManage, "field": RightManage, "user": RightManage,
	"destroy": RightManage, model.KindFound: RightManage,
}

func rightOf(kind string) Right {
	if r, special := rightsOf[kind]; special {
		return r
	}
	return RightEnter
}

// rightOfStep: who reviews an item needs more than who holds it. Which unit may
// take the step is for the flow itself to say.
func rightOfStep(step *model.Step) Right {
	if step.By == model.ByReviewer {
		return RightReview
	}
	return RightEnter
}

// Allows reports whether a role includes a right. An unknown role may only read.
func Allows(role string, right Right) bool { return right <= rights[role] }

// words are what a refusal says of a right.
var rightWords = map[Right]string{RightRead: "查看", RightEnter: "录入", RightReview: "审核", RightManage: "管理"}

// May reports whether the actor may do what needs a right.
func (a *App) May(ctx context.Context, right Right) (bool, error) {
	role, err := a.Role(ctx)
	return Allows(role, right), err
}

// may refuses the actor what their role does not allow.
func (a *App) may(ctx context.Context, right Right) error {
	role, err := a.Role(ctx)
	if err != nil || Allows(role, right) {
		return err
	}
	who := a.Actor().Name
	if who == "" {
		who = "当前用户"
	}
	return model.Errorf(model.CodeRefused, "“%s”的角色是“%s”，这一步要有“%s”权限。请换用户，或请管理员调整角色。", who, roleLabel(role), rightWords[right])
}

// Role returns the role of the actor: that of a manager while there are no roles,
// and of a reader for somebody who is no user.
func (a *App) Role(ctx context.Context) (string, error) {
	users, err := a.Users(ctx)
	if err != nil {
		return "", err
	}
	return roleOf(users, a.Actor()), nil
}

// roleOf decides: roles are in force from the second user on.
func roleOf(users []UserInfo, actor model.Actor) string {
	active, role := 0, ledgers.RoleReader
	for _, u := range users {
		if u.Gone {
			continue
		}
		active++
		if u.Person != "" && u.Person == actor.Person || u.Name == actor.Name {
			role = u.Role
		}
	}
	if active < 2 {
		return ledgers.RoleManager
	}
	return role
}

// mayUndo: taking something back needs what doing it needs, and more where another
// did it.
func (a *App) mayUndo(ctx context.Context, target *model.Operation) error {
	if target == nil {
		return a.may(ctx, RightEnter)
	}
	need := rightOf(target.Kind)
	if me := a.Actor(); target.Actor.Person != me.Person || target.Actor.Name != me.Name {
		need = max(need, RightReview)
	}
	for gesture := target; gesture.Undoes != 0; {
		next, err := a.store.Operation(ctx, gesture.Undoes)
		if err != nil || next == nil {
			return err
		}
		gesture, need = next, max(need, rightOf(next.Kind))
	}
	return a.may(ctx, need)
}

// undoTarget is the operation that Undo of a number takes back.
func (a *App) undoTarget(ctx context.Context, op int64) (*model.Operation, error) {
	if op == 0 {
		return a.store.Undoable(ctx)
	}
	return a.store.Operation(ctx, op)
}
