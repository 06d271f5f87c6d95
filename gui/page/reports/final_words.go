package reports

import (
	"fmt"
	"slices"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// newestFirst lists 定稿 from the latest period back, of each the latest version first.
func newestFirst(all []app.Final) []app.Final {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(x, y app.Final) int {
		if c := y.Period.Compare(x.Period); c != 0 {
			return c
		}
		return y.Version - x.Version
	})
	return out
}

// lastOf is the latest version of a period.
func lastOf(all []app.Final, period model.Period) (last app.Final, ok bool) {
	for _, f := range all {
		if f.Period == period && f.Version > last.Version {
			last, ok = f, true
		}
	}
	return last, ok
}

// finalIntro says before the button what 定稿 would make.
func finalIntro(all []app.Final, period model.Period) string {
	last, ok := lastOf(all, period)
	if !ok {
		return "数字、各行和文件按报出时的样子留存；以后的变动另列，计入下期更正。"
	}
	return fmt.Sprintf("%s已于 %s 定稿（第%d版）。再定稿就是补报，存为第%d版，原来的照样留着。", period.Words(), last.SentAt, last.Version, last.Version+1)
}

// versionWords names a version: 第1版, 第2版（补报）.
func versionWords(f app.Final) string {
	words := fmt.Sprintf("第%d版", f.Version)
	if f.Version > 1 {
		words += "（补报）"
	}
	return words
}

// changesTitle says what the list of changes holds. Changes are told from the latest
// version on, whichever is looked at.
func changesTitle(chosen, told app.Final, n int) string {
	words := told.Period.Words() + "定稿后变动："
	if n == 0 {
		words += "没有"
	} else {
		words += fmt.Sprintf("%d 处", n)
	}
	if chosen.Version != told.Version {
		words += fmt.Sprintf("（从最新的第%d版算起）", told.Version)
	}
	return words
}

// enteredWords says where a change is told as 更正.
func enteredWords(c app.FinalChange) string {
	if c.Entered == "" {
		return "将列入下期"
	}
	return "已列入" + c.Entered.Words()
}

// stampedWords say on the line of a receiver that the sealed paper copy is there.
func stampedWords(r app.Standing) (string, look.Mark, look.Tone) {
	switch {
	case r.Stamped == 0:
		return "", look.MarkNone, look.TonePlain
	case r.StampedBefore:
		return "另一版", look.MarkSoon, look.ToneSoon
	}
	return fmt.Sprintf("%d 个", r.Stamped), look.MarkFine, look.ToneFine
}

func stampedHint(r app.Standing) string {
	switch {
	case r.Stamped == 0:
		return ""
	case r.StampedBefore:
		return "盖章件是另一版上报的，现在算数的这一版还没有。"
	}
	return fmt.Sprintf("盖章件 %d 个。右键“盖章件”查看。", r.Stamped)
}
