package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/pack"
)

func cheapPack(t testing.TB) {
	t.Helper()
	before := pack.WorkFactor
	pack.WorkFactor = 10
	t.Cleanup(func() { pack.WorkFactor = before })
}

// TestPack_NewPC: with that one file a new PC has everything, by the door 从备份恢复.
func TestPack_NewPC(t *testing.T) {
	cheapPack(t)
	ctx := context.Background()
	a := openDemo(t)
	photo := filepath.Join(beside(a.Path(), "佐证"), "ab", strings.Repeat("ab", 32))
	check(t, os.MkdirAll(filepath.Dir(photo), 0o755))
	check(t, os.WriteFile(photo, []byte("照片"), 0o644))
	_, err := a.SetSetting(ctx, "light.due_soon_days", "9")
	check(t, err)
	before := state(t, a)
	for _, password := range []string{"", "甲镇 搬家 2026"} {
		to := filepath.Join(t.TempDir(), "搬家"+pack.Ext)
		out, err := a.Pack(ctx, PackRequest{To: to, Password: password})
		check(t, err)
		if out.Files != 1 || out.Records == 0 || out.Open != (password == "" && demoKey == nil) {
			t.Errorf("%+v", out)
		}
		if names, err := os.ReadDir(filepath.Dir(to)); err != nil || len(names) != 1 {
			t.Errorf("left behind: %v %v", names, err)
		}
		o := Options{Path: filepath.Join(t.TempDir(), "新 电脑", "恢复的台账.xzdb"), Today: testDay}
		check(t, os.MkdirAll(filepath.Dir(o.Path), 0o755))
		if password != "" {
			_, err := Restore(ctx, o, to)
			wantCode(t, err, model.CodePassword)
			o.Password = "不是这个"
			_, err = Restore(ctx, o, to)
			wantCode(t, err, model.CodePassword)
			o.Password = password // as the window asks for it
		}
		r, err := Restore(ctx, o, to)
		check(t, err)
		if r.Records != out.Records || r.Replaced != "" {
			t.Errorf("%+v", r)
		}
		o.Key = demoKey
		b, err := Open(ctx, o)
		check(t, err)
		if after := state(t, b); after != before {
			t.Error(diff(before, after))
		}
		if v, err := b.Setting(ctx, "light.due_soon_days"); err != nil || v != "9" {
			t.Errorf("%q %v", v, err)
		}
		check(t, b.Close())
		there := filepath.Join(beside(o.Path, "佐证"), "ab", filepath.Base(photo))
		if content, err := os.ReadFile(there); err != nil || string(content) != "照片" {
			t.Errorf("%q %v", content, err)
		}
		// once more over it: the ledger and another file of that name are kept
		check(t, os.WriteFile(there, []byte("别的"), 0o644))
		o.PackPassword = password
		r, err = Restore(ctx, o, to)
		check(t, err)
		if _, err := os.Stat(r.Replaced); err != nil {
			t.Error(err)
		}
		if content, err := os.ReadFile(there + " (2)"); err != nil || string(content) != "别的" {
			t.Errorf("%q %v", content, err)
		}
	}
}

func TestPack_Refused(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	_, err := a.Pack(ctx, PackRequest{To: filepath.Join(t.TempDir(), "包"), Password: "123"})
	wantCode(t, err, model.CodeInvalid)
	_, err = a.Pack(ctx, PackRequest{To: filepath.Join(t.TempDir(), "没有", "包")})
	if err != nil {
		t.Errorf("a missing folder is made: %v", err)
	}
	// a pack of something else replaces nothing
	other := filepath.Join(t.TempDir(), "别的"+pack.Ext)
	_, err = pack.Write(other, pack.Manifest{Kind: "x"}, nil, "")
	check(t, err)
	_, err = Restore(ctx, Options{Path: filepath.Join(t.TempDir(), "新.xzdb"), Today: testDay}, other)
	wantCode(t, err, model.CodeUnsupported)
	_, err = pack.Write(other+"2", pack.Manifest{Kind: packMove}, nil, "")
	check(t, err)
	_, err = Restore(ctx, Options{Path: filepath.Join(t.TempDir(), "新.xzdb"), Today: testDay}, other+"2")
	wantCode(t, err, model.CodeDamaged)
	_, err = a.SetUser(ctx, "张示例一", ledgers.RoleManager)
	check(t, err)
	_, err = a.SetUser(ctx, "李示例二", ledgers.RoleClerk)
	check(t, err)
	check(t, a.ActAs(ctx, "李示例二"))
	_, err = a.Pack(ctx, PackRequest{})
	wantCode(t, err, model.CodeRefused)
}
