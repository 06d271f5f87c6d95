package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// resolver finds the records that people mean by words. It reads areas, units
// and persons once, on first use, and looks the rest up in the store.
type resolver struct {
	ctx     context.Context
	r       store.Reader
	err     error                                 // the first failure to read; later answers are then "unknown"
	records map[string]map[string]*model.Record   // listed ledger → id → record
	indexes map[string]map[string][]*model.Record // listed ledger → name key → records
	memo    map[memoKey]answer
}

type memoKey struct {
	field       *model.Field
	words, area string
}

type answer struct {
	value    model.Value
	problems []model.Problem
}

// listed are the ledgers small enough to be indexed by name in memory.
var listed = []string{"area", "unit", "person"}

func (a *App) resolver(ctx context.Context, r store.Reader) *resolver {
	return &resolver{
		ctx: ctx, r: r,
		records: map[string]map[string]*model.Record{},
		indexes: map[string]map[string][]*model.Record{},
		memo:    map[memoKey]answer{},
	}
}

// Resolve finds the record meant by a reference's words, seen from an area:
// by code, then by name, nearest first. The words are always kept; without one
// clear record the id stays empty and a 疑点 says why.
func (r *resolver) Resolve(f *model.Field, words, area string) (model.Value, []model.Problem) {
	if words == "" {
		return model.Value{}, nil
	}
	key := memoKey{f, words, area}
	if got, ok := r.memo[key]; ok {
		return got.value, got.problems
	}
	v, problems := r.resolve(f, words, area)
	r.memo[key] = answer{v, problems}
	return v, problems
}

func (r *resolver) resolve(f *model.Field, words, area string) (model.Value, []model.Problem) {
	if uuid.Validate(words) == nil {
		return r.byID(f, words)
	}
	for _, ledger := range f.Ref.Ledgers {
		hits := r.nearest(r.named(ledger, words), area)
		switch len(hits) {
		case 0:
			continue
		case 1:
			return model.Reference(hits[0].ID, words), nil
		}
		return model.Reference("", words), doubt(f, severalHits, fmt.Sprintf("“%s”与 %d 条记录同名，没有猜测。", words, len(hits)), "写上所在乡镇或单位，例如 甲镇青山村。")
	}
	return model.Reference("", words), doubt(f, noHit, fmt.Sprintf("台账里没有“%s”，先按原文记下。", words), "核对写法，或先在台账里登记。")
}

// byID finds the record whose id was given in place of a name.
func (r *resolver) byID(f *model.Field, id string) (model.Value, []model.Problem) {
	for _, ledger := range f.Ref.Ledgers {
		rec, err := r.r.Get(r.ctx, ledger, id)
		if err == nil {
			return model.Reference(rec.ID, r.r.Catalog().Ledger(ledger).Name(rec)), nil
		}
		if model.CodeOf(err) != model.CodeNotFound {
			r.fail(err)
		}
	}
	return model.Reference("", id), doubt(f, noHit, "没有这个编号的记录。", "请核对编号。")
}

// The findings of resolving a reference.
const (
	noHit       = "ref_unknown"
	severalHits = "ref_several"
)

func doubt(f *model.Field, rule, message, suggestion string) []model.Problem {
	return []model.Problem{{Rule: rule, Level: model.Doubt, Field: f.Key, Message: f.Label + message, Suggestion: suggestion}}
}

// one is Resolve for a request that cannot go on without the record.
func (r *resolver) one(f *model.Field, words, area string) (model.Value, error) {
	v, problems := r.Resolve(f, words, area)
	if r.err != nil {
		return v, r.err
	}
	switch {
	case v.ID != "":
		return v, nil
	case len(problems) > 0 && problems[0].Rule == severalHits:
		return v, &model.Error{Code: model.CodeAmbiguous, Field: f.Key, Message: problems[0].Message + problems[0].Suggestion}
	}
	return v, &model.Error{Code: model.CodeNotFound, Field: f.Key, Message: fmt.Sprintf("没有找到%s“%s”。请核对写法，或先在台账里登记。", f.Label, words)}
}

// named returns the records of a ledger known by the words.
func (r *resolver) named(ledger, words string) []*model.Record {
	if slices.Contains(listed, ledger) {
		return r.listedNamed(ledger, words)
	}
	l := r.r.Catalog().Ledger(ledger)
	if l == nil || l.Field(l.Title) == nil {
		return nil
	}
	hits, err := r.r.Find(r.ctx, ledger, map[string]model.Value{l.Title: model.Text(words)}, "")
	r.fail(err)
	return hits
}

func (r *resolver) listedNamed(ledger, words string) []*model.Record {
	index := r.index(ledger)
	if hits := index[text.Code(words)]; len(hits) > 0 {
		return hits
	}
	if ledger != "area" {
		return nil
	}
	return index[text.Place(words)]
}

// index returns a listed ledger's records by every key they are known under.
func (r *resolver) index(ledger string) map[string][]*model.Record {
	if index, ok := r.indexes[ledger]; ok {
		return index
	}
	index := map[string][]*model.Record{}
	byID := map[string]*model.Record{}
	r.indexes[ledger], r.records[ledger] = index, byID
	r.fail(r.r.Each(r.ctx, model.Query{Ledger: ledger}, func(rec *model.Record) error {
		byID[rec.ID] = rec
		for _, key := range nameKeys(ledger, rec) {
			index[key] = append(index[key], rec)
		}
		return nil
	}))
	if ledger == "area" {
		for _, rec := range byID {
			r.addQualified(index, rec)
		}
	}
	return index
}

// addQualified indexes an area by its name behind those of the places above it:
// 乙镇石桥村, 示例县乙镇石桥村. What stands in front is part of the name: words that
// name another township are another village, or none.
func (r *resolver) addQualified(index map[string][]*model.Record, rec *model.Record) {
	prefix := ""
	for at := r.above(rec.ID); at != "" && len(prefix) < maxQualifier; at = r.above(at) {
		above := r.area(at).Get("name").Text
		prefix = above + prefix
		for _, name := range namesOf(rec) {
			for _, key := range []string{text.Place(prefix + name), text.Place(above + name)} {
				if !slices.Contains(index[key], rec) {
					index[key] = append(index[key], rec)
				}
			}
		}
	}
}

// maxQualifier bounds the names put before another, in bytes, should the areas'
// parents form a circle.
const maxQualifier = 200

// nameKeys returns the keys under which a record is known: name, code, short
// names and aliases, and for places the name without 村委会 and the like.
func nameKeys(ledger string, rec *model.Record) []string {
	var keys []string
	for _, n := range append(namesOf(rec), rec.Get("code").Text) {
		if n == "" {
			continue
		}
		keys = append(keys, text.Code(n))
		if ledger == "area" {
			keys = append(keys, text.Place(n))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// namesOf returns a record's name with its short names and aliases.
func namesOf(rec *model.Record) []string {
	names := []string{rec.Get("name").Text}
	for _, key := range []string{"aliases", "short"} {
		names = append(names, strings.FieldsFunc(rec.Get(key).Text, func(c rune) bool { return strings.ContainsRune("、,，;； ", c) })...)
	}
	return names
}

// nearest keeps, of several hits, those in the area itself or below it, else
// those in the area next above, and so on up.
func (r *resolver) nearest(hits []*model.Record, area string) []*model.Record {
	hits = distinctRecords(hits)
	for at := area; at != "" && len(hits) > 1; at = r.above(at) {
		near := slices.DeleteFunc(slices.Clone(hits), func(h *model.Record) bool { return !r.isBelow(h.Area, at) })
		if len(near) > 0 {
			return near
		}
	}
	return hits
}

func distinctRecords(hits []*model.Record) []*model.Record {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(hits), func(h *model.Record) bool {
		again := seen[h.ID]
		seen[h.ID] = true
		return again
	})
}

// maxDepth bounds walks up the areas, should their parents form a circle.
const maxDepth = 12

func (r *resolver) area(id string) *model.Record { return r.listed("area", id) }

// listed returns a record of a listed ledger by its own id, nil if there is none.
func (r *resolver) listed(ledger, id string) *model.Record {
	r.index(ledger)
	return r.records[ledger][id]
}

func (r *resolver) above(id string) string { return r.area(id).Get("parent").ID }

func (r *resolver) isBelow(id, top string) bool {
	for range maxDepth {
		if id == top {
			return true
		}
		if id == "" {
			return false
		}
		id = r.above(id)
	}
	return false
}

// areaOf returns the area that a unit, an area or a person belongs to.
func (r *resolver) areaOf(id string) string {
	if id == "" || r.area(id) != nil {
		return id
	}
	for _, ledger := range []string{"unit", "person"} {
		rec, err := r.r.Get(r.ctx, ledger, id)
		if err == nil {
			return rec.Area
		}
		if model.CodeOf(err) != model.CodeNotFound {
			r.fail(err)
		}
	}
	return ""
}

// levelOf returns the level of an area, or of the unit's own.
func (r *resolver) levelOf(id string) model.Level {
	if id == "" {
		return ""
	}
	if rec := r.area(id); rec != nil {
		return model.Level(rec.Get("level").Text)
	}
	rec, err := r.r.Get(r.ctx, "unit", id)
	if err != nil {
		return ""
	}
	if level := rec.Get("level").Text; level != "" {
		return model.Level(level)
	}
	return model.Level(r.area(rec.Area).Get("level").Text)
}

// AreaOf returns the area of the record a reference points at.
func (r *resolver) AreaOf(f *model.Field, v model.Value) string {
	if v.ID == "" {
		return ""
	}
	for _, ledger := range f.Ref.Ledgers {
		if !slices.Contains(listed, ledger) {
			continue
		}
		switch rec := r.listed(ledger, v.ID); {
		case rec == nil:
		case ledger == "area":
			return rec.ID
		default:
			return rec.Area
		}
	}
	for _, ledger := range f.Ref.Ledgers {
		rec, err := r.r.Get(r.ctx, ledger, v.ID)
		if err == nil {
			return rec.Area
		}
		if model.CodeOf(err) != model.CodeNotFound {
			r.fail(err)
		}
	}
	return ""
}

func (r *resolver) fail(err error) {
	if err != nil && r.err == nil {
		r.err = err
	}
}

// place finds the one area that words mean, seen from an area.
func (r *resolver) place(words, from string) (id, name string, ok bool) {
	hits := r.nearest(r.named("area", words), from)
	if len(hits) != 1 {
		return "", "", false
	}
	return hits[0].ID, hits[0].Get("name").Text, true
}

// compareAreas orders areas as the divisions are: by 排序, then by code, then by
// name, an area after those above it.
func (r *resolver) compareAreas(a, b string) int {
	x, y := r.divisionKey(a), r.divisionKey(b)
	return slices.Compare(x, y)
}

func (r *resolver) divisionKey(id string) []string {
	var key []string
	for at := id; at != "" && len(key) < maxDepth; at = r.above(at) {
		rec := r.area(at)
		key = append([]string{fmt.Sprintf("%09d %s %s", rec.Get("order").Num, rec.Get("code").Text, rec.Get("name").Text)}, key...)
	}
	return key
}
