package look

// Mark is the shape that tells a status beside its words.
type Mark int

// The marks. Filled ◆ says that this level holds the item up, outlined ◇ that a
// lower level does.
const (
	MarkNone    Mark = iota
	MarkOverdue      // ◆ 逾期, held up here
	MarkBelow        // ◇ 下级逾期
	MarkSoon         // ▲ 临期
	MarkFine         // ● 正常
	MarkDone         // ○ 已办结
	MarkWaiting      // ■ 待我处理
)

// Tone returns the tone that goes with the mark; a word beside it may have another.
func (m Mark) Tone() Tone {
	switch m {
	case MarkOverdue, MarkBelow:
		return ToneOverdue
	case MarkSoon:
		return ToneSoon
	case MarkFine:
		return ToneFine
	case MarkDone, MarkWaiting:
		return ToneQuiet
	default:
		return TonePlain
	}
}
