package text

import (
	"strings"
	"unicode/utf8"
)

// The tables below put right what the dictionary of go-pinyin cannot know. It
// lists the readings of a character by how old they are, so that 重庆 comes out
// as zhongqing and 单县 as danxian. Sources: 现代汉语词典 for surnames and place
// names, 中国地名录 for the places; only characters of township papers are listed.

// usualReadings replaces the dictionary's first reading where another is the one
// in use.
var usualReadings = map[rune]string{'长': "chang", '都': "du", '圩': "xu", '翟': "zhai", '覃': "qin"}

// polyphones lists the first letters of further readings that occur in names of
// people and places and in the papers' own words. Characters whose readings begin
// with the same letter, or whose other reading stands only in phrases below, need
// no entry.
var polyphones = map[rune]string{
	'单': "sc", '解': "x", '曾': "z", '区': "o", '查': "z", '仇': "q", '翟': "d", '尉': "y", '覃': "t",
	'长': "z", '重': "c", '乐': "y", '朝': "z", '调': "t", '率': "s", '参': "s", '藏': "z", '校': "j", '畜': "x",
	'行': "h", '车': "j", '圩': "w", '垌': "t", '峒': "t", '洞': "t", '堡': "p", '埔': "b", '铅': "y", '囤': "t",
	'番': "p", '宿': "x", '郗': "c", '隗': "w", '盛': "c", '种': "c", '召': "s", '贾': "g", '传': "z", '降': "x",
	'折': "s", '秘': "b", '繁': "p", '褚': "z", '莘': "x", '枞': "z", '厦': "x", '涡': "g", '蔚': "y", '荥': "y",
	'阿': "e", '炅': "g", '祭': "z", '歙': "x", '浚': "x", '泌': "b", '粘': "n", '弹': "t", '句': "g", '巷': "h",
	'晟': "s", '泊': "b", '咀': "z", '乾': "g",
}

// surnames are read so only at the head of a person's name.
var surnames = map[string]string{
	"单": "shan", "解": "xie", "曾": "zeng", "区": "ou", "查": "zha", "仇": "qiu", "盖": "ge", "翟": "zhai", "尉": "wei",
	"覃": "qin", "任": "ren", "朴": "piao", "缪": "miao", "繁": "po", "种": "chong", "召": "shao", "秘": "bi", "折": "she",
	"郗": "xi", "隗": "wei", "洗": "xian", "谌": "chen", "乐": "yue", "员": "yun", "黑": "he", "祭": "zhai",
	"褚": "chu", "牟": "mou", "晁": "chao", "冼": "xian",
	"万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun", "澹台": "tan tai", "令狐": "ling hu", "鲜于": "xian yu",
	"宓": "mi", "逄": "pang", "乜": "nie", "佴": "nai", "俞": "yu", "於": "yu",
}

// phrases are words and places in which a character has another reading than the
// usual one. No phrase begins another.
var phrases = func() map[string]string {
	table := map[string]string{}
	for _, line := range strings.Split(phraseTable, "\n") {
		if word, reading, ok := strings.Cut(line, " "); ok {
			table[word] = reading
		}
	}
	return table
}()

const phraseTable = `重庆 chong qing
重复 chong fu
重新 chong xin
重建 chong jian
重阳 chong yang
重置 chong zhi
重组 chong zu
长子县 zhang zi xian
村长 cun zhang
镇长 zhen zhang
乡长 xiang zhang
县长 xian zhang
市长 shi zhang
省长 sheng zhang
局长 ju zhang
站长 zhan zhang
所长 suo zhang
组长 zu zhang
队长 dui zhang
科长 ke zhang
股长 gu zhang
部长 bu zhang
会长 hui zhang
校长 xiao zhang
院长 yuan zhang
楼长 lou zhang
段长 duan zhang
田长 tian zhang
河长 he zhang
林长 lin zhang
路长 lu zhang
家长 jia zhang
增长 zeng zhang
成长 cheng zhang
生长 sheng zhang
银行 yin hang
行业 hang ye
央行 yang hang
农商行 nong shang hang
调整 tiao zheng
调解 tiao jie
调节 tiao jie
调剂 tiao ji
畜牧 xu mu
畜禽 chu qin
养畜 yang xu
种植 zhong zhi
会计 kuai ji
供给 gong ji
给水 ji shui
音乐 yin yue
乐清 yue qing
乐亭 lao ting
单县 shan xian
莘县 shen xian
蔚县 yu xian
浚县 xun xian
铅山 yan shan
六安 lu an
六合区 lu he qu
番禺 pan yu
蚌埠 beng bu
东阿 dong e
牟平 mu ping
洪洞 hong tong
繁峙 fan shi
井陉 jing xing
荥阳 xing yang
荥经 ying jing
涡阳 guo yang
枞阳 zong yang
砀山 dang shan
泌阳 bi yang
渑池 mian chi
大城县 dai cheng xian
大埔 da bu
厦门 xia men
大厦 da sha
西藏 xi zang
台州 tai zhou
丽水 li shui
黄陂 huang pi
宿州 su zhou
宿舍 su she
参差 cen ci
党参 dang shen
人参 ren shen
率先 shuai xian
率领 shuai ling
效率 xiao lv
统率 tong shuai
校对 jiao dui
传记 zhuan ji
归还 gui huan
还款 huan kuan
还田 huan tian
还贷 huan dai
都安 du an
首都 shou du
省会 sheng hui
系上 ji shang
降服 xiang fu
投降 tou xiang
盛饭 cheng fan
十里堡 shi li pu
柏林 bo lin
尉犁 yu li
句容 ju rong
阿胶 e jiao`

// phraseHeads are the first characters of the phrases, so that most text passes
// without a look-up.
var phraseHeads = func() map[rune]bool {
	heads := map[rune]bool{}
	for p := range phrases {
		r, _ := utf8.DecodeRuneInString(p)
		heads[r] = true
	}
	return heads
}()

// phraseAt returns the reading of the phrase that s begins with and its length in
// bytes, 0 if there is none.
func phraseAt(s string) (reading string, n int) {
	r, size := utf8.DecodeRuneInString(s)
	if size < 2 || !phraseHeads[r] {
		return "", 0
	}
	end := size
	for range longestPhrase - 1 {
		_, more := utf8.DecodeRuneInString(s[end:])
		if more == 0 {
			break
		}
		end += more
		if reading, ok := phrases[s[:end]]; ok {
			return reading, end
		}
	}
	return "", 0
}

// longestPhrase is the number of characters of the longest phrase.
const longestPhrase = 3
