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

// OfficeOf reads the value of UnitOffices, 任务督办=党政办、会议=组织办: the office (主管科室)
// that keeps a ledger, named by itself or by the part of the work it belongs to; ""
// for one that every office may write to.
func OfficeOf(setting, ledger, desk string) string {
	office := ""
	for _, part := range strings.Split(setting, "、") {
		what, who, _ := strings.Cut(part, "=")
		switch what = strings.TrimSpace(what); {
		case what == ledger:
			return strings.TrimSpace(who)
		case what == desk && desk != "":
			office = strings.TrimSpace(who)
		}
	}
	return office
}

// Offices lists the offices that the value of UnitOffices names, in its order.
func Offices(setting string) []string {
	var out []string
	for _, part := range strings.Split(setting, "、") {
		if _, who, ok := strings.Cut(part, "="); ok {
			if who = strings.TrimSpace(who); who != "" && !slices.Contains(out, who) {
				out = append(out, who)
			}
		}
	}
	return out
}

// SingleLedgers is the part of the value of UnitOffices that names ledgers one by one.
func SingleLedgers(setting string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(setting, "、"), func(part string) bool {
		what, _, ok := strings.Cut(part, "=")
		return !ok || slices.Contains(Desks(), strings.TrimSpace(what))
	}), "、")
}
