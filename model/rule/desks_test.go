package rule

import (
	"slices"
	"testing"
)

func TestDesksOf(t *testing.T) {
	for setting, want := range map[string][]string{
		"":           Desks(),
		"别的":         Desks(),
		"驻村书记":       {DeskResidents},
		"监测户项目、任务督办": {DeskTasks, DeskHouseholds},
		"任务督办、驻村书记、监测户项目": Desks(),
	} {
		if got := DesksOf(setting); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", setting, got, want)
		}
	}
}
