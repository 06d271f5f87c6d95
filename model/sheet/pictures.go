package sheet

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// OutPicture is a picture that lies on a sheet with its upper left corner in a
// cell. The drawing is written by ourselves: excelize goes through all that are
// there for each that it adds.
type OutPicture struct {
	Row, Col      int
	Width, Height int    // as shown, in pixels of 1/96 inch
	Data          []byte // jpeg or png
	Alt           string // what it shows, for those who cannot see it
}

// emuPerPixel is how OOXML measures.
const emuPerPixel = 9525

// The namespaces and types of a drawing.
const (
	drawingType  = "application/vnd.openxmlformats-officedocument.drawing+xml"
	relationBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	drawingHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">`
	relationsHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
)

// hasPictures reports whether pictures lie on any of the sheets.
func (o *Out) hasPictures() bool {
	for i := range o.Sheets {
		if len(o.Sheets[i].Pictures) > 0 {
			return true
		}
	}
	return false
}

// addPictures writes a copy of an encoded workbook with the pictures of its sheets.
func addPictures(encoded []byte, out *Out, w io.Writer) error {
	src := &source{name: out.Title, r: bytes.NewReader(encoded), size: int64(len(encoded)), limits: DefaultLimits}
	pkg, err := openPackage(src)
	if err != nil {
		return err
	}
	p := &patcher{zipPackage: pkg, changed: map[string]*xmlPart{}, added: map[string][]byte{}}
	for i := range out.Sheets {
		if len(out.Sheets[i].Pictures) == 0 {
			continue
		}
		if err := p.addDrawing(i+1, out.Sheets[i].Pictures); err != nil {
			return fmt.Errorf("pictures of sheet %d: %w", i+1, err)
		}
	}
	return p.write(bytes.NewReader(encoded), int64(len(encoded)), w)
}

// addDrawing puts pictures on a sheet that has no drawing yet.
func (p *patcher) addDrawing(n int, pictures []OutPicture) error {
	name := fmt.Sprintf("xl/drawings/drawingXZ%d.xml", n)
	var body, rels strings.Builder
	for i, pic := range pictures {
		ext := pictureExt(pic.Data)
		media := fmt.Sprintf("xl/media/xz%d_%d.%s", n, i+1, ext)
		p.added[media] = pic.Data
		rels.WriteString(relationXML("", fmt.Sprintf("rId%d", i+1), relationBase+"/image", "/"+media))
		body.WriteString(anchorXML(i+1, pic))
	}
	p.add(name, drawingHead+body.String()+"</xdr:wsDr>")
	p.add(fmt.Sprintf("xl/drawings/_rels/drawingXZ%d.xml.rels", n), relationsHead+rels.String()+"</Relationships>")
	if err := p.declarePictures(name); err != nil {
		return err
	}
	part := fmt.Sprintf("xl/worksheets/sheet%d.xml", n)
	id, err := p.relate(part, "drawing", "/"+name)
	if err != nil {
		return err
	}
	return p.nameDrawing(part, id)
}

func (p *patcher) declarePictures(drawing string) error {
	if err := p.declareExtension("jpg", "image/jpeg"); err != nil {
		return err
	}
	if err := p.declareExtension("png", "image/png"); err != nil {
		return err
	}
	return p.declare(drawing, drawingType)
}

// pictureExt tells a png from a jpeg.
func pictureExt(b []byte) string {
	if bytes.HasPrefix(b, []byte("\x89PNG")) {
		return "png"
	}
	return "jpg"
}

// anchorXML is one picture: it keeps its size when rows are made higher.
func anchorXML(n int, pic OutPicture) string {
	return fmt.Sprintf(`<xdr:oneCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>38100</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>38100</xdr:rowOff></xdr:from>`+
		`<xdr:ext cx="%[3]d" cy="%[4]d"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="%[5]d" name="照片%[6]d" descr="%[7]s"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>`+
		`<xdr:blipFill><a:blip xmlns:r="`+relationBase+`" r:embed="rId%[6]d"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>`+
		`<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[3]d" cy="%[4]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>`,
		pic.Col-1, pic.Row-1, pic.Width*emuPerPixel, pic.Height*emuPerPixel, n+1, n, xmlEscape(pic.Alt))
}

// behindDrawing are the elements of a worksheet that stand behind the one that names
// its drawing (ECMA-376, CT_Worksheet).
var behindDrawing = regexp.MustCompile(`^(legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)$`)

// nameDrawing names the drawing in the sheet.
func (p *patcher) nameDrawing(sheet, id string) error {
	part, err := p.part(sheet)
	if err != nil {
		return err
	}
	for t := range xmlTags(part.b) {
		if !t.close && behindDrawing.MatchString(t.name) || t.close && t.name == "worksheet" {
			part.insert(t.start, `<drawing xmlns:r="`+relationBase+`" r:id="`+id+`"/>`)
			return nil
		}
	}
	return errUnusual
}
