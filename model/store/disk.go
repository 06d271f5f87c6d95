package store

// diskKind is where a ledger file lies, as far as it matters to safe writing.
type diskKind int

const (
	diskLocal diskKind = iota
	diskNetwork
	diskRemovable
	diskCarried // any, of a ledger that is copied from disk to disk: see Options.OneFile
)

// walSafe reports whether the write-ahead log may be used: it needs memory
// shared between the programs that open the file, which a network share has not,
// and leaves a second file behind when a stick is pulled.
func (k diskKind) walSafe() bool { return k == diskLocal }

func (k diskKind) warning() string {
	switch k {
	case diskNetwork:
		return "台账放在网络共享文件夹里：请勿多人同时打开，用完及时备份；最好放在本机硬盘上。"
	case diskRemovable:
		return "台账放在U盘或移动硬盘上：请先退出程序再拔盘；最好放在本机硬盘上，用U盘只做备份。"
	}
	return ""
}
