package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"xiangzhen/assets/fonts"
)

// fontRegular and fontBold are the only faces. Fyne parses every face that it is
// given by another name again, so italic and monospace get these too.
var (
	fontRegular = inPlaceOf(theme.DefaultTextFont(), "NotoSansSC-Regular.otf", fonts.Regular)
	fontBold    = inPlaceOf(theme.DefaultTextBoldFont(), "NotoSansSC-Bold.otf", fonts.Bold)
)

// inPlaceOf makes one of Fyne's own faces be ours. A theme whose face is another gets
// Fyne's beside it, parsed and kept for characters that ours have all of (a test
// compares them): 4 MB, and 20 ms before the first frame.
func inPlaceOf(own fyne.Resource, name string, content []byte) fyne.Resource {
	face, ok := own.(*fyne.StaticResource)
	if !ok {
		return fyne.NewStaticResource(name, content)
	}
	face.StaticName, face.StaticContent = name, content
	return face
}

// Scale is the size of text chosen in 设置 (字号).
type Scale float32

// The scales on offer.
const (
	ScaleNormal Scale = 1    // 标准
	ScaleLarge  Scale = 1.15 // 大
	ScaleHuge   Scale = 1.3  // 特大
)

// Theme is the look of every window of the program, light whatever the system
// asks for. The zero value is ready.
type Theme struct {
	// Scale enlarges text and the room around it; 0 means ScaleNormal. Own
	// drawings stand in units of Fyne and follow the window's scale instead.
	Scale Scale
}

var _ fyne.Theme = Theme{}

// colours maps Fyne's names to ours; what is missing comes from Fyne's light theme.
var colours = map[fyne.ThemeColorName]color.Color{
	theme.ColorNameBackground:          Page,
	theme.ColorNameForeground:          Ink,
	theme.ColorNamePrimary:             Accent,
	theme.ColorNameForegroundOnPrimary: Paper,
	theme.ColorNameHyperlink:           Accent,
	theme.ColorNameFocus:               color.NRGBA{R: 0xA6, G: 0x1E, B: 0x1E, A: 0x24},
	theme.ColorNameSelection:           color.NRGBA{R: 0x5B, G: 0x7F, B: 0xA6, A: 0x50},
	theme.ColorNameButton:              Paper,
	theme.ColorNameDisabledButton:      Page,
	theme.ColorNameDisabled:            Faint,
	theme.ColorNamePlaceHolder:         Second,
	theme.ColorNameHover:               color.NRGBA{A: 0x0A},
	theme.ColorNamePressed:             color.NRGBA{A: 0x14},
	theme.ColorNameInputBackground:     Clear, // kit.Entry draws its own box
	theme.ColorNameInputBorder:         Clear,
	theme.ColorNameHeaderBackground:    Head,
	theme.ColorNameMenuBackground:      Paper,
	theme.ColorNameOverlayBackground:   Paper,
	theme.ColorNameSeparator:           SoftLine,
	theme.ColorNameScrollBar:           color.NRGBA{A: 0x3C},
	theme.ColorNameScrollBarBackground: Clear,
	theme.ColorNameShadow:              color.NRGBA{A: 0x0D}, // the edge of what scrolls
	theme.ColorNameError:               Overdue,
	theme.ColorNameWarning:             Soon,
	theme.ColorNameSuccess:             Fine,
}

// Color returns our colour of that name, or Fyne's light one.
func (Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := colours[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, theme.VariantLight)
}

// Font returns the bold face for bold text and the regular one for all else.
func (Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return fontBold
	default:
		return fontRegular
	}
}

// Icon returns Fyne's icons: the few dialogs and menus of Fyne that are used.
func (Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// sizes maps Fyne's names to ours; what is missing comes from Fyne.
var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               TextBody,
	theme.SizeNameCaptionText:        TextSmall,
	theme.SizeNameHeadingText:        TextTitle,
	theme.SizeNameSubHeadingText:     TextHead,
	theme.SizeNamePadding:            GapHair,
	theme.SizeNameInnerPadding:       6,
	theme.SizeNameInlineIcon:         IconSize,
	theme.SizeNameLineSpacing:        3,
	theme.SizeNameInputBorder:        1, // the width of the text cursor too
	theme.SizeNameInputRadius:        ControlRadius,
	theme.SizeNameButtonRadius:       ControlRadius,
	theme.SizeNameSelectionRadius:    3,
	theme.SizeNameCardRadius:         CardRadius,
	theme.SizeNameDialogRadius:       CardRadius,
	theme.SizeNamePopupRadius:        CardRadius,
	theme.SizeNameMenuRadius:         CardRadius,
	theme.SizeNameScrollBar:          ScrollBarWidth,
	theme.SizeNameScrollBarSmall:     6,
	theme.SizeNameScrollBarRadius:    3,
	theme.SizeNameSeparatorThickness: 1,
}

// scaled are the sizes that follow Theme.Scale.
var scaled = map[fyne.ThemeSizeName]bool{
	theme.SizeNameText: true, theme.SizeNameCaptionText: true, theme.SizeNameHeadingText: true,
	theme.SizeNameSubHeadingText: true, theme.SizeNameInlineIcon: true,
}

// Size returns our size of that name, or Fyne's.
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	size, ok := sizes[name]
	if !ok {
		return theme.DefaultTheme().Size(name)
	}
	if scaled[name] && t.Scale > 0 {
		size *= float32(t.Scale)
	}
	return size
}
