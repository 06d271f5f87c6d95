// Command xzctl does everything that the window does to data, through the same
// use cases (DESIGN: the command line is the contract).
//
// Rules for output: results go to stdout, as Chinese text or, with --json, as
// one JSON document and nothing else; what went wrong goes to stderr as one
// sentence. Rows and columns are counted from 1, as Excel shows them.
//
// Exit codes: 0 done and nothing left to decide, 1 failed, 2 wrong usage, 10 not
// found, 11 locked by another program, 12 problems in the data: what was sound
// is done, the rest is held back and listed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

// The exit codes of the contract.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitNotFound = 10
	exitLocked   = 11
	exitProblems = 12
)

func main() {
	app.LimitMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cli := commandLine{}
	parser, err := kong.New(&cli, kong.Name("xzctl"), kong.Description("乡振台账的命令行：与窗口做同样的事。"),
		kong.UsageOnError(), kong.Writers(stdout, stderr), kong.Exit(func(code int) { panic(earlyExit(code)) }),
		kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	return parseAndRun(parser, &cli, args, stdout, stderr)
}

// earlyExit carries the exit code of --help through kong.
type earlyExit int

func parseAndRun(parser *kong.Kong, cli *commandLine, args []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case earlyExit:
			code = int(e)
		default:
			panic(e)
		}
	}()
	kctx, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(stderr, usageSentence(err))
		return exitUsage
	}
	out := &output{json: cli.JSON, w: stdout}
	err = kctx.Run(&cli.globals, out)
	if err == nil {
		err = out.flush()
	}
	if err != nil && !errors.Is(err, errShown) {
		tellError(out, stderr, err)
	}
	return exitCode(err, out)
}

// tellError says what went wrong: one sentence for people, and for programs the
// same as JSON. What was done before it is told too: it stays done.
func tellError(out *output, stderr io.Writer, err error) {
	fmt.Fprintln(stderr, model.Sentence(err))
	logCause(stderr, err)
	doc, partly := out.doc.(object)
	if !partly {
		doc = object{}
	}
	doc["error"] = errorJSON(err)
	out.result(doc)
	if flushErr := out.flush(); flushErr != nil {
		fmt.Fprintln(stderr, flushErr)
	}
}

// logCause prints what an internal fault was, for whoever mends it.
func logCause(stderr io.Writer, err error) {
	if model.CodeOf(err) == model.CodeInternal {
		fmt.Fprintf(stderr, "详情：%v\n", err)
	}
}

// errShown is a failure that the output has told already.
var errShown = errors.New("already shown")

func usageSentence(err error) string {
	return fmt.Sprintf("命令写得不对：%v。用 xzctl --help 看用法。", err)
}

// exitCode says how a command ended.
func exitCode(err error, out *output) int {
	switch {
	case err != nil:
		if code, known := codeExits[model.CodeOf(err)]; known {
			return code
		}
		return exitFailed
	case out.problems:
		return exitProblems
	}
	return exitDone
}

// codeExits gives each failure its exit code.
var codeExits = map[model.Code]int{
	model.CodeUsage:       exitUsage,
	model.CodeInvalid:     exitProblems,
	model.CodeNotFound:    exitNotFound,
	model.CodeAmbiguous:   exitProblems,
	model.CodeInUse:       exitFailed,
	model.CodeRefused:     exitFailed,
	model.CodeLocked:      exitLocked,
	model.CodeNotOurs:     exitFailed,
	model.CodeNewer:       exitFailed,
	model.CodeDamaged:     exitFailed,
	model.CodeReadOnly:    exitFailed,
	model.CodeExists:      exitFailed,
	model.CodeUnsupported: exitFailed,
	model.CodePassword:    exitFailed,
	model.CodeCancelled:   exitFailed,
	model.CodeInternal:    exitFailed,
}
