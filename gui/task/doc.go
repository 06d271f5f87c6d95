// Package task is the one gate between the window and everything that takes time:
// only here goroutines start and only here fyne.Do is called, so that a page can
// be tested without either by giving it a Sync.
//
// A page asks a Runner for work; work runs away from the window, done runs on the
// window's own goroutine. A Latest lets a newer load cancel the older. A Presenter
// is the one place that shows errors, asks questions and shows long work with its
// count and a button to cancel it.
package task
