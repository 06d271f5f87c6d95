package settings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// rosterSource shows records of a ledger by some of their fields.
type rosterSource struct {
	ledger *model.Ledger
	keys   []string
	grow   string // the column that takes what room is left
	all    []*model.Record
	words  string
	shown  []*model.Record
}

// narrow works out the records that contain the words in a column.
func (s *rosterSource) narrow() {
	s.shown = nil
	for _, r := range s.all {
		if s.words == "" || slices.ContainsFunc(s.keys, func(key string) bool { return text.Contains(s.words, s.cell(r, key)) }) {
			s.shown = append(s.shown, r)
		}
	}
}

func (s *rosterSource) cell(r *model.Record, key string) string {
	f := s.ledger.Field(key)
	return strings.Join(strings.Fields(f.Show(app.Shown(false)(f, r.Get(key)))), " ")
}

// Len is the number of records shown.
func (s *rosterSource) Len() int { return len(s.shown) }

// Columns lists the columns.
func (s *rosterSource) Columns() []grid.Column {
	out := make([]grid.Column, len(s.keys))
	for i, key := range s.keys {
		out[i] = grid.Column{Key: key, Title: s.ledger.Field(key).Label, Width: 104, Grow: key == s.grow}
	}
	return out
}

// Cell shows a value.
func (s *rosterSource) Cell(row, col int) grid.Cell {
	words := s.cell(s.shown[row], s.keys[col])
	return grid.Cell{Text: words, Hint: words}
}

// roster is a simple list of one ledger, to look at; the ledger's own page edits.
type roster struct {
	p       *Page
	content fyne.CanvasObject
	header  *page.Header
	source  *rosterSource
	grid    *grid.Grid
	search  *kit.Entry
	unit    string // 个, 人
	onRow   func(*model.Record)
	also    func(ctx context.Context) error // reads what belongs to the rows
}

// newRoster makes the list; beside, if not nil, stands at its right.
func newRoster(p *Page, ledger, title, unit, grow string, keys []string, beside fyne.CanvasObject) *roster {
	r := &roster{p: p, unit: unit, source: &rosterSource{ledger: p.api.Catalog().Ledger(ledger), keys: keys, grow: grow}}
	r.header = page.NewHeader(title, kit.NewButton("打开完整台账", kit.ButtonMain, func() { r.open(nil) }))
	r.search = kit.NewEntry("搜索，可用拼音首字母")
	r.search.OnChanged = func(words string) {
		r.source.words = words
		r.rearrange()
	}
	r.grid = grid.New(grid.Config{
		Source: r.source, Rows: true, Empty: "没有记录。点右上“打开完整台账”去新增或导入。",
		OnSelect: r.choose, OnOpen: func(row int) { r.open(r.source.shown[row]) },
	})
	var main fyne.CanvasObject = kit.NewFlushCard(r.grid)
	if beside != nil {
		main = container.New(aside{}, main, beside)
	}
	r.content = frame(r.header, main, container.New(fixed(controlWidth), r.search))
	return r
}

func newUnits(p *Page) section {
	return newRoster(p, "unit", "单位", "个", "name", []string{"name", "kind", "level", "parent", "leader", "phone"}, nil)
}

func (r *roster) object() fyne.CanvasObject { return r.content }

// open goes to the full ledger, at a record if there is one.
func (r *roster) open(rec *model.Record) {
	to := page.Route{Page: page.Ledgers, Ledger: r.source.ledger.Key}
	if rec != nil {
		to.Record = rec.ID
	}
	r.p.desk.Open(to)
}

func (r *roster) load() {
	page.Load(r.p.desk, r.p.reads, func(ctx context.Context) (model.Page, error) {
		if r.also != nil {
			if err := r.also(ctx); err != nil {
				return model.Page{}, err
			}
		}
		_, list, err := r.p.api.List(ctx, app.ListRequest{Ledger: r.source.ledger.Key})
		return list, err
	}, func(list model.Page) {
		r.source.all = list.Records
		r.header.SetNote(fmt.Sprintf("%d %s", len(list.Records), r.unit))
		r.rearrange()
	})
}

// rearrange shows the rows anew.
func (r *roster) rearrange() {
	r.source.narrow()
	r.grid.Reload()
	row, _ := r.grid.Current()
	r.choose(row)
}

// choose tells which record the cursor is on.
func (r *roster) choose(row int) {
	if r.onRow == nil {
		return
	}
	if row < 0 || row >= len(r.source.shown) {
		r.onRow(nil)
		return
	}
	r.onRow(r.source.shown[row])
}

// people are the persons with the posts of the chosen one.
type people struct {
	*roster
	drawer *kit.Drawer
	ledger *model.Ledger
	posts  map[string][]*model.Record // by person
}

func newPeople(p *Page) section {
	d := &people{drawer: kit.NewDrawer(nil, nil), ledger: p.api.Catalog().Ledger("post")}
	d.roster = newRoster(p, "person", "人员与任职", "人", "duty", []string{"name", "unit", "duty", "phone"}, d.drawer)
	d.onRow, d.also = d.showPosts, d.readPosts
	return d
}

// readPosts reads the posts of everybody.
func (d *people) readPosts(ctx context.Context) error {
	_, list, err := d.p.api.List(ctx, app.ListRequest{Ledger: "post"})
	if err != nil {
		return err
	}
	posts := map[string][]*model.Record{}
	for _, r := range list.Records {
		id := r.Get("person").ID
		posts[id] = append(posts[id], r)
	}
	d.posts = posts
	return nil
}

// showPosts shows what posts a person holds and held.
func (d *people) showPosts(rec *model.Record) {
	if rec == nil {
		d.drawer.SetHead(kit.Head{Title: "没有选中人员"})
		d.drawer.SetTabs([]kit.Tab{{Key: "posts", Label: "任职", Content: kit.NewNote("在左边选一个人。")}}, "")
		d.drawer.SetFooter("")
		return
	}
	l, posts := d.source.ledger, d.posts[rec.ID]
	box := container.NewVBox()
	for _, w := range postWords(d.ledger, posts) {
		box.Add(kit.NewLine(w[0], look.TextBody, look.Ink, true))
		box.Add(kit.NewNote(w[1]))
	}
	if len(posts) == 0 {
		box.Add(kit.NewNote("还没有登记任职。"))
	}
	d.drawer.SetHead(kit.Head{Crumb: l.Field("unit").Show(rec.Get("unit")), Title: l.Name(rec)})
	d.drawer.SetTabs([]kit.Tab{{Key: "posts", Label: "任职", Count: len(posts), Content: box}}, "")
	d.drawer.SetFooter("",
		kit.NewButton("打开人员", kit.ButtonFirst, func() { d.open(rec) }),
		kit.NewButton("打开任职台账", kit.ButtonPlain, func() { d.p.desk.Open(page.Route{Page: page.Ledgers, Ledger: "post", Search: l.Name(rec)}) }))
}

// postWords says of each post what and where, and from when to when.
func postWords(l *model.Ledger, posts []*model.Record) [][2]string {
	out := make([][2]string, len(posts))
	for i, p := range posts {
		show := func(key string) string { return l.Field(key).Show(p.Get(key)) }
		from, to := show("from"), show("to")
		if from == "" {
			from = "任职时间未填"
		}
		if to == "" {
			to = "至今"
		}
		out[i] = [2]string{show("at") + " · " + show("title"), from + " — " + to}
	}
	return out
}
