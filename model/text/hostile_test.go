package text

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"xiangzhen/model"
)

// Words that look like a date must not become one that nobody wrote.
func TestParseDate_NeverInSilence(t *testing.T) {
	unread := []string{
		"三年", "3年", "2年内", "半年内", "一个月内", "两周内", "24小时内",
		"今天", "明天", "即日", "即日起", "年后", "节后", "国庆节前", "五一前", "十一前",
		"下周五", "本周", "周末", "月度", "季度", "按时", "另行通知", "永久", "已完成", "中旬", "4月上中旬",
		"2022..4", "2022.4/5", "2022.4-5-6", "2022041", "202204055", "99999", "5", "15", "31",
		"2022年4月已完成", "2022年4月5日（已完成）", "2022年4月5日、6日", "4月5日和6日", "2021年5月-",
		"2O22年4月", "l2月", "0月", "00日", "2022年0月", "22Q1", "2022Q5", "第五季度",
		"2022年3月15日25:00", "2022年3月15日18:75", "2022-03-15T", "12点前", "下班前",
		"3户9人", "1,234.5", "85%", "12万元", "13800000000", "990101198503150025",
		"2022年5月至3月1日至今", "2023.3-2022.3", "至", "-", "年", "月", "日", "前", "底",
	}
	for _, words := range unread {
		got, doubt := ParseDate(words, ref)
		if got.End != "" || got.Start != "" {
			if words == "2022-03-15T" { // a cut-short timestamp still has its day
				continue
			}
			t.Errorf("ParseDate(%q) = %+v, %+v", words, got, doubt)
		}
		if nothing := IsNothing(words); !nothing && doubt.Level != Ask && doubt.Level != Wrong {
			t.Errorf("ParseDate(%q) has no doubt: %+v", words, doubt)
		}
	}
}

// The reporting day may be anything; it never breaks the reader.
func TestParseDate_OddReportingDay(t *testing.T) {
	for _, day := range []model.Day{"", "x", "2022-02-30", "0001-01-01", "9999-12-31", "1900-01-01", "2199-12-31"} {
		for _, c := range dateCases {
			if got, _ := ParseDate(c.words, day); got.Start != "" && got.End != "" && got.Start > got.End {
				t.Errorf("ParseDate(%q, %q) = %+v", c.words, day, got)
			}
		}
	}
}

// What stands for nothing is told from a value.
func TestIsNothing(t *testing.T) {
	for _, s := range []string{"", " ", "　", "/", "／", "-", "—", "——", "－－", "无", " 无 ", "暂无", "（无）", "\\", "_", "\u200b"} {
		if !IsNothing(s) {
			t.Errorf("IsNothing(%q) = false", s)
		}
	}
	for _, s := range []string{"0", "无问题", "否", "1", "待定", "-1"} {
		if IsNothing(s) {
			t.Errorf("IsNothing(%q) = true", s)
		}
	}
}

// A cell holds up to 32,767 characters of anything; no reader may take long over
// it, run away with the memory or panic.
func TestReaders_LongCells(t *testing.T) {
	const cell = 32_767
	began := time.Now()
	for _, piece := range []string{"-", "至", "1", "9,", "1 111 ", "每", "镇", "（", "）", "%", "/亩", "一", "十", "三千二百", "2022.3-", "长", "乐重单", "a", " ", "\n", "\xff", "前", "完成", "约"} {
		s := strings.Repeat(piece, cell/len(piece))
		got, doubt := ParseDate(s, ref)
		checkReading(t, piece+"…", got, doubt)
		if n, err := ParseNumber(s, 4); err == nil && n.Value != 0 && piece != "1" && len(n.Unit) < 2 {
			t.Errorf("ParseNumber(%s…) = %+v", piece, n)
		}
		Clean(s)
		Code(s)
		HeaderCore(s)
		Unit(s)
		PlaceKeys(s)
		Keys(s)
		NameInitials(s)
		Similarity(s, s+"x")
		new(Indexer).Tokens(s)
		Contains("青山村", s)
		Contains("qsc", s)
		Decode([]byte(s))
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

// The classes of characters agree with one another, over all of Unicode.
func TestRunes_ClassesAgree(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		seen := isBlank(r) || isBreak(r) || isInvisible(r)
		switch {
		case isPlain(r) && seen:
			t.Fatalf("%U is plain and is not", r)
		case isPlain(r) && r < 0xff00 && narrow(r) != r:
			t.Fatalf("%U is plain and narrows", r)
		case isBlank(r) && isBreak(r):
			t.Fatalf("%U is a blank and a break", r)
		case unicode.IsSpace(r) && !isBlank(r) && !isBreak(r):
			t.Fatalf("%U is space to Unicode only", r)
		case unicode.Is(unicode.Bidi_Control, r) && r != 0x61c && !isInvisible(r):
			t.Fatalf("%U turns text round unseen", r)
		case isWordRune(r) && seen:
			t.Fatalf("%U is searched for and not seen", r)
		}
	}
}

// The index's letter of a character is the first letter of its syllable.
func TestInitial_BeginsSyllable(t *testing.T) {
	missing := 0
	for r := rune(firstCommon); r <= lastCommon; r++ {
		letters, syllable := initials(r), Syllable(r)
		switch {
		case letters == "" && syllable == "":
			missing++
		case letters == "" || syllable == "" || letters[0] != syllable[0]:
			t.Errorf("%c: letters %q, syllable %q", r, letters, syllable)
		case strings.Trim(syllable, "abcdefghijklmnopqrstuvwxyz") != "":
			t.Errorf("%c: syllable %q", r, syllable)
		}
	}
	if missing > 120 {
		t.Errorf("%d characters without a reading", missing)
	}
}

// writeHan writes a number below 10,000 as people do.
func writeHan(n int) string {
	digits := []rune("零一二三四五六七八九")
	if n < 10 {
		return string(digits[n])
	}
	out, zero := "", false
	for _, p := range []struct {
		value int
		word  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / p.value % 10
		if d == 0 {
			zero = zero || out != ""
			continue
		}
		if zero {
			out += "零"
		}
		out, zero = out+string(digits[d])+p.word, false
	}
	if n < 20 {
		return strings.TrimPrefix(out, "一")
	}
	return out
}

func TestHanNumber_AllOfThem(t *testing.T) {
	for n := range 10_000 {
		if got, ok := hanNumber(writeHan(n)); !ok || got != n {
			t.Fatalf("hanNumber(%s) = %d, %v; want %d", writeHan(n), got, ok, n)
		}
	}
}

// Every unit is found wherever a header may carry it, and leaves the word whole.
func TestUnit_EveryUnit(t *testing.T) {
	var units []string
	for u := range measures {
		if u != "" {
			units = append(units, u)
		}
	}
	for _, u := range append(units, countWords...) {
		for _, header := range []string{"数额（" + u + "）", "数额(单位：" + u + ")", "数额\n【" + u + "】", "数额/" + u} {
			if Unit(header) != u && !strings.Contains(u, "/") || HeaderCore(header) != "数额" && !strings.Contains(u, "/") {
				t.Errorf("%q: unit %q, core %q", header, Unit(header), HeaderCore(header))
			}
		}
	}
	for _, u := range suffixUnits {
		if !IsUnit(u) {
			t.Errorf("%s ends headers but is no unit", u)
		}
	}
}

// All ways to write a village are one place, behind any township.
func TestPlace_EveryEnding(t *testing.T) {
	for _, ending := range villageEndings {
		if got := Place("东坪" + ending); got != "东坪" {
			t.Errorf("Place(东坪%s) = %s", ending, got)
		}
		keys := PlaceKeys("示例县甲镇东坪" + ending)
		if keys[len(keys)-1] != "东坪" {
			t.Errorf("PlaceKeys(…东坪%s) = %q", ending, keys)
		}
	}
	for _, organ := range organEndings {
		if got := Place("甲镇" + organ); got != "甲镇" {
			t.Errorf("Place(甲镇%s) = %s", organ, got)
		}
	}
}
