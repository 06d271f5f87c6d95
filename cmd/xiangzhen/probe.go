//go:build x11 || windows || darwin

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"

	"xiangzhen/cmd/xiangzhen/record"
	"xiangzhen/gui/native"
	"xiangzhen/model"
)

// probeFlag makes the program only try to draw, say by what, and end: a driver that
// crashes or hangs then takes only this process with it.
const probeFlag = "--gl-probe"

// mostProbe is how long the try may take on an old PC with a virus scanner.
const mostProbe = 20 * time.Second

// checkScreen makes sure that the PC can draw the window. The try in a process of
// its own is left out where the last start went well on the same screen. The name
// of the screen is for record.Started.
func checkScreen(rec *record.Record) (screen string, err error) {
	if err := hasDisplay(); err != nil {
		return "", err
	}
	screen = version + ", " + native.Screen()
	well, err := rec.StartedOn(screen)
	if err != nil {
		return "", err
	}
	if !well {
		words, err := tryScreen()
		rec.Logger().Info("probe", "screen", screen, "gl", words, "error", err)
		if err != nil {
			return "", errors.Join(errNoScreen(), err)
		}
	}
	return screen, chooseGL()
}

// tryScreen runs the try and returns what draws.
func tryScreen() (words string, err error) {
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), mostProbe)
	defer cancel()
	out, err := exec.CommandContext(ctx, exe, probeFlag).CombinedOutput()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return strings.TrimSpace(string(out)), err
}

// probe is the try. It answers the exit status.
func probe() int {
	words, err := draw()
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(words)
	return 0
}

// draw makes a hidden window as Fyne does and names what draws in it.
func draw() (string, error) {
	if err := glfw.Init(); err != nil {
		return "", err
	}
	defer glfw.Terminate()
	if err := chooseGL(); err != nil {
		return "", err
	}
	glfw.WindowHint(glfw.Visible, glfw.False)
	hintGL()
	w, err := glfw.CreateWindow(64, 64, "", nil, nil)
	if err != nil {
		return "", err
	}
	defer w.Destroy()
	w.MakeContextCurrent()
	return describeGL()
}

// errNoScreen says that nothing can be drawn, and what helps.
func errNoScreen() error {
	return model.Errorf(model.CodeUnsupported, "这台电脑画不出窗口：显卡驱动没有回应或不支持。请依次试："+
		"① 重启电脑再打开；② 不用远程桌面，在本机打开；③ 更新显卡驱动或系统；"+
		"④ 确认程序文件夹里的 libEGL.dll、libGLESv2.dll、d3dcompiler_47.dll 没有被杀毒软件删除，必要时重新安装。还不行，请把日志发给技术人员。")
}
