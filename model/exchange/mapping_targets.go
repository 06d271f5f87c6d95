package exchange

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// periodKey is the field that makes an owned ledger one record a period.
const periodKey = "period"

// areaField stands for the area a record belongs to, which is no field of its
// ledger. The nearest level comes first: a table may have columns for several.
func areaField() *model.Field {
	return &model.Field{
		Key: model.AreaKey, Label: "所属区域", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{ledgers.Area}},
		Synonyms: []string{"所属村", "行政村", "村名", "村名称", "村", "村(社区)", "所在村", "所属乡镇", "乡镇", "乡镇名称", "镇", "乡(镇)", "所在乡镇"},
	}
}

// Targets returns where the columns of a table of the ledger may go: the fields
// of the row's own record that people fill, the area, and the fields of its
// child record of the period in owned ledgers that have one (progress.text of a
// task). Fields set by the program, derived ones and attachments are none.
func Targets(c *model.Catalog, l *model.Ledger) []Target {
	var out []Target
	for i := range l.Fields {
		if f := &l.Fields[i]; isFillable(f) {
			out = append(out, Target{Path: Path(f.Key), Ledger: l, Field: f})
		}
	}
	for _, owned := range c.Owned(l.Key) {
		if !hasPeriod(owned.Ledger) {
			continue
		}
		for i := range owned.Ledger.Fields {
			f := &owned.Ledger.Fields[i]
			if isFillable(f) && f.Key != owned.Field.Key && f.Key != periodKey {
				out = append(out, Target{Path: Path(owned.Ledger.Key + "." + f.Key), Ledger: owned.Ledger, Field: f, Child: owned.Ledger})
			}
		}
	}
	if l.Key == ledgers.Area {
		return out
	}
	return append(out, Target{Path: PathArea, Ledger: l, Field: areaField()})
}

func isFillable(f *model.Field) bool {
	return !f.ReadOnly && !f.Internal && f.Kind != model.KindFiles
}

func hasPeriod(l *model.Ledger) bool {
	f := l.Field(periodKey)
	return f != nil && f.Kind == model.KindMonth
}

// ResolvePath finds the field a path ends at, seen from the ledger of the row.
// Paths for export may end at derived and read-only fields too. PathID and
// PathSeq have no field.
func ResolvePath(c *model.Catalog, l *model.Ledger, p Path) (Target, error) {
	switch p {
	case PathID, PathSeq:
		return Target{Path: p, Ledger: l}, nil
	case PathArea:
		return Target{Path: p, Ledger: l, Field: areaField()}, nil
	}
	head, rest, nested := strings.Cut(string(p), ".")
	if f := l.Field(head); !nested && f != nil {
		return Target{Path: p, Ledger: l, Field: f}, nil
	} else if nested && f != nil && f.Ref != nil {
		for _, key := range f.Ref.Ledgers {
			if to := c.Ledger(key); to != nil && to.Field(rest) != nil {
				return Target{Path: p, Ledger: to, Field: to.Field(rest), Through: f}, nil
			}
		}
	}
	if owned := c.Ledger(head); nested && owned != nil && owned.Field(rest) != nil && hasPeriod(owned) &&
		slices.ContainsFunc(c.Owned(l.Key), func(r model.Referrer) bool { return r.Ledger.Key == head }) {
		return Target{Path: p, Ledger: owned, Field: owned.Field(rest), Child: owned}, nil
	}
	return Target{}, model.Errorf(model.CodeNotFound, "台账“%s”里没有列“%s”，请用 fields 查看可用的列。", l.Label, p)
}
