package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/photo"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
)

// Pictures tells what becomes of the pictures that came with a return (随表照片).
type Pictures struct {
	Found int // on the sheet of the form
	// New are those that were attached; in a dry run those that would be, of a file
	// that was taken in before without what its records have already.
	New    int
	Placed int      // over rows whose records take them
	Lines  []string // one a record: 随表照片 3 张，挂到“水池清淤”（C5）。
	Notes  []string // what was not taken, a sentence for each reason, and what to look at
}

// takenPicture is the content of a picture after it was kept.
type takenPicture struct {
	model.Attachment
	fault string
}

// takePictures attaches the pictures of a return to the records of their rows, under
// the operation that takes it in.
func (c *collecting) takePictures(ctx context.Context, tx *store.Tx, plan *exchange.Plan) error {
	news, err := c.eachPictured(ctx, tx, plan, c.keepPicture, func(rec *model.Record, f *model.Field, all []model.Attachment) error {
		_, err := tx.Set(rec.Ledger, rec.ID, map[string]model.Value{f.Key: model.Attachments(all...)})
		return err
	})
	c.tellPictures(plan, news)
	if news > 0 && plan.Repeat != "" {
		c.out.Status = statusMerged
	}
	return err
}

// foreseePictures says in a dry run what would become of the pictures. Only where the
// words were taken in before it is worth looking whether any of them is new.
func (c *collecting) foreseePictures(ctx context.Context, plan *exchange.Plan) error {
	if c.filesField(plan) == nil || plan.Repeat == "" {
		c.tellPictures(plan, placed(plan))
		return nil
	}
	news, err := c.eachPictured(ctx, c.store, plan, hashPicture, func(*model.Record, *model.Field, []model.Attachment) error { return nil })
	c.tellPictures(plan, news)
	if news > 0 {
		c.out.Status = statusPlanned
	}
	return err
}

func placed(plan *exchange.Plan) (n int) {
	for _, p := range plan.Pictures {
		if p.ID != "" {
			n++
		}
	}
	return n
}

// filesField is where the pictures of a return go; nil if its ledger has no such place,
// which is then said of each.
func (c *collecting) filesField(plan *exchange.Plan) *model.Field {
	l := c.Catalog().Ledger(plan.Ledger)
	f, err := filesField(l, "")
	if err == nil {
		return f
	}
	for i := range plan.Pictures {
		if p := &plan.Pictures[i]; p.ID != "" {
			p.ID, p.Why = "", "台账“"+l.Label+"”没有放附件的项目"
		}
	}
	return nil
}

// eachPictured adds to the files of each record the pictures that lie over its row, as
// keep keeps them, and has put write those that changed. It returns how many were
// added.
func (c *collecting) eachPictured(ctx context.Context, r store.Reader, plan *exchange.Plan, keep func([]byte) takenPicture,
	put func(rec *model.Record, f *model.Field, all []model.Attachment) error) (news int, err error) {
	f := c.filesField(plan)
	if placed(plan) == 0 {
		return 0, nil
	}
	taken, err := c.pictureContents(ctx, plan, keep)
	if err != nil {
		return 0, err
	}
	for _, id := range pictured(plan) {
		rec, err := r.Get(ctx, plan.Ledger, id)
		if model.CodeOf(err) == model.CodeNotFound {
			c.refusePictures(plan, id, "所在的行没有并入")
			continue
		}
		if err != nil {
			return news, err
		}
		have := rec.Get(f.Key).Attachments()
		all := c.withPictures(slices.Clone(have), plan, id, taken)
		if len(all) == len(have) {
			continue
		}
		news += len(all) - len(have)
		if err := put(rec, f, all); err != nil {
			return news, err
		}
	}
	return news, nil
}

// pictured are the records that pictures go to, in the order of the sheet.
func pictured(plan *exchange.Plan) []string {
	var ids []string
	for _, p := range plan.Pictures {
		if p.ID != "" && !slices.Contains(ids, p.ID) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func (c *collecting) refusePictures(plan *exchange.Plan, id, why string) {
	for i := range plan.Pictures {
		if p := &plan.Pictures[i]; p.ID == id {
			p.ID, p.Why = "", why
		}
	}
}

// pictureContents keeps the contents of the pictures that go to a record, each once
// however often it lies on the sheet. One that cannot be taken goes to none.
func (c *collecting) pictureContents(ctx context.Context, plan *exchange.Plan, keep func([]byte) takenPicture) (map[string]takenPicture, error) {
	var parts []string
	seen := map[string]bool{}
	for _, p := range plan.Pictures {
		if p.ID != "" && !seen[p.Part] {
			seen[p.Part] = true
			parts = append(parts, p.Part)
		}
	}
	taken := make(map[string]takenPicture, len(parts))
	err := sheet.ReadPictures(c.path, parts, func(part string, content []byte, fault string) error {
		if fault == "" {
			fault = pictureFault(content)
		}
		if taken[part] = (takenPicture{fault: fault}); fault == "" {
			taken[part] = keep(content)
		}
		return ctx.Err()
	})
	for i := range plan.Pictures {
		if p := &plan.Pictures[i]; p.ID != "" && taken[p.Part].fault != "" {
			p.ID, p.Why = "", taken[p.Part].fault
		}
	}
	return taken, err
}

// pictureFault says why a content is not taken as a photo; "" if it is.
func pictureFault(b []byte) string {
	if photo.Sniff(b) == photo.None {
		return "不是照片（只收 jpg 和 png）"
	}
	switch _, _, err := photo.Size(b); {
	case errors.Is(err, photo.ErrTooLarge):
		return "尺寸大得不正常，为安全起见没有收"
	case err != nil:
		return "打不开，可能已损坏，请重新插入"
	}
	return ""
}

// keepPicture keeps a picture as Attach keeps a photo.
func (c *collecting) keepPicture(b []byte) takenPicture {
	at, err := c.keepContent("照片"+photo.Sniff(b).Ext(), b, false)
	if err != nil {
		return takenPicture{fault: "存不进台账：" + strings.TrimSuffix(model.Sentence(err), "。")}
	}
	return takenPicture{Attachment: at}
}

// hashPicture tells what keepPicture would keep.
func hashPicture(b []byte) takenPicture {
	small, name := smaller("照片"+photo.Sniff(b).Ext(), b)
	return takenPicture{Attachment: model.Attachment{Hash: store.FileHash(small), Name: name}}
}

// withPictures adds the pictures of a record to its files. They are named by who sent
// them and when.
func (c *collecting) withPictures(have []model.Attachment, plan *exchange.Plan, id string, taken map[string]takenPicture) []model.Attachment {
	stem := plainName(c.out.Area + exchange.PeriodWords(plan.Period) + "照片")
	for _, p := range plan.Pictures {
		if p.ID != id {
			continue
		}
		at := taken[p.Part].Attachment
		n := 1
		for ; slices.ContainsFunc(have, func(h model.Attachment) bool {
			return strings.TrimSuffix(h.Name, filepath.Ext(h.Name)) == fmt.Sprint(stem, n)
		}); n++ {
		}
		at.Name = fmt.Sprint(stem, n) + filepath.Ext(at.Name)
		have = union(have, []model.Attachment{at})
	}
	return have
}

// tellPictures says what becomes of the pictures, a line a record and one for each
// reason why some are not taken.
func (c *collecting) tellPictures(plan *exchange.Plan, news int) {
	out := Pictures{Found: len(plan.Pictures), New: news, Placed: placed(plan)}
	for _, id := range pictured(plan) {
		var name string
		var at []exchange.PicturePlan
		for _, p := range plan.Pictures {
			if p.ID == id {
				name, at = p.Name, append(at, p)
			}
		}
		out.Lines = append(out.Lines, fmt.Sprintf("随表照片 %d 张，挂到“%s”（%s）。", len(at), name, places(at)))
	}
	var whys []string
	by := map[string][]exchange.PicturePlan{}
	for _, p := range plan.Pictures {
		if p.Why != "" {
			if by[p.Why] == nil {
				whys = append(whys, p.Why)
			}
			by[p.Why] = append(by[p.Why], p)
		}
	}
	for _, why := range whys {
		words := "没有收"
		if by[why][0].ID != "" {
			words = "收了"
		}
		out.Notes = append(out.Notes, fmt.Sprintf("%s 的 %d 张照片%s：%s。", places(by[why]), len(by[why]), words, why))
	}
	c.out.Pictures = out
}

// mostPlaces is how many places a sentence names.
const mostPlaces = 5

func places(all []exchange.PicturePlan) string {
	var names []string
	for _, p := range all {
		if at := p.Where(); !slices.Contains(names, at) {
			names = append(names, at)
		}
	}
	words := strings.Join(names[:min(len(names), mostPlaces)], "、")
	if len(names) > mostPlaces {
		words += fmt.Sprintf(" 等 %d 处", len(names))
	}
	return words
}

// Repeated reports whether all that the file says was taken in before.
func (r FileResult) Repeated() bool {
	if len(r.Plans) == 0 {
		return r.Status == statusRepeat // a pack
	}
	return r.Plans[0].Repeat != "" && r.Pictures.New == 0
}
