package gui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// strip is a line above the page that says whose its ledgers are, where another office
// keeps them, or that the ledger is a carried one (下村包).
type strip struct {
	*fyne.Container
	words *kit.Line
}

// stripHeight is the height of the strip.
const stripHeight float32 = 28

func newStrip() *strip {
	words := kit.NewLine("", look.TextSmall, look.SoonText, false)
	s := &strip{container.NewStack(canvas.NewRectangle(look.Selected), container.New(layout.NewCustomPaddedLayout(0, 0, look.GapWide, look.GapWide), words)), words}
	s.Hide()
	return s
}

// showKeeping says whose the page at the front is. The page 台账 says it of each ledger
// itself.
func (w *Window) showKeeping() {
	s := w.session
	said := ""
	i := slices.IndexFunc(entries, func(e entry) bool { return e.name == s.front.Page })
	if i >= 0 && entries[i].desk != "" && entries[i].make != nil {
		said = s.keeping[entries[i].data[0]].Words()
	}
	if c := s.carried; c != nil {
		said = "这是下村包：" + c.Get("who").Text + "于 " + c.Get("made_on").Text + " 带出（" + c.Get("places").Text + "）。填完把这个文件带回镇里，在镇里的台账上收表。"
	}
	w.strip.words.SetText(said)
	if w.strip.Hide(); said != "" {
		w.strip.Show()
	}
	w.win.Content().Refresh()
}
