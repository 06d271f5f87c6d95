#!/bin/sh
# licences.sh: the licences of all modules that any of the programs is built of, on
# Linux or on Windows, on standard output: what assets/licences shows on the page 关于.
set -eu
part() { printf '\n==== %s ====\n\n' "$1"; cat "$2"; }

part "Go" "$(go env GOROOT)/LICENSE"
for os in linux windows; do
	GOOS=$os CGO_ENABLED=1 go list -tags "x11,$1" -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}' ./cmd/xiangzhen ./cmd/xzctl
done | sort -u |
while read -r path dir; do
	found=
	for f in "$dir"/LICEN[CS]E* "$dir"/COPYING*; do
		[ -f "$f" ] && part "$path" "$f" && found=1
	done
	[ "$found" ] || { echo "$path has no licence in $dir" >&2; exit 1; }
done
part "Noto Sans SC" assets/fonts/OFL.txt
