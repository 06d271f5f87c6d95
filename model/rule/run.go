package rule

import "xiangzhen/model"

// Run checks one record: every field by its kind, then the ledger's own rules.
// Problems come in the order of the fields, then of the rules, and name ledger
// and record. A rule outside its days or switched off (CheckOff) finds nothing.
func Run(in model.CheckInput) []model.Problem {
	var out []model.Problem
	for i := range in.Ledger.Fields {
		out = append(out, checkStored(&in.Ledger.Fields[i], in)...)
	}
	for _, check := range in.Ledger.Checks {
		if !inForce(check, in) {
			continue
		}
		for _, p := range check.Func(in) {
			p.Rule, p.Level = check.ID, check.Level
			out = append(out, p)
		}
	}
	for i := range out {
		out[i].Ledger, out[i].Record = in.Ledger.Key, in.Record.ID
	}
	return out
}

// inForce reports whether a rule applies on the day and nobody has switched it off.
func inForce(check model.Check, in model.CheckInput) bool {
	return in.Params[CheckOff+check.ID] == "" && in.Today >= check.From && (check.To == "" || in.Today <= check.To)
}

func checkStored(f *model.Field, in model.CheckInput) []model.Problem {
	v := in.Record.Get(f.Key)
	if v.IsEmpty() {
		if f.Required {
			return []model.Problem{*finish(f, fault(RuleRequired, "没有填", "这一项必须填。"))}
		}
		return nil
	}
	out := CheckField(f, v)
	if f.Kind == model.KindIDNumber && len(out) == 0 {
		if birth, _, ok := IDInfo(v.Text); ok && in.Today != "" && birth > in.Today {
			out = append(out, *finish(f, doubt("id_future", "里的出生日期还没有到", "请对照证件核对。")))
		}
	}
	return out
}
