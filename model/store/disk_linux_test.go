package store

import "testing"

func TestDiskOfMagic(t *testing.T) {
	tests := []struct {
		name  string
		magic uint32
		want  diskKind
	}{
		{"ext4", 0xEF53, diskLocal}, {"xfs", 0x58465342, diskLocal}, {"btrfs", 0x9123683E, diskLocal}, {"tmpfs", 0x01021994, diskLocal},
		{"nfs", 0x6969, diskNetwork}, {"cifs", 0xFF534D42, diskNetwork}, {"smb2", 0xFE534D42, diskNetwork}, {"9p", 0x01021997, diskNetwork},
		{"fuse", 0x65735546, diskNetwork}, {"vfat", 0x4D44, diskRemovable}, {"exfat", 0x2011BAB0, diskRemovable},
	}
	for _, tt := range tests {
		if got := diskOfMagic(tt.magic); got != tt.want || got.walSafe() != (tt.want == diskLocal) || (got.warning() == "") != (tt.want == diskLocal) {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	if diskOf("/no such folder") != diskLocal {
		t.Error("what cannot be told counts as local")
	}
}
