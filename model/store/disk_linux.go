package store

import "golang.org/x/sys/unix"

// diskOf looks at the file system a folder lies on. What cannot be told counts
// as local.
func diskOf(folder string) diskKind {
	var st unix.Statfs_t
	if err := unix.Statfs(folder, &st); err != nil {
		return diskLocal
	}
	return diskOfMagic(uint32(st.Type))
}

// diskOfMagic knows the file systems by their magic numbers (linux/magic.h).
// FAT and exFAT are what sticks are formatted with.
func diskOfMagic(magic uint32) diskKind {
	switch magic {
	case unix.NFS_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, 0xFF534D42 /* CIFS */, 0xFE534D42, /* SMB2 */
		unix.V9FS_MAGIC, unix.AFS_SUPER_MAGIC, unix.CODA_SUPER_MAGIC, unix.NCP_SUPER_MAGIC, unix.FUSE_SUPER_MAGIC:
		return diskNetwork
	case unix.MSDOS_SUPER_MAGIC, unix.EXFAT_SUPER_MAGIC:
		return diskRemovable
	}
	return diskLocal
}
