package gui

import (
	"path/filepath"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

// placeWords says whose ledger it is: 示例县 › 甲镇.
func placeWords(a *app.App) string {
	where := filepath.Base(a.Path())
	if home := a.Home(); home != nil {
		where = home.Get("name").Text
		if parent := home.Get("parent").Text; parent != "" {
			where = parent + " › " + where
		}
	}
	return where
}

// actorWords says who works here.
func actorWords(a *app.App) string {
	if name := a.Actor().Name; name != "" {
		return "本机：" + name
	}
	return "本机：未设使用人"
}

// backupWords says how old the newest backup is, whether it was proved, and
// whether there is another in a second place.
func backupWords(b app.Backups, today model.Day) string {
	if len(b.Files) == 0 {
		return "还没有备份"
	}
	newest := b.Files[0]
	words := "最近备份 " + whenWords(newest.At, today)
	if !newest.Proved.IsZero() && newest.Sound {
		words += " 已校验"
	}
	if !b.SecondAt.IsZero() && !b.SecondLate {
		words += "，2 处"
	}
	return words
}

// whenWords writes a time of today as 16:30, any other as 11-20 16:30.
func whenWords(at time.Time, today model.Day) string {
	at = at.Local()
	if model.DayOf(at) == today {
		return at.Format("15:04")
	}
	return at.Format("01-02 15:04")
}
