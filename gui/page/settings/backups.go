package settings

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
)

// backups lists the backups, makes and checks them, and restores one.
type backups struct {
	p       *Page
	content fyne.CanvasObject
	header  *page.Header
	warn    *kit.Line
	folder  *kit.Button // chooses another second place
	check   *kit.Button
	restore *kit.Button
	grid    *grid.Grid
	source  *backupSource
	now     app.Backups
}

func newBackups(p *Page) section {
	b := &backups{p: p, source: &backupSource{}}
	b.header = page.NewHeader("备份与恢复",
		kit.NewButton("打搬家包", kit.ButtonPlain, b.pack),
		kit.NewButton("核对现有台账", kit.ButtonPlain, func() { b.verify(p.api.Path()) }),
		kit.NewButton("存到第二处", kit.ButtonPlain, b.second),
		kit.NewButton("立即备份", kit.ButtonMain, b.backup))
	b.warn = kit.NewLine("", look.TextBody, look.Ink, false)
	b.folder = kit.NewButton("更换文件夹", kit.ButtonLink, b.chooseFolder)
	b.check = kit.NewButton("核对这一份", kit.ButtonPlain, func() { b.onChosen(b.verify) })
	b.restore = kit.NewButton("恢复到这一份…", kit.ButtonPlain, func() { b.onChosen(b.compare) })
	b.grid = grid.New(grid.Config{
		Source: b.source, Rows: true, Empty: "还没有备份。点右上“立即备份”做第一份；导入和收表之前程序也会自动备份。",
		OnOpen: func(int) { b.onChosen(b.verify) },
	})
	place := container.NewBorder(nil, nil, nil, b.folder, b.warn)
	b.content = frame(b.header, kit.NewFlushCard(b.grid), place, line(b.check, b.restore))
	return b
}

func (b *backups) object() fyne.CanvasObject { return b.content }

func (b *backups) load() {
	page.Load(b.p.desk, b.p.reads, b.p.api.Backups, b.show)
}

func (b *backups) show(now app.Backups) {
	b.now = now
	today := b.p.api.Today()
	tone, words := secondWords(now, today)
	b.warn.SetTone(tone)
	b.warn.SetText(words)
	if b.folder.Show(); now.Second == "" {
		b.folder.Hide()
	}
	b.source.files, b.source.today = now.Files, today
	b.header.SetNote(fmt.Sprintf("%d 份", len(now.Files)))
	for _, one := range []*kit.Button{b.check, b.restore} {
		if one.Enable(); len(now.Files) == 0 {
			one.Disable()
		}
	}
	b.grid.Reload()
	b.content.Refresh()
}

// onChosen does something with the chosen backup.
func (b *backups) onChosen(do func(path string)) {
	if row, _ := b.grid.Current(); row >= 0 && row < len(b.now.Files) {
		do(b.now.Files[row].Path)
	}
}

// long runs long work on files under a title, and shows the list anew.
func long[T any](b *backups, title string, work func(context.Context) (T, error), done func(T)) {
	var result T
	b.p.desk.Presenter.Long(task.Long{
		Title: title,
		Work: func(ctx context.Context, _ *task.Progress) (err error) {
			result, err = work(ctx)
			return err
		},
		Done: func(err error) {
			b.load()
			if err != nil {
				b.p.desk.Presenter.Error(err)
				return
			}
			done(result)
		},
	})
}

// backup makes a backup beside the ledger.
func (b *backups) backup() {
	long(b, "备份", func(ctx context.Context) (app.BackupInfo, error) { return b.p.api.Backup(ctx, "") }, b.made)
}

// made says that a backup was made and counted.
func (b *backups) made(info app.BackupInfo) {
	b.p.desk.Done(fmt.Sprintf("已备份到“%s”，打开核对过：%d 条记录", filepath.Base(info.Path), info.Records), 0)
}

// second makes a backup in the second place, which is asked for the first time.
func (b *backups) second() {
	if b.now.Second == "" {
		b.chooseFolder()
		return
	}
	b.toFolder(b.now.Second)
}

func (b *backups) chooseFolder() { b.p.desk.Folder(b.toFolder) }

func (b *backups) toFolder(dir string) {
	long(b, "备份到第二处", func(ctx context.Context) (app.BackupInfo, error) { return b.p.api.BackupToSecond(ctx, dir) }, b.made)
}

// packWords say what the file is for and what a password does.
const packWords = "台账、设置、附件和回执打成一个文件，拿到新电脑上点“从备份恢复”选它就能接着用。设了密码的包，没有密码打不开；不设的，台账也没有密码时，拿到的人都能看。"

// pack makes the one file that moves everything, with a password of its own or none.
func (b *backups) pack() {
	next := newFreePassword("包的密码，可以不设")
	b.p.askSecrets("打搬家包", "选位置，打包", packWords, func(d *kit.Dialog) {
		password, ok := next.takeFree()
		if !ok {
			return
		}
		b.p.desk.Save(b.p.api.PackName(), func(path string) {
			d.Close()
			long(b, "打搬家包", func(ctx context.Context) (app.Packed, error) {
				return b.p.api.Pack(ctx, app.PackRequest{To: path, Password: password})
			}, b.packed)
		})
	}, next.first, next.again)
}

// packed says what is in the file, and who can read it.
func (b *backups) packed(p app.Packed) {
	words := fmt.Sprintf("已打包并核对：%d 条记录，%d 个文件", p.Records, p.Files)
	if p.Open {
		words += "；没有密码，请妥善保管"
	}
	b.p.desk.Done(words, 0)
}

// verify checks a file and tells what was found.
func (b *backups) verify(path string) {
	long(b, "核对", func(ctx context.Context) (app.FileReport, error) { return b.p.api.VerifyFile(ctx, path) }, b.told)
}

// told shows a sound file's report in a word, a faulty one's until it is read.
func (b *backups) told(r app.FileReport) {
	if len(r.Problems) == 0 {
		b.p.desk.Done(reportWords(r), 0)
		return
	}
	var d *kit.Dialog
	text := container.New(fixed(compareWidth), kit.NewPara(reportWords(r), look.TextBody, look.Ink, false, 0))
	d = kit.ShowDialog(b.p.desk.Canvas(), "核对发现问题", text, kit.NewButton("知道了", kit.ButtonMain, func() { d.Close() }))
}

// compare opens a backup beside the present ledger and shows what a restore would
// change, before anything is replaced.
func (b *backups) compare(path string) {
	long(b, "比较备份与现有台账", func(ctx context.Context) (app.Comparison, error) { return b.p.api.CompareBackup(ctx, path) }, b.ask)
}

// compareWidth is the width of the table of differences, compareRows how many of
// them are seen at once.
const (
	compareWidth = 620
	compareRows  = 8
)

// tableHeight is the height of a table of so many rows.
func tableHeight(rows int) tall {
	return tall(look.TableHeadHeight + look.RowHeight*float32(min(rows, compareRows)) + 4)
}

// ask shows the differences with the button that restores.
func (b *backups) ask(c app.Comparison) {
	lines := []fyne.CanvasObject{kit.NewPara(restoreWords(c, b.p.api.Today()), look.TextBody, look.Ink, false, 0)}
	if d := differences(c); len(d) > 0 {
		lines = append(lines, container.New(tableHeight(len(d)), kit.NewFlushCard(grid.New(grid.Config{Source: d, Rows: true}))))
	}
	var dialog *kit.Dialog
	cancel := kit.NewButton("不恢复", kit.ButtonPlain, func() { dialog.Close() })
	yes := kit.NewButton("恢复到这一份（现有台账留底）", kit.ButtonMain, func() {
		dialog.Close()
		b.p.params.Restore(c.Path)
	})
	buttons := []*kit.Button{yes, cancel}
	if c.Same() {
		cancel.SetLabel("知道了")
		buttons = []*kit.Button{cancel}
	}
	// The keyboard stands on the last button: on the harmless one.
	dialog = kit.ShowDialog(b.p.desk.Canvas(), "恢复到 "+filepath.Base(c.Path), container.New(told{}, lines...), buttons...)
}

// tall gives an object a height.
type tall float32

// MinSize is the height.
func (h tall) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, float32(h)) }

// Layout fills the room.
func (h tall) Layout(objects []fyne.CanvasObject, s fyne.Size) { objects[0].Resize(s) }

// told arranges the words above the table in the width of the dialog.
type told struct{}

// MinSize is that of words and table at the dialog's width.
func (told) MinSize(objects []fyne.CanvasObject) fyne.Size {
	h := objects[0].(*kit.Para).HeightFor(compareWidth)
	for _, o := range objects[1:] {
		h += look.GapWide + o.MinSize().Height
	}
	return fyne.NewSize(compareWidth, h)
}

// Layout places words and table.
func (told) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	h := objects[0].(*kit.Para).HeightFor(s.Width)
	objects[0].Resize(fyne.NewSize(s.Width, h))
	for _, o := range objects[1:] {
		o.Move(fyne.NewPos(0, h+look.GapWide))
		o.Resize(fyne.NewSize(s.Width, s.Height-h-look.GapWide))
	}
}
