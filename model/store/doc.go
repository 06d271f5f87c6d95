// Package store keeps the ledgers in one SQLite file, and is the only place
// that knows SQL.
//
// # The file
//
// Every ledger is a table of its own key with real typed columns, made from its
// description; what the program itself needs is in tables that begin with sys_.
// People may open the file with any SQLite tool and read it; writing is refused
// outside an operation.
//
//	<ledger>            n, id, area, revision, created_at/by, changed_at/by, fields
//	<ledger>__derived   n, next_change_on, as_of, derived fields; not journalled
//	sys_op              one row an operation: what, who, when, undone by
//	sys_change          the journal: one row a record changed, before and after
//	sys_now             the operation in progress; empty between operations
//	sys_alias           records merged away, and what they became
//	sys_search          full-text index fed by our own tokens
//	sys_ledger          the number of each ledger in the search index
//	sys_meta            who we are, the lock, the key of the hashes, the last backup
//	sys_destroyed       which entries of the journal were overwritten (期满销毁)
//
// Columns by kind: text, month, enum and lists are TEXT; numbers and yes/no are
// INTEGER; a date has four columns (words, __start, __end, __kind), a reference
// two (words, __id). A sensitive value is one TEXT column holding what the
// Codec made of it; ID numbers, phones and bank cards have beside it a keyed
// hash of the whole (__h), ID numbers one of the first 15 digits (__h15). The
// main column is NULL exactly when no value is given.
//
// # Writing
//
// Store.Do is the only way to write: one IMMEDIATE transaction on the one writer
// connection. Triggers made from the descriptions write the journal, and abort
// any write outside an operation. Before the commit the derived fields and the
// search index follow; after it one model.Change is published.
//
// Tx.AddAll writes the journal of what it adds itself, to the byte as the triggers
// would: while it runs, sys_now holds the operation's number negated. A goroutine
// of the Store's own merges the search index and folds big operations from the log
// into the file, bit by bit between operations; Close ends it.
//
// Journal JSON is keyed by field: a string or number for one column, an array of
// all its columns for a field of several; "area" is the area's id. Sensitive
// values stand there as they are stored. A deleted record also keeps "#": n,
// revision, created_at, created_by, changed_at, changed_by.
//
// Every operation bears a hash over the one before it, itself and its entries
// (chain.go), and Verify holds every row against the journal (replay.go).
//
// # The lock
//
// A ledger with a password has its sensitive values sealed one by one, in tables and
// journal, each tied to its record and field (unlock.go); Relock writes the file anew
// when a lock is set or taken away. Salvage saves what can be read of a damaged file.
//
// # Reading
//
// Reader is what Store (a snapshot for each call) and Tx (the operation's own
// view) have in common. Inside Do use the Tx: the Store shows the state before.
package store
