package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"reflect"
	"strings"
)

// exitProblems is the exit code of xzctl for: the sound part is done, the rest
// is held back and listed.
const exitProblems = 12

// ctl runs xzctl on the demo's ledger and reads its JSON answer; any exit code
// but 0 is a failure.
func (d *demo) ctl(answer any, args ...string) error {
	code, err := d.ctlCode(answer, args...)
	if err == nil && code != 0 {
		err = fmt.Errorf("xzctl %s 以 %d 结束，应为 0", strings.Join(args, " "), code)
	}
	return err
}

// ctlCode is ctl for commands that may leave something to decide: it returns 0
// or exitProblems.
func (d *demo) ctlCode(answer any, args ...string) (int, error) {
	cmd := exec.Command(d.xzctl, append([]string{"--db", d.path(fileLedger), "--today", string(d.today), "--json"}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == exitProblems && stdout.Len() > 0) {
		return 0, fmt.Errorf("xzctl %s 失败（%w）：%s", strings.Join(args, " "), err, strings.TrimSpace(stderr.String()))
	}
	dec := json.NewDecoder(&stdout)
	dec.UseNumber() // figures are compared as they are written
	if err := dec.Decode(answer); err != nil {
		return 0, fmt.Errorf("xzctl %s 的 JSON 读不懂：%w", strings.Join(args, " "), err)
	}
	return cmd.ProcessState.ExitCode(), nil
}

// record is a record as the command line shows it.
type record map[string]any

// text returns a field as it is written, "" for one left out.
func (r record) text(key string) string {
	if v, ok := r[key]; ok {
		return fmt.Sprint(v)
	}
	return ""
}

// derived returns a derived field as it is written.
func (r record) derived(key string) string {
	fields, ok := r["derived"].(map[string]any)
	if !ok {
		return ""
	}
	return record(fields).text(key)
}

// list returns the records of a ledger that meet the conditions, in order of
// creation.
func (d *demo) list(ledger string, where ...string) ([]record, error) {
	return d.listOf("", ledger, where...)
}

// listOf is list for an area and all below.
func (d *demo) listOf(area, ledger string, where ...string) ([]record, error) {
	args := []string{"list", ledger, "--area", area}
	for _, w := range where {
		args = append(args, "--where", w)
	}
	var answer struct {
		Total   int      `json:"total"`
		Records []record `json:"records"`
	}
	if err := d.ctl(&answer, args...); err != nil {
		return nil, err
	}
	if answer.Total != len(answer.Records) {
		return nil, fmt.Errorf("list %s 说共 %d 条，却列出 %d 条", ledger, answer.Total, len(answer.Records))
	}
	return answer.Records, nil
}

// done is the answer of a command that wrote one operation.
type done struct {
	Op  int64    `json:"op"`
	ID  string   `json:"id"`
	IDs []string `json:"ids"`
}

// snapshot is the state of the ledgers that collecting changes.
type snapshot struct{ tasks, progress []record }

func (d *demo) snapshot() (s snapshot, err error) {
	if s.tasks, err = d.list("task"); err != nil {
		return s, err
	}
	s.progress, err = d.list("progress")
	return s, err
}

// stamps are the fields that say that a record was written, not what it says.
var stamps = []string{"revision", "changed_at", "changed_by"}

// sameAs returns nil if both states hold the same records in the same order but
// for the fields to ignore, else an error that names the first difference.
func (s snapshot) sameAs(o snapshot, ignore []string) error {
	if err := sameRecords(s.tasks, o.tasks, ignore); err != nil {
		return fmt.Errorf("任务%w", err)
	}
	if err := sameRecords(s.progress, o.progress, ignore); err != nil {
		return fmt.Errorf("任务进展%w", err)
	}
	return nil
}

func sameRecords(was, is []record, ignore []string) error {
	if len(was) != len(is) {
		return fmt.Errorf("原有 %d 条，现有 %d 条", len(was), len(is))
	}
	for i := range was {
		if key := was[i].differs(is[i], ignore); key != "" {
			return fmt.Errorf("第 %d 条（%s）的 %s 原为“%v”，现为“%v”", i+1, was[i].text("id"), key, was[i][key], is[i][key])
		}
	}
	return nil
}

// differs returns the first field on which two records differ, "" if none.
func (r record) differs(o record, ignore []string) string {
	skip := map[string]bool{}
	for _, key := range ignore {
		skip[key] = true
	}
	for _, both := range []record{r, o} {
		for key := range both {
			if !skip[key] && !reflect.DeepEqual(r[key], o[key]) {
				return key
			}
		}
	}
	return ""
}
