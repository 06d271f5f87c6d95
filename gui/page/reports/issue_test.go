package reports_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// within is what the dialog shows, else the page.
func (r *room) within() fyne.CanvasObject {
	if top := r.Win.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return r.Win.Content()
}

// entry finds the entry that holds the words.
func (r *room) entry(holds string) (found *kit.Entry) {
	r.T.Helper()
	pagetest.Walk(r.within(), func(o fyne.CanvasObject) {
		if e, is := o.(*kit.Entry); is && found == nil && (e.Text == holds || e.PlaceHolder == holds) {
			found = e
		}
	})
	if found == nil {
		r.T.Fatalf("no entry holds %q", holds)
	}
	return found
}

// tick finds the box with the label.
func (r *room) tick(label string) (found *kit.Tick) {
	r.T.Helper()
	pagetest.Walk(r.within(), func(o fyne.CanvasObject) {
		if b, is := o.(*kit.Tick); is && b.Label == label {
			found = b
		}
	})
	if found == nil {
		r.T.Fatalf("no box %s", label)
	}
	return found
}

// draws fails the test for words that no text drawn holds: those of chips and
// paragraphs.
func (r *room) draws(words string) {
	r.T.Helper()
	var all []string
	pagetest.Walk(r.within(), func(o fyne.CanvasObject) {
		if t, is := o.(*canvas.Text); is {
			all = append(all, t.Text)
		}
	})
	if !strings.Contains(strings.Join(all, ""), words) {
		r.T.Errorf("%q is not drawn in %q", words, all)
	}
}

func TestIssue_SaysWhatGoesOutBeforeTheButton(t *testing.T) {
	r := newRoom(t)
	r.Tap("下发")
	r.Shows("任务进展月报", "2026年11月", "11月25日（周三）18:00", "已选 16 / 16", "甲镇已有：责任人", "不发这几列", "选文件夹，生成 16 个表")
	r.Shot("reports-issue")
	if _, err := os.Stat(r.out); err == nil {
		t.Error("something was written before the button")
	}
}

func TestIssue_ToSomeByAnotherDay(t *testing.T) {
	r := newRoom(t)
	r.Tap("下发")
	test.Tap(r.tick("全选"))
	r.Shows("已选 0 / 16")
	if !r.Button("选文件夹，生成 0 个表").Disabled() {
		t.Error("nobody is chosen, and it can go out")
	}
	r.entry("找单位，可用拼音首字母").SetText("lh")
	test.Tap(r.tick("柳河村"))
	r.entry("2026年11月25日").SetText("11月28日")
	r.Shows("11月28日（周六）18:00")
	r.entry("18:00").SetText("25点")
	r.Tap("选文件夹，生成 1 个表")
	r.Shows("看不懂")
	r.entry("25点").SetText("12点")
	r.entry("文号，或报表准入编号").SetText("某政办〔2026〕9号")
	r.Tap("不发这几列")
	r.Tap("选文件夹，生成 1 个表")
	r.NoErrors()
	r.Shows("已生成 1 个表格", "打开文件夹")
	r.Shot("reports-issued")
	r.Tap("复制群通知")
	for _, want := range []string{"11月28日（周六）12:00", "某政办〔2026〕9号", "柳河村（共 1 个）", "本月无"} {
		if !strings.Contains(r.copied, want) {
			t.Errorf("copied %q without %s", r.copied, want)
		}
	}
	r.Tap("打开文件夹")
	if r.Revealed != r.out {
		t.Errorf("showed %q", r.Revealed)
	}
	c, err := r.App.Missing(context.Background(), "task_month", "2026-11")
	pagetest.Must(t, err)
	if len(c.Rows) != 1 || c.DueOn != "2026-11-28" {
		t.Errorf("%+v", c)
	}
}

// What is in the folder is not written over without a word.
func TestIssue_AsksBeforeItWritesOver(t *testing.T) {
	r := newRoom(t)
	r.issue()
	files, err := filepath.Glob(filepath.Join(r.out, "*.xlsx"))
	pagetest.Must(t, err)
	pagetest.Must(t, os.WriteFile(files[0], []byte("村里填过的"), 0o644))
	r.Said.Answer = false
	r.Tap("下发")
	r.Tap("选文件夹，生成 16 个表")
	if got, err := os.ReadFile(files[0]); err != nil || string(got) != "村里填过的" {
		t.Errorf("written over: %v", err)
	}
	if len(r.Said.Questions) != 1 || !strings.Contains(r.Said.Questions[0].Text, "已有 16 个同名的表") {
		t.Errorf("asked %+v", r.Said.Questions)
	}
	r.Said.Answer = true
	r.Tap("选文件夹，生成 16 个表")
	r.Shows("已生成 16 个表格")
}

func TestForms_OneIsMadeChangedAndDeleted(t *testing.T) {
	ctx := context.Background()
	r := newRoom(t)
	r.Tap("表样")
	r.Shows("个报表", "填报要求", "每月25日18时")
	r.Shot("reports-forms")
	r.Tap("新建表样")
	r.entry("如 防汛值班周报").SetText("防汛周报")
	r.page.Forms().SetLedger("task")
	for _, path := range []string{"person", "progress.text"} {
		r.page.Forms().Use(path, "可填")
	}
	r.entry("25").SetText("28")
	r.Shows("每月28日18时")
	r.Shot("reports-forms-new")
	r.Tap("保存")
	r.NoErrors()
	form, err := r.App.Form(ctx, "防汛周报")
	pagetest.Must(t, err)
	if form.Due.Day != 28 || len(form.Columns) != 4 || !form.Columns[3].Fill || !form.Own {
		t.Errorf("%+v", form)
	}
	r.Tap("全部下级单位")
	test.Tap(r.tick("青山村"))
	r.Shot("reports-forms-receivers")
	r.Tap("确定")
	r.Tap("保存")
	if form, err = r.App.Form(ctx, "防汛周报"); err != nil || len(form.Receivers) != 15 {
		t.Errorf("%v %+v", err, form.Receivers)
	}
	r.Tap("删除")
	if _, err = r.App.Form(ctx, "防汛周报"); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("still there: %v", err)
	}
}

func TestCompare_ListsByKindAndLeadsToTheRecord(t *testing.T) {
	ctx := context.Background()
	r := newRoom(t)
	path, task := r.returned(t)
	_, err := r.App.Collect(ctx, app.CollectRequest{Paths: []string{path}})
	pagetest.Must(t, err)
	_, october, err := r.App.List(ctx, app.ListRequest{Ledger: "progress", Where: []string{"task=" + task, "period=2026-10"}})
	pagetest.Must(t, err)
	_, err = r.App.Set(ctx, "progress", october.Records[0].ID, []app.Assignment{{Field: "percent", Words: "90"}})
	pagetest.Must(t, err)
	r.Tap("对比")
	r.NoErrors()
	r.Shows("环比对比")
	r.draws("进度倒退 ")
	r.Shot("reports-compare")
	r.Tap("导出标色表")
	r.NoErrors()
	if !strings.Contains(r.Toast(), "标色表已导出") {
		t.Errorf("said %q", r.Toast())
	}
}

func TestHand_WhatWasSaidGoesThroughThePlan(t *testing.T) {
	r := newRoom(t)
	r.issue()
	r.Tap("手工代填")
	r.NoErrors()
	r.Shows("手工代填：青山村", "本月无（零报告）")
	r.Shot("reports-hand")
	r.Tap("看并入结果")
	if len(r.Said.Errors) != 1 || !strings.Contains(model.Sentence(r.Said.Errors[0]), "还没有填内容") {
		t.Errorf("errors %v", r.Said.Errors)
	}
	test.Tap(r.tick("本月无（零报告）"))
	r.Tap("看并入结果")
	r.Shows("电话代填", "并入 1 个文件（可撤销）")
	r.Tap("并入 1 个文件（可撤销）")
	c, err := r.App.Missing(context.Background(), "task_month", "2026-11")
	pagetest.Must(t, err)
	if c.Rows[0].Status != app.StandZero {
		t.Errorf("%+v", c.Rows[0])
	}
}

func TestGroup_PastedWordsAreReturns(t *testing.T) {
	r := newRoom(t)
	r.issue()
	r.page.Show(page.Route{Page: page.Reports, Act: page.Collect})
	r.Tap("粘贴群消息")
	r.Shot("reports-group")
	r.Tap("看并入结果")
	r.Shows("没有认出是哪个村")
	var pasted *kit.Entry
	pagetest.Walk(r.within(), func(o fyne.CanvasObject) {
		if e, is := o.(*kit.Entry); is && e.MultiLine {
			pasted = e
		}
	})
	pasted.SetText("1. 青山村 无\n2. 柳河村 无\n大家辛苦了")
	r.Tap("看并入结果")
	r.NoErrors()
	r.Shows("没有读取")
	r.draws("大家辛苦了")
	r.Tap("关闭")
	r.Shows("2 个文件", "群消息代填")
}
