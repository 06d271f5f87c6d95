package exchange

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// The findings of telling which record a row is about.
const (
	ruleCopiedRow   = "return_copied_row"
	ruleMovedRow    = "return_moved_row"
	ruleSeveralRows = "return_several_rows"
	ruleGuard       = "return_guard"
	ruleOverwritten = "return_overwritten"
	rulePastedRow   = "return_pasted_row"
)

// rowSpace is the name space of ids given to rows that came without one of
// their own, derived so that any order of files gives the same.
var rowSpace = uuid.MustParse("8b1f6a52-41c3-5d0e-9a6f-2c7e3d90b1aa")

// knownRows is what the rows of a return are told apart by: what went out with
// the form or, where that is lost, what the ledger holds now.
type knownRows struct {
	form    *resolved
	name    Path   // the column that names a row to people
	guards  []Path // the guarded columns that the return still has
	values  map[string]map[Path]model.Value
	byWords map[string][]string // all guarded words → ids
	byName  map[string][]string // name → ids
}

// known indexes records by the words of the columns that the return still has.
func (r *Return) known(order []string, values map[string]map[Path]model.Value) *knownRows {
	k := &knownRows{form: r.form, name: Path(r.form.ledger.Title), values: values, byWords: map[string][]string{}, byName: map[string][]string{}}
	for _, p := range r.form.guards() {
		if slices.Contains(r.columns, p) {
			k.guards = append(k.guards, p)
		}
	}
	for _, id := range order {
		words, name := k.words(values[id]), k.word(k.name, values[id][k.name])
		k.byWords[words] = append(k.byWords[words], id)
		k.byName[name] = append(k.byName[name], id)
	}
	return k
}

// word is a guarded value as it is compared: as people see it, without blanks.
func (k *knownRows) word(p Path, v model.Value) string {
	tg, ok := k.form.targets[p]
	if !ok || tg.Field == nil {
		return ""
	}
	if tg.Field.Kind == model.KindRef {
		return text.Place(tg.Field.Show(v)) // 青山村委会 is 青山村 all the same
	}
	return text.HeaderKey(tg.Field.Show(v))
}

func (k *knownRows) words(values map[Path]model.Value) string {
	words := make([]string, len(k.guards))
	for i, p := range k.guards {
		words[i] = k.word(p, values[p])
	}
	return strings.Join(words, "\x1f")
}

// fit says how a row was told.
type fit uint8

const (
	fitNone    fit = iota // none of the known rows
	fitOwn                // the record of the id beside it
	fitWords              // another record, by the words
	fitCopied             // a record that has a row already
	fitSeveral            // more than one record: not guessed
	fitOver               // something else was typed over the record of its id
)

// place is what a row was found to be.
type place struct {
	fit fit
	id  string
	row int // of fitCopied: the row that is about the record
}

// places tells which record each row is about. An id counts if the words beside
// it are those that it went out with. If they are another's, the rows were
// sorted without their hidden column, and the words count. Rows whose words
// fit the id beside them go first, so that a copy typed over never takes the
// place of the row it was copied from.
func (k *knownRows) places(rows []ReturnRow) []place {
	out := make([]place, len(rows))
	taken := map[string]int{}
	for i, row := range rows {
		if k.fitsOwn(row) && taken[row.ID] == 0 {
			out[i] = place{fit: fitOwn, id: row.ID}
			taken[row.ID] = row.Row
		}
	}
	for i, row := range rows {
		if out[i].fit != fitNone {
			continue
		}
		p := k.byWord(row, taken)
		if (p.fit == fitOwn || p.fit == fitWords) && taken[p.id] != 0 {
			p = place{fit: fitCopied, id: p.id, row: taken[p.id]}
		}
		if p.fit == fitOwn || p.fit == fitWords {
			taken[p.id] = row.Row
		}
		out[i] = p
	}
	return out
}

// fitsOwn reports whether the words of a row are those of the id beside it. Of
// the guarded columns only the name must agree, unless all of them together are
// another row's.
func (k *knownRows) fitsOwn(row ReturnRow) bool {
	values, ok := k.values[row.ID]
	if !ok {
		return false
	}
	words := k.words(row.values())
	if words == k.words(values) {
		return true
	}
	name := k.word(k.name, row.Cells[k.name].Value)
	return len(k.byWords[words]) == 0 && (name == "" || name == k.word(k.name, values[k.name]))
}

// byWord places a row that does not fit its id, or has none.
func (k *knownRows) byWord(row ReturnRow, taken map[string]int) place {
	name := k.word(k.name, row.Cells[k.name].Value)
	ids := k.byWords[k.words(row.values())]
	if len(ids) == 0 && name != "" {
		ids = k.byName[name]
	}
	_, known := k.values[row.ID]
	switch {
	case len(ids) == 1:
		return place{fit: fitWords, id: ids[0]}
	case slices.Contains(ids, row.ID), known && taken[row.ID] != 0:
		return place{fit: fitOwn, id: row.ID} // a copy, as places will find
	case len(ids) > 1:
		return place{fit: fitSeveral}
	case !known:
		return place{}
	case text.Similarity(name, k.word(k.name, k.values[row.ID][k.name])) >= alike:
		return place{fit: fitOwn, id: row.ID}
	}
	return place{fit: fitOver, id: row.ID}
}

// alike is how like two names must be for one to be the other, corrected.
const alike = 0.6

func (row *ReturnRow) values() map[Path]model.Value {
	out := make(map[Path]model.Value, len(row.Cells))
	for p, e := range row.Cells {
		out[p] = e.Value
	}
	return out
}

// settleRows gives each row the id of its record, "" for one that is new and has
// none, and says what it could not tell.
func (r *Return) settleRows(k *knownRows, rows []ReturnRow) []model.Problem {
	var out []model.Problem
	for i, p := range k.places(rows) {
		row := &rows[i]
		switch p.fit {
		case fitOwn:
			out = append(out, r.checkGuards(k, row)...)
		case fitWords:
			if row.ID != "" {
				out = append(out, r.rowProblem(row, ruleMovedRow, model.Doubt,
					"隐藏的编号与事项对不上（可能排序时没带上隐藏列），按事项名称认", "请核对这一行。"))
			}
			row.ID = p.id
			out = append(out, r.checkGuards(k, row)...)
		case fitCopied:
			out = append(out, r.rowProblem(row, ruleCopiedRow, model.Doubt,
				fmt.Sprintf("像是从第 %d 行复制出来的，按新增的行处理", p.row), "如果不是新事项，请删去这一行。"))
			row.ID = r.derivedID(*row)
		case fitSeveral:
			row.stopped = true
			out = append(out, r.rowProblem(row, ruleSeveralRows, model.Fault,
				"与下发的几行都相符，认不出是哪一行，没有采用", "请在原来下发的表里填写这一行。"))
		case fitOver:
			row.stopped = true
			out = append(out, r.overwritten(k, row))
		default:
			if uuid.Validate(row.ID) != nil {
				row.ID = ""
			}
		}
	}
	return out
}

// checkGuards tells of guarded cells that came back changed: they are not taken.
// Another unit than the row's, or several changes at once, are another's row
// pasted over this one: then nothing of the row is taken.
func (r *Return) checkGuards(k *knownRows, row *ReturnRow) []model.Problem {
	var out []model.Problem
	var changed []string
	home := false
	for _, p := range k.guards {
		e, was, f := row.Cells[p], k.values[row.ID][p], k.form.targets[p].Field
		if e.Blank || isSecret(f, was) || k.word(p, was) == k.word(p, e.Value) || sameCell(f, was, e.shown()) {
			continue
		}
		home = home || r.form.isHome(p)
		changed = append(changed, fmt.Sprintf("“%s”下发时是“%s”，现在写的是“%s”", f.Label, text.Excerpt(f.Show(was)), text.Excerpt(e.shown().Text)))
		out = append(out, r.cellProblem(e.Cell, p, ruleGuard, model.Doubt,
			f.Label+"由镇里填写，改动没有采用（下发时是“"+text.Excerpt(f.Show(was))+"”）", "如确需修改，请与镇里联系。"))
	}
	if len(changed) < 2 && !home {
		return out
	}
	row.stopped = true
	return []model.Problem{r.rowProblem(row, rulePastedRow, model.Fault,
		strings.Join(changed, "；")+"，像是从别处粘贴来的，整行没有采用", "请按下发的表改回灰底各列，再填这一行。")}
}

// isHome reports whether a path says first of all whose a row is: the field
// itself, or something of the record that it points at.
func (r *resolved) isHome(p Path) bool {
	from := r.ledger.AreaFrom
	head, _, _ := strings.Cut(string(p), ".")
	return len(from) > 0 && head == from[0]
}

func (r *Return) overwritten(k *knownRows, row *ReturnRow) model.Problem {
	f, e := k.form.targets[k.name].Field, row.Cells[k.name]
	return r.cellProblem(e.Cell, k.name, ruleOverwritten, model.Fault,
		"这一行下发时是“"+text.Excerpt(f.Show(k.values[row.ID][k.name]))+"”，现在写的是“"+text.Excerpt(f.Show(e.Value))+"”，不知道是不是同一事项，整行没有采用",
		"新事项请填在下面的空行里。")
}

// derivedID gives a copied row an id that follows from its content.
func (r *Return) derivedID(row ReturnRow) string {
	key := strings.Join([]string{r.form.Key, string(r.Period), r.Sender.Area, row.ID, r.rowText(row)}, "\x00")
	return uuid.NewSHA1(rowSpace, []byte(key)).String()
}

// rowProblem is a finding on a whole row; it is shown at the row's name.
func (r *Return) rowProblem(row *ReturnRow, rule string, level model.Severity, message, suggestion string) model.Problem {
	cell := row.Cells[Path(r.form.ledger.Title)].Cell
	if cell == "" {
		cell = sheet.CellName(row.Row, 1)
	}
	p := r.cellProblem(cell, "", rule, level, message, suggestion)
	p.Record = row.ID
	return p
}

func (r *Return) cellProblem(cell string, at Path, rule string, level model.Severity, message, suggestion string) model.Problem {
	p := model.Problem{Rule: rule, Level: level, Ledger: r.form.Over, File: r.File, Sheet: r.Sheet, Cell: cell,
		Message: message, Suggestion: suggestion}
	if tg, ok := r.form.targets[at]; ok && tg.Field != nil {
		p.Ledger, p.Field = tg.Ledger.Key, tg.Field.Key
	}
	return p
}
