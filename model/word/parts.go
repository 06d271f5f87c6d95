package word

// The parts of the package that are the same in every document.
const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsWord  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	nsRels  = `http://schemas.openxmlformats.org/package/2006/relationships`
	typeRel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`

	contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

	packageRels = xmlHead + `<Relationships xmlns="` + nsRels + `">` +
		`<Relationship Id="rId1" Type="` + typeRel + `/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

	documentRels = xmlHead + `<Relationships xmlns="` + nsRels + `">` +
		`<Relationship Id="rId1" Type="` + typeRel + `/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + typeRel + `/footer" Target="footer1.xml"/></Relationships>`

	corePart = xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>%s</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified></cp:coreProperties>`

	styles = xmlHead + `<w:styles ` + nsWord + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:widowControl w:val="0"/></w:pPr></w:style></w:styles>`

	// The page number stands between dashes, as GB/T 9704 asks.
	footer = xmlHead + `<w:ftr ` + nsWord + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
		`<w:r><w:rPr>` + footerFont + `</w:rPr><w:t xml:space="preserve">— </w:t></w:r>` +
		`<w:r><w:rPr>` + footerFont + `</w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr>` + footerFont + `</w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:rPr>` + footerFont + `</w:rPr><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr>` + footerFont + `</w:rPr><w:t>1</w:t></w:r><w:r><w:rPr>` + footerFont + `</w:rPr><w:fldChar w:fldCharType="end"/></w:r>` +
		`<w:r><w:rPr>` + footerFont + `</w:rPr><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
	footerFont = `<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体"/><w:sz w:val="28"/>`

	borders = `<w:tblBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="6" w:space="0" w:color="000000"/>` +
		`<w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="6" w:space="0" w:color="000000"/>` +
		`<w:insideH w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tblBorders>`

	documentHead = xmlHead + `<w:document ` + nsWord + `><w:body>`
	section      = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr></w:body></w:document>`
)
