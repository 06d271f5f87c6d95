package store

import (
	"context"
	"strings"
	"time"

	"xiangzhen/model"
)

// OperationQuery narrows the operations that are listed. All parts must hold.
type OperationQuery struct {
	Words  string // each of them in the operation's name or that of who did it
	Ledger string // key of a ledger it touched
	// From and Before bound its time; zero times bound nothing.
	From, Before  time.Time
	Limit, Offset int // Limit 0 = all
}

// OperationPage is the answer: the operations of this page, newest first, and the
// number of all that fit.
type OperationPage struct {
	Total      int
	Operations []model.Operation
}

// FindOperations lists the operations that fit.
func (s *Store) FindOperations(ctx context.Context, q OperationQuery) (OperationPage, error) {
	return ask(ctx, s, func(v *view) (OperationPage, error) {
		where, args := q.condition()
		n, err := v.ses.number(ctx, "SELECT count(*) FROM sys_op o WHERE "+where, args...)
		if err != nil {
			return OperationPage{}, err
		}
		limit := q.Limit
		if limit <= 0 {
			limit = -1
		}
		ops, err := v.operations(ctx, where+" ORDER BY o.id DESC LIMIT ? OFFSET ?", append(args, limit, q.Offset)...)
		return OperationPage{Total: int(n), Operations: ops}, err
	})
}

// condition writes the query as SQL over sys_op o.
func (q OperationQuery) condition() (where string, args []any) {
	parts := []string{"true"}
	add := func(part string, values ...any) {
		parts, args = append(parts, part), append(args, values...)
	}
	for _, word := range strings.Fields(q.Words) {
		add("(instr(o.label, ?) > 0 OR instr(o.name, ?) > 0)", word, word)
	}
	if q.Ledger != "" {
		add("EXISTS (SELECT 1 FROM sys_change c WHERE c.op = o.id AND c.ledger = ?)", q.Ledger)
	}
	if !q.From.IsZero() {
		add("o.at >= ?", q.From.UnixMilli())
	}
	if !q.Before.IsZero() {
		add("o.at < ?", q.Before.UnixMilli())
	}
	return strings.Join(parts, " AND "), args
}
