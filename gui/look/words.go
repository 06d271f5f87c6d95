package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// words are Fyne's own strings in the clerks' words.
const words = `{
	"Advanced": "高级", "Cancel": "取消", "Confirm": "确定", "Copy": "复制",
	"Create Folder": "新建文件夹", "Cut": "剪切", "Enter filename": "文件名",
	"Error": "出错", "Favourites": "常用位置", "File": "文件", "Folder": "文件夹",
	"New Folder": "新建文件夹", "No": "否", "OK": "确定", "Open": "打开",
	"Paste": "粘贴", "Quit": "退出", "Redo": "重做", "Save": "保存",
	"Select all": "全选", "Show Hidden Files": "显示隐藏文件", "Undo": "撤销",
	"Yes": "是", "file.name": {"other": "名称"}, "file.parent": {"other": "上一级"},
	"(Parent)": "上一级"
}`

// SpeakChinese makes Fyne show its own strings in Chinese whatever language the
// system speaks: Fyne picks the translation nearest to the system's, so the
// words are given to the system's language, and to the fallback of an unknown one.
func SpeakChinese() error {
	for _, l := range []fyne.Locale{"en", "zh-CN-Hans", lang.SystemLocale()} {
		if err := lang.AddTranslationsForLocale([]byte(words), l); err != nil {
			return err
		}
	}
	return nil
}
