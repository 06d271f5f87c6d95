package look

import "image/color"

// Tone is how a piece of text stands to the reader: colour of its words and,
// where it has one, of its mark. A tone never tells a status alone.
type Tone int

// The tones.
const (
	TonePlain   Tone = iota // ink
	ToneQuiet               // second ink: done, read-only, less important
	ToneOverdue             // 逾期, 冲突, 问题
	ToneSoon                // 临期, 待更正
	ToneFine                // 正常, 已报
	ToneAccent              // what can be clicked
)

// Text returns the colour of words in this tone.
func (t Tone) Text() color.NRGBA {
	switch t {
	case ToneQuiet:
		return Second
	case ToneOverdue:
		return OverdueText
	case ToneSoon:
		return SoonText
	case ToneFine:
		return Fine
	case ToneAccent:
		return Accent
	default:
		return Ink
	}
}

// Mark returns the colour of marks and bars in this tone.
func (t Tone) Mark() color.NRGBA {
	switch t {
	case ToneQuiet:
		return Faint
	case ToneOverdue:
		return Overdue
	case ToneSoon:
		return Soon
	default:
		return t.Text()
	}
}
