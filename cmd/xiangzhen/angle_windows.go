//go:build gles

package main

import "github.com/go-gl/glfw/v3.4/glfw"

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
