package exchange

import (
	"fmt"
	"slices"

	"xiangzhen/model/sheet"
)

// PicturePlan is a picture that came with a return (随表照片): to which record it goes,
// or why to none.
type PicturePlan struct {
	sheet.Image
	ID, Name string // the record of the row that it lies over; "" = not taken
	Why      string // Chinese: why it is not taken, or what to look at
}

// rowRecord is the record that a row is about.
type rowRecord struct{ id, name string }

// cellAt is the place of a cell.
type cellAt struct{ row, col int }

// takePictures finds the pictures of the page, and counts those of the other sheets.
func (rd *returnReader) takePictures() {
	rd.ret.pictures = slices.Clone(rd.s.Images)
	for i := range rd.b.Sheets {
		if s := &rd.b.Sheets[i]; s != rd.s && len(s.Images) > 0 {
			rd.warn(fmt.Sprintf("工作表“%s”里有 %d 张照片，不知道是哪一项的，没有收。", s.Name, len(s.Images)))
		}
	}
}

// pictured are the cells of the page that hold a picture.
func (rd *returnReader) pictured() map[cellAt]bool {
	if rd.inCell == nil {
		rd.inCell = map[cellAt]bool{}
		for _, img := range rd.s.Images {
			if img.InCell {
				rd.inCell[cellAt{img.Row, img.Col}] = true
			}
		}
	}
	return rd.inCell
}

// pictures says of each picture where it goes. A return that was taken in before may
// have got pictures since: words are all that its fingerprint covers.
func (pl *returnPlanner) pictures() error {
	if len(pl.r.pictures) == 0 {
		return nil
	}
	if pl.plan.Repeat != "" || pl.r.Zero {
		if err := pl.knownRecords(); err != nil {
			return err
		}
	}
	for _, img := range pl.r.pictures {
		pl.plan.Pictures = append(pl.plan.Pictures, pl.picture(img))
	}
	return nil
}

// knownRecords finds the records of rows that say nothing new.
func (pl *returnPlanner) knownRecords() error {
	problems := pl.plan.Problems // what is wrong with such rows was said when they were taken in
	defer func() { pl.plan.Problems = problems }()
	rows, err := pl.placed()
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.stopped {
			continue
		}
		if row.ID == "" {
			if err := pl.matchRow(&row); err != nil {
				return err
			}
		}
		rec, err := pl.lk.Record(pl.r.form.Over, row.ID)
		if err != nil {
			return err
		}
		foreign, err := pl.foreign(rec)
		if err != nil {
			return err
		}
		if rec != nil && !foreign {
			pl.about[row.Row] = rowRecord{rec.ID, pl.r.form.ledger.Name(rec)}
		}
	}
	return nil
}

// picture says where one picture goes. Of several rows that it covers the uppermost
// with a record counts, which is said; photos grouped over several are not guessed at.
func (pl *returnPlanner) picture(img sheet.Image) PicturePlan {
	out := PicturePlan{Image: img}
	var over []int
	for row := img.Row; row <= min(img.LastRow, img.Row+mostCovered); row++ {
		if _, ok := pl.about[row]; ok {
			over = append(over, row)
		}
	}
	switch {
	case img.Fault != "":
		out.Why = img.Fault
	case pl.r.above:
		out.Why = "是上级下发的表里的照片"
	case len(over) == 0:
		out.Why = "没有压在采用的事项上（在标题、表头、空行或有问题的行上）"
	case len(over) > 1 && img.Grouped:
		out.Why = "与别的照片组合在一起，盖住了好几行，分不清是哪一项的，请取消组合后再交"
	default:
		r := pl.about[over[0]]
		out.ID, out.Name = r.id, r.name
		if len(over) > 1 {
			out.Why = fmt.Sprintf("盖住了第 %d 至 %d 行，按最上面一行挂，请核对", over[0], over[len(over)-1])
		}
	}
	return out
}

// mostCovered bounds how many rows are looked at below a picture's first.
const mostCovered = 1000

// hasPictures reports whether a picture goes to a record.
func (p *Plan) hasPictures() bool {
	return slices.ContainsFunc(p.Pictures, func(pic PicturePlan) bool { return pic.ID != "" })
}

// picturesLeft says how many pictures of a sheet an import does not take: its rows have
// no records yet that they could be shown beside before they are chosen.
func picturesLeft(b *sheet.Book, name string) []string {
	s := b.Sheet(name)
	if s == nil || len(s.Images) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("工作表“%s”里有 %d 张照片，导入时不收。需要的请导入后在记录里附加。", name, len(s.Images))}
}
