package teams

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// askSigns asks which sign stands for which mark in this county (考勤符号). The keys
// stay: they go by the place in the legend.
func (s *sheet) askSigns() {
	entries := make([]*kit.Entry, len(s.data.Signs))
	content := container.NewGridWithColumns(2)
	for i, sign := range s.data.Signs {
		entries[i] = kit.NewEntry("")
		entries[i].SetText(sign.Sign)
		content.Add(kit.NewField(fmt.Sprintf("按键 %c　%s", signKeys[i], sign.Word), true, "", entries[i]))
	}
	var d *kit.Dialog
	d = kit.ShowDialog(s.p.canvas(), "考勤符号", content, kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }),
		kit.NewButton("保存", kit.ButtonMain, func() { s.saveSigns(d, entries) }))
}

// saveSigns keeps the signs; the sheet is read anew by the change.
func (s *sheet) saveSigns(d *kit.Dialog, entries []*kit.Entry) {
	value, err := signsOf(entries)
	if err != nil {
		s.p.desk.Presenter.Error(err)
		return
	}
	s.save()
	page.Run(s.p.desk, func(ctx context.Context) (app.Done, error) {
		return s.p.api.SetSetting(ctx, rule.AttendanceMarks, value)
	},
		func(done app.Done) {
			d.Close()
			s.p.desk.Done("考勤符号已改", done.Op)
		})
}

// signsOf is the parameter that the entries make: every mark has a sign of its own.
func signsOf(entries []*kit.Entry) (string, error) {
	var signs []string
	for _, e := range entries {
		sign := strings.TrimSpace(e.Text)
		switch {
		case sign == "" || len([]rune(sign)) > 2 || strings.Contains(sign, "、"):
			return "", model.Errorf(model.CodeInvalid, "每个符号写一两个字，不能空着，也不能用顿号。")
		case slices.Contains(signs, sign):
			return "", model.Errorf(model.CodeInvalid, "“%s”用了两次。每种情况的符号要不一样。", sign)
		}
		signs = append(signs, sign)
	}
	return strings.Join(signs, "、"), nil
}
