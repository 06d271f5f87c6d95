package store

import (
	"reflect"
	"testing"
	"time"

	"xiangzhen/model"
)

func TestFindOperations(t *testing.T) {
	b := newBox(t)
	day := b.clock.at
	do := func(label, name, ledger string) {
		t.Helper()
		_, err := b.Do(b.ctx, model.Operation{Kind: "add", Label: label, Actor: model.Actor{Name: name}}, func(tx *Tx) error {
			return tx.Add(newRecord(ledger, label))
		})
		if err != nil {
			t.Fatal(err)
		}
		b.clock.at = b.clock.at.Add(24 * time.Hour)
	}
	do("并入“甲一村”上报表", "李示例二", "task")
	do("新增行政区划", "李示例二", "area")
	do("下发月报", "", "task")
	tests := []struct {
		name  string
		q     OperationQuery
		total int
		want  []int64
	}{
		{"all", OperationQuery{}, 3, []int64{3, 2, 1}},
		{"a page", OperationQuery{Limit: 1, Offset: 1}, 3, []int64{2}},
		{"a word", OperationQuery{Words: "月报"}, 1, []int64{3}},
		{"words of name and label", OperationQuery{Words: "李示例 并入"}, 1, []int64{1}},
		{"a sign of LIKE is a character", OperationQuery{Words: "%"}, 0, nil},
		{"a ledger", OperationQuery{Ledger: "task"}, 2, []int64{3, 1}},
		{"from", OperationQuery{From: day.Add(time.Hour)}, 2, []int64{3, 2}},
		{"before", OperationQuery{Before: day.Add(24 * time.Hour)}, 1, []int64{1}},
		{"ledger and day", OperationQuery{Ledger: "area", Before: day.Add(24 * time.Hour)}, 0, nil},
	}
	for _, tt := range tests {
		got, err := b.FindOperations(b.ctx, tt.q)
		if err != nil {
			t.Fatal(tt.name, err)
		}
		var ids []int64
		for _, op := range got.Operations {
			ids = append(ids, op.ID)
		}
		if got.Total != tt.total || !reflect.DeepEqual(ids, tt.want) {
			t.Errorf("%s: %d of %d", tt.name, ids, got.Total)
		}
	}
}

// newRecord is a record that names itself.
func newRecord(ledger, words string) *model.Record {
	r := model.NewRecord(ledger, "")
	key := "title"
	if ledger == "area" {
		key = "name"
	}
	r.Put(key, model.Text(words))
	return r
}
