//go:build windows && gles

package main

import (
	"github.com/go-gl/gl/v3.1/gles2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// chooseGL makes every window draw by the ANGLE that lies beside the program, which
// needs no OpenGL of the PC. Fyne sets hints of its own later and never resets
// these, and finds GLFW started.
func chooseGL() error {
	if err := glfw.Init(); err != nil {
		return err
	}
	glfw.WindowHint(glfw.ContextCreationAPI, glfw.EGLContextAPI)
	return nil
}

// hintGL asks for what Fyne asks for.
func hintGL() {
	glfw.WindowHint(glfw.ClientAPI, glfw.OpenGLESAPI)
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	glfw.WindowHint(glfw.ContextVersionMinor, 0)
}

// describeGL names what draws in the present context.
func describeGL() (string, error) {
	if err := gles2.Init(); err != nil {
		return "", err
	}
	return gles2.GoStr(gles2.GetString(gles2.RENDERER)) + ", " + gles2.GoStr(gles2.GetString(gles2.VERSION)), nil
}
