//go:build x11

package main

import (
	"os"

	"xiangzhen/model"
)

// hasDisplay says so plainly where there is no screen: Fyne itself would only
// write an English line and go on without a window.
func hasDisplay() error {
	if os.Getenv("DISPLAY") == "" {
		return model.Errorf(model.CodeUnsupported, "这台机器没有图形界面，窗口打不开。可以运行 make demo，用命令行走完主要流程。")
	}
	return nil
}
