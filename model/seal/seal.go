// Package seal is the cryptography of the program, and knows no ledger: a data key
// that is wrapped by a password and by recovery codes, and a cipher that makes of
// the same value at the same place the same text. It is pure but for randomness.
//
// What it keeps secret is a value's content. Not hidden are that there is a value,
// how long it is, and that two versions of one record's field are the same.
package seal

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeyBytes is the size of a data key.
const KeyBytes = 32

// Key is the data key of a file. It lives in memory only; in the file it is wrapped.
type Key [KeyBytes]byte

// NewKey makes a data key.
func NewKey() (*Key, error) {
	k := new(Key)
	_, err := rand.Read(k[:])
	return k, err
}

// Derive makes a key for one purpose, from which neither the data key nor that of
// another purpose can be told.
func (k *Key) Derive(purpose string) []byte {
	mac := hmac.New(sha256.New, k[:])
	mac.Write([]byte("xiangzhen " + purpose))
	return mac.Sum(nil)
}

// String keeps a key out of logs and error texts.
func (k *Key) String() string { return "seal.Key(…)" }

// GoString does so for %#v.
func (k *Key) GoString() string { return k.String() }

// mark begins every sealed text: the version of how it is made.
const mark = "x1."

// encoding has one text for the same bytes only.
var encoding = base64.RawURLEncoding.Strict()

// Sealed reports whether a text looks like one that a Cipher made.
func Sealed(text string) bool { return strings.HasPrefix(text, mark) }

// ErrOpen is returned for a text that was not sealed with this key at this place,
// or was altered.
var ErrOpen = errors.New("seal: altered, or sealed with another key or elsewhere")

// Cipher seals values with XChaCha20-Poly1305. It may be used by any goroutine.
type Cipher struct {
	aead  cipher.AEAD
	nonce []byte // the key nonces are made with
}

// Cipher makes the cipher of the key.
func (k *Key) Cipher() (*Cipher, error) {
	aead, err := chacha20poly1305.NewX(k.Derive("value"))
	if err != nil {
		return nil, err
	}
	return &Cipher{aead: aead, nonce: k.Derive("nonce")}, nil
}

// Seal encrypts a value that belongs to a place. The nonce is a keyed hash of place
// and value: the same value there gives the same text, any other value another
// nonce, so that none is ever used for two texts.
func (c *Cipher) Seal(place, plain string) string {
	mac := hmac.New(sha256.New, c.nonce)
	mac.Write(strconv.AppendInt(nil, int64(len(place)), 10))
	io.WriteString(mac, "\n"+place+plain) // a hash never fails
	nonce := mac.Sum(nil)[:chacha20poly1305.NonceSizeX]
	return mark + encoding.EncodeToString(c.aead.Seal(nonce, nonce, []byte(plain), []byte(place)))
}

// Open decrypts what Seal made for the place; ErrOpen if it did not.
func (c *Cipher) Open(place, sealed string) (string, error) {
	text, ok := strings.CutPrefix(sealed, mark)
	if !ok {
		return "", ErrOpen
	}
	b, err := encoding.AppendDecode(make([]byte, 0, len(text)), []byte(text))
	if err != nil || len(b) < chacha20poly1305.NonceSizeX {
		return "", ErrOpen
	}
	body := b[chacha20poly1305.NonceSizeX:]
	plain, err := c.aead.Open(body[:0], b[:chacha20poly1305.NonceSizeX], body, []byte(place))
	if err != nil {
		return "", ErrOpen
	}
	return string(plain), nil
}
