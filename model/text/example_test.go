package text_test

import (
	"fmt"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

func ExampleParseDate() {
	for _, words := range []string{"2022年3月15日", "6月底前", "2022.3-2023.3", "每月25日前", "长期坚持", "2022-02-30"} {
		date, doubt := text.ParseDate(words, "2022-04-28")
		fmt.Printf("%s: %s %s…%s [%s]\n", words, date.Kind, date.Start, date.End, doubt.Message)
	}
	// Output:
	// 2022年3月15日: fixed 2022-03-15…2022-03-15 []
	// 6月底前: fixed 2022-06-30…2022-06-30 [“6月底前”没有写明是哪年哪天，按 2022年6月30日 算。]
	// 2022.3-2023.3: fixed 2022-03-01…2023-03-31 []
	// 每月25日前: periodic 2022-05-25…2022-05-25 []
	// 长期坚持: longterm … []
	// 2022-02-30:  … [“2022-02-30”不对：日历上没有这一天，请改正。]
}

func ExampleParseNumber() {
	n, err := text.ParseNumber("约1,234.5万元", 4)
	fmt.Println(model.FormatScaled(n.Value, 4, false), n.Unit, n.About, err)
	_, err = text.ParseNumber("3户9人", 0)
	fmt.Println(err)
	// Output:
	// 1234.5 万元 true <nil>
	// “3户9人”不是一个能用的数：不止一个数字，请改成一个数字。
}

func ExampleParsePercent() {
	n, doubt, _ := text.ParsePercent("0.85", true, "0%", 2)
	fmt.Println(model.FormatScaled(n.Value, 2, false), doubt.IsZero())
	_, doubt, _ = text.ParsePercent("0.85", true, "General", 2)
	fmt.Println(doubt.Message)
	// Output:
	// 85 true
	// “0.85”没有百分号，分不清是 85% 还是 0.85%，请写上百分号。
}

func ExamplePlaceKeys() {
	fmt.Println(text.PlaceKeys("示例县甲镇东坪村委会"))
	// Output: [示例县甲镇东坪 甲镇东坪 东坪]
}

func ExampleQueryTokens() {
	fmt.Println(text.QueryTokens("青山村"))
	fmt.Println(text.QueryTokens("qsc"))
	fmt.Println(text.Contains("qsc", "甲镇青山村"))
	// Output:
	// [青山 山村] true
	// [pqsc] false
	// true
}

func ExampleHeaderCore() {
	fmt.Println(text.HeaderKey("总投资\n（万元）"), text.HeaderCore("总投资\n（万元）"), text.Unit("总投资\n（万元）"))
	// Output: 总投资(万元) 总投资 万元
}
