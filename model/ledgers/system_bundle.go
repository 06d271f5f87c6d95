package ledgers

import "xiangzhen/model"

// bundle is one pack of records that went to, or came from, another copy of the
// program (数据包): of an office to the others (科室包, CLERK 1), or carried to the
// villages and back (下村包, CLERK 9).
func bundle() *model.Ledger {
	return &model.Ledger{
		Key: Bundle, Label: "数据包", Group: groupSystem, System: true,
		Title: "file", Match: [][]string{{"way", "issue"}},
		Fields: []model.Field{
			{Key: "kind", Label: "种类", Kind: model.KindEnum, Required: true, Index: true, Options: []model.Option{
				keyed(BundleOffice, "科室包"), keyed(BundleCarry, "下村包")}},
			{Key: "way", Label: "方向", Kind: model.KindEnum, Required: true, Index: true, Options: []model.Option{
				keyed(BundleOut, "发出"), keyed(BundleIn, "收到")}},
			{Key: "who", Label: "单位", Kind: model.KindText, Index: true, Help: "科室包的科室；下村包带出的人。"},
			{Key: "places", Label: "去的村", Kind: model.KindLongText},
			{Key: "issue", Label: "包编号", Kind: model.KindText, Required: true, Index: true, Internal: true},
			{Key: "source", Label: "带出的台账", Kind: model.KindText, Internal: true},
			{Key: "before", Label: "上一个包", Kind: model.KindText, Internal: true},
			{Key: "made_on", Label: "打包日期", Kind: model.KindDate, Index: true},
			{Key: "made_at", Label: "打包时刻", Kind: model.KindText},
			{Key: "upto", Label: "最后操作", Kind: model.KindInteger, Internal: true},
			{Key: "ledgers", Label: "台账", Kind: model.KindText},
			{Key: "rows", Label: "记录数", Kind: model.KindInteger},
			{Key: "files", Label: "附件数", Kind: model.KindInteger},
			{Key: "file", Label: "文件", Kind: model.KindText},
			{Key: "taken_on", Label: "收到日期", Kind: model.KindDate, Index: true, Help: "收到对方的包，或带出的包收回来的日期。"},
			{Key: "given_up", Label: "不再收回的原因", Kind: model.KindText},
		},
	}
}

// The kinds and ways of a Bundle.
const (
	BundleOffice = "office"
	BundleCarry  = "carry"
	BundleOut    = "out"
	BundleIn     = "in"
)
