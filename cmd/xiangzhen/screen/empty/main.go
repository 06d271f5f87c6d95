//go:build x11

// Command empty opens an empty Fyne window: what the program's start and memory
// are compared with.
package main

import "fyne.io/fyne/v2/app"

func main() { app.NewWithID("cn.xiangzhen.empty").NewWindow("empty").ShowAndRun() }
