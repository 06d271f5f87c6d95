package tasks

import (
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
)

// kept is how the list was left on this PC: columns and their widths, and the
// views kept under a name. It belongs to who sits here, not to the ledger, as two
// offices that share a ledger look at it differently.
type kept struct {
	Columns []string           `json:"columns,omitempty"` // switched on; none means the shipped ones
	Widths  map[string]float32 `json:"widths,omitempty"`
	Views   []namedView        `json:"views,omitempty"`
}

// namedView is a view with the columns and widths it was kept with.
type namedView struct {
	Name    string             `json:"name"`
	View    view               `json:"view"`
	Columns []string           `json:"columns,omitempty"`
	Widths  map[string]float32 `json:"widths,omitempty"`
}

// keyLayout is where it is remembered among the program's preferences.
const keyLayout = "tasks.layout"

// recall reads what was kept; what cannot be read is as if nothing had been kept: an
// older program's words must not keep the page from opening.
func recall(prefs fyne.Preferences) kept {
	var l kept
	if err := json.Unmarshal([]byte(prefs.String(keyLayout)), &l); err != nil {
		l = kept{}
	}
	if l.Widths == nil {
		l.Widths = map[string]float32{}
	}
	return l
}

// keep remembers it.
func (l kept) keep(prefs fyne.Preferences) error {
	words, err := json.Marshal(l)
	if err != nil {
		return err
	}
	prefs.SetString(keyLayout, string(words))
	return nil
}

// view returns the view of a name, or nil.
func (l kept) view(name string) *namedView {
	for i := range l.Views {
		if l.Views[i].Name == name {
			return &l.Views[i]
		}
	}
	return nil
}

// put keeps a view; one of the same name gives way.
func (l *kept) put(v namedView) {
	if old := l.view(v.Name); old != nil {
		*old = v
		return
	}
	l.Views = append(l.Views, v)
}

// drop forgets the view of a name.
func (l *kept) drop(name string) {
	l.Views = slices.DeleteFunc(l.Views, func(v namedView) bool { return v.Name == name })
}
