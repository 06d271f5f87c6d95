package app

import "xiangzhen/model/report"

// What comparing finds, under the names that pages know it by.
type (
	Finding     = report.Finding
	FindingKind = report.FindingKind
)

// The kinds of findings.
const (
	FoundBackward = report.FoundBackward
	FoundFallen   = report.FoundFallen
	FoundSameText = report.FoundSameText
	FoundDue      = report.FoundDue
	FoundOverdue  = report.FoundOverdue
	FoundPerson   = report.FoundPerson
	FoundSilent   = report.FoundSilent
	FoundGone     = report.FoundGone
	FoundNew      = report.FoundNew
	FoundChanged  = report.FoundChanged
)
