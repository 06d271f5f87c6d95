package importing

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/sheetview"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// mapping lists the columns of the chosen table and where each goes.
type mapping struct {
	p       *Page
	object  fyne.CanvasObject
	grid    *grid.Grid
	all     *kit.Button // 全部确认
	one     *kit.Button // 确认这一列
	other   *kit.Button // 改对应
	without *kit.Button // 不导入这一列
	field   *kit.Button // 新建字段
	columns []app.DraftColumn
}

func newMapping(p *Page) *mapping {
	m := &mapping{p: p}
	m.grid = grid.New(grid.Config{Source: m, Rows: true, Empty: "请先在右上方选择导入到哪本台账。", OnSelect: m.selected, OnOpen: func(int) { m.choose() }})
	m.one = kit.NewButton("确认这一列", kit.ButtonPlain, p.accept)
	m.all = kit.NewButton("全部确认", kit.ButtonFirst, func() { p.confirm(pending(p.item().preview())) })
	m.other = kit.NewButton("改对应…", kit.ButtonPlain, m.choose)
	m.without = kit.NewButton("不导入这一列", kit.ButtonPlain, func() { m.say("") })
	m.field = kit.NewButton("新建字段…", kit.ButtonPlain, m.addField)
	hint := kit.NewNote("确认过的会记住，下次表头相同的表不用再问。")
	line := container.NewBorder(nil, nil, container.NewHBox(m.one, m.all, m.other, m.without, m.field), nil, hint)
	m.object = container.New(lined{}, kit.NewFlushCard(m.grid), line)
	return m
}

// set shows the columns of another table, or of the same one planned anew.
func (m *mapping) set(t *app.TablePreview) {
	m.columns = nil
	if t != nil && t.Ledger != "" {
		m.columns = t.Columns
	}
	m.grid.Reload()
	m.buttons()
}

// current is the column that the cursor is on; nil for none.
func (m *mapping) current() *app.DraftColumn {
	row, _ := m.grid.Current()
	if row < 0 || row >= len(m.columns) {
		return nil
	}
	return &m.columns[row]
}

// buttons enables what makes sense for the column.
func (m *mapping) buttons() {
	c := m.current()
	open := c != nil && m.p.file().result == nil
	enable(m.one, open && c.Pending())
	enable(m.all, open && len(pending(m.p.item().preview())) > 0)
	enable(m.other, open)
	enable(m.without, open && c.Path != "")
	enable(m.field, open && (c.Path == "" || c.Pending()))
}

// selected goes to the column in the sheet.
func (m *mapping) selected(int) {
	m.buttons()
	c := m.current()
	if c == nil {
		return
	}
	m.p.jump(func(t *app.TablePreview) {
		if t.Table.Entry {
			m.p.original.Seek(0, c.Name)
			return
		}
		m.p.original.Seek(t.Table.HeaderLast, t.Sheet.Address(t.Table.HeaderLast, c.Col))
	})
}

// seek puts the cursor on a column of the sheet, or on that of a place in a form.
func (m *mapping) seek(col int, address string) {
	i := slices.IndexFunc(m.columns, func(c app.DraftColumn) bool {
		if m.p.original.seen.Table.Entry {
			return c.Name == address
		}
		return c.Col == col
	})
	if i >= 0 {
		m.grid.Select(i)
	}
}

// say says where the column goes.
func (m *mapping) say(path exchange.Path) {
	if c := m.current(); c != nil {
		m.p.confirm(columns{c.Col: path})
	}
}

// What a choice means that is no field.
const (
	choiceWithout = "#without"
	choiceField   = "#field"
)

// choose asks where the column goes.
func (m *mapping) choose() {
	c, canvas := m.current(), m.p.desk.Canvas()
	if c == nil || canvas == nil || m.other.Disabled() {
		return
	}
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(m.other)
	kit.ShowChooser(canvas, kit.Chooser{
		At: pos, Size: fyne.NewSize(chooserWidth, look.ButtonHeight), Hint: "“" + sheetview.OneLine(c.Header) + "”对应到……",
		Query: kit.FilterChoices(choices(m.p.item().preview(), c)),
		Done: func(to kit.Choice, _ fyne.KeyName) {
			switch to.ID {
			case choiceWithout:
				m.say("")
			case choiceField:
				m.addField()
			default:
				m.say(exchange.Path(to.ID))
			}
			m.p.focus(m.grid)
		},
		Cancel: func() { m.p.focus(m.grid) },
	})
}

const chooserWidth float32 = 340

// choices are where a column may go: what is proposed first, then every field.
func choices(t *app.TablePreview, c *app.DraftColumn) []kit.Choice {
	var out []kit.Choice
	used := map[exchange.Path]string{}
	for _, o := range t.Columns {
		if o.Path != "" && !o.Pending() && o.Col != c.Col {
			used[o.Path] = "已对应 " + o.Name + " 列"
		}
	}
	for _, tg := range t.Targets {
		choice := kit.Choice{ID: string(tg.Path), Text: app.TargetLabel(tg), Note: used[tg.Path]}
		if tg.Path == c.Path {
			choice.Note = "建议"
			out = slices.Insert(out, 0, choice)
			continue
		}
		out = append(out, choice)
	}
	return append(out, kit.Choice{ID: choiceWithout, Text: "不导入这一列"}, kit.Choice{ID: choiceField, Text: "新建字段“" + leafOf(c.Header) + "”…"})
}

// Len is the number of columns.
func (m *mapping) Len() int { return len(m.columns) }

// Columns are those of the list.
func (m *mapping) Columns() []grid.Column {
	return []grid.Column{
		{Key: "col", Title: "列", Width: 56}, {Key: "header", Title: "表里的表头", Width: 200, Grow: true},
		{Key: "sample", Title: "第一个值", Width: 170}, {Key: "path", Title: "对应到", Width: 190}, {Key: "how", Title: "依据", Width: 130},
	}
}

// Cell shows a column.
func (m *mapping) Cell(row, col int) grid.Cell {
	c := m.columns[row]
	how, tone := howWords(c)
	cell := grid.Cell{}
	switch col {
	case 0:
		cell.Text = c.Name
	case 1:
		cell.Text = sheetview.OneLine(c.Header)
	case 2:
		cell.Text, cell.Tone = sheetview.OneLine(c.Sample), look.ToneQuiet
	case 3:
		cell.Text, cell.Bold = goesTo(c), c.Pending()
	case 4:
		cell.Text, cell.Tone = how, tone
	}
	if c.Pending() {
		cell.Fill = grid.FillChanged
	}
	if c.Path == "" {
		cell.Tone = look.ToneQuiet
	}
	return cell
}

// lined puts a line of buttons under a list.
type lined struct{}

// MinSize leaves the list a few rows.
func (lined) MinSize(o []fyne.CanvasObject) fyne.Size {
	line := o[1].MinSize()
	return fyne.NewSize(line.Width, 3*look.RowHeight+look.Gap+line.Height)
}

// Layout places the two.
func (lined) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := o[1].MinSize().Height
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, max(0, s.Height-h-look.Gap)))
	o[1].Move(fyne.NewPos(0, s.Height-h))
	o[1].Resize(fyne.NewSize(s.Width, h))
}
