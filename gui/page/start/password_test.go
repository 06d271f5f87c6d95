package start

import (
	"strings"
	"testing"
)

func TestPage_PasswordIsOptional(t *testing.T) {
	r := newRoom(t)
	r.newLedger()
	r.plan.unit.SetText("丁镇")
	r.tap("建立台账")
	if len(r.calls) != 1 || r.password != "" {
		t.Fatalf("calls %q, password %q", r.calls, r.password)
	}
	r.plan.password.SetText("短密码")
	r.tap("建立台账")
	if note := r.plan.fields["password"].Note(); len(r.calls) != 1 || !strings.Contains(note, "至少要 6 个字") {
		t.Fatalf("calls %q, it says %q", r.calls, note)
	}
	r.plan.password.SetText("甲镇 2026 密码")
	r.shot("password")
	r.tap("建立台账")
	if len(r.calls) != 2 || r.password != "甲镇 2026 密码" {
		t.Errorf("calls %q, password %q", r.calls, r.password)
	}
	r.newLedger()
	if r.plan.password.Text != "" {
		t.Error("the password stays on the screen")
	}
}
