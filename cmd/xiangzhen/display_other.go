//go:build windows || darwin

package main

// hasDisplay: these systems always have a screen.
func hasDisplay() error { return nil }
