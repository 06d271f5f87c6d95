package ledgers

import "xiangzhen/model"

// Receiver is one unit or area that gets a part of an item (分解对象).
type Receiver struct {
	ID    string      // of the unit or area
	Words string      // its name, as 责任单位 shows it
	Area  string      // id of the area the part belongs to
	Share model.Value // part of the target quantity, as 目标量; empty = none
}

// splitCopies are the fields a part takes over from the item above, as far as the
// ledger has them.
var splitCopies = []string{
	"title", "domain", "category", "kind", "content", "target", "measures", "due", "lead_person", "source", "source_unit", "doc_no",
	"urgency", "report_every", "schedule", "evidence_need", "review_on", "office", "item", "meeting", "leader",
}

// Split makes the parts of an item for the level below (分解), one a receiver, in
// the order given, without ids and not yet handed out. The unit of the item
// above becomes the 牵头单位 or 交办单位 of its parts. The problems (疑点) say where shares do
// not fit: more than the item has, none, or no quantity to share.
func Split(parent *model.Record, to []Receiver) ([]*model.Record, []model.Problem) {
	children := make([]*model.Record, len(to))
	shared := int64(0)
	for i, r := range to {
		children[i] = part(parent, r)
		shared = addUp(shared, max(r.Share.Num, 0))
	}
	return children, splitProblems(parent, to, shared)
}

func part(parent *model.Record, r Receiver) *model.Record {
	child := model.NewRecord(parent.Ledger, "")
	child.Area = r.Area
	for _, key := range splitCopies {
		child.Put(key, parent.Get(key))
	}
	child.Put("parent", model.Reference(parent.ID, parent.Get("title").Text))
	from := assignerField(parent.Ledger)
	child.Put(from, either(parent.Get("unit"), parent.Get(from)))
	child.Put("unit", model.Reference(r.ID, r.Words))
	child.Put("state", model.Text(StateTodo))
	if r.Share.Num > 0 {
		child.Put("target_qty", r.Share)
		child.Put("target_unit", parent.Get("target_unit"))
	}
	return child
}

// assignerField is the key of the field with the unit that handed an item out.
func assignerField(ledger string) string {
	if ledger == Task {
		return "lead_unit" // 牵头单位 of a task list
	}
	return "issuer"
}

// handedOut is the quantity that earlier parts have already: the target less what
// is not yet given out (未分解量).
func handedOut(parent *model.Record) int64 {
	owed := parent.Get("owed")
	if owed.IsEmpty() {
		return 0
	}
	return parent.Get("target_qty").Num - owed.Num
}

func splitProblems(parent *model.Record, to []Receiver, shared int64) []model.Problem {
	total := parent.Get("target_qty")
	unit := parent.Get("target_unit").Text
	show := func(n int64) string { return model.FormatScaled(n, quantityScale, false) + unit }
	problem := func(message, suggestion string) model.Problem {
		return model.Problem{Rule: parent.Ledger + ".split", Level: model.Doubt, Ledger: parent.Ledger, Record: parent.ID, Field: "target_qty",
			Message: message, Suggestion: suggestion}
	}
	switch {
	case shared > 0 && total.IsEmpty():
		return []model.Problem{problem("上级事项没有填目标量，分解量无法核对。", "请先填上级事项的目标量。")}
	case addUp(shared, handedOut(parent)) > total.Num:
		return []model.Problem{problem("分解量合计 "+show(addUp(shared, handedOut(parent)))+"，超过上级事项的目标量 "+show(total.Num)+"。", "请核对各单位的分解量。")}
	}
	var out []model.Problem
	for _, r := range to {
		if shared > 0 && r.Share.Num <= 0 {
			out = append(out, problem("“"+r.Words+"”没有分到目标量。", "请补填它的分解量，或者不分解给它。"))
		}
	}
	return out
}
