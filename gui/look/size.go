package look

// Text sizes, in Fyne's units at 100 %.
const (
	TextTitle  float32 = 18 // title of a page, bold
	TextFigure float32 = 26 // figure on a card, bold
	TextHead   float32 = 16 // title of a drawer, bold
	TextBody   float32 = 14
	TextTable  float32 = 13.5
	TextSmall  float32 = 12
)

// Heights and widths of the window's parts.
const (
	TopBarHeight    float32 = 48
	RailWidth       float32 = 152
	RailIconWidth   float32 = 56 // the rail shrunk to icons
	RailItemHeight  float32 = 36
	TableHeadHeight float32 = 32
	RowHeight       float32 = 29
	ButtonHeight    float32 = 32
	ChipHeight      float32 = 27
	StatusHeight    float32 = 28
	DrawerWidth     float32 = 352
	ScrollBarWidth  float32 = 12
	IconSize        float32 = 18
	MarkSize        float32 = 12
)

// Gaps, from hair to wide.
const (
	GapHair float32 = 4
	Gap     float32 = 8
	GapWide float32 = 12
	GapPage float32 = 16
)

// Corner radii.
const (
	CardRadius    float32 = 8
	ControlRadius float32 = 6
)
