package evidence

import (
	"bytes"
	"image"
	"image/jpeg"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// The measures of a line: its picture, and the room around it.
const (
	pictureWidth  float32 = 72
	pictureHeight float32 = 54
	linePad       float32 = look.GapHair
)

// picture decodes a small picture and cuts its middle to the shape of a line's; nil
// if it is none.
func picture(thumb []byte) image.Image {
	img, err := jpeg.Decode(bytes.NewReader(thumb))
	if err != nil {
		return nil
	}
	part, ok := img.(interface {
		SubImage(r image.Rectangle) image.Image
	})
	if !ok {
		return img
	}
	return part.SubImage(middle(img.Bounds(), int(pictureWidth), int(pictureHeight)))
}

// middle is the largest part in the middle of a picture that has the shape of w to h.
func middle(b image.Rectangle, w, h int) image.Rectangle {
	width, height := b.Dx(), b.Dy()
	if width*h > height*w {
		width = max(1, height*w/h)
	} else {
		height = max(1, width*h/w)
	}
	from := b.Min.Add(image.Pt((b.Dx()-width)/2, (b.Dy()-height)/2))
	return image.Rectangle{Min: from, Max: from.Add(image.Pt(width, height))}
}

// lineCalls are what a line does; remove is nil where nothing may be taken off.
type lineCalls struct{ open, remove func() }

// line is one file: its picture, or its ending in the picture's place; its name, and
// what there is to know of it. A click opens it, Delete takes it off.
type line struct {
	widget.BaseWidget
	calls          lineCalls
	hover, focused bool

	ground, frame *canvas.Rectangle
	picture       *canvas.Image // nil for what is no photo
	ending        *kit.Line
	name, note    *kit.Line
	cross         *kit.Button // nil where nothing may be taken off
}

var (
	_ fyne.Tappable      = (*line)(nil)
	_ fyne.Focusable     = (*line)(nil)
	_ desktop.Hoverable  = (*line)(nil)
	_ desktop.Cursorable = (*line)(nil)
)

func newLine(f file, calls lineCalls) *line {
	l := &line{calls: calls, ground: canvas.NewRectangle(look.Paper), frame: canvas.NewRectangle(look.Head),
		ending: kit.NewLine("", look.TextBody, look.Second, false), name: kit.NewLine(f.Name, look.TextBody, look.Ink, false), note: kit.NewNote(note(f.Attachment))}
	l.ground.CornerRadius = look.ControlRadius
	l.frame.CornerRadius, l.frame.StrokeColor, l.frame.StrokeWidth = look.GapHair, look.SoftLine, 1
	if f.Broken != "" {
		l.note.SetTone(look.ToneOverdue)
	}
	if f.picture != nil {
		l.picture = canvas.NewImageFromImage(f.picture)
		l.picture.FillMode = canvas.ImageFillStretch // it has the shape already
	} else {
		l.ending.Fixed = true
		l.ending.SetText(ending(f.Name))
	}
	if calls.remove != nil {
		l.cross = kit.NewIconButton(look.IconClose, calls.remove)
	}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped opens the file.
func (l *line) Tapped(*fyne.PointEvent) { l.calls.open() }

// TypedKey opens the file by Enter or the space bar and takes it off by Delete.
func (l *line) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace:
		l.calls.open()
	case e.Name == fyne.KeyDelete && l.calls.remove != nil:
		l.calls.remove()
	default:
		kit.PassKey(l, e)
	}
}

func (l *line) TypedRune(rune)                 {}
func (l *line) FocusGained()                   { l.focused = true; l.Refresh() }
func (l *line) FocusLost()                     { l.focused = false; l.Refresh() }
func (l *line) MouseIn(*desktop.MouseEvent)    { l.hover = true; l.Refresh() }
func (l *line) MouseMoved(*desktop.MouseEvent) {}
func (l *line) MouseOut()                      { l.hover = false; l.Refresh() }
func (l *line) Cursor() desktop.Cursor         { return desktop.PointerCursor }

// CreateRenderer shows the line.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	objs := []fyne.CanvasObject{l.ground, l.frame, l.ending, l.name, l.note}
	if l.picture != nil {
		objs = append(objs, l.picture)
	}
	if l.cross != nil {
		objs = append(objs, l.cross)
	}
	return &kit.Renderer{Objs: objs, Arrange: l.arrange, Update: l.paint,
		Min: func() fyne.Size { return fyne.NewSize(3*pictureWidth, pictureHeight+2*linePad) }}
}

// paint colours the ground.
func (l *line) paint() {
	l.ground.FillColor, l.ground.StrokeWidth = look.Paper, 0
	if l.hover {
		l.ground.FillColor = look.Head
	}
	if l.focused {
		l.ground.StrokeColor, l.ground.StrokeWidth = look.Ink, 1
	}
}

func (l *line) arrange(s fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	put(l.ground, -linePad, 0, s.Width+linePad, s.Height) // pictures stand under the buttons
	put(l.frame, 0, linePad, pictureWidth, pictureHeight)
	m := l.ending.MinSize()
	put(l.ending, (pictureWidth-m.Width)/2, linePad+(pictureHeight-m.Height)/2, m.Width, m.Height)
	if l.picture != nil {
		put(l.picture, 0, linePad, pictureWidth, pictureHeight)
	}
	right := s.Width - linePad
	if l.cross != nil {
		c := l.cross.MinSize()
		right -= c.Width
		put(l.cross, right, (s.Height-c.Height)/2, c.Width, c.Height)
	}
	left, name, note := pictureWidth+look.GapWide, l.name.MinSize().Height, l.note.MinSize().Height
	top := (s.Height - name - note - 2) / 2
	put(l.name, left, top, max(0, right-left), name)
	put(l.note, left, top+name+2, max(0, right-left), note)
}
