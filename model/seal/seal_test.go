package seal

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var quick = Cost{Time: 1, Memory: 64, Threads: 1}

func newCipher(t testing.TB) *Cipher {
	t.Helper()
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	c, err := key.Cipher()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCipher_RoundTrip(t *testing.T) {
	c, other := newCipher(t), newCipher(t)
	rapid.Check(t, func(t *rapid.T) {
		place, plain := rapid.String().Draw(t, "place"), rapid.String().Draw(t, "plain")
		sealed := c.Seal(place, plain)
		if got, err := c.Open(place, sealed); err != nil || got != plain {
			t.Fatalf("%q at %q came back as %q, %v", plain, place, got, err)
		}
		if again := c.Seal(place, plain); again != sealed {
			t.Fatal("sealing again is a change")
		}
		if !Sealed(sealed) || len(plain) > 8 && strings.Contains(sealed, plain) {
			t.Fatalf("%q shows", plain)
		}
		if c.Seal(place+"x", plain) == sealed {
			t.Fatal("the same at two places")
		}
		for name, open := range map[string]func() (string, error){
			"elsewhere": func() (string, error) { return c.Open(place+"x", sealed) },
			"other key": func() (string, error) { return other.Open(place, sealed) },
			"cut":       func() (string, error) { return c.Open(place, sealed[:len(sealed)-1]) },
			"unmarked":  func() (string, error) { return c.Open(place, sealed[len(mark):]) },
		} {
			if got, err := open(); !errors.Is(err, ErrOpen) {
				t.Fatalf("%s: %q, %v", name, got, err)
			}
		}
	})
}

// TestCipher_EveryByteCounts alters each byte of a sealed value.
func TestCipher_EveryByteCounts(t *testing.T) {
	c := newCipher(t)
	sealed := c.Seal("人员", "990101199001010016")
	for i := range len(sealed) {
		for _, flip := range []byte{1, 2, 0x20, 0x80} {
			b := []byte(sealed)
			b[i] ^= flip
			if got, err := c.Open("人员", string(b)); err == nil {
				t.Fatalf("byte %d altered: %q", i, got)
			}
		}
	}
}

// TestCipher_PlacesDoNotRun: a place and a value never stand for another pair.
func TestCipher_PlacesDoNotRun(t *testing.T) {
	c := newCipher(t)
	if c.Seal("a", "bc") == c.Seal("ab", "c") {
		t.Error("place and value run into each other")
	}
}

func TestLock_OpensByEitherSecret(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	code, err := NewCode()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	var lock Lock
	for _, s := range []struct {
		kind          Kind
		secret, label string
	}{{Password, "甲镇密码 2026", ""}, {Recovery, code, "党政办主任"}} {
		slot, err := Wrap(key, s.kind, s.secret, s.label, quick, now)
		if err != nil {
			t.Fatal(err)
		}
		lock = lock.With(slot)
	}
	text, err := json.Marshal(lock)
	if err != nil || strings.Contains(string(text), code) {
		t.Fatalf("%s %v", text, err)
	}
	var read Lock
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	for secret, kind := range map[string]Kind{
		"甲镇密码 2026": Password, code: Recovery, strings.ToLower(strings.ReplaceAll(code, "-", " ")): Recovery,
		"甲镇密码 2027": "", "": "", code[:len(code)-1]: "",
	} {
		got, by, err := read.Open(secret)
		if by != kind || (err == nil) != (kind != "") || err == nil && *got != *key {
			t.Errorf("%q: %s, %v", secret, by, err)
		}
	}
}

func TestLock_NewPasswordReplacesOld(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	var lock Lock
	for _, p := range []string{"从前的密码", "现在的密码"} {
		s, err := Wrap(key, Password, p, "", quick, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		lock = lock.With(s)
	}
	if _, _, err := lock.Open("从前的密码"); !errors.Is(err, ErrWrong) {
		t.Errorf("the former password still opens: %v", err)
	}
	if _, _, err := lock.Open("现在的密码"); err != nil || len(lock.Slots) != 1 {
		t.Errorf("%v, %d slots", err, len(lock.Slots))
	}
}

// TestLock_HostileCost: a file cannot make the PC compute for hours.
func TestLock_HostileCost(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Wrap(key, Password, "password", "", quick, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, cost := range []Cost{{Time: 1 << 30, Memory: 64, Threads: 1}, {Time: 1, Memory: 1 << 30, Threads: 1}, {}} {
		hostile := s
		hostile.Cost = cost
		start := time.Now()
		if _, _, err := (Lock{Slots: []Slot{hostile}}).Open("password"); !errors.Is(err, ErrWrong) || time.Since(start) > time.Second {
			t.Errorf("%+v: %v", cost, err)
		}
	}
	cut := s
	cut.Box = cut.Box[:10]
	if _, _, err := (Lock{Slots: []Slot{cut}}).Open("password"); !errors.Is(err, ErrWrong) {
		t.Errorf("a cut box: %v", err)
	}
}

func TestWait(t *testing.T) {
	for wrong, want := range map[int]time.Duration{0: 0, 2: 0, 3: 5 * time.Second, 4: 10 * time.Second, 6: 40 * time.Second, 20: 10 * time.Minute, 1 << 20: 10 * time.Minute} {
		if got := Wait(wrong); got != want {
			t.Errorf("after %d: %s, want %s", wrong, got, want)
		}
	}
}

func TestKey_IsNotPrinted(t *testing.T) {
	key := &Key{1, 2, 3}
	for _, verb := range []string{"%v", "%s", "%+v", "%#v"} {
		if s := fmt.Sprintf(verb, key); strings.ContainsAny(s, "123") {
			t.Errorf("%s prints %s", verb, s)
		}
	}
	if string(key.Derive("value")) == string(key.Derive("hash")) {
		t.Error("two purposes, one key")
	}
}

func TestFit(t *testing.T) {
	for p, want := range map[string]bool{"": false, "12345": false, "乡村振兴工": false, "乡村振兴工作": true, "123456": true} {
		if Fit(p) != want {
			t.Errorf("%q", p)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	c := newCipher(b)
	for b.Loop() {
		c.Seal("household\x00id\x00id_number", "990101199001010016")
	}
}

func BenchmarkOpen(b *testing.B) {
	c := newCipher(b)
	s := c.Seal("household\x00id\x00id_number", "990101199001010016")
	for b.Loop() {
		if _, err := c.Open("household\x00id\x00id_number", s); err != nil {
			b.Fatal(err)
		}
	}
}
