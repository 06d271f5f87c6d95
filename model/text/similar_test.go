package text

import (
	"testing"

	"pgregory.net/rapid"
)

func TestDistance(t *testing.T) {
	cases := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "青山", 2}, {"青山村", "青山村", 0}, {"青山村", "青田村", 1}, {"责任单位", "责任部门", 2},
		{"完成时限", "时限", 2}, {"kitten", "sitting", 3}, {"山青", "青山", 2},
	}
	for _, c := range cases {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("Distance(%s, %s) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestSimilarity(t *testing.T) {
	if Similarity("", "") != 1 || Similarity("青山", "青山") != 1 || Similarity("青山", "东坪") != 0 || Similarity("完成时限", "完成期限") != 0.75 {
		t.Error("similarity of equal, different and near words")
	}
}

func TestDistance_IsAMetric(t *testing.T) {
	words := rapid.StringOfN(rapid.SampledFrom([]rune("青山村东坪")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := words.Draw(t, "a"), words.Draw(t, "b"), words.Draw(t, "c")
		if Distance(a, b) != Distance(b, a) || (Distance(a, b) == 0) != (a == b) || Distance(a, c) > Distance(a, b)+Distance(b, c) {
			t.Fatalf("%s %s %s", a, b, c)
		}
		if s := Similarity(a, b); s < 0 || s > 1 {
			t.Fatalf("similarity %v", s)
		}
	})
}
