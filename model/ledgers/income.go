package ledgers

import "xiangzhen/model"

// income is a household's income of one year (收入台账), of which the per-head figure
// is derived; the year's line is parameter household.income_line.
func income() *model.Ledger {
	yuan := func(key, label string, synonyms ...string) model.Field {
		return model.Field{Key: key, Label: label, Kind: model.KindDecimal, Scale: 2, Unit: "元", Synonyms: synonyms}
	}
	return &model.Ledger{
		Key: Income, Label: "收入核算", Group: groupHouse,
		Synonyms: []string{"收入台账", "农户收入台账", "收入核算表"},
		Title:    "household", AreaFrom: []string{"household"},
		Match: [][]string{{"household", "year"}},
		Fields: []model.Field{
			{Key: "household", Label: "户主姓名", Kind: model.KindRef, Ref: ownedBy(Household), Required: true, Index: true, Synonyms: []string{"户主"}},
			{Key: "year", Label: "年度", Kind: model.KindInteger, Required: true, Index: true, Synonyms: []string{"年份", "核算年度"}},
			{Key: "population", Label: "家庭人口", Kind: model.KindInteger, Unit: "人", Synonyms: []string{"人口", "家庭人口数"}},
			yuan("wage", "工资性收入"), yuan("business", "生产经营性收入", "生产经营收入"),
			yuan("property", "财产性收入"), yuan("transfer", "转移性收入"), yuan("cost", "生产经营性支出", "生产经营支出"),
			remark(),
		},
		Derived: []model.Field{yuan("net", "家庭纯收入"), yuan("per_head", "人均纯收入")},
		Derive:  &model.Derivation{Func: deriveIncome},
	}
}

// deriveIncome sums the year's income; per head it is rounded to the fen.
func deriveIncome(in model.DeriveInput) model.Derived {
	r, net, any := in.Record, int64(0), false
	for _, key := range []string{"wage", "business", "property", "transfer"} {
		net += r.Get(key).Num
		any = any || r.Get(key).Set
	}
	if !any {
		return model.Derived{}
	}
	net -= r.Get("cost").Num
	out := map[string]model.Value{"net": model.Int(net)}
	if n := r.Get("population").Num; n > 0 {
		out["per_head"] = model.Int(roundDiv(net, n))
	}
	return model.Derived{Values: out}
}

// roundDiv divides by a positive number and rounds half away from zero.
func roundDiv(a, b int64) int64 {
	if a < 0 {
		return -roundDiv(-a, b)
	}
	q, rest := a/b, a%b
	if rest >= b-rest {
		q++
	}
	return q
}
