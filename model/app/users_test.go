package app

import (
	"context"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

func TestAllows(t *testing.T) {
	for role, most := range map[string]Right{
		ledgers.RoleReader: RightRead, ledgers.RoleClerk: RightEnter, ledgers.RoleReviewer: RightReview, ledgers.RoleManager: RightManage,
		"": RightRead, "?": RightRead,
	} {
		for right := RightRead; right <= RightManage; right++ {
			if Allows(role, right) != (right <= most) {
				t.Errorf("%q, right %d", role, right)
			}
		}
	}
}

func TestRoleOf(t *testing.T) {
	manager, clerk := UserInfo{Name: "张示例一", Role: ledgers.RoleManager}, UserInfo{Name: "张示例二", Person: "p2", Role: ledgers.RoleClerk}
	gone := UserInfo{Name: "张示例三", Role: ledgers.RoleReviewer, Gone: true}
	for _, c := range []struct {
		name  string
		users []UserInfo
		actor model.Actor
		want  string
	}{
		{"nobody named", nil, model.Actor{}, ledgers.RoleManager},
		{"one user may do all", []UserInfo{manager}, model.Actor{Name: "别人"}, ledgers.RoleManager},
		{"one left of two", []UserInfo{manager, gone}, model.Actor{Name: "别人"}, ledgers.RoleManager},
		{"by name", []UserInfo{manager, clerk}, model.Actor{Name: "张示例一"}, ledgers.RoleManager},
		{"by person", []UserInfo{manager, clerk}, model.Actor{Name: "改了名", Person: "p2"}, ledgers.RoleClerk},
		{"no user", []UserInfo{manager, clerk}, model.Actor{Name: "别人"}, ledgers.RoleReader},
		{"gone", []UserInfo{manager, clerk, gone}, model.Actor{Name: "张示例三"}, ledgers.RoleReader},
	} {
		if got := roleOf(c.users, c.actor); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// TestUsers_RolesAreChecked goes through the doors that the command line has too.
func TestUsers_RolesAreChecked(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	must := func(_ Done, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := a.SetUser(ctx, "王试录", "录入")
	wantCode(t, err, model.CodeRefused)
	must(a.SetUser(ctx, "李试管", "管理"))
	must(a.SetUser(ctx, "王试录", "录入"))
	refused := func(what string, err error) {
		t.Helper()
		if model.CodeOf(err) != model.CodeRefused {
			t.Errorf("%s: %v", what, err)
		}
	}
	check(t, a.ActAs(ctx, "李试管"))
	added, err := a.Add(ctx, "task", []Assignment{{Field: "title", Words: "管理员的任务"}})
	must(added, err)
	check(t, a.ActAs(ctx, "王试录"))
	own, err := a.Add(ctx, "task", []Assignment{{Field: "title", Words: "自己的任务"}})
	must(own, err)
	_, err = a.SetSetting(ctx, rule.GapYellow, "1")
	refused("settings", err)
	_, err = a.SetUser(ctx, "王试录", "管理")
	refused("a role for oneself", err)
	_, err = a.Undo(ctx, added.Op)
	refused("undo of another's", err)
	_, _, err = a.AddLedger(ctx, "新台账")
	refused("a ledger", err)
	if _, err := a.Undo(ctx, own.Op); err != nil {
		t.Error("undo of one's own:", err)
	}
	check(t, a.ActAs(ctx, "李试管"))
	must(a.SetUser(ctx, "王试录", "只读"))
	_, err = a.RemoveUser(ctx, "李试管")
	refused("the last manager", err)
	check(t, a.ActAs(ctx, "王试录"))
	_, err = a.Add(ctx, "task", []Assignment{{Field: "title", Words: "不该有"}})
	refused("adding as a reader", err)
	_, err = a.Undo(ctx, 0)
	refused("undo as a reader", err)
	if _, _, err := a.List(ctx, ListRequest{Ledger: "task"}); err != nil {
		t.Error("reading:", err)
	}
	check(t, a.ActAs(ctx, "李试管"))
	must(a.RemoveUser(ctx, "王试录"))
	if on, err := a.RolesInForce(ctx); err != nil || on {
		t.Errorf("one user left: %t %v", on, err)
	}
}
