package evidence

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// Items are the entries of a menu over chosen records; none where the ledger keeps
// no files.
func Items(d *page.Desk, api API, l *model.Ledger, records []*model.Record) []*fyne.MenuItem {
	if Field(l) == nil || len(records) == 0 {
		return nil
	}
	return []*fyne.MenuItem{fyne.NewMenuItem("导出"+Label(l)+"…", func() { AskExport(d, api, l, records) })}
}

// export is the evidence of some records on its way out.
type export struct {
	desk   *page.Desk
	api    API
	ledger *model.Ledger
	ids    []string
	place  *kit.Tick
	dialog *kit.Dialog
}

// The names of what is made.
const (
	album  = "佐证相册"
	bundle = "迎检包"
)

// exportWidth is that of the dialog's words.
const exportWidth float32 = 460

// AskExport asks what is to be made of the records' files.
func AskExport(d *page.Desk, api API, l *model.Ledger, records []*model.Record) {
	c := d.Canvas()
	if c == nil {
		return
	}
	e := &export{desk: d, api: api, ledger: l, place: kit.NewTick("照片里保留拍摄地点和设备信息", false, func(bool) {})}
	files := 0
	for _, r := range records {
		e.ids = append(e.ids, r.ID)
		files += Count(l, r)
	}
	content := container.NewVBox(
		kit.NewLine(fmt.Sprintf("选中 %d 项，共 %d 个文件。", len(records), files), look.TextBody, look.Ink, false),
		kit.NewLine("佐证相册：照片按事项排进一个工作簿，原件另打一个 zip。", look.TextBody, look.Second, false),
		kit.NewLine("迎检包：一个文件夹，有台账、办理过程、相册和每项的材料。", look.TextBody, look.Second, false),
		e.place)
	e.dialog = kit.ShowDialog(c, "导出"+Label(l), kit.Scrolled(content, exportWidth, c.Size().Height),
		kit.NewButton("取消", kit.ButtonPlain, func() { e.dialog.Close() }),
		kit.NewButton("做相册", kit.ButtonPlain, e.chooseAlbum), kit.NewButton("做迎检包", kit.ButtonMain, e.chooseBundle))
}

// request is what app is asked for.
func (e *export) request(out string) app.EvidenceRequest {
	return app.EvidenceRequest{List: app.ListRequest{Ledger: e.ledger.Key, IDs: e.ids}, Out: out, Place: e.place.On()}
}

// name is proposed for what is made: 佐证相册 2026-11-22.
func (e *export) name(what string) string { return what + " " + string(e.api.Today()) }

func (e *export) chooseAlbum() {
	e.dialog.Close()
	e.desk.Save(e.name(album)+".xlsx", func(path string) { e.make(album, e.api.ExportAlbum, e.request(path), filepath.Dir(path)) })
}

func (e *export) chooseBundle() {
	e.dialog.Close()
	e.desk.Folder(func(dir string) {
		out := filepath.Join(dir, freeName(e.name(bundle), func(name string) bool {
			_, err := os.Stat(filepath.Join(dir, name))
			return err == nil
		}))
		e.make(bundle, e.api.ExportEvidence, e.request(out), out)
	})
}

// make writes the files and says what came of it; dir is shown on request.
func (e *export) make(what string, write func(context.Context, app.EvidenceRequest) (app.EvidenceDone, error), req app.EvidenceRequest, dir string) {
	var done app.EvidenceDone
	e.desk.Presenter.Long(task.Long{Title: "做" + what, Work: func(ctx context.Context, _ *task.Progress) (err error) {
		done, err = write(ctx, req)
		return err
	}, Done: func(err error) {
		if err != nil {
			e.desk.Presenter.Error(err)
			return
		}
		e.tell(what, done, dir)
	}})
}

// tell says what was made; files that could not go along are named until they are
// read.
func (e *export) tell(what string, done app.EvidenceDone, dir string) {
	open := func() { e.desk.Reveal(dir) }
	if len(done.Missing) == 0 {
		e.desk.Say(kit.Toast{Text: packedWords(what, done), Action: "打开文件夹", OnAction: open})
		return
	}
	e.desk.ShowText(page.Text{Title: fmt.Sprintf("有 %d 个文件没有带上", len(done.Missing)), Head: packedWords(what, done) + "，放在“" + dir + "”。",
		Words: strings.Join(done.Missing, "\n"), Copy: "复制清单", Open: open})
}
