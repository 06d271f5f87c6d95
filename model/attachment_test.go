package model

import (
	"slices"
	"strings"
	"testing"
)

func TestAttachments(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	all := []Attachment{{hash, "水池 清淤.jpg"}, {"", "会议纪要（纸质）"}, {hash, "a/b"}}
	v := Attachments(all...)
	if got := v.Attachments(); !slices.Equal(got, all) {
		t.Errorf("read back %v", got)
	}
	f := &Field{Kind: KindFiles}
	if got := f.Show(v); got != "水池 清淤.jpg、会议纪要（纸质）、a/b" {
		t.Errorf("shown as %q", got)
	}
	if !Attachments().IsEmpty() || f.Show(Value{}) != "" {
		t.Error("no attachments are not the empty value")
	}
}

func TestParseAttachment_WhatIsNoHashIsAName(t *testing.T) {
	for _, entry := range []string{"照片.jpg", "甲镇/照片.jpg", strings.Repeat("AB", 32) + "/x", strings.Repeat("a", 63) + "/x", ""} {
		if got := ParseAttachment(entry); got.Hash != "" || got.Name != entry || got.Entry() != entry {
			t.Errorf("%q read as %+v", entry, got)
		}
	}
}
