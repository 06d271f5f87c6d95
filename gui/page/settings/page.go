package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// API is what the page needs of app.
type API interface {
	Path() string
	Warning() string
	Today() model.Day
	Home() *model.Record
	Actor() model.Actor
	Catalog() *model.Catalog
	ActAs(ctx context.Context, as string) error
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) (app.Done, error)
	BurdenShown(ctx context.Context) (bool, error)
	Parameters(ctx context.Context) ([]app.ParameterInfo, error)
	List(ctx context.Context, req app.ListRequest) (*model.Ledger, model.Page, error)
	Add(ctx context.Context, ledger string, assign []app.Assignment) (app.Done, error)
	Set(ctx context.Context, ledger, id string, assign []app.Assignment) (app.Done, error)
	Delete(ctx context.Context, ledger, id string, withChildren bool) (app.Done, error)
	Uses(ctx context.Context, ledger string) (map[string][]app.Use, error)
	Backups(ctx context.Context) (app.Backups, error)
	Backup(ctx context.Context, to string) (app.BackupInfo, error)
	BackupToSecond(ctx context.Context, dir string) (app.BackupInfo, error)
	VerifyFile(ctx context.Context, path string) (app.FileReport, error)
	WatchInbox(ctx context.Context, folder string) (app.Done, error)
	SetOffice(ctx context.Context, office string) (app.Done, error)
	OfficePacks(ctx context.Context) (*model.Ledger, []*model.Record, error)
	OfficePackName(office string) string
	PackForOffices(ctx context.Context, req app.OfficePack) (app.OfficePacked, error)
	Below(ctx context.Context) ([]app.Receiver, error)
	CarryName(places string) string
	CarryOut(ctx context.Context, req app.Carry) (app.CarriedOut, error)
	CarriedOut(ctx context.Context) (*model.Ledger, []*model.Record, error)
	CarriedHere(ctx context.Context) (*model.Record, error)
	GiveUpCarried(ctx context.Context, id, reason string) (app.Done, error)
	Pack(ctx context.Context, req app.PackRequest) (app.Packed, error)
	PackName() string
	CompareBackup(ctx context.Context, path string) (app.Comparison, error)
	May(ctx context.Context, right app.Right) (bool, error)
	LockState() app.LockState
	ChangePassword(ctx context.Context, present, next string) (app.LockDone, error)
	AddRecoveryCode(ctx context.Context, present, keeper string) (app.LockDone, error)
	Users(ctx context.Context) ([]app.UserInfo, error)
	SetUser(ctx context.Context, name, role string) (app.Done, error)
	RemoveUser(ctx context.Context, name string) (app.Done, error)
	Expired(ctx context.Context) ([]app.ExpiredRecord, error)
	Destroy(ctx context.Context, ledger string, ids []string, reason string) (app.DestroyDone, error)
}

// Params are what only the window can do.
type Params struct {
	// Restore closes the ledger, puts the backup in its place and opens it again.
	Restore func(path string)
	// Scale and SetScale are the size of text of this PC.
	Scale    func() look.Scale
	SetScale func(look.Scale)
	// OnActor is called when another person works here; it may be nil.
	OnActor func()
	// Relock closes the ledger, changes its lock by do, opens it again by the
	// password, comes back here, and then tells what was done.
	Relock func(password string, do func(context.Context, app.Options) (app.LockDone, error), told func(app.LockDone))
	// ShowCode shows a recovery code to be kept by somebody, LockTold what a change
	// reached that made none.
	ShowCode func(done app.LockDone, keeper string)
	LockTold func(words string, done app.LockDone)
	// Lock covers the window; Switch asks who works here.
	Lock, Switch func()
	// AutoLock and SetAutoLock are after how many minutes this PC locks, 0 for never.
	AutoLock    func() int
	SetAutoLock func(minutes int)
	// KnowsIdle tells that the system says how long nobody has touched the PC.
	KnowsIdle bool
}

// Sections, as Route.Filter names them.
const (
	Basic    = "basic"   // 基本信息
	Areas    = "areas"   // 行政区划
	Units    = "units"   // 单位
	People   = "people"  // 人员与任职
	Offices  = "offices" // 科室分工
	Carry    = "carry"   // 下村包
	Rules    = "rules"   // 口径与参数
	Backup   = "backup"  // 备份与恢复
	Lock     = "lock"    // 密码与锁定
	Users    = "users"   // 使用人
	Expired  = "expired" // 敏感信息: 报送接收单位、期满销毁
	Display  = "display" // 显示
	navWidth = 148
)

// section is one part of the settings.
type section interface {
	object() fyne.CanvasObject
	load()
}

// entry is a line of the list at the left.
type entry struct {
	key, label string
	make       func(p *Page) section
}

var entries = []entry{
	{Basic, "基本信息", func(p *Page) section { return newBasic(p) }},
	{Areas, "行政区划", func(p *Page) section { return newAreas(p) }},
	{Units, "单位", func(p *Page) section { return newUnits(p) }},
	{People, "人员与任职", func(p *Page) section { return newPeople(p) }},
	{Offices, "科室分工", func(p *Page) section { return newOffices(p) }},
	{Carry, "下村包", func(p *Page) section { return newCarry(p) }},
	{Rules, "口径与参数", func(p *Page) section { return newRules(p) }},
	{Backup, "备份与恢复", func(p *Page) section { return newBackups(p) }},
	{Lock, "密码与锁定", func(p *Page) section { return newLock(p) }},
	{Users, "使用人", func(p *Page) section { return newUsers(p) }},
	{Expired, "敏感信息", func(p *Page) section { return newExpired(p) }},
	{Display, "显示", func(p *Page) section { return newDisplay(p) }},
}

// Page is the page 设置.
type Page struct {
	api    API
	desk   *page.Desk
	params Params
	reads  *task.Latest

	content  fyne.CanvasObject
	nav      *nav
	body     *fyne.Container
	sections map[string]section
	key      string
}

// New makes the page.
func New(api API, d *page.Desk, params Params) *Page {
	p := &Page{api: api, desk: d, params: params, reads: task.NewLatest(d.Runner), sections: map[string]section{}}
	p.nav = newNav(entries, p.open)
	p.body = container.NewStack()
	p.content = page.Rows(page.Columns(kit.NewFlushCard(p.nav.object), navWidth, p.body))
	p.open(Basic)
	return p
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show opens a section, named by the route's filter, or reads the present one anew.
func (p *Page) Show(r page.Route) {
	if slices.ContainsFunc(entries, func(e entry) bool { return e.key == r.Filter }) {
		p.open(r.Filter)
		return
	}
	p.sections[p.key].load()
}

// Changed reads the section at the front anew; the others do when they are opened.
func (p *Page) Changed([]string) { p.sections[p.key].load() }

// open brings a section to the front.
func (p *Page) open(key string) {
	if p.sections[key] == nil {
		i := slices.IndexFunc(entries, func(e entry) bool { return e.key == key })
		p.sections[key] = entries[i].make(p)
	}
	p.key = key
	p.nav.choose(key)
	p.body.Objects = []fyne.CanvasObject{p.sections[key].object()}
	p.body.Refresh()
	p.sections[key].load()
}

// setting writes one setting and says so.
func (p *Page) setting(key, value, words string) {
	page.Run(p.desk, func(ctx context.Context) (app.Done, error) {
		return p.api.SetSetting(ctx, key, value)
	}, func(done app.Done) { p.desk.Done(words, done.Op) })
}

// write writes, and hands a refusal to refused, which says whether it showed it
// where it belongs; else it is shown as any error is.
func (p *Page) write(work func(context.Context) (app.Done, error), refused func(error) bool, done func(app.Done)) {
	type outcome struct {
		done app.Done
		err  error
	}
	page.Run(p.desk, func(ctx context.Context) (o outcome, _ error) {
		o.done, o.err = work(ctx)
		return o, nil
	}, func(o outcome) {
		switch {
		case o.err == nil:
			done(o.done)
		case !refused(o.err):
			p.desk.Presenter.Error(o.err)
		}
	})
}

// frame arranges a section: its head, lines of a fixed height, and what takes the
// rest of the room.
func frame(head *page.Header, rest fyne.CanvasObject, lines ...fyne.CanvasObject) fyne.CanvasObject {
	objects := append([]fyne.CanvasObject{head.Object}, lines...)
	return container.New(framed{}, append(objects, rest)...)
}

type framed struct{}

// MinSize is the sum of the lines'.
func (framed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(0, -look.GapWide)
	for _, o := range objects {
		m := o.MinSize()
		s = fyne.NewSize(max(s.Width, m.Width), s.Height+m.Height+look.GapWide)
	}
	return s
}

// Layout places the lines, the last one in the room that is left.
func (framed) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	y := float32(0)
	for i, o := range objects {
		h := o.MinSize().Height
		if i == len(objects)-1 {
			h = max(0, s.Height-y)
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(s.Width, h))
		y += h + look.GapWide
	}
}

// line arranges buttons from the left, column cards from the top.
func line(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(look.Gap), objects...)
}

func column(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(look.GapWide), objects...)
}

// inset is the room that borders need within what a scroll clips.
const inset = 4

// scrolled lets cards scroll without their borders being clipped.
func scrolled(content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(roomy{}, container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, inset, inset, inset), content)))
}

// roomy gives an object the inset on both sides beyond its room.
type roomy struct{}

// MinSize is the object's own.
func (roomy) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout places the object.
func (roomy) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Move(fyne.NewPos(-inset, 0))
	objects[0].Resize(fyne.NewSize(s.Width+2*inset, s.Height))
}

// switched shows which of some buttons are on.
func switched(row *fyne.Container, buttons map[string]*kit.Button, on ...string) {
	for key, b := range buttons {
		b.Icon, b.Kind = "", kit.ButtonPlain
		if slices.Contains(on, key) {
			b.Icon, b.Kind = look.IconCheck, kit.ButtonFirst
		}
		b.Refresh()
	}
	row.Refresh() // a check mark makes a button wider
}

// fixed gives an object a width and its own height, at the left.
type fixed float32

// MinSize is the width and the object's height.
func (w fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(w), objects[0].MinSize().Height)
}

// Layout places the object.
func (w fixed) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(min(float32(w), s.Width), s.Height))
}

// aside places a drawer of its usual width at the right.
type aside struct{}

// asideWidth is the width of what stands at the right.
const asideWidth = 332

// MinSize is that of both.
func (aside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	return fyne.NewSize(m.Width+look.GapWide+asideWidth, max(m.Height, objects[1].MinSize().Height))
}

// Layout places the two.
func (aside) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(s.Width-asideWidth-look.GapWide, s.Height))
	objects[1].Move(fyne.NewPos(s.Width-asideWidth, 0))
	objects[1].Resize(fyne.NewSize(asideWidth, s.Height))
}
