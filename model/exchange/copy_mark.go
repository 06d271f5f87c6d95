package exchange

import (
	"encoding/json"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// CopyMark says for whom a copy of somebody else's table is that goes down (急表). It
// travels as the hidden sheet of our own forms does, so that a copy is known when it
// comes back, whatever its file is called by then.
type CopyMark struct {
	Print    string // Fingerprint of the first table
	Title    string
	Period   model.Period
	Area     string // id
	AreaName string
	From     string // the unit that issues
	Issue    string
	IssuedAt time.Time
}

// copyForm begins the key of what is no form of ours.
const copyForm = "套表 "

// Page is the hidden sheet.
func (m CopyMark) Page() (sheet.HiddenPage, error) {
	meta, err := json.Marshal(hidden{Version: wireVersion, Form: copyForm + m.Print, Label: m.Title, Period: m.Period,
		Area: m.Area, AreaName: m.AreaName, From: m.From, Issue: m.Issue, IssuedAt: m.IssuedAt.UTC()})
	lines := [][]string{{string(meta)}}
	return sheet.HiddenPage{Name: hiddenName, Rows: append(lines, []string{checksumMark, checksum(lines)})}, err
}

// ReadCopyMark reads the mark of a copy; ok is false where there is none, or where it
// was tampered with.
func ReadCopyMark(b *sheet.Book) (m CopyMark, ok bool) {
	h, warning := readHidden(b)
	if h == nil || warning != "" || len(h.Form) <= len(copyForm) || h.Form[:len(copyForm)] != copyForm {
		return CopyMark{}, false
	}
	return CopyMark{Print: h.Form[len(copyForm):], Title: h.Label, Period: h.Period, Area: h.Area, AreaName: h.AreaName,
		From: h.From, Issue: h.Issue, IssuedAt: h.IssuedAt}, true
}
