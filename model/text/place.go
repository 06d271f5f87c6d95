package text

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	// villageEndings are the ways to write that a name is a village's, longest first.
	villageEndings = []string{"社区居民委员会", "村民委员会", "居民委员会", "社区居委会", "社区村委会", "村委员会", "行政村", "自然村",
		"村委会", "居委会", "社区", "村"}
	// organEndings name an organ of the place, which is left out before.
	organEndings = []string{"人民政府", "政府", "党支部委员会", "党总支委员会", "党支部", "党总支", "党委", "党工委", "两委", "“两委”", "驻村工作队", "工作队"}
	groupEndings = []string{"村民小组", "小组", "组"}
	// upperEndings end the name of a place that a village may be written behind.
	upperEndings = []string{"街道办事处", "街道办", "街道", "自治县", "自治州", "省", "市", "州", "盟", "县", "旗", "区", "镇", "乡"}
)

// Place is the key by which two names of an area are the same: 东坪村, 东坪村委会,
// 东坪行政村, 东坪村民委员会 and 东坪社区居委会 all become 东坪. A township keeps its
// word, 甲镇人民政府 being 甲镇, so that it never meets a village of the name. A
// group is N组 behind its village: 东坪村第三村民小组 → 东坪3组.
func Place(s string) string {
	s = placeWords(s)
	s, _ = cutSuffix(s, organEndings)
	if village, group, ok := cutGroup(s); ok {
		if village == "" {
			return group
		}
		return Place(village) + group
	}
	for _, street := range []string{"街道办事处", "街道办"} {
		if name, ok := strings.CutSuffix(s, street); ok && name != "" {
			return name + "街道"
		}
	}
	core, _ := cutSuffix(s, villageEndings)
	return core
}

// placeWords drops blanks, brackets and signs from a name of an area.
func placeWords(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '-', r == '/', r == '·', r == '.', r == ',', r == '、', r == '>', r == '_', r == '\\', r == ':', r == '—':
			return -1
		}
		return r
	}, withoutBrackets(HeaderKey(s)))
}

// cutGroup splits off a numbered group: 第三村民小组, 3组.
func cutGroup(s string) (village, group string, ok bool) {
	head, ok := cutSuffix(s, groupEndings)
	if !ok {
		return s, "", false
	}
	head = arabic(head)
	village = strings.TrimRight(head, "0123456789")
	number := head[len(village):]
	if number == "" || len(number) > 3 {
		return s, "", false
	}
	return strings.TrimSuffix(village, "第"), strconv.Itoa(atoi(number)) + "组", true
}

// PlaceKeys returns the keys by which an area may be known, the fullest first:
// the Place of the whole, and that of what stands behind each higher place in
// front of it. 某县甲镇东坪村 gives 某县甲镇东坪, 甲镇东坪 and 东坪. A key may belong to
// more than one area; whoever looks it up must ask then.
func PlaceKeys(s string) []string {
	s = placeWords(s)
	if s == "" {
		return nil
	}
	keys := []string{Place(s)}
	for range mostUpper {
		rest, ok := behindUpper(s)
		if !ok {
			break
		}
		if key := Place(rest); key != keys[len(keys)-1] {
			keys = append(keys, key)
		}
		s = rest
	}
	return keys
}

// mostUpper is the number of higher places that may stand before a village: 省,
// 市, 县, 镇, and one to spare.
const mostUpper = 5

// behindUpper drops the first higher place from a name. Its word must not begin
// the name (镇南村) nor end another word (社区), and what is left must be a name of
// its own: 东乡村 is a village.
func behindUpper(s string) (string, bool) {
	for i := range s {
		if i == 0 || strings.HasSuffix(s[:i], "社") || strings.HasSuffix(s[:i], "小") {
			continue
		}
		for _, w := range upperEndings {
			rest, ok := strings.CutPrefix(s[i:], w)
			if ok && utf8.RuneCountInString(rest) >= 2 && !slices.Contains(villageEndings, rest) && !slices.Contains(organEndings, rest) {
				return rest, true
			}
		}
	}
	return "", false
}
