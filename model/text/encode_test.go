package text

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func encoded(t interface{ Fatalf(string, ...any) }, e encoding.Encoding, s string) []byte {
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("encode %q: %v", s, err)
	}
	return b
}

func TestDecode(t *testing.T) {
	const s = "村名,户数\r\n东坪村,120\r\n"
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	big := unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	cases := []struct {
		bytes []byte
		name  string
		want  string
	}{
		{[]byte(s), EncodingUTF8, s},
		{[]byte("\xef\xbb\xbf" + s), EncodingUTF8BOM, s},
		{encoded(t, simplifiedchinese.GBK, s), EncodingGB18030, s},
		{encoded(t, simplifiedchinese.GB18030, "𠀀村"), EncodingGB18030, "𠀀村"},
		{encoded(t, simplifiedchinese.GBK, "联通"), EncodingGB18030, "联通"},
		{encoded(t, little, s), EncodingUTF16LE, s},
		{encoded(t, big, s), EncodingUTF16BE, s},
		{encoded(t, little, s)[2:], EncodingUTF16LE, s},
		{encoded(t, big, s)[2:], EncodingUTF16BE, s},
		{[]byte("a,b\n1,2\n"), EncodingUTF8, "a,b\n1,2\n"},
		{nil, EncodingUTF8, ""},
		{[]byte{'a', 0xff, 'b'}, EncodingGB18030, "a\uFFFDb"},
		{[]byte("\xef\xbb\xbfa\xffb"), EncodingUTF8BOM, "a\uFFFDb"},
	}
	for _, c := range cases {
		if got, name := Decode(c.bytes); got != c.want || name != c.name {
			t.Errorf("Decode(% x) = %q, %s; want %q, %s", c.bytes, got, name, c.want, c.name)
		}
	}
}

// Chinese text comes back whole from either encoding of Chinese files.
func TestDecode_RoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("村名户数东坪示例，。：\n,0123ab")), 3, 40, -1).Draw(t, "s")
		if got, _ := Decode([]byte(s)); got != s {
			t.Fatalf("UTF-8 %q came back %q", s, got)
		}
		if got, _ := Decode(encoded(t, simplifiedchinese.GB18030, s)); got != s {
			t.Fatalf("GB18030 %q came back %q", s, got)
		}
	})
}
