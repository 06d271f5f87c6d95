package text

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Plain returns a foreign name (of a file, of a sheet) as it may be shown in a list: in
// one line, without control characters, zero-width marks and those that turn the
// direction of writing, by which 照片<U+202E>gpj.exe looks like a photo. It is meant for
// what is shown and kept; a path that is opened stays as it is. Plain(Plain(s)) ==
// Plain(s).
func Plain(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return isInvisible(r) || isBreak(r) }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case isBreak(r), r == '\t':
			return ' '
		case isInvisible(r):
			return -1
		}
		return r
	}, s)
}

// BaseName returns the last part of a path as Plain shows it.
func BaseName(path string) string { return Plain(filepath.Base(path)) }

// FileName returns a name under which a file can be written anywhere and that leads
// nowhere else: Plain, without strokes, what Windows forbids, and blanks and full stops
// at its ends. It is "" where nothing is left.
func FileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, Plain(name))
	return strings.Trim(name, " .")
}

// PlainNames makes names plain and each its own: two that then read alike are told
// apart by a number behind the later one.
func PlainNames(names []string) []string {
	taken, next := make(map[string]bool, len(names)), map[string]int{}
	for _, name := range names {
		taken[name] = true
	}
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = Plain(name)
		for base := out[i]; out[i] != name && taken[out[i]]; {
			next[base] = max(next[base], 1) + 1
			out[i] = fmt.Sprintf("%s(%d)", base, next[base])
		}
		taken[out[i]] = true
	}
	return out
}
