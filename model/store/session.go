package store

import (
	"context"
	"database/sql"
	"sync"
)

// session is one connection with its prepared statements. It is used by one
// goroutine at a time.
type session struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	// journalled is the layout whose changes the connection journals, by the triggers
	// whose names journals holds: see keepJournal.
	journalled *schema
	journals   map[string]bool
}

// maxStmts bounds the statements kept: their texts vary with the conditions of a
// query and the fields of a change.
const maxStmts = 400

func newSession(ctx context.Context, db *sql.DB) (*session, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &session{conn: conn, stmts: map[string]*sql.Stmt{}, journals: map[string]bool{}}, nil
}

func (s *session) stmt(query string) (*sql.Stmt, error) {
	if st := s.stmts[query]; st != nil {
		return st, nil
	}
	// Preparing is short and must not depend on the caller's context: the
	// statement outlives it.
	st, err := s.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	s.stmts[query] = st
	return st, nil
}

func (s *session) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	st, err := s.stmt(query)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args...)
}

func (s *session) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := s.stmt(query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// each calls fn for every row of the query.
func (s *session) each(ctx context.Context, fn func(*sql.Rows) error, query string, args ...any) error {
	rows, err := s.query(ctx, query, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := fn(rows); err != nil {
			rows.Close()
			return err
		}
	}
	if err := rows.Err(); err != nil {
		rows.Close()
		return err
	}
	return rows.Close()
}

// one scans the first row of the query; found is false if there is none.
func (s *session) one(ctx context.Context, dst []any, query string, args ...any) (found bool, err error) {
	err = s.each(ctx, func(r *sql.Rows) error {
		found = true
		return r.Scan(dst...)
	}, query, args...)
	return found, err
}

// strings returns the first column of every row.
func (s *session) strings(ctx context.Context, query string, args ...any) ([]string, error) {
	var out []string
	err := s.each(ctx, func(r *sql.Rows) error {
		var v string
		err := r.Scan(&v)
		out = append(out, v)
		return err
	}, query, args...)
	return out, err
}

// numbers returns the first column of every row.
func (s *session) numbers(ctx context.Context, query string, args ...any) ([]int64, error) {
	var out []int64
	err := s.each(ctx, func(r *sql.Rows) error {
		var n int64
		err := r.Scan(&n)
		out = append(out, n)
		return err
	}, query, args...)
	return out, err
}

// number returns the one number the query gives.
func (s *session) number(ctx context.Context, query string, args ...any) (int64, error) {
	var n int64
	_, err := s.one(ctx, []any{&n}, query, args...)
	return n, err
}

// run executes statements that are not worth keeping.
func (s *session) run(ctx context.Context, query string) error {
	_, err := s.conn.ExecContext(ctx, query)
	return err
}

// trim drops the statements once there are too many. No rows may be open.
func (s *session) trim() error {
	if len(s.stmts) <= maxStmts {
		return nil
	}
	return s.forget()
}

func (s *session) forget() error {
	var first error
	for _, st := range s.stmts {
		if err := st.Close(); err != nil && first == nil {
			first = err
		}
	}
	clear(s.stmts)
	return first
}

func (s *session) close() error {
	err := s.forget()
	if e := s.conn.Close(); err == nil {
		err = e
	}
	return err
}

// pool hands out read sessions. It has no upper bound, so that a read inside a
// read never waits for itself; at most maxIdle are kept.
type pool struct {
	db     *sql.DB
	mu     sync.Mutex
	idle   []*session
	closed bool
}

const maxIdle = 4

func (p *pool) get(ctx context.Context) (*session, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		s := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return s, nil
	}
	p.mu.Unlock()
	return newSession(ctx, p.db)
}

func (p *pool) put(s *session) error {
	if err := s.trim(); err != nil {
		return err
	}
	p.mu.Lock()
	if !p.closed && len(p.idle) < maxIdle {
		p.idle = append(p.idle, s)
		p.mu.Unlock()
		return nil
	}
	p.mu.Unlock()
	return s.close()
}

func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	var first error
	for _, s := range p.idle {
		if err := s.close(); err != nil && first == nil {
			first = err
		}
	}
	p.idle = nil
	return first
}
