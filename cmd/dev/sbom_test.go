package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestListModules: the list is what go.mod requires for the programs, in its versions.
func TestListModules(t *testing.T) {
	t.Chdir("../..")
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	list, err := listModules("linux")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"modernc.org/sqlite", "golang.org/x/crypto", "fyne.io/fyne/v2"} {
		i := slices.IndexFunc(list, func(c component) bool { return c.Name == name })
		if i < 0 || !strings.Contains(string(mod), name+" "+list[i].Version) || len(list[i].Properties) == 0 {
			t.Errorf("%s is missing or of another version", name)
		}
	}
	for _, name := range []string{"pgregory.net/rapid", "github.com/rogpeppe/go-internal"} {
		if slices.ContainsFunc(list, func(c component) bool { return c.Name == name }) {
			t.Errorf("%s is for tests only and does not ship", name)
		}
	}
}
