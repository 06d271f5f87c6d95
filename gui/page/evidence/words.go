package evidence

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

// need is the key of the field in which the maker of an item asks for evidence.
const need = "evidence_need"

// Field is where a ledger's records keep their files; nil if they have none.
func Field(l *model.Ledger) *model.Field {
	if l == nil {
		return nil
	}
	for i := range l.Fields {
		if l.Fields[i].Kind == model.KindFiles {
			return &l.Fields[i]
		}
	}
	return nil
}

// Label names the part in a drawer: 佐证 where a flow is followed to its end, 附件
// in any other ledger.
func Label(l *model.Ledger) string {
	if l.Field(need) != nil {
		return "佐证"
	}
	return Field(l).Label
}

// Count is how many files a record has.
func Count(l *model.Ledger, r *model.Record) int {
	f := Field(l)
	if f == nil {
		return 0
	}
	return len(r.Get(f.Key).Attachments())
}

// Wanted reports whether an item waits for evidence: its maker asked for it, and
// there is none. Nobody else is asked.
func Wanted(l *model.Ledger, r *model.Record) bool {
	return l.Field(need) != nil && r.Get(need).Bool() && Count(l, r) == 0
}

// shown are the endings of files that are looked at or heard, and that no ledger is
// filled from: they can only be meant as evidence.
var shown = strings.Fields(".jpg .jpeg .png .gif .bmp .webp .heic .tif .tiff .pdf .ofd .mp4 .mov .avi .mp3 .m4a .wav .amr")

// Meant reports whether files dropped while a record is open are meant for it. With
// the part in sight they all are. Else only those are that no ledger is filled from:
// a returned form or a list must not end as an attachment of whichever record
// happens to be open.
func Meant(paths []string, inSight bool) bool {
	if inSight {
		return true
	}
	return len(paths) > 0 && !slices.ContainsFunc(paths, func(path string) bool {
		return !slices.Contains(shown, strings.ToLower(filepath.Ext(path)))
	})
}

// note is what a line says of a file below its name.
func note(a app.Attachment) string {
	switch {
	case a.Hash == "":
		return "只登记了名称"
	case a.Broken != "":
		return "文件不见了或已损坏"
	case a.Photo:
		return "照片　" + size(a.Bytes)
	}
	return size(a.Bytes)
}

// size is how large a file is, in words.
func size(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	case bytes >= 1<<10:
		return fmt.Sprintf("%d KB", (bytes+1<<9)>>10)
	}
	return fmt.Sprintf("%d 字节", bytes)
}

// longestEnding is how many letters of an ending fit where a picture would be.
const longestEnding = 4

// ending stands where a picture would be: PDF.
func ending(name string) string {
	e := strings.ToUpper(strings.TrimPrefix(filepath.Ext(name), "."))
	if e == "" || len(e) > longestEnding {
		return "文件"
	}
	return e
}

// addedWords say what was added to a record: files that were there already are not
// there twice.
func addedWords(name string, before, after int) string {
	if after == before {
		return "“" + name + "”已经有这些文件，没有重复添加。"
	}
	return fmt.Sprintf("已给“%s”添加 %d 个文件", name, after-before)
}

// packedWords say what was put together.
func packedWords(what string, done app.EvidenceDone) string {
	return fmt.Sprintf("%s已做好：%d 项，%d 个文件", what, done.Items, done.Files)
}

// freeName is a name in a folder that nothing has yet: 迎检包 2026-11-22 (2).
func freeName(name string, taken func(name string) bool) string {
	free := name
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	return free
}
