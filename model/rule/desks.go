package rule

import (
	"slices"
	"strings"
)

// The parts of the work a clerk may keep (我管哪几摊, CLERK 14).
const (
	DeskTasks      = "任务督办"
	DeskResidents  = "驻村书记"
	DeskHouseholds = "监测户项目"
)

// Desks lists the parts of the work in the order they are asked for.
func Desks() []string { return []string{DeskTasks, DeskResidents, DeskHouseholds} }

// DesksOf reads the value of UnitDesks, in the order of Desks; one that names none
// means all.
func DesksOf(setting string) []string {
	said := strings.Split(setting, "、")
	out := slices.DeleteFunc(Desks(), func(d string) bool { return !slices.Contains(said, d) })
	if len(out) == 0 {
		return Desks()
	}
	return out
}
