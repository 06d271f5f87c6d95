//go:build (x11 || windows || darwin) && !(windows && gles)

package main

// chooseGL: here windows draw by the OpenGL of the system.
func chooseGL() error { return nil }
