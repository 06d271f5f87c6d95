package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/hex"
	"io/fs"

	"github.com/google/uuid"
	"github.com/pressly/goose/v3"

	_ "modernc.org/sqlite" // the driver
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrationTable is where goose notes which migrations a file has had.
const migrationTable = "sys_migration"

// migrate brings the core tables up to date, each migration in a transaction.
// What follows from the descriptions of ledgers is update's work.
func migrate(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version == schemaVersion {
		return nil
	}
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir,
		goose.WithTableName(migrationTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// meta is what sys_meta keeps for good.
type meta struct {
	id      string // of the ledger file
	hashKey string // in hexadecimal; encoded if there is a lock
	lock    string // a seal.Lock as JSON, "" without
}

// Keys of sys_meta.
const (
	metaID         = "id"
	metaHashKey    = "hash_key"
	metaLock       = "lock"           // how the data key is opened; see unlock.go
	metaDay        = "derived_day"    // the day derived fields were last computed for
	metaParams     = "derived_params" // the hash of the parameters they were computed with
	metaRules      = "derived_rules"  // the version of the derivations
	metaBackupOp   = "backup_op"      // the last operation in the last backup
	metaBackupPath = "backup_path"
)

const hashKeyBytes = 32

func newMeta(ctx context.Context, db *sql.DB) error {
	key := make([]byte, hashKeyBytes)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "INSERT INTO sys_meta(key, value) VALUES (?, ?), (?, ?)",
		metaID, id.String(), metaHashKey, hex.EncodeToString(key))
	return err
}

func loadMeta(ctx context.Context, ses *session) (meta, error) {
	id, err := getMeta(ctx, ses, metaID)
	if err != nil {
		return meta{}, err
	}
	key, err := getMeta(ctx, ses, metaHashKey)
	if err != nil {
		return meta{}, err
	}
	lock, err := getMeta(ctx, ses, metaLock)
	if err == nil && (id == "" || key == "") {
		err = fault("a ledger without id or hash key")
	}
	return meta{id: id, hashKey: key, lock: lock}, err
}

// getMeta returns a value of sys_meta, "" if there is none.
func getMeta(ctx context.Context, ses *session, key string) (string, error) {
	var v string
	_, err := ses.one(ctx, []any{&v}, "SELECT value FROM sys_meta WHERE key = ?", key)
	return v, err
}

func setMeta(ctx context.Context, ses *session, key, value string) error {
	_, err := ses.exec(ctx, "INSERT INTO sys_meta(key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}
