package store

import (
	"slices"
	"testing"

	"xiangzhen/model"
)

func TestAmongAndRepeated(t *testing.T) {
	b := newBoxWith(t, func(o *Options) { o.Codec = &scramble{} })
	b.add("person", "p1", "name", "张示例一", "id_number", "990101198503150025")
	b.add("person", "p2", "name", "李示例二", "id_number", "990101197907301235")
	b.add("person", "p3", "name", "张示例一", "id_number", "990101198503150025")
	b.add("person", "p4", "name", "王示例四")
	ids := func(field string, values ...string) []string {
		t.Helper()
		records, err := b.Among(t.Context(), "person", field, values)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, r := range records {
			out = append(out, r.Get("name").Text)
		}
		return out
	}
	for _, tt := range []struct {
		field  string
		values []string
		want   []string
	}{
		{"name", []string{"张示例一", "王示例四", "无此人"}, []string{"张示例一", "张示例一", "王示例四"}},
		{"id_number", []string{"990101197907301235"}, []string{"李示例二"}},
		{"name", nil, nil},
	} {
		if got := ids(tt.field, tt.values...); !slices.Equal(got, tt.want) {
			t.Errorf("%s of %v: %v, want %v", tt.field, tt.values, got, tt.want)
		}
	}
	also := model.Cond{Field: "name", Op: model.OpNe, Value: model.Text("李示例二")}
	if got, err := b.Among(t.Context(), "person", "name", []string{"张示例一", "李示例二"}, also); err != nil || len(got) != 2 {
		t.Errorf("%d fit besides, %v", len(got), err)
	}
	for field, want := range map[string]int{"id_number": 2, "name": 2, "born": 0} {
		got, err := b.Repeated(t.Context(), "person", field)
		if field == "born" {
			if model.CodeOf(err) == "" {
				t.Error("a sensitive value without a hash cannot be compared")
			}
			continue
		}
		if err != nil || len(got) != want {
			t.Errorf("%s is shared by %v, %v", field, got, err)
		}
	}
	if _, err := b.Among(t.Context(), "person", "gone", nil); err == nil {
		t.Error("a field that there is not")
	}
}

func TestKnown(t *testing.T) {
	b := newBox(t)
	b.add("area", "a1", "name", "东坪村")
	b.add("task", "t1", "title", "修路", "unit", "→a1")
	b.add("task", "t2", "title", "修路")
	b.add("person", "p1", "name", "张示例一", "id_number", "990101198503150025")
	for _, c := range []struct {
		ledger, field string
		asked, want   []string
	}{
		{"task", "title", []string{"修路", "修", "修路 ", "修桥"}, []string{"修路"}},
		{"task", "title", nil, nil},
		{"task", "unit", []string{"a1", "东坪村"}, []string{"a1"}},
		{"person", "id_number", []string{"990101198503150025", "990101198503150026"}, []string{"990101198503150025"}},
	} {
		got, err := b.Known(b.ctx, c.ledger, c.field, c.asked)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s.%s %v: %v %v", c.ledger, c.field, c.asked, got, err)
		}
	}
	if _, err := b.Known(b.ctx, "task", "gone", nil); err == nil {
		t.Error("a field that is none was asked for")
	}
}
