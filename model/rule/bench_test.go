package rule

import (
	"testing"

	"xiangzhen/model"
)

// BenchmarkParse reads one typical cell of a kind: an import of 10,000 rows of 20
// columns reads 200,000.
func BenchmarkParse(b *testing.B) {
	for _, bench := range []struct {
		name string
		f    *model.Field
		in   Input
	}{
		{"text", fText, Input{Text: "改造管网 1.5 公里", Ref: refDay}},
		{"integer", fInt, Input{Text: "312", Number: true, Num: 312, Ref: refDay}},
		{"date", fDate, Input{Text: "2026-11-30", Ref: refDay}},
		{"id_number", fID, Input{Text: "990101198503150025", Ref: refDay}},
		{"enum", fState, Input{Text: "推进中", Ref: refDay}},
		{"phone", fPhone, Input{Text: "13800000001", Ref: refDay}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(bench.f, bench.in)
			}
		})
	}
}
