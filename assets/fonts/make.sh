#!/bin/sh
# Cuts the two faces of the window out of Noto Sans SC, as they lie beside this
# script: the 8,105 characters of 通用规范汉字表, GB2312, everything that the face has
# besides Han and Hangul, and from Fyne's own Noto Sans what it has beyond that (Latin
# with accents, all of Cyrillic and Greek, signs without width), without hinting and
# layout tables, their outlines as CFF (about 2.9 MB a weight).
#
#   assets/fonts/make.sh
#
# Needs npm, go and fontTools (Debian: npm, fonttools). The list of characters is
# gui/look/testdata/chars.txt, which the test of package look reads as well.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
chars="$here/../../gui/look/testdata/chars.txt"
fyne="$(cd "$here" && go list -m -f '{{.Dir}}' fyne.io/fyne/v2)/theme/font"
# All blocks but those of Han (U+3400, U+4E00, the planes above the first) and Hangul.
others="U+0000-10FF,U+1200-33FF,U+4DC0-4DFF,U+A000-A95F,U+A980-ABFF,U+F900-FFFF,U+1F000-1FAFF"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
npm pack --silent @expo-google-fonts/noto-sans-sc@0.4.3 >/dev/null
tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz

cut_face() { # directory in the package, its face, the second face, name of the result
	pyftsubset "package/$1/$2.ttf" --unicodes-file="$chars" --unicodes="$others" \
		--no-hinting --layout-features='' \
		--drop-tables+=DSIG,vhea,vmtx,VORG,BASE \
		--output-file="$4.ttf"
	/usr/bin/python3 "$here/cff.py" "$4.ttf" "$fyne/$3.ttf" "$here/$4.otf"
}
cut_face 400Regular NotoSansSC_400Regular NotoSans-Regular NotoSansSC-Regular
cut_face 600SemiBold NotoSansSC_600SemiBold NotoSans-Bold NotoSansSC-Bold
ls -l "$here"/*.otf
