package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/report"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// The headers of a table of parameters (规则方案) by which it is read again.
const (
	schemeKey   = "编号"
	schemeValue = "取值"
)

// ownParameters are those of this ledger file, which are handed to nobody.
var ownParameters = []string{rule.UnitHome, rule.UnitOwner, rule.UnitDesks, rule.UnitOffice, rule.UnitInbox, rule.UnitBurden, rule.Demo}

// WriteScheme writes the parameters in force with the rules that are switched off as a
// workbook: a county hands it down, a township takes it in.
func (a *App) WriteScheme(ctx context.Context, out string) error {
	now, err := a.Settings(ctx)
	if err != nil {
		return err
	}
	t := report.Table{Columns: []report.Column{{Header: "序号", Width: 6, Number: true}, {Header: "口径", Width: 24}, {Header: schemeValue, Width: 16}, {Header: "计量单位", Width: 9},
		{Header: "说明", Width: 44}, {Header: "依据", Width: 34}, {Header: schemeKey, Width: 26}}}
	for _, p := range schemeParameters(now) {
		t.Rows = append(t.Rows, []string{strconv.Itoa(len(t.Rows) + 1), p.Label, schemeWords(p, now[p.Key]), p.Unit, p.Help, p.Source, p.Key})
	}
	_, err = a.writeTable(ctx, t, "口径与参数表（"+text.FormatDay(a.Today())+"）", 1, out)
	return err
}

// schemeParameters are what a scheme holds: the parameters in their order, then the
// rules switched off and the words of the county's own that are set.
func schemeParameters(now model.Params) []rule.Parameter {
	out := slices.DeleteFunc(rule.Parameters(), func(p rule.Parameter) bool { return slices.Contains(ownParameters, p.Key) })
	for _, key := range slices.Sorted(maps.Keys(now)) {
		own := strings.HasPrefix(key, rule.CheckOff) || strings.HasPrefix(key, rule.TermPrefix)
		if p, ok := rule.FindParameter(key); ok && own && now[key] != "" {
			out = append(out, p)
		}
	}
	return out
}

// schemeWords writes a value for people: 是 for a yes.
func schemeWords(p rule.Parameter, value string) string {
	if p.Kind != model.KindBool {
		return value
	}
	if value == "1" || value == "是" {
		return "是"
	}
	return "否"
}

// SchemeChange is a parameter that a scheme has otherwise than this ledger.
type SchemeChange struct {
	Key, Label string
	Now, Then  string // in words
	Cell       string // where the scheme says so
	Err        error  // why it cannot be taken; nil if it can
}

// ReadScheme reads a table of parameters and returns what taking it in would change.
// Parameters that it leaves out stay as they are. Nothing is written.
func (a *App) ReadScheme(ctx context.Context, file string) ([]SchemeChange, error) {
	book, err := sheet.Open(file)
	if err != nil {
		return nil, err
	}
	now, err := a.Settings(ctx)
	if err != nil {
		return nil, err
	}
	for i := range book.Sheets {
		if head, key, value := schemeHead(&book.Sheets[i]); head > 0 {
			return schemeChanges(&book.Sheets[i], head, key, value, now), nil
		}
	}
	return nil, model.Errorf(model.CodeInvalid, "这份表里没有“%s”和“%s”两列，不是口径与参数表。请用“导出口径表”得到的表来改。", schemeKey, schemeValue)
}

// schemeHead finds the row of the headers and the two columns; 0 if there is none.
func schemeHead(s *sheet.Sheet) (row, key, value int) {
	for _, r := range s.Rows {
		key, value = 0, 0
		for _, c := range r.Cells {
			switch text.HeaderKey(c.Text) {
			case text.HeaderKey(schemeKey):
				key = c.Col
			case text.HeaderKey(schemeValue):
				value = c.Col
			}
		}
		if key > 0 && value > 0 {
			return r.Index, key, value
		}
	}
	return 0, 0, 0
}

func schemeChanges(s *sheet.Sheet, head, keyCol, valueCol int, now model.Params) []SchemeChange {
	var out []SchemeChange
	for _, r := range s.Rows {
		key := strings.TrimSpace(s.Cell(r.Index, keyCol).Text)
		if r.Index <= head || key == "" || slices.Contains(ownParameters, key) {
			continue
		}
		p, known := rule.FindParameter(key)
		c := SchemeChange{Key: key, Label: cmp.Or(p.Label, key), Now: schemeWords(p, now[key]), Cell: sheet.CellName(r.Index, valueCol)}
		c.Then = schemeWords(p, strings.TrimSpace(s.Cell(r.Index, valueCol).Text))
		if !known || p.Key != key {
			c.Err = model.Errorf(model.CodeNotFound, "没有编号为“%s”的口径，这一行没有采用。", key)
		} else {
			c.Err = rule.CheckSetting(key, c.Then)
		}
		if c.Err != nil || c.Then != c.Now {
			out = append(out, c)
		}
	}
	return out
}

// TakeScheme sets the parameters of a scheme, from today on, as one operation. All of
// them are set or, if one is refused, none.
func (a *App) TakeScheme(ctx context.Context, changes []SchemeChange) (Done, error) {
	now, err := a.Settings(ctx)
	if err != nil {
		return Done{}, err
	}
	for _, c := range changes {
		if err := cmp.Or(c.Err, rule.CheckSetting(c.Key, c.Then)); err != nil {
			return Done{}, err
		}
		now[c.Key] = c.Then
	}
	if err := checkTogether(now); err != nil {
		return Done{}, err
	}
	op, err := a.do(ctx, "settings", fmt.Sprintf("采用口径与参数表 %d 项", len(changes)), func(tx *store.Tx) error {
		for _, c := range changes {
			if err := putSetting(ctx, tx, c.Key, settingOf(c), a.since(c.Key)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Done{}, err
	}
	if _, err := a.store.Refresh(ctx, a.Today()); err != nil {
		return Done{}, err
	}
	return Done{Op: op}, a.loadHome(ctx)
}

// settingOf is the value as it is kept: 1 for a yes, nothing for a no.
func settingOf(c SchemeChange) string {
	if p, ok := rule.FindParameter(c.Key); !ok || p.Kind != model.KindBool {
		return c.Then
	}
	if c.Then == "是" {
		return "1"
	}
	return ""
}
