package teams

import (
	"strings"
	"testing"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

func TestScheme_HandedDown(t *testing.T) {
	r := newRoom(t, PartDoubts, nil)
	_, err := r.App.SetSetting(t.Context(), rule.MonthDays, "22")
	pagetest.Must(t, err)
	r.Tap("导出口径表")
	_, err = r.App.SetSetting(t.Context(), rule.MonthDays, "18")
	pagetest.Must(t, err)
	r.Desk.Files = func(chosen func([]string)) { chosen([]string{r.saved}) }
	r.Tap("导入口径表")
	r.Shot("teams-scheme")
	r.Tap("采用 1 项")
	r.NoErrors()
	if got, err := r.App.Setting(t.Context(), rule.MonthDays); err != nil || got != "22" {
		t.Errorf("%s, %v", got, err)
	}
	r.Tap("导入口径表")
	if !strings.Contains(r.Toast(), "不用改") {
		t.Errorf("said %q", r.Toast())
	}
}

func TestSchemeTable(t *testing.T) {
	changes := []app.SchemeChange{{Label: "甲", Now: "1", Then: "2"}, {Label: "乙", Err: model.Errorf(model.CodeInvalid, "应填整数。")}}
	if got := takeable(changes); len(got) != 1 || got[0].Label != "甲" {
		t.Errorf("%v", got)
	}
	if rows := schemeTable(changes).rows; rows[0][2].Fill != grid.FillChanged || rows[1][2].Fill != grid.FillConflict || rows[1][3].Text != "应填整数。" {
		t.Errorf("%+v", rows)
	}
}
