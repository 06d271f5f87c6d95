package fill

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

// Kind says where a value comes from.
type Kind string

// The kinds of a Source.
const (
	None    Kind = ""        // left to a person
	OfPath  Kind = "path"    // a field of the row's record, or through it
	Const   Kind = "const"   // the same words everywhere
	Today   Kind = "today"   // 今天
	Period  Kind = "period"  // 期间
	Unit    Kind = "unit"    // 填报单位
	Filler  Kind = "filler"  // 填报人
	Seq     Kind = "seq"     // 序号
	OfCalc  Kind = "calc"    // a figure over a ledger
	Formula Kind = "formula" // the template computes it
)

// Source is where the values of a column or a cell come from.
type Source struct {
	Kind  Kind
	Path  exchange.Path // of OfPath
	Words string        // of Const
	Calc  *Calc         // of OfCalc
}

// Calc is a figure over a ledger, of the area of the row where it has one:
// 任务.完成比例 平均 where 类别=产业振兴 and 状态!=已办结.
type Calc struct {
	Ledger *model.Ledger
	Field  *model.Field // nil: the records themselves are counted
	How    Reckon
	Where  []string // in the words of list --where; all must hold
}

// Reckon is how a Calc makes one value of many.
type Reckon string

// The ways of a Calc.
const (
	Sum     Reckon = "合计"
	Count   Reckon = "计数"
	Average Reckon = "平均"
	Highest Reckon = "最大"
	Lowest  Reckon = "最小"
	Listed  Reckon = "列出"
)

var reckons = []Reckon{Sum, Count, Average, Highest, Lowest, Listed}

var plainKinds = map[string]Kind{"今天": Today, "期间": Period, "单位": Unit, "填报单位": Unit, "填报人": Filler, "序号": Seq, "不填": None, "": None}

// ParseSource reads a source as people and remembered mappings write it: a path or
// the label of a field of ledger over (which may be nil), 今天, 期间, 单位, 填报人, 序号, 不填,
// words in quotes, or a figure over a ledger (see Calc). It never runs anything.
func ParseSource(words string, c *model.Catalog, over *model.Ledger) (Source, error) {
	words = strings.TrimSpace(words)
	if kind, ok := plainKinds[words]; ok {
		return Source{Kind: kind}, nil
	}
	for _, q := range []string{`""`, "“”", "''", "‘’"} {
		r := []rune(q)
		if w := []rune(words); len(w) >= 2 && w[0] == r[0] && w[len(w)-1] == r[1] {
			return Source{Kind: Const, Words: string(w[1 : len(w)-1])}, nil
		}
	}
	if over != nil {
		if f := over.FindField(words); f != nil {
			return Source{Kind: OfPath, Path: exchange.Path(f.Key)}, nil
		}
		if tg, err := exchange.ResolvePath(c, over, exchange.Path(words)); err == nil {
			return Source{Kind: OfPath, Path: tg.Path}, nil
		}
	}
	calc, err := parseCalc(words, c)
	if err != nil {
		return Source{}, err
	}
	return Source{Kind: OfCalc, Calc: calc}, nil
}

func badSource(words, why string) error {
	return model.Errorf(model.CodeUsage, "来源“%s”读不懂：%s。可以写项目名、“今天”“期间”“单位”“填报人”“序号”“不填”、引号里的文字，或 任务.完成比例 平均 where 工作类别=产业振兴 这样的算式。", words, why)
}

// parseCalc reads LEDGER.FIELD [HOW] [where COND [and COND]…].
func parseCalc(words string, c *model.Catalog) (*Calc, error) {
	head, where, filtered := cutWord(words, "where")
	fields := strings.Fields(head)
	if len(fields) == 0 || len(fields) > 2 {
		return nil, badSource(words, "不是“台账.项目”")
	}
	name, item, ok := strings.Cut(fields[0], ".")
	if !ok {
		return nil, badSource(words, "没有这一项")
	}
	l, err := c.Find(name)
	if err != nil {
		return nil, badSource(words, "没有台账“"+name+"”")
	}
	k := &Calc{Ledger: l, How: Count}
	if item != "个数" && item != "数量" && item != "条数" && item != string(Count) {
		if k.Field = l.FindField(item); k.Field == nil {
			return nil, badSource(words, "台账“"+l.Label+"”没有“"+item+"”这一项")
		}
		k.How = usual(k.Field)
	}
	if len(fields) == 2 {
		k.How = Reckon(fields[1])
		if !slices.Contains(reckons, k.How) {
			return nil, badSource(words, "“"+fields[1]+"”不是合计、计数、平均、最大、最小、列出")
		}
	}
	if err := k.check(words); err != nil {
		return nil, err
	}
	for more := filtered; more; {
		var cond string
		cond, where, more = cutWord(where, "and")
		if cond = strings.TrimSpace(cond); cond == "" {
			return nil, badSource(words, "where 后面缺条件")
		}
		k.Where = append(k.Where, cond)
	}
	return k, nil
}

// check refuses sums of what is no number.
func (k *Calc) check(words string) error {
	if k.How == Count || k.How == Listed {
		return nil
	}
	if k.Field == nil || !isQuantity(k.Field) {
		return badSource(words, "这一项不是数，不能"+string(k.How))
	}
	return nil
}

// cutWord cuts at a word between blanks.
func cutWord(s, word string) (before, after string, found bool) {
	fields := strings.Fields(s)
	i := slices.IndexFunc(fields, func(f string) bool { return strings.EqualFold(f, word) })
	if i < 0 {
		return s, "", false
	}
	return strings.Join(fields[:i], " "), strings.Join(fields[i+1:], " "), true
}

// usual is how a field is reckoned if nothing is said.
func usual(f *model.Field) Reckon {
	switch {
	case f.Kind == model.KindPercent:
		return Average
	case isQuantity(f):
		return Sum
	}
	return Listed
}

func isQuantity(f *model.Field) bool {
	return f.Kind == model.KindInteger || f.Kind == model.KindDecimal || f.Kind == model.KindPercent
}

// String writes a source so that ParseSource reads it again.
func (s Source) String() string {
	switch s.Kind {
	case OfPath:
		return string(s.Path)
	case Const:
		return "“" + s.Words + "”"
	case OfCalc:
		return s.Calc.String()
	case None:
		return "不填"
	case Formula:
		return ""
	}
	for words, kind := range map[string]Kind{"今天": Today, "期间": Period, "单位": Unit, "填报人": Filler, "序号": Seq} {
		if kind == s.Kind {
			return words
		}
	}
	return ""
}

// String writes a figure so that ParseSource reads it again.
func (k *Calc) String() string {
	item := "个数"
	if k.Field != nil {
		item = k.Field.Key
	}
	out := k.Ledger.Key + "." + item
	if k.Field != nil && k.How != usual(k.Field) {
		out += " " + string(k.How)
	}
	if len(k.Where) > 0 {
		out += " where " + strings.Join(k.Where, " and ")
	}
	return out
}
