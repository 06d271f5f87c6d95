package rule

import "xiangzhen/model"

// FlowShort begins the key of the parameter that says which items of a ledger of
// followed items go the short way 交办→办理中→办结: the ledger's key follows.
const FlowShort = "flow.short."

// FlowKeepsSign is the choice of that parameter by which short items are still
// signed for (待签收).
const FlowKeepsSign = "保留签收"

// flowShort is the parameter for one ledger. By default the items of villages go
// the short way, so that a village of one clerk is not made to approve itself.
func flowShort(ledger, label, standing string) Parameter {
	return Parameter{Key: FlowShort + ledger, Label: label + "简易流程", Kind: model.KindMultiEnum, Default: standing,
		Choices: []string{"县", "乡镇", "村", FlowKeepsSign, "无"},
		Source:  "村级事项由乡镇代录代办（通行做法）", Help: "这些级别的事项交办后直接办理，不经申请就能办结，用、分开；都不用写“无”。"}
}
