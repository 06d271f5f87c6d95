package seal

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

// Cost is what one try of a secret takes with argon2id.
type Cost struct {
	Time    uint32 `json:"time"`
	Memory  uint32 `json:"memory"` // KiB
	Threads uint8  `json:"threads"`
}

// DefaultCost is the second recommendation of RFC 9106 §4 (64 MiB, three passes),
// which an office PC of 4 GB bears: some 0.2 s.
var DefaultCost = Cost{Time: 3, Memory: 64 << 10, Threads: 4}

// maxCost bounds what a file may ask of the PC that opens it.
var maxCost = Cost{Time: 16, Memory: 512 << 10, Threads: 16}

// Kind tells what opens a slot.
type Kind string

// The kinds of slots.
const (
	Password Kind = "password"
	Recovery Kind = "recovery" // a code printed on paper
)

// Slot is the data key wrapped by one secret.
type Slot struct {
	Kind  Kind      `json:"kind"`
	Label string    `json:"label,omitempty"` // who keeps a recovery code
	Made  time.Time `json:"made"`
	Cost  Cost      `json:"cost"`
	Salt  []byte    `json:"salt"`
	Box   []byte    `json:"box"` // nonce and wrapped key
}

// Lock is what a locked file says in the clear about how it is opened.
type Lock struct {
	Slots []Slot `json:"slots"`
}

// ErrWrong is returned for a secret that opens no slot.
var ErrWrong = errors.New("seal: wrong password or recovery code")

const saltBytes = 16

// Wrap wraps the data key by a password or a recovery code.
func Wrap(key *Key, kind Kind, secret, label string, cost Cost, now time.Time) (Slot, error) {
	s := Slot{Kind: kind, Label: label, Made: now, Cost: cost, Salt: make([]byte, saltBytes)}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	for _, b := range [][]byte{s.Salt, nonce} {
		if _, err := rand.Read(b); err != nil {
			return s, err
		}
	}
	aead, err := chacha20poly1305.NewX(s.wrapping(secret))
	if err == nil {
		s.Box = aead.Seal(nonce, nonce, key[:], []byte(kind))
	}
	return s, err
}

// wrapping makes the key that wraps the data key out of a secret.
func (s Slot) wrapping(secret string) []byte {
	if s.Kind == Recovery {
		secret = plainCode(secret)
	}
	return argon2.IDKey([]byte(norm.NFC.String(secret)), s.Salt, s.Cost.Time, s.Cost.Memory, s.Cost.Threads, chacha20poly1305.KeySize)
}

// sound reports whether trying the slot is possible and bearable.
func (s Slot) sound() bool {
	c := s.Cost
	return c.Time > 0 && c.Time <= maxCost.Time && c.Memory > 0 && c.Memory <= maxCost.Memory &&
		c.Threads > 0 && c.Threads <= maxCost.Threads && len(s.Box) == chacha20poly1305.NonceSizeX+KeyBytes+chacha20poly1305.Overhead
}

// open tries a secret.
func (s Slot) open(secret string) (*Key, error) {
	if !s.sound() || s.Kind == Recovery && len(plainCode(secret)) != codeLetters {
		return nil, ErrWrong
	}
	aead, err := chacha20poly1305.NewX(s.wrapping(secret))
	if err != nil {
		return nil, err
	}
	b, err := aead.Open(nil, s.Box[:chacha20poly1305.NonceSizeX], s.Box[chacha20poly1305.NonceSizeX:], []byte(s.Kind))
	if err != nil {
		return nil, ErrWrong
	}
	return (*Key)(b), nil
}

// Open returns the data key that a password or a recovery code opens, and of which
// kind it was; ErrWrong if it opens none.
func (l Lock) Open(secret string) (*Key, Kind, error) {
	for _, s := range l.Slots {
		key, err := s.open(secret)
		if !errors.Is(err, ErrWrong) {
			return key, s.Kind, err
		}
	}
	return nil, "", ErrWrong
}

// With returns the lock with a slot added; a password takes the place of the one
// before it, a code that of the code with the same label.
func (l Lock) With(s Slot) Lock {
	slots := slices.DeleteFunc(slices.Clone(l.Slots), func(o Slot) bool { return o.Kind == s.Kind && (s.Kind == Password || o.Label == s.Label) })
	return Lock{Slots: append(slots, s)}
}

// codeAlphabet leaves out what is misread on paper: 0 O 1 I.
const codeAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// A recovery code has 24 letters, which is 120 bits: nobody tries them all.
const (
	codeLetters = 24
	codeGroup   = 4
)

// NewCode makes a recovery code, in groups as it is printed: ABCD-EFGH-….
func NewCode() (string, error) {
	b := make([]byte, codeLetters)
	if _, err := rand.Read(b); err != nil {
		return "", err
	}
	var out strings.Builder
	for i, c := range b {
		if i > 0 && i%codeGroup == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(codeAlphabet[int(c)%len(codeAlphabet)]) // 32 divides 256: no letter is likelier
	}
	return out.String(), nil
}

// plainCode is a code as typed, in any case, with any or no marks between groups,
// full-width letters included.
func plainCode(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(codeAlphabet, r) {
			return r
		}
		return -1
	}, strings.ToUpper(norm.NFKC.String(s)))
}

// MinPassword is the least number of characters of a password.
const MinPassword = 6

// Fit reports whether a password is long enough.
func Fit(password string) bool { return utf8.RuneCountInString(password) >= MinPassword }

// Wrong tries cost nothing at first, since fingers slip, and then more and more.
const (
	freeTries = 3
	firstWait = 5 * time.Second
	maxWait   = 10 * time.Minute
)

// Wait is how long to wait after so many wrong tries in a row.
func Wait(wrong int) time.Duration {
	if wrong < freeTries {
		return 0
	}
	wait := firstWait
	for range wrong - freeTries {
		if wait *= 2; wait >= maxWait {
			return maxWait
		}
	}
	return wait
}
