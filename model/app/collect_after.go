package app

import (
	"cmp"
	"context"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// answerConflicts decides what was answered beforehand, of the conflicts that the
// plan has. Where a side is no longer what was chosen, the conflict stays open.
func (c *collecting) answerConflicts(ctx context.Context, tx *store.Tx, plan *exchange.Plan) error {
	for id := range conflictsIn(plan) {
		i := slices.IndexFunc(c.req.Answers, func(a Answer) bool { return a.Conflict == id })
		if i < 0 {
			continue
		}
		err := c.answer(ctx, tx, c.req.Answers[i])
		switch model.CodeOf(err) {
		case "":
			c.out.Decided++
		case model.CodeAmbiguous, model.CodeInvalid:
			c.out.Warnings = append(c.out.Warnings, model.Sentence(err))
		default:
			return err
		}
	}
	return nil
}

// conflictsIn gives the ids of the conflicts that a plan opens or amends.
func conflictsIn(plan *exchange.Plan) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, row := range plan.Rows {
			for _, rp := range row.Records {
				for _, f := range rp.Fields {
					if f.Outcome == exchange.Conflict && !yield(conflictID(target{rp.Ledger, rp.ID}, f.Field)) {
						return
					}
				}
			}
		}
	}
}

// drop deletes the records of rows that did not come back, as far as that was
// asked for. What others refer to stays, and the clerk is told.
func (c *collecting) drop(tx *store.Tx, plan *exchange.Plan) error {
	for _, row := range plan.Rows {
		if row.Kind != exchange.RowMissing || len(row.Records) == 0 || !slices.Contains(c.req.Drop, row.Records[0].ID) {
			continue
		}
		switch err := tx.Delete(plan.Ledger, row.Records[0].ID, false); {
		case err == nil:
			c.out.Dropped++
		case refuses(err):
			c.out.Warnings = append(c.out.Warnings, model.Sentence(err))
		default:
			return err
		}
	}
	return nil
}

// nameMissing names the records of the rows that did not come back, so that their
// deletion can be asked for. Only what this ledger itself sent out can tell: of a
// form issued elsewhere none is named.
func (c *collecting) nameMissing(look *lookup, plan *exchange.Plan) error {
	out, err := look.Record(ledgers.Dispatch, plan.Issue)
	if err != nil || out == nil || plan.Counts().MissingRows == 0 {
		return err
	}
	gone, err := c.notBack(look, plan, strings.Fields(out.Get("row_ids").Text))
	if err != nil {
		return err
	}
	for i := range plan.Rows {
		if row := &plan.Rows[i]; row.Kind == exchange.RowMissing && len(gone) > 0 {
			row.Records = []exchange.RecordPlan{{Ledger: plan.Ledger, ID: gone[0]}}
			gone = gone[1:]
		}
	}
	return nil
}

// notBack returns which of the rows sent out did not come back, in their order,
// as the plan lists them; none if the two do not agree.
func (c *collecting) notBack(look *lookup, plan *exchange.Plan, sent []string) ([]string, error) {
	back := map[string]bool{}
	for _, row := range c.ret.Rows {
		back[row.ID] = true
	}
	var gone []string
	for _, id := range sent {
		if back[id] {
			continue
		}
		rec, err := look.Record(plan.Ledger, id)
		if err != nil {
			return nil, err
		}
		if rec != nil {
			gone = append(gone, rec.ID)
		}
	}
	if len(gone) != plan.Counts().MissingRows {
		return nil, nil
	}
	return gone, nil
}

// CanSendBack reports whether the file has values held back that can be marked in
// a copy of it.
func (r FileResult) CanSendBack() bool {
	return hasFault(r.Problems) && r.Format == string(sheet.XLSX)
}

// SendBack writes a copy of the sender's own file into a folder, with what was held
// back marked in it (退回更正), and returns its path; "" if there is nothing to mark.
func SendBack(dir string, r FileResult) (string, error) {
	if !r.CanSendBack() {
		return "", nil
	}
	base := cmp.Or(text.FileName(filepath.Base(r.File)), "表.xlsx")
	to := filepath.Join(dir, strings.TrimSuffix(base, filepath.Ext(base))+"（问题）.xlsx")
	return to, sheet.MarkProblems(r.File, to, exchange.Marks(r.Problems))
}
