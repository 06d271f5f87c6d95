package model

import "strings"

// Attachment is one entry of a list of attachments (KindFiles): the name a person
// gave the file, and the SHA-256 of its content in lower-case hex, by which the
// store keeps it. An entry without a hash is a name only: a paper that lies
// elsewhere.
type Attachment struct{ Hash, Name string }

// hashDigits is the length of a SHA-256 in hex.
const hashDigits = 64

// ParseAttachment reads an entry of an attachment list.
func ParseAttachment(entry string) Attachment {
	hash, name, ok := strings.Cut(entry, "/")
	if !ok || !isHash(hash) {
		return Attachment{Name: entry}
	}
	return Attachment{Hash: hash, Name: name}
}

func isHash(s string) bool {
	return len(s) == hashDigits && strings.Trim(s, "0123456789abcdef") == ""
}

// Entry writes the attachment as an entry of a list: hash/name. No file name holds
// a stroke.
func (a Attachment) Entry() string {
	if a.Hash == "" {
		return a.Name
	}
	return a.Hash + "/" + a.Name
}

// Attachments makes the value of an attachment list.
func Attachments(all ...Attachment) Value {
	entries := make([]string, len(all))
	for i, a := range all {
		entries[i] = a.Entry()
	}
	return List(entries...)
}

// Attachments returns the entries of an attachment list.
func (v Value) Attachments() []Attachment {
	entries := v.Entries()
	out := make([]Attachment, len(entries))
	for i, e := range entries {
		out[i] = ParseAttachment(e)
	}
	return out
}

// showAttachments joins the names of an attachment list.
func showAttachments(v Value) string {
	var names []string
	for _, a := range v.Attachments() {
		names = append(names, a.Name)
	}
	return strings.Join(names, "、")
}
