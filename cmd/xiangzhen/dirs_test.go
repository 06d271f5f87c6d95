//go:build x11

package main

import (
	"path/filepath"
	"testing"
)

func TestDirs_WhereLedgersAreProposed(t *testing.T) {
	t.Setenv("HOME", "/home/张示例一")
	for _, tt := range []struct {
		name  string
		dirs  dirs
		given string
		want  string
	}{
		{"installed", dirs{}, "", "/home/张示例一/乡振台账"},
		{"on a stick", dirs{portable: "/media/U 盘/data"}, "", "/media/U 盘/data"},
		{"told", dirs{portable: "/media/U 盘/data"}, "/tmp/台 账", "/tmp/台 账"},
	} {
		if got := tt.dirs.ledgers(tt.given); got != tt.want {
			t.Errorf("%s: %s, not %s", tt.name, got, tt.want)
		}
	}
}

func TestFindDirs_Installed(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/home/张示例一/.cache")
	if got := findDirs(); got.portable != "" || got.record != filepath.Join("/home/张示例一/.cache", id) {
		t.Errorf("%+v", got)
	}
}
