package gui

import (
	"os"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/look"
	"xiangzhen/gui/native"
	"xiangzhen/gui/page"
	"xiangzhen/model/app"
)

// memory is what the program remembers of this PC between two starts. It belongs
// to the PC, not to a ledger.
type memory struct{ prefs fyne.Preferences }

const (
	keyWidth  = "window.width"
	keyHeight = "window.height"
	keyPlace  = "window.place"
	keyRecent = "ledgers.recent"
	keyScale  = "text.scale"
	keyFolder = "folder."
	keyIdle   = "lock.idle"
)

// mostRecent is how many ledgers are remembered.
const mostRecent = 6

// size is the window's last size, within what a township's screen has.
func (m memory) size() fyne.Size {
	w := m.prefs.FloatWithFallback(keyWidth, 1280)
	h := m.prefs.FloatWithFallback(keyHeight, 700)
	return fyne.NewSize(max(float32(w), page.Least.Width), max(float32(h), page.Least.Height))
}

func (m memory) setSize(s fyne.Size) {
	m.prefs.SetFloat(keyWidth, float64(s.Width))
	m.prefs.SetFloat(keyHeight, float64(s.Height))
}

// place is where the window was on the screens, for a system that tells.
func (m memory) place() (native.Place, bool) { return native.ParsePlace(m.prefs.String(keyPlace)) }

func (m memory) setPlace(p native.Place) { m.prefs.SetString(keyPlace, p.String()) }

// recent lists the ledgers used last that are still there, the newest first.
func (m memory) recent() []string {
	return slices.DeleteFunc(m.prefs.StringList(keyRecent), func(path string) bool {
		_, err := os.Stat(path)
		return err != nil
	})
}

// lastLedger is the ledger to open at the start, "" for none. A carried one (下村包) that
// somebody has looked into does not take the place of the township's.
func (m memory) lastLedger() string {
	recent := m.recent()
	if len(recent) == 0 {
		return ""
	}
	own := slices.IndexFunc(recent, func(path string) bool { return !app.IsCarried(path) })
	return recent[max(own, 0)]
}

// used puts a ledger first in the list.
func (m memory) used(path string) {
	list := slices.DeleteFunc(m.recent(), func(p string) bool { return p == path })
	list = append([]string{path}, list...)
	m.prefs.SetStringList(keyRecent, list[:min(len(list), mostRecent)])
}

// folder is where files of a purpose were last, "" if unknown.
func (m memory) folder(purpose string) string { return m.prefs.String(keyFolder + purpose) }

func (m memory) setFolder(purpose, path string) { m.prefs.SetString(keyFolder+purpose, path) }

// autoLock is after how many minutes without anybody at the PC the window is locked,
// 0 for never.
func (m memory) autoLock() int { return m.prefs.Int(keyIdle) }

func (m memory) setAutoLock(minutes int) { m.prefs.SetInt(keyIdle, minutes) }

// scale is the size of text chosen (字号).
func (m memory) scale() look.Scale {
	return look.Scale(m.prefs.FloatWithFallback(keyScale, float64(look.ScaleNormal)))
}

func (m memory) setScale(s look.Scale) { m.prefs.SetFloat(keyScale, float64(s)) }

// scaleVariable is read by Fyne whenever it works out the size of a unit: text,
// drawings and room grow alike, which no theme can do.
const scaleVariable = "FYNE_SCALE"

// applyScale makes Fyne draw at a scale; the theme is set anew because that is
// what makes an open window look.
func applyScale(a fyne.App, s look.Scale) error {
	if err := os.Setenv(scaleVariable, strconv.FormatFloat(float64(s), 'f', 2, 32)); err != nil {
		return err
	}
	look.Apply(a)
	return nil
}

// setScale changes the size of text and remembers it.
func (w *Window) setScale(s look.Scale) {
	w.memory.setScale(s)
	if err := applyScale(w.params.App, s); err != nil {
		w.presenter.Error(err)
	}
}
