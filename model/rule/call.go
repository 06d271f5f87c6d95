package rule

import "xiangzhen/model"

// Keys of the texts that ask for a form (CLERK 18), by tone.
const (
	CallRemind = "call.remind" // 提醒
	CallUrge   = "call.urge"   // 催报
	CallAgain  = "call.again"  // 再催
)

// callHelp says what may stand in a text.
const callHelp = "{村}、{表名}、{截止}、{数} 会换成实际的内容；文字里不要写电话。"

// callParameters are the texts that ask for a form. They name nobody's phone and rank
// nobody.
var callParameters = []Parameter{
	{Key: CallRemind, Label: "提醒文字", Kind: model.KindText, Source: "通行做法", Help: callHelp,
		Default: "【提醒】{表名}请于 {截止} 前报送：{村}（共 {数} 个）。已报的请忽略。"},
	{Key: CallUrge, Label: "催报文字", Kind: model.KindText, Source: "通行做法", Help: callHelp,
		Default: "【催报】{表名}请于 {截止} 前报送。目前尚未收到：{村}（共 {数} 个）。已报的请忽略，有困难请及时与镇里联系。"},
	{Key: CallAgain, Label: "再催文字", Kind: model.KindText, Source: "通行做法", Help: callHelp,
		Default: "【再催】{表名}应于 {截止} 前报送，至今尚未收到：{村}（共 {数} 个）。请今天报来；确有困难的，请马上说明。"},
}
