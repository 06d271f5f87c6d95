package licences

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestAll_NamesEveryModule: what the command line is built of has its licence here.
func TestAll_NamesEveryModule(t *testing.T) {
	var names []string
	for _, l := range All() {
		if names = append(names, l.Name); len(l.Text) < 20 {
			t.Errorf("%s: %q", l.Name, l.Text)
		}
	}
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "xiangzhen/cmd/xzctl").Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := slices.Compact(strings.Fields(string(out)))
	if len(modules) < 5 {
		t.Fatalf("%d modules", len(modules))
	}
	for _, m := range modules {
		if !slices.Contains(names, m) {
			t.Errorf("%s ships without its licence: run make licences", m)
		}
	}
}
