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
