package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestInitials(t *testing.T) {
	cases := []struct{ in, initials, full string }{
		{"青山村", "qsc", "qingshancun"},
		{"重庆", "cq", "chongqing"},
		{"重点任务", "zdrw", "zhongdianrenwu"},
		{"村长", "cz", "cunzhang"},
		{"长期坚持", "cqjc", "changqijianchi"},
		{"银行", "yh", "yinhang"},
		{"执行", "zx", "zhixing"},
		{"单县", "sx", "shanxian"},
		{"单位", "dw", "danwei"},
		{"畜牧站", "xmz", "xumuzhan"},
		{"都安县", "dax", "duanxian"},
		{"成都", "cd", "chengdu"},
		{"绿色", "ls", "lvse"},
		{"第3组", "d3z", "di3zu"},
		{"WPS表格", "wpsbg", "wpsbiaoge"},
		{"Ａ村，（北）", "acb", "acunbei"},
		{"二〇二二", "elee", "erlingerer"},
		{"", "", ""},
	}
	for _, c := range cases {
		if initials, full := Initials(c.in), Full(c.in); initials != c.initials || full != c.full {
			t.Errorf("%s: %s, %s; want %s, %s", c.in, initials, full, c.initials, c.full)
		}
	}
}

func TestNameInitials(t *testing.T) {
	cases := map[string]string{"单示例": "ssl", "解示例": "xsl", "曾示例": "zsl", "区示例": "osl", "仇示例": "qsl", "查示例": "zsl", "尉迟示例": "ycsl",
		"尉示例": "wsl", "万俟示例": "mqsl", "长孙示例": "zssl", "张示例一": "zsly", " 张示例": "zsl", "": ""}
	for name, want := range cases {
		if got := NameInitials(name); got != want {
			t.Errorf("NameInitials(%s) = %s, want %s", name, got, want)
		}
	}
}

func TestKeys(t *testing.T) {
	cases := []struct {
		in   string
		want []string // in this order at the front
		also []string
	}{
		{"青山村", []string{"qsc"}, nil},
		{"单示例", []string{"dsl", "ssl"}, []string{"csl"}},
		{"重庆", []string{"cq"}, nil},
		{"长乐村", []string{"clc"}, []string{"zlc", "cyc", "zyc"}},
		{"A乐", []string{"al"}, []string{"ay"}},
	}
	for _, c := range cases {
		got := Keys(c.in)
		if len(got) < len(c.want) || !slices.Equal(got[:len(c.want)], c.want) {
			t.Errorf("Keys(%s) = %q, want %q first", c.in, got, c.want)
		}
		for _, k := range c.also {
			if !slices.Contains(got, k) {
				t.Errorf("Keys(%s) = %q lacks %s", c.in, got, k)
			}
		}
	}
	if got := Keys(strings.Repeat("乐长重单", 5)); len(got) != mostKeys || len(slices.Compact(slices.Sorted(slices.Values(got)))) != mostKeys {
		t.Errorf("many polyphones give %d keys", len(got))
	}
}

// The tables are well formed: a syllable for every character, only letters, and
// no reading that says what the usual one says.
func TestReadings_WellFormed(t *testing.T) {
	lower := func(s string) bool {
		return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
	}
	for name, table := range map[string]map[string]string{"phrase": phrases, "surname": surnames} {
		for word, reading := range table {
			syllables := strings.Fields(reading)
			if len(syllables) != utf8.RuneCountInString(word) || !lower(strings.Join(syllables, "")) {
				t.Errorf("%s %s: %q", name, word, reading)
			}
		}
	}
	for word := range phrases {
		if utf8.RuneCountInString(word) > longestPhrase {
			t.Errorf("phrase %s is longer than longestPhrase", word)
		}
		for longer := range phrases {
			if longer != word && strings.HasPrefix(longer, word) {
				t.Errorf("phrase %s hides %s", word, longer)
			}
		}
	}
	for r, letters := range polyphones {
		if !lower(letters) || strings.IndexByte(letters, initial(r)) >= 0 {
			t.Errorf("polyphone %c: %q beside the usual %c", r, letters, initial(r))
		}
	}
}
