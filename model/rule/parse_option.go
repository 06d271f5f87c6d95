package rule

import (
	"cmp"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

func readEnum(f *model.Field, words string) (model.Value, *model.Problem) {
	words = oneLine(words)
	if o, ok := findOption(f, words); ok {
		return model.Text(o.Key), nil
	}
	if isNothing(model.KindRef, words) { // 无, where it is no choice
		return model.Value{}, nil
	}
	return model.Value{}, unknownOption(f, words, words)
}

// readMultiEnum takes all entries or none: a word left out would be lost in
// silence. The entries stand in the order of the options.
func readMultiEnum(f *model.Field, words string) (model.Value, *model.Problem) {
	if v, p := readEnum(f, words); p == nil {
		return v, nil
	}
	chosen := map[string]bool{}
	for _, entry := range splitList(words) {
		o, ok := findOption(f, entry)
		if !ok {
			return model.Value{}, unknownOption(f, entry, words)
		}
		chosen[o.Key] = true
	}
	var keys []string
	for _, o := range f.Options {
		if chosen[o.Key] {
			keys = append(keys, o.Key)
		}
	}
	return model.List(keys...), nil
}

// findOption takes an option's key, label or synonym as written, then without
// regard to width, case and blanks, then a tick or cross for its plain form.
func findOption(f *model.Field, words string) (model.Option, bool) {
	if o, ok := f.FindOption(words); ok {
		return o, true
	}
	want := foldMark(text.Code(words))
	for _, o := range f.Options {
		if text.Code(o.Label) == want || text.Code(o.Key) == want ||
			slices.ContainsFunc(o.Synonyms, func(s string) bool { return text.Code(s) == want }) {
			return o, true
		}
	}
	return model.Option{}, false
}

// foldMark writes the many ticks and crosses of Excel sheets as √ and ×.
func foldMark(s string) string {
	switch s {
	case "✓", "✔", "☑", "V":
		return "√"
	case "✗", "✘", "X", "☒":
		return "×"
	}
	return s
}

// unknownOption says that an entry is no choice of the field, and offers the
// nearest in its place within the words of the whole cell.
func unknownOption(f *model.Field, words, cell string) *model.Problem {
	quoted := "“" + text.Excerpt(words) + "”"
	if f.Sensitive {
		quoted = "所填的内容"
	}
	labels := make([]string, len(f.Options))
	for i, o := range f.Options {
		labels[i] = o.Label
	}
	suggestion := "可以填：" + strings.Join(labels, "、") + "。"
	near := nearest(labels, words)
	if near != "" {
		suggestion = "是不是“" + near + "”？" + suggestion
	}
	p := fault("option_unknown", "没有"+quoted+"这个选项", suggestion)
	p.Fixes = instead(f, cell, words, near)
	return p
}

// nearest returns the label most like the words, "" if none is much like them.
func nearest(labels []string, words string) string {
	const enough, longest = 0.5, 100 // no label is longer; a whole paragraph takes long to compare
	if len(labels) == 0 || len(words) > longest {
		return ""
	}
	best := slices.MaxFunc(labels, func(a, b string) int {
		return cmp.Compare(text.Similarity(a, words), text.Similarity(b, words))
	})
	if text.Similarity(best, words) < enough {
		return ""
	}
	return best
}

var yesNo = &model.Field{Options: []model.Option{
	{Key: "1", Label: "是", Synonyms: []string{"√", "Y", "YES", "TRUE", "T", "有", "对", "已"}},
	{Key: "0", Label: "否", Synonyms: []string{"×", "N", "NO", "FALSE", "F", "无", "没有", "不是", "未"}},
}}

func readBool(words string) (model.Value, *model.Problem) {
	o, ok := findOption(yesNo, oneLine(words))
	if !ok {
		return model.Value{}, fault("yes_no", "只能填是或否", "请填“是”或“否”，也可以打√、×。")
	}
	return model.Bool(o.Key == "1"), nil
}
