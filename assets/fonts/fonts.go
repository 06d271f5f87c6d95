// Package fonts holds the two faces of the window: subsets of Noto Sans SC
// (SIL Open Font License 1.1, OFL.txt beside them) with the 8,105 characters of
// 通用规范汉字表, GB2312 and all signs, and what Fyne's Noto Sans (same licence) has
// beyond these. It only embeds; make.sh cuts them anew.
package fonts

import _ "embed" // the faces below

// Regular is the face of all running text: about 2.9 MB. Its outlines are
// CFF, which Fyne leaves where they lie until a character is drawn (cff.py).
//
//go:embed NotoSansSC-Regular.otf
var Regular []byte

// Bold is the face of titles and emphasis, cut from the semibold weight (600).
//
//go:embed NotoSansSC-Bold.otf
var Bold []byte
