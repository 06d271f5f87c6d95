package grid

import (
	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model"
)

// Source is what a grid shows. It answers at once, on the window's goroutine: a
// source over a store keeps the rows around the visible ones and answers an empty
// Cell for those that are still on their way.
type Source interface {
	// Len is the number of rows.
	Len() int
	// Columns lists the columns from left to right, the pinned ones first.
	Columns() []Column
	// Cell is asked for visible cells and for those that are copied.
	Cell(row, col int) Cell
}

// Align says where in its column a text stands.
type Align int

// The alignments.
const (
	AlignLeft Align = iota
	AlignRight
	AlignMiddle
)

// Column describes one column.
type Column struct {
	Key      string  // stable; widths, sort and filter are told by it
	Title    string  // head
	Width    float32 // units; 0 takes defaultWidth; below minWidth the column is a narrow one of single signs
	Grow     bool    // takes a share of the room that is left over
	Pinned   bool    // stays while the others scroll sideways
	Align    Align
	Sortable bool
	Filter   bool // has an entry in the filter row
	Editable bool
	Kind     model.Kind
	Options  []string // for enum and yes/no: the labels to choose from
	// Quick are the letters that fill a cell at once, with the words they stand for:
	// no editor opens, and the cursor goes on to the next such cell of the row, or of
	// the next row. In a chosen range a letter fills all its cells. Words may be "",
	// which empties.
	Quick map[rune]string
	// Muted draws the head on the ground of FillMuted: a day without work.
	Muted bool
}

// Twist is the fold mark of a row in a tree.
type Twist int

// The states of a branch.
const (
	TwistNone   Twist = iota // a leaf, or no tree
	TwistOpen                // children are shown below
	TwistClosed              // children are hidden
)

// Fill is the ground of a cell.
type Fill int

// The grounds.
const (
	FillNone     Fill = iota
	FillAdded         // 新增
	FillChanged       // 修改
	FillConflict      // 冲突, 问题
	FillMuted         // read-only among what can be edited
)

// Cell is what one cell shows, from left to right: indent, twist, mark, bar, the
// struck old value, the text.
type Cell struct {
	Text   string
	Tone   look.Tone
	Bold   bool
	Strike string // old value, struck through in grey before the new one
	Mark   look.Mark
	HasBar bool
	Bar    float32 // 0 to 1, where HasBar; the text stands small behind it
	Fill   Fill
	Span   int // how many columns the words may reach over, empty ones behind; 0 is 1
	Indent int // levels of a tree
	Twist  Twist
	Hint   string // problem or full words, shown while the mouse or the cursor is on the cell
}

// Range is a rectangle of cells, all bounds included, counted from 0.
type Range struct{ Row1, Col1, Row2, Col2 int }

// Rows is the number of rows of the range.
func (r Range) Rows() int { return r.Row2 - r.Row1 + 1 }

// Cols is the number of columns of the range.
func (r Range) Cols() int { return r.Col2 - r.Col1 + 1 }

// Contains reports whether the cell lies in the range.
func (r Range) Contains(row, col int) bool {
	return row >= r.Row1 && row <= r.Row2 && col >= r.Col1 && col <= r.Col2
}

// Sort is the order that the rows are in; Key "" is the source's own.
type Sort struct {
	Key  string
	Desc bool
}

// Config is what a grid is made with. Callbacks run on the window's goroutine; any
// may be nil, and what it serves is then off.
type Config struct {
	Source Source
	// Rows makes the grid a list: whole rows are chosen, nothing is edited.
	Rows bool
	// Filters shows the filter row from the start.
	Filters bool
	// Widths are widths the user chose before, by column key.
	Widths map[string]float32
	// Empty is what stands in a grid without rows: what to do next.
	Empty string

	OnSelect func(row int) // the cursor came to another row; -1 when there is none
	// OnCell is told of every cell the cursor comes to, even if it stood there
	// already: two grids can be kept together by it.
	OnCell func(row, col int)
	// OnRune may use a letter that is typed where nothing can be edited.
	OnRune   func(r rune)
	OnOpen   func(row int) // Enter, or a double click where nothing can be edited
	OnTwist  func(row int) // fold or unfold
	OnSort   func(s Sort)  // a head was clicked
	OnFilter func(key, words string)
	OnWidth  func(key string, width float32) // a head's edge was dragged

	// EditText gives the text an edit starts with; nil takes the cell's Text.
	EditText func(row, col int) string
	// OnEdit takes what was typed. An error keeps the editor open and shows its
	// sentence.
	OnEdit func(row, col int, text string) error
	// Choices gives the search that a cell is filled from by choosing: the records a
	// reference may point at. nil for a cell that is typed. It may answer later.
	Choices func(row, col int) func(query string, show func([]kit.Choice))
	// OnChoose takes what was chosen there; words that no choice has come without an
	// id. nil hands the words to OnEdit.
	OnChoose func(row, col int, c kit.Choice) error
	// OnPaste takes values for the cells from r's upper left corner on, from the
	// clipboard, Ctrl+D or Delete: one undoable operation. Rows (but see
	// PasteBeyond) or columns beyond the grid are left out before. An error goes to
	// OnProblem.
	OnPaste func(r Range, values [][]string) error
	// PasteBeyond hands pasted rows beyond the last one to OnPaste as well, whose
	// range then ends below the grid, and lets an empty grid be pasted into.
	PasteBeyond bool
	// OnCopy may copy the chosen rows itself, of the columns from to to, where the
	// source does not hold all of them. It reports whether it did.
	OnCopy func(from, to int) bool
	// OnProblem shows an error that belongs to no open editor.
	OnProblem func(error)
	// OnMenu gives the menu of a right click; the cell's row is chosen before.
	OnMenu func(row, col int) []*fyne.MenuItem
	// OnHeadMenu gives the menu of a right click on a head: hide, show, pin.
	OnHeadMenu func(key string) []*fyne.MenuItem
}
