package report

// AskedColumn is one column that a table of the level above asked for, and who filled
// it.
type AskedColumn struct {
	Header string `json:"header"`
	// Meaning tells the same column of another table: a path of a ledger where it was
	// filled from one, else the header's key. "" is what every table has: 序号, 填报人.
	Meaning string   `json:"meaning,omitempty"`
	By      FilledBy `json:"by"`
}

// FilledBy says who filled a column.
type FilledBy string

// Who filled a column.
const (
	ByProgram FilledBy = "程序"
	ByHand    FilledBy = "人工"
	ByNobody  FilledBy = "未知"
)
