package app

import (
	"context"
	"fmt"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

// GroupRequest says what pasted words answer: a 接龙 of the chat group, or a range
// copied from a table with its headers.
type GroupRequest struct {
	Form   string
	Period model.Period
	Words  string
	// Text and Quantity are the columns that a 接龙's words and its one number go to,
	// "" for nowhere. Item is the name of the row that is spoken of, where a village
	// has more than one.
	Text, Quantity exchange.Path
	Item           string
	// Area is the village of a pasted range that does not say it itself.
	Area string
}

// GroupAnswer is what became of pasted words: the forms filled, and what was not
// understood, each a sentence.
type GroupAnswer struct {
	Files  []string
	Unread []string
}

// WriteGroup makes a filled form of what each village says in pasted words, beside
// the ledger like WriteByHand, and tells what it did not understand. Nothing is taken
// in.
func (a *App) WriteGroup(ctx context.Context, req GroupRequest) (GroupAnswer, error) {
	if strings.Contains(req.Words, "\t") {
		return a.writeRange(ctx, req)
	}
	names, err := a.placeNames(ctx)
	if err != nil {
		return GroupAnswer{}, err
	}
	chat := exchange.ReadChat(req.Words, names)
	if len(chat.Rows) == 0 {
		return GroupAnswer{}, model.Errorf(model.CodeInvalid, "没有认出是哪个村的话。每个村一行或用分号隔开，以村名开头，如“青山村 12户 已完成”。")
	}
	var out GroupAnswer
	for _, l := range chat.Rest {
		out.Unread = append(out.Unread, fmt.Sprintf("第 %d 行“%s”没有认出是哪个村的，没有读取。", l.Line, l.Text))
	}
	for _, row := range latestWords(chat.Rows) {
		file, err := a.writeChatRow(ctx, req, row)
		switch {
		case err == nil:
			out.Files = append(out.Files, file)
		case refuses(err):
			out.Unread = append(out.Unread, model.Sentence(err))
		default:
			return out, err
		}
	}
	return out, nil
}

// latestWords keeps, of a village that has spoken more than once, the last words.
func latestWords(rows []exchange.ChatRow) []exchange.ChatRow {
	var out []exchange.ChatRow
	at := map[string]int{}
	for _, r := range rows {
		if i, again := at[r.Village]; again {
			out[i] = r
			continue
		}
		at[r.Village] = len(out)
		out = append(out, r)
	}
	return out
}

func (a *App) writeChatRow(ctx context.Context, req GroupRequest, row exchange.ChatRow) (string, error) {
	id, _, ok := a.resolver(ctx, a.store).place(row.Village, a.homeID())
	if !ok {
		return "", model.Errorf(model.CodeNotFound, "第 %d 行：行政区划里没有“%s”，没有读取。", row.Line, row.Village)
	}
	hand := HandRequest{Form: req.Form, Period: req.Period, Area: id, By: ByGroup, Zero: row.Nothing}
	if row.Nothing {
		return a.WriteByHand(ctx, hand)
	}
	table, err := a.HandSheet(ctx, req.Form, req.Period, id)
	if err != nil {
		return "", err
	}
	record, err := meant(table, req.Item, row)
	if err != nil {
		return "", err
	}
	if req.Text != "" {
		hand.Cells = append(hand.Cells, HandCell{record, req.Text, row.Text})
	}
	if req.Quantity != "" && len(row.Several) > 0 {
		return "", model.Errorf(model.CodeInvalid, "第 %d 行：%s写了几个数（%s），不知道填哪一个，请用“手工代填”。", row.Line, row.Village, strings.Join(row.Several, "、"))
	}
	if req.Quantity != "" && row.Quantity != "" {
		hand.Cells = append(hand.Cells, HandCell{record, req.Quantity, row.Quantity})
	}
	return a.WriteByHand(ctx, hand)
}

// meant is the row of a village's form that its words are about.
func meant(table HandSheet, item string, row exchange.ChatRow) (string, error) {
	found := ""
	for _, r := range table.Rows {
		if len(table.Rows) == 1 && item == "" || item != "" && strings.Contains(r.Name, item) {
			if found != "" {
				return "", model.Errorf(model.CodeInvalid, "第 %d 行：%s有几项含“%s”，请把事项名称写完整。", row.Line, row.Village, item)
			}
			found = r.ID
		}
	}
	switch {
	case found != "":
		return found, nil
	case item == "":
		return "", model.Errorf(model.CodeInvalid, "第 %d 行：%s有 %d 项，不知道说的是哪一项，请写明事项。", row.Line, row.Village, len(table.Rows))
	}
	return "", model.Errorf(model.CodeNotFound, "第 %d 行：%s没有含“%s”的事项。", row.Line, row.Village, item)
}
