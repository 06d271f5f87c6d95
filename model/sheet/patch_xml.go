package sheet

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"strings"
)

// xmlTag is one tag of a part kept in memory, with its place in it.
type xmlTag struct {
	start, end  int // of the tag itself, angle brackets included
	name        string
	close, self bool
}

// xmlTags goes through the tags of a part. Comments, instructions and CDATA are
// passed over. It ends where the part is cut off.
func xmlTags(b []byte) iter.Seq[xmlTag] {
	return func(yield func(xmlTag) bool) {
		for at := 0; ; {
			n := bytes.IndexByte(b[at:], '<')
			if n < 0 {
				return
			}
			at += n
			end, isTag := markupEnd(b, at)
			if end < 0 {
				return
			}
			if isTag && !yield(tagAt(b, at, end)) {
				return
			}
			at = end
		}
	}
}

// markupEnd returns where what begins with "<" ends, -1 if it does not, and
// whether it is a tag.
func markupEnd(b []byte, at int) (end int, isTag bool) {
	closing := ""
	switch rest := b[at:]; {
	case bytes.HasPrefix(rest, []byte(commentMark)):
		closing = "-->"
	case bytes.HasPrefix(rest, []byte(cdataMark)):
		closing = "]]>"
	case bytes.HasPrefix(rest, []byte("<?")):
		closing = "?>"
	case bytes.HasPrefix(rest, []byte("<!")):
		closing = ">"
	}
	if closing != "" {
		n := bytes.Index(b[at:], []byte(closing))
		if n < 0 {
			return -1, false
		}
		return at + n + len(closing), false
	}
	var quote byte
	for i := at + 1; i < len(b); i++ {
		switch c := b[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1, true
		}
	}
	return -1, false
}

func tagAt(b []byte, start, end int) xmlTag {
	t := xmlTag{start: start, end: end}
	inside := b[start+1 : end-1]
	if bytes.HasPrefix(inside, []byte("/")) {
		t.close, inside = true, inside[1:]
	}
	t.self = bytes.HasSuffix(inside, []byte("/"))
	n := bytes.IndexAny(inside, " \t\r\n/")
	if n < 0 {
		n = len(inside)
	}
	t.name = string(localName(inside[:n]))
	return t
}

// attr returns the raw value of an attribute, found by its local name, and where
// it stands.
func (t xmlTag) attr(b []byte, name string) (value string, from, to int) {
	for i := t.start + 1; i < t.end; {
		eq := bytes.IndexByte(b[i:t.end], '=')
		if eq < 0 {
			return "", -1, -1
		}
		word := bytes.TrimRight(b[i:i+eq], " \t\r\n")
		word = word[bytes.LastIndexAny(word, " \t\r\n")+1:]
		open := i + eq + 1
		for open < t.end && isBlank(b[open]) {
			open++
		}
		n := -1
		if open < t.end && (b[open] == '"' || b[open] == '\'') {
			n = bytes.IndexByte(b[open+1:t.end], b[open])
		}
		if n < 0 {
			return "", -1, -1
		}
		if string(localName(word)) == name {
			return string(b[open+1 : open+1+n]), open + 1, open + 1 + n
		}
		i = open + n + 2
	}
	return "", -1, -1
}

// prefix returns the namespace prefix that a tag's name is written with: "x:".
func (t xmlTag) prefix(b []byte) string {
	name, _, _ := strings.Cut(strings.TrimLeft(string(b[t.start:t.end]), "</"), t.name)
	if strings.HasSuffix(name, ":") {
		return name
	}
	return ""
}

// xmlEdit replaces a piece of a part.
type xmlEdit struct {
	from, to int
	with     string
}

// xmlPart is a part with the changes to be made to it. Everything else of it stays
// byte for byte.
type xmlPart struct {
	b      []byte
	edits  []xmlEdit
	opened []xmlTag // elements without an inside that have got one
}

func (p *xmlPart) replace(from, to int, with string) {
	p.edits = append(p.edits, xmlEdit{from, to, with})
}

func (p *xmlPart) insert(at int, words string) { p.replace(at, at, words) }

// append puts words at the end of the inside of the first element of a name, and
// reports whether there is one. <a/> becomes <a>…</a>.
func (p *xmlPart) append(name, words string) bool {
	t, ok := p.first(name)
	if !ok {
		return false
	}
	if t.self {
		if !slices.Contains(p.opened, t) {
			p.opened = append(p.opened, t)
			p.replace(t.end-len("/>"), t.end, ">")
		}
		p.insert(t.end, words)
		return true
	}
	end, ok := p.closing(name, t.end)
	if ok {
		p.insert(end.start, words)
	}
	return ok
}

// setAttr gives an attribute of a tag a value.
func (p *xmlPart) setAttr(t xmlTag, name, value string) {
	if _, from, to := t.attr(p.b, name); from >= 0 {
		p.replace(from, to, value)
		return
	}
	at := t.end - 1
	if t.self {
		at--
	}
	p.insert(at, " "+name+`="`+value+`"`)
}

// bytes returns the part with its changes. Insertions at one place stand in the
// order in which they were asked for.
func (p *xmlPart) bytes() []byte {
	for _, t := range p.opened {
		p.insert(t.end, "</"+t.prefix(p.b)+t.name+">")
	}
	p.opened = nil
	slices.SortStableFunc(p.edits, func(a, b xmlEdit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var out bytes.Buffer
	at := 0
	for _, e := range p.edits {
		out.Write(p.b[at:e.from])
		out.WriteString(e.with)
		at = e.to
	}
	out.Write(p.b[at:])
	return out.Bytes()
}

// first returns the first tag of a name that opens an element.
func (p *xmlPart) first(name string) (xmlTag, bool) {
	for t := range xmlTags(p.b) {
		if t.name == name && !t.close {
			return t, true
		}
	}
	return xmlTag{}, false
}

// closing returns the tag that ends the first element of a name at or after a
// place; elements of one name within another do not occur where it is used.
func (p *xmlPart) closing(name string, after int) (xmlTag, bool) {
	for t := range xmlTags(p.b[after:]) {
		if t.name == name && t.close {
			t.start, t.end = t.start+after, t.end+after
			return t, true
		}
	}
	return xmlTag{}, false
}

// xmlEscape writes text for the inside of an element or attribute; what XML cannot
// hold at all is left out.
func xmlEscape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return escaper.Replace(s)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
