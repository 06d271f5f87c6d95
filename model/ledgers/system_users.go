package ledgers

import "xiangzhen/model"

// Roles of users (角色), from least to most.
const (
	RoleReader   = "reader"   // 只读
	RoleClerk    = "clerk"    // 录入
	RoleReviewer = "reviewer" // 审核
	RoleManager  = "manager"  // 管理
)

// user lists who uses the program at this PC. With one user or none there are no
// roles: whoever opens the ledger may do everything (CLERK 17).
func user() *model.Ledger {
	return &model.Ledger{
		Key: User, Label: "用户", Group: groupSystem, System: true,
		Title: "name", Match: [][]string{{"name"}},
		Fields: []model.Field{
			{Key: "name", Label: "姓名", Kind: model.KindText, Required: true},
			{Key: "role", Label: "角色", Kind: model.KindEnum, Required: true, Options: []model.Option{
				keyed(RoleReader, "只读", "查看"), keyed(RoleClerk, "录入", "填报"),
				keyed(RoleReviewer, "审核"), keyed(RoleManager, "管理", "管理员"),
			}},
			{Key: "person", Label: "人员", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{Person}}},
			{Key: "gone", Label: "已停用", Kind: model.KindBool},
		},
	}
}
