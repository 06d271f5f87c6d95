package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"xiangzhen/model"
)

// demo is one run of the main job and what its steps have found out so far.
type demo struct {
	dir    string // absolute
	today  model.Day
	period model.Month
	tmp    string // gone when the run ends
	xzctl  string // the program under show, built for this run

	areas     map[string]string // ids of the villages of 甲镇 by name; 乙镇 too has a 石桥村
	issued    []issuedFile
	entries   []entry // what the villages typed, version 2 last
	files     int     // written to 上报
	contested contest
	before    snapshot // of the ledger, just before the first collecting
	after     snapshot // and just after it
	ops       []int64  // of the first collecting, in order
}

// step is one step of the show; do returns what its line says.
type step struct {
	name string
	do   func(*demo) (string, error)
}

// demoSteps are the steps of the main job in their order.
func demoSteps() []step {
	return []step{
		{"编译命令行", (*demo).build},
		{"准备文件夹", (*demo).prepare},
		{"新建演示台账", (*demo).create},
		{"分解任务", (*demo).split},
		{"下发月报", (*demo).issue},
		{"各村填报", (*demo).fillAll},
		{"镇里代录", (*demo).recordOwn},
		{"收表", (*demo).collect},
		{"逐格核对", (*demo).compareEntries},
		{"查看冲突", (*demo).conflicts},
		{"催报", (*demo).missing},
		{"汇总", (*demo).summarise},
		{"套表", (*demo).fillForeign},
		{"LibreOffice 打开", (*demo).openInOffice},
		{"再收一次", (*demo).collectAgain},
		{"撤销收表", (*demo).undo},
	}
}

// run takes the steps and prints each as one line; the first that fails ends it.
func (d *demo) run(w io.Writer, steps []step) (err error) {
	if d.tmp, err = os.MkdirTemp("", "xiangzhen-demo-"); err != nil {
		return fmt.Errorf("建不了临时文件夹：%w", err)
	}
	defer os.RemoveAll(d.tmp)
	for i, s := range steps {
		line, err := s.do(d)
		if err != nil {
			return fmt.Errorf("演示停在第 %d 步“%s”：%w", i+1, s.name, err)
		}
		fmt.Fprintf(w, "%2d. %s：%s\n", i+1, s.name, line)
	}
	fmt.Fprintf(w, "演示完成，做好的表都在：%s\n", d.dir)
	return nil
}

// build compiles the program without cgo, as it is shipped.
func (d *demo) build() (string, error) {
	d.xzctl = filepath.Join(d.tmp, "xzctl")
	cmd := exec.Command("go", "build", "-o", d.xzctl, "xiangzhen/cmd/xzctl")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("编译不过：%w\n%s", err, out)
	}
	info, err := os.Stat(d.xzctl)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("xzctl 1 个程序，%d MB，不用 cgo", info.Size()>>20), nil
}

// The names in the demo's folder.
const (
	dirIssued    = "下发"
	dirReturned  = "上报"
	dirSentBack  = "退回更正"
	dirReceipts  = "回执"
	fileSummary  = "甲镇任务进展汇总.xlsx"
	fileLedger   = "甲镇 台账.xzdb"
	ledgerPrefix = "甲镇 台账" // of the ledger, its side files and its backups
	fileMark     = "演示说明.txt"
)

const markText = `这个文件夹是演示程序做的，里面的人名、数字都是假的。
每次演示都会删去并重新生成：下发、上报、退回更正、回执、甲镇任务进展汇总.xlsx、甲镇 台账。
`

// path names a file in the demo's folder.
func (d *demo) path(names ...string) string {
	return filepath.Join(append([]string{d.dir}, names...)...)
}

// prepare clears away what an earlier run made. A folder without the mark of an
// earlier run may hold somebody's real returns: it is never touched.
func (d *demo) prepare() (string, error) {
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return "", fmt.Errorf("建不了文件夹：%w", err)
	}
	made, err := d.made()
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(d.path(fileMark)); err != nil && len(made) > 0 {
		return "", fmt.Errorf("%s 里已有“%s”，不是演示做的，没有动；请换一个文件夹", d.dir, strings.Join(made, "”“"))
	}
	for _, name := range made {
		if err := os.RemoveAll(d.path(name)); err != nil {
			return "", fmt.Errorf("“%s”删不掉，可能正被别的程序打开：%w", name, err)
		}
	}
	for _, name := range []string{dirIssued, dirReturned, dirSentBack, dirReceipts, dirTemplates} {
		if err := os.Mkdir(d.path(name), 0o755); err != nil {
			return "", err
		}
	}
	if err := os.WriteFile(d.path(fileMark), []byte(markText), 0o644); err != nil {
		return "", err
	}
	return fmt.Sprintf("清理上次演示的 %d 项，新建 4 个文件夹", len(made)), nil
}

// made lists what is in the folder under the names that the demo uses.
func (d *demo) made() ([]string, error) {
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		return nil, fmt.Errorf("文件夹打不开：%w", err)
	}
	var made []string
	for _, e := range entries {
		switch name := e.Name(); name {
		case dirIssued, dirReturned, dirSentBack, dirReceipts, dirTemplates, fileSummary:
			made = append(made, name)
		default:
			if strings.HasPrefix(name, ledgerPrefix) {
				made = append(made, name)
			}
		}
	}
	return made, nil
}
