package secretary

import (
	"strconv"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// line is one line of the file: the title of a section, or an entry.
type line struct {
	section string
	entry   *app.FileEntry // nil for the title
}

// linesOf are the lines of a file, of one field of work (领域) if one is given. A
// section without an entry has no title either.
func linesOf(f app.SecretaryFile, domain string) []line {
	var out []line
	for _, s := range f.Sections {
		head := len(out)
		for i := range s.Entries {
			if e := &s.Entries[i]; domain == "" || e.Domain == domain {
				out = append(out, line{s.Title, e})
			}
		}
		if len(out) > head {
			out = append(out[:head], append([]line{{section: s.Title}}, out[head:]...)...)
		}
	}
	return out
}

// fileTable shows the lines.
func fileTable(lines []line) grid.Table {
	t := grid.Table{Cols: []grid.Column{grid.Plain("日期", 112), grid.Plain("地点", 132), grid.Plain("内容", 0), grid.Plain("结果", 190), grid.Plain("出处", 112)}}
	for _, l := range lines {
		if l.entry == nil {
			row := make([]grid.Cell, len(t.Cols))
			row[0] = grid.Cell{Text: l.section, Bold: true, Span: len(t.Cols), Fill: grid.FillMuted}
			t.Rows = append(t.Rows, row)
			continue
		}
		row := grid.Words(string(l.entry.On), l.entry.Place, l.entry.Words, l.entry.Result, l.entry.Source)
		row[0].Indent, row[4].Tone = 1, look.ToneQuiet
		t.Rows = append(t.Rows, row)
	}
	return t
}

// leaderChoices are those whose file can be shown, in their order.
func leaderChoices(leaders []app.Leader) []kit.Choice {
	out := make([]kit.Choice, len(leaders))
	for i, l := range leaders {
		out[i] = kit.Choice{ID: l.ID, Text: l.Name, Note: l.Post}
		if l.Deputy {
			out[i].Note += "（一岗双责）"
		}
	}
	return out
}

// leaderOf is the leader of that id, else the first; false if there is none at all.
func leaderOf(leaders []app.Leader, id string) (app.Leader, bool) {
	for _, l := range leaders {
		if l.ID == id {
			return l, true
		}
	}
	if len(leaders) == 0 {
		return app.Leader{}, false
	}
	return leaders[0], true
}

// yearsBack is how many years before the present one can be looked at.
const yearsBack = 5

// yearChoices are the years that can be looked at, the present one first.
func yearChoices(today model.Day) []kit.Choice {
	var out []string
	for y := today.Year(); y >= today.Year()-yearsBack; y-- {
		out = append(out, strconv.Itoa(y)+" 年")
	}
	return kit.TextChoices(out)
}

// Keys of the chips of 领域; the others are the fields themselves.
const chipAll = "all"

// domainChips are the fields of work that the file can be narrowed to. They say no
// numbers: nothing is counted here.
func domainChips(f *model.Field) []kit.Chip {
	out := []kit.Chip{{Key: chipAll, Label: "全部领域"}}
	for _, o := range f.Options {
		out = append(out, kit.Chip{Key: o.Key, Label: o.Label})
	}
	return out
}
