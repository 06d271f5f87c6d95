// Package text reads what people write: it normalises values, codes and
// headers, reads numbers with units and dates in words, makes keys for search
// and for comparing, and decodes files by content.
//
// Every function is pure. None guesses in silence: what can be read in more than
// one way comes back with a Doubt that says so in Chinese and offers readings.
package text

// Doubt is what a reader is not sure of. The zero Doubt means there is none.
type Doubt struct {
	Level       DoubtLevel
	Message     string   // Chinese, one sentence
	Suggestions []string // readings to offer, best first, in words that the same reader takes
}

// DoubtLevel says what is to be done about a Doubt.
type DoubtLevel string

// The levels of a Doubt.
const (
	Note  DoubtLevel = "note"  // read, by a convention worth telling (疑点)
	Ask   DoubtLevel = "ask"   // not read: a person must choose
	Wrong DoubtLevel = "wrong" // not read: no such day, no number (错误)
)

// IsZero reports whether there is no doubt.
func (d Doubt) IsZero() bool { return d.Level == "" }
