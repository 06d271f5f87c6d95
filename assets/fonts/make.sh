#!/bin/sh
# Cuts the two faces of the window out of Noto Sans SC, as they lie beside this
# script: the 8,105 characters of 通用规范汉字表, GB2312, Latin and symbols,
# without hinting and layout tables, their outlines as CFF (about 2.5 MB a weight).
#
#   assets/fonts/make.sh
#
# Needs npm and fontTools (Debian: npm, fonttools). The list of characters is
# gui/look/testdata/chars.txt, which the test of package look reads as well.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
chars="$here/../../gui/look/testdata/chars.txt"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
npm pack --silent @expo-google-fonts/noto-sans-sc@0.4.3 >/dev/null
tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz

cut_face() { # directory in the package, face, name of the result
	pyftsubset "package/$1/$2.ttf" --unicodes-file="$chars" \
		--no-hinting --layout-features='' \
		--drop-tables+=DSIG,vhea,vmtx,VORG,BASE \
		--output-file="$3.ttf"
	/usr/bin/python3 "$here/cff.py" "$3.ttf" "$here/$3.otf"
}
cut_face 400Regular NotoSansSC_400Regular NotoSansSC-Regular
cut_face 600SemiBold NotoSansSC_600SemiBold NotoSansSC-Bold
ls -l "$here"/*.otf
