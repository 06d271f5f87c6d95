package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
)

// sbom writes what the programs are built of as a CycloneDX 1.5 document: every
// module with its version and its hash of go.sum's kind.
func sbom(w io.Writer) error {
	components, err := listModules("linux", "windows")
	if err != nil {
		return err
	}
	doc := map[string]any{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
		"metadata":   map[string]any{"component": component{Type: "application", Name: "xiangzhen"}},
		"components": components}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(doc)
}

// component is one module in CycloneDX's words.
type component struct {
	Type       string     `json:"type"`
	Name       string     `json:"name"`
	Version    string     `json:"version,omitempty"`
	URL        string     `json:"purl,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// listModules asks the go command for the modules of both programs on the systems.
func listModules(systems ...string) ([]component, error) {
	const format = "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Sum}}{{end}}{{end}}"
	seen := map[string]bool{}
	for _, system := range systems {
		cmd := exec.Command("go", "list", "-tags", "x11", "-deps", "-f", format, "./cmd/xiangzhen", "./cmd/xzctl")
		cmd.Env = append(cmd.Environ(), "GOOS="+system, "CGO_ENABLED=1")
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for line := range strings.Lines(string(out)) {
			seen[strings.TrimSpace(line)] = true
		}
	}
	delete(seen, "")
	var out []component
	for line := range seen {
		parts := strings.Fields(line)
		c := component{Type: "library", Name: parts[0], Version: parts[1], URL: "pkg:golang/" + parts[0] + "@" + parts[1]}
		if len(parts) > 2 {
			c.Properties = []property{{"go:sum", parts[2]}}
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b component) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}
