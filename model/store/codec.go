package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"xiangzhen/model"
)

// Codec encodes sensitive values on their way into the file and decodes them on
// their way out. Encode need not give the same text twice: values are looked up
// by their keyed hash, and written only when they differ.
type Codec interface {
	Encode(at Place, plain string) (string, error)
	Decode(at Place, stored string) (string, error)
}

// Place is where a sensitive value belongs: what is encoded for one place cannot
// be moved to another unnoticed.
type Place struct{ Ledger, Record, Field string }

// plainCodec keeps values as they are: no lock has been set.
type plainCodec struct{}

func (plainCodec) Encode(_ Place, plain string) (string, error)  { return plain, nil }
func (plainCodec) Decode(_ Place, stored string) (string, error) { return stored, nil }

// secrets is the codec with the file's own hash key, for the values of one record.
type secrets struct {
	codec          Codec
	key            []byte
	ledger, record string
}

// of returns the secrets for the values of a record.
func (s secrets) of(ledger, record string) secrets {
	s.ledger, s.record = ledger, record
	return s
}

func newSecrets(c Codec, key []byte) secrets {
	if c == nil {
		c = plainCodec{}
	}
	return secrets{codec: c, key: key}
}

// hashBytes of HMAC-SHA256 are kept: far more than chance collisions need.
const hashBytes = 16

func (s secrets) hash(plain string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(strings.ToUpper(strings.TrimSpace(plain))))
	return hex.EncodeToString(mac.Sum(nil)[:hashBytes])
}

func (s secrets) hashes(plain []string) []string {
	out := make([]string, len(plain))
	for i, p := range plain {
		out[i] = s.hash(p)
	}
	return out
}

// firstDigits is how much of an ID number Excel leaves intact: it keeps 15
// significant digits and writes zeros for the rest.
const firstDigits = 15

func (s secrets) hashFirst(plain string) string {
	plain = strings.TrimSpace(plain)
	return s.hash(plain[:min(len(plain), firstDigits)])
}

func (s secrets) place(f *model.Field) Place { return Place{s.ledger, s.record, f.Key} }

// encode writes a value of a sensitive field as one text for the codec.
func (s secrets) encode(f *model.Field, v model.Value) (string, error) {
	plain, err := flatten(f, v)
	if err != nil {
		return "", err
	}
	return s.codec.Encode(s.place(f), plain)
}

// decode reads what encode made.
func (s secrets) decode(f *model.Field, stored string) (model.Value, error) {
	plain, err := s.codec.Decode(s.place(f), stored)
	if err != nil {
		return model.Value{}, model.Wrap(err, model.CodeInvalid, "“%s”的内容已加密，现在读不出来。请先解锁台账。", f.Label)
	}
	return unflatten(f, plain)
}

func flatten(f *model.Field, v model.Value) (string, error) {
	switch {
	case f.Kind.Numeric():
		return strconv.FormatInt(v.Num, 10), nil
	case f.Kind == model.KindDate:
		return joinJSON(v.Text, string(v.Start), string(v.End), string(v.When))
	case f.Kind == model.KindRef:
		return joinJSON(v.Text, v.ID)
	}
	return v.Text, nil
}

func joinJSON(parts ...string) (string, error) {
	b, err := json.Marshal(parts)
	return string(b), err
}

func unflatten(f *model.Field, plain string) (model.Value, error) {
	switch {
	case f.Kind.Numeric():
		n, err := strconv.ParseInt(plain, 10, 64)
		return model.Int(n), err
	case f.Kind == model.KindDate, f.Kind == model.KindRef:
		var parts []string
		if err := json.Unmarshal([]byte(plain), &parts); err != nil {
			return model.Value{}, err
		}
		return fromParts(f.Kind, parts)
	}
	return model.Text(plain), nil
}

func fromParts(k model.Kind, parts []string) (model.Value, error) {
	switch {
	case k == model.KindDate && len(parts) == 4:
		return model.Value{
			Text: parts[0], Start: model.Day(parts[1]), End: model.Day(parts[2]), When: model.DateKind(parts[3]), Set: true,
		}, nil
	case k == model.KindRef && len(parts) == 2:
		return model.Value{Text: parts[0], ID: parts[1], Set: true}, nil
	}
	return model.Value{}, fault("a %s of %d parts", k, len(parts))
}
