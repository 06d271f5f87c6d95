// Command dev holds what developers run: `go run ./cmd/dev demo --out DIR`, and
// `go run ./cmd/dev sbom`, which lists the modules that ship.
//
// demo runs the main job of a township from end to end, each step by the command
// line program as a separate process and each workbook through its file, and says
// each step in one line of Chinese with its count. It is a check as well as a
// show: a step that does not come out as it must ends it with exit code 1.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"xiangzhen/model"
)

// The exit codes of this command.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

const usage = `用法：go run ./cmd/dev demo --out 文件夹 [--today 2026-11-22]，或 go run ./cmd/dev sbom`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the whole program but for the process around it.
func run(args []string, stdout, stderr io.Writer) int {
	if len(args) == 1 && args[0] == "sbom" {
		if err := sbom(stdout); err != nil {
			fmt.Fprintln(stderr, err)
			return exitFailed
		}
		return exitDone
	}
	if len(args) == 0 || args[0] != "demo" {
		fmt.Fprintln(stderr, usage)
		return exitUsage
	}
	d, err := newDemo(args[1:], stderr)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitUsage
	}
	if err := d.run(stdout, demoSteps()); err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	return exitDone
}

// newDemo reads the flags.
func newDemo(args []string, stderr io.Writer) (*demo, error) {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "", "做好的表放到哪个文件夹")
	today := flags.String("today", string(model.DayOf(time.Now())), "当作今天的日期")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if *out == "" || flags.NArg() > 0 {
		return nil, fmt.Errorf("%s", usage)
	}
	day, ok := model.ParseDay(*today)
	if !ok {
		return nil, fmt.Errorf("--today 应写成 2026-11-22 这样，而不是“%s”。", *today)
	}
	dir, err := filepath.Abs(*out)
	if err != nil {
		return nil, fmt.Errorf("文件夹“%s”找不到：%w", *out, err)
	}
	return &demo{dir: dir, today: day, period: day.Month()}, nil
}
