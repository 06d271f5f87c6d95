package app

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/fill"
)

// calc makes a figure over a ledger, of an area and all below.
func (f *filler) calc(col *fill.Column, area string) (fill.Cell, error) {
	k := col.Source.Calc
	key := k.String() + "\x00" + string(k.How) + "\x00" + area + "\x00" + col.Name
	if c, ok := f.calcs[key]; ok {
		return c, nil
	}
	where := k.Where
	if once := leaves(k.Ledger); once != nil && !slices.ContainsFunc(where, func(w string) bool { return strings.HasPrefix(w, strings.TrimSuffix(once[0], "=")) }) {
		where = append(slices.Clone(where), once...)
	}
	l, q, err := f.query(f.ctx, ListRequest{Ledger: k.Ledger.Key, Where: where})
	if err != nil {
		return fill.Cell{}, err
	}
	if q.Areas = f.homeAreas(); area != "" {
		q.Areas = []string{area}
	}
	t := figures{field: k.Field}
	err = f.store.Each(f.ctx, q, func(rec *model.Record) error {
		t.add(rec, l)
		return nil
	})
	if err != nil {
		return fill.Cell{}, err
	}
	c := t.cell(k.How, col.Style)
	f.calcs[key] = c
	return c, nil
}

// figures gathers the values of a field over records.
type figures struct {
	field            *model.Field
	records, values  int
	sum, most, least int64
	words            []string
}

func (t *figures) add(rec *model.Record, l *model.Ledger) {
	t.records++
	if t.field == nil {
		return
	}
	v := rec.Get(t.field.Key)
	if v.IsEmpty() {
		return
	}
	if t.values == 0 {
		t.most, t.least = v.Num, v.Num
	}
	t.values++
	t.sum += v.Num
	t.most, t.least = max(t.most, v.Num), min(t.least, v.Num)
	if w := t.field.Show(v); !slices.Contains(t.words, w) {
		t.words = append(t.words, w)
	}
}

// averageDigits is how many digits an average has beyond those of its field.
const averageDigits = 2

func (t *figures) cell(how fill.Reckon, s fill.Style) fill.Cell {
	if how == fill.Count {
		n := t.records
		if t.field != nil {
			n = t.values
		}
		return fill.ValueCell(&model.Field{Kind: model.KindInteger}, model.Int(int64(n)), fill.Style{Look: s.Look, Header: s.Header})
	}
	if how == fill.Listed {
		return fill.WordsCell(strings.Join(t.words, "、"))
	}
	field, v := *t.field, model.Int(t.sum)
	switch {
	case how == fill.Sum:
	case t.values == 0:
		return fill.Cell{}
	case how == fill.Highest:
		v = model.Int(t.most)
	case how == fill.Lowest:
		v = model.Int(t.least)
	default:
		field.Scale += averageDigits
		if field.Kind == model.KindInteger {
			field.Kind, field.Scale = model.KindDecimal, averageDigits
		}
		n, half := t.sum*100, int64(t.values)/2
		if n < 0 {
			half = -half
		}
		v = model.Int((n + half) / int64(t.values))
	}
	return fill.ValueCell(&field, v, s)
}
