// Package settings is the page 设置: what this ledger is and who works in it, the
// divisions, units and people, the parameters, the backups, and the size of text.
//
// The sections stand at the left; each has a file of its own here. What they say
// is decided in words.go and tree.go.
package settings
