package ledgers

import (
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
)

// setup is how a clerk has set up the columns of a ledger. It belongs to the PC,
// not to the ledger's file: nobody wants to undo the width of a column.
type setup struct {
	Widths map[string]float32 `json:"widths,omitempty"`
	Hidden []string           `json:"hidden,omitempty"`
}

// setupKey is where a ledger's setup is remembered.
func setupKey(ledger string) string { return "ledgers.columns." + ledger }

// loadSetup reads the setup of a ledger; what cannot be read is the first setup.
func loadSetup(prefs fyne.Preferences, ledger string) setup {
	out := setup{}
	if json.Unmarshal([]byte(prefs.String(setupKey(ledger))), &out) != nil {
		out = setup{}
	}
	if out.Widths == nil {
		out.Widths = map[string]float32{}
	}
	return out
}

// save remembers the setup.
func (s setup) save(prefs fyne.Preferences, ledger string) error {
	words, err := json.Marshal(s)
	if err == nil {
		prefs.SetString(setupKey(ledger), string(words))
	}
	return err
}

// show shows or hides a column.
func (s *setup) show(key string, shown bool) {
	s.Hidden = slices.DeleteFunc(s.Hidden, func(k string) bool { return k == key })
	if !shown {
		s.Hidden = append(s.Hidden, key)
	}
}
