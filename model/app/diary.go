package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/text"
)

// DiaryLine is one entry of the diary (驻村日志) with what came of its problem.
type DiaryLine struct {
	Log   *model.Record
	Risen []string // the items that its 存在困难 was turned into, by title
}

// Waiting reports whether the entry names a problem of which nothing has come yet.
func (d DiaryLine) Waiting() bool { return !d.Log.Get("problem").IsEmpty() && len(d.Risen) == 0 }

// Diary returns the entries of home's teams from one day to another, the newest day
// first and within a day in the order of the divisions.
func (a *App) Diary(ctx context.Context, from, to model.Day) ([]DiaryLine, error) {
	logs, _, err := a.byDivision(ctx, ledgers.MemberLog, func(r *model.Record) bool {
		day := r.Get("log_on").Start
		return from <= day && day <= to
	})
	if err != nil {
		return nil, err
	}
	risen, err := a.risenFrom(ctx, ledgers.MemberLog)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(logs, func(x, y *model.Record) int { return cmp.Compare(y.Get("log_on").Start, x.Get("log_on").Start) })
	out := make([]DiaryLine, len(logs))
	for i, log := range logs {
		out[i] = DiaryLine{log, risen[log.ID]}
	}
	return out, nil
}

// risenFrom tells what came out of the records of a ledger: titles by id of the source.
func (a *App) risenFrom(ctx context.Context, from string) (map[string][]string, error) {
	source, risen := a.Catalog().Ledger(from), map[string][]string{}
	for _, l := range a.Catalog().All() {
		link := ledgers.AriseLink(source, l)
		if link == nil {
			continue
		}
		err := a.store.Each(ctx, model.Query{Ledger: l.Key, Where: []model.Cond{{Field: link.Key, Op: model.OpNe}}}, func(rec *model.Record) error {
			id := rec.Get(link.Key).ID
			risen[id] = append(risen[id], l.Name(rec))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return risen, nil
}

// DayWords tells what other ledgers know of a member's day, for the diary to go on
// from: whom they visited and how many problems were named. "" if nothing. The member
// is an id on the roster, the day in words.
func (a *App) DayWords(ctx context.Context, member, on string) (string, error) {
	words, _ := text.ParseDate(on, a.Today()) // no day is no day, whatever is doubtful about it
	if words.Start == "" || words.Start != words.End {
		return "", &model.Error{Code: model.CodeInvalid, Field: "log_on", Message: "日期要写到哪一天，例如 2026年11月25日。"}
	}
	if uuid.Validate(member) != nil {
		return "", &model.Error{Code: model.CodeInvalid, Field: "member", Message: "请先从花名册里选记录人。"}
	}
	day := words.Start
	who, err := a.persons(ctx, a.store, member)
	if err != nil {
		return "", err
	}
	var names []string
	problems := 0
	err = a.store.Each(ctx, model.Query{Ledger: ledgers.Visit, Where: []model.Cond{{Field: "visited_on", Op: model.OpEq, Value: model.OnDay(day)}}}, func(rec *model.Record) error {
		if !who.is(rec.Get("visitor")) {
			return nil
		}
		names = append(names, rec.Get("household").Text)
		if !rec.Get("problem").IsEmpty() {
			problems++
		}
		return nil
	})
	if err != nil || len(names) == 0 {
		return "", err
	}
	said := fmt.Sprintf("走访 %d 户：%s", len(names), strings.Join(names, "、"))
	if problems > 0 {
		said += fmt.Sprintf("，反映问题 %d 个", problems)
	}
	return said + "。", nil
}

// diaryReport writes what the members did in a period, a line each in the order of
// the divisions and of the roster (本周完成, 下周计划).
func (a *App) diaryReport(ctx context.Context, req ReportRequest) (Reported, error) {
	lines, err := a.Diary(ctx, req.Period.First(), req.Period.Last())
	if err != nil {
		return Reported{}, err
	}
	groups, err := a.roster(ctx, func(*model.Record) bool { return true })
	if err != nil {
		return Reported{}, err
	}
	role := a.Catalog().Ledger(ledgers.Team).Field("role")
	var members []report.Diarist
	villages := 0
	for _, g := range groups {
		before := len(members)
		for _, m := range g.members {
			who, err := a.persons(ctx, a.store, m.ID)
			if err != nil {
				return Reported{}, err
			}
			d := report.Diarist{Village: g.name, Name: m.Get("name").Text, Role: role.Show(m.Get("role"))}
			for _, line := range slices.Backward(lines) { // the oldest first
				if who.is(line.Log.Get("member")) {
					d.Logs = append(d.Logs, line.Log)
				}
			}
			if len(d.Logs) > 0 {
				members = append(members, d)
			}
		}
		if len(members) > before {
			villages++
		}
	}
	return a.writeTable(ctx, report.Diary(members, req.Period), "驻村工作日志（"+req.Period.Words()+"）", villages, req.Out)
}
