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

// Kept is one part of the value of UnitOffices: which office keeps what, a part of the
// work or a single ledger.
type Kept struct{ What, Office string }

// KeptBy reads the value of UnitOffices: 任务督办=党政办、会议=组织办.
func KeptBy(setting string) []Kept {
	var out []Kept
	for part := range strings.SplitSeq(setting, "、") {
		if what, office, _ := strings.Cut(part, "="); strings.TrimSpace(part) != "" {
			out = append(out, Kept{strings.TrimSpace(what), strings.TrimSpace(office)})
		}
	}
	return out
}

// OfficeOf is the office (主管科室) that keeps a ledger, named by itself or by the part
// of the work it belongs to; "" for one that every office may write to.
func OfficeOf(setting, ledger, desk string) string {
	office := ""
	for _, k := range KeptBy(setting) {
		switch {
		case k.What == ledger:
			return k.Office
		case k.What == desk && desk != "":
			office = k.Office
		}
	}
	return office
}

// Offices lists the offices that the value of UnitOffices names, in its order.
func Offices(setting string) []string {
	var out []string
	for _, k := range KeptBy(setting) {
		if k.Office != "" && !slices.Contains(out, k.Office) {
			out = append(out, k.Office)
		}
	}
	return out
}

// SingleLedgers is the part of the value of UnitOffices that names ledgers one by one.
func SingleLedgers(setting string) string {
	var out []string
	for _, k := range KeptBy(setting) {
		if !slices.Contains(Desks(), k.What) {
			out = append(out, k.What+"="+k.Office)
		}
	}
	return strings.Join(out, "、")
}
