package ledgers

import (
	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// deskOfGroup says to which part of the work (我管哪几摊) the ledgers of a group belong.
// What is not named here is everybody's.
var deskOfGroup = map[string]string{
	groupTask: rule.DeskTasks, groupOrder: rule.DeskTasks,
	groupActs: rule.DeskResidents, groupTeam: rule.DeskResidents, groupParty: rule.DeskResidents,
	groupHouse: rule.DeskHouseholds, groupProject: rule.DeskHouseholds, groupNeeds: rule.DeskHouseholds,
}

// DeskOf returns the part of the work that a ledger belongs to, "" for one of
// everybody's: divisions, units, people, and what users have made.
func DeskOf(l *model.Ledger) string { return deskOfGroup[l.Group] }
