//go:build (x11 || windows || darwin) && !(windows && gles)

package main

import (
	"github.com/go-gl/gl/v2.1/gl"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// chooseGL: here windows draw by the OpenGL of the system.
func chooseGL() error { return nil }

// hintGL asks for what Fyne asks for.
func hintGL() {
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	glfw.WindowHint(glfw.ContextVersionMinor, 1)
}

// describeGL names what draws in the present context.
func describeGL() (string, error) {
	if err := gl.Init(); err != nil {
		return "", err
	}
	return gl.GoStr(gl.GetString(gl.RENDERER)) + ", " + gl.GoStr(gl.GetString(gl.VERSION)), nil
}
