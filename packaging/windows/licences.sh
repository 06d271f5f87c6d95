#!/bin/sh
# licences.sh <folder of ANGLE>: the licences of all that is inside the Windows
# programs, on standard output. The build's GOOS, CGO_ENABLED and tags come in by the
# environment.
set -eu
angle=$1
part() { printf '\n==== %s ====\n\n' "$1"; cat "$2"; }

part "Go" "$(go env GOROOT)/LICENSE"
go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}' ./cmd/xiangzhen ./cmd/xzctl | sort -u |
while read -r path dir; do
	found=
	for f in "$dir"/LICEN[CS]E* "$dir"/COPYING*; do
		[ -f "$f" ] && part "$path" "$f" && found=1
	done
	[ "$found" ] || { echo "$path has no licence in $dir" >&2; exit 1; }
done
part "Noto Sans SC" assets/fonts/OFL.txt
part "ANGLE: libEGL.dll, libGLESv2.dll" "$angle/licence/angle/LICENSE"
part "headless-gl, the package that ANGLE comes in" "$angle/licence/LICENSES"
printf '\n==== d3dcompiler_47.dll ====\n\nMicrosoft Corporation. Redistributable part of the Windows SDK.\n'
