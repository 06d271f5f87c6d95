// Package form makes the entries of a record from its ledger's description, one
// for each field by its kind, and tells what was changed in them in the words that
// app.Add and app.Set take. It writes nothing itself.
package form
