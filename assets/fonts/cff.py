#!/usr/bin/python3
"""Turns the quadratic outlines of a TrueType face into the cubic ones of CFF.

Fyne's text engine reads every outline of a TrueType face into memory when it
opens it (25 MB and 70 ms for our two faces); those of a CFF face stay as they lie
until a character is drawn. Noto Sans SC was drawn in cubic curves, each of which
its makers cut into a few quadratic ones of equal length in its parameter: those are
joined again where the result stays within TOLERANCE.

Characters that the face lacks are drawn from the second one, which must have the
same units to the em: ours then stand in for Fyne's own faces (gui/look), which are
this second one.

    cff.py in.ttf second.ttf out.otf
"""
import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.basePen import decomposeQuadraticSegment
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont, newTable

TOLERANCE = 1.0  # of 1,000 units to the em: a fiftieth of a pixel in our text
MOST = 3  # quadratic curves that are joined into one; painters draw longer ones coarsely

Point = complex


def joined(start, pieces):
    """The cubic curve of which these quadratic ones are cut, as (c1, c2), or None."""
    k, end = len(pieces), pieces[-1][1]
    c1 = start + (pieces[0][0] - start) * 2 * k / 3
    c2 = end + (pieces[-1][0] - end) * 2 * k / 3
    c1, c2 = (Point(round(c.real), round(c.imag)) for c in (c1, c2))
    at = start
    for i, (control, to) in enumerate(pieces):
        for u in (0.25, 0.5, 0.75, 1.0):
            t = (i + u) / k
            cubic = (1 - t) ** 3 * start + 3 * (1 - t) ** 2 * t * c1 + 3 * (1 - t) * t * t * c2 + t**3 * end
            quadratic = (1 - u) ** 2 * at + 2 * (1 - u) * u * control + u * u * to
            if abs(cubic - quadratic) > TOLERANCE:
                return None
        at = to
    return c1, c2


def draw(record, pen):
    """Draws a recorded glyph with cubic curves."""
    at, run = None, []

    def flush():
        nonlocal at, run
        while run:
            for k in range(min(MOST, len(run)), 0, -1):
                found = joined(at, run[:k])
                if found or k == 1:
                    break
            if not found:  # a single curve: raised exactly
                control, end = run[0]
                found = at + (control - at) * 2 / 3, end + (control - end) * 2 / 3
            at, run, end = run[k - 1][1], run[k:], run[k - 1][1]
            pen.curveTo(*((p.real, p.imag) for p in (*found, end)))

    for command, points in record.value:
        if command == "qCurveTo":
            run += [tuple(Point(*p) for p in piece) for piece in decomposeQuadraticSegment(points)]
            continue
        flush()
        getattr(pen, command)(*points)
        if points:
            at = Point(*points[-1])
    flush()


def outline(font, glyphs, name):
    """The outline of one glyph, in cubic curves."""
    record = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(record)
    pen = T2CharStringPen(font["hmtx"][name][0], glyphs)
    draw(record, pen)
    return pen.getCharString()


def add_missing(font, second, outlines):
    """Adds what the second face has and the first has not."""
    if font["head"].unitsPerEm != second["head"].unitsPerEm:
        sys.exit("the faces differ in units to the em")
    have, glyphs = font.getBestCmap(), second.getGlyphSet()
    for char, name in sorted(second.getBestCmap().items()):
        if char in have:
            continue
        new = f"second{char:04X}"
        outlines[new] = outline(second, glyphs, name)
        font["hmtx"][new] = second["hmtx"][name]
        for table in font["cmap"].tables:
            if table.isUnicode() and (char <= 0xFFFF or table.format == 12):
                table.cmap[char] = new


def main(source, other, target):
    font = TTFont(source)
    glyphs = font.getGlyphSet()
    outlines = {name: outline(font, glyphs, name) for name in font.getGlyphOrder()}
    add_missing(font, TTFont(other), outlines)
    font.setGlyphOrder(list(outlines))
    for table in ("glyf", "loca", "gasp", "fpgm", "prep", "cvt "):
        if table in font:
            del font[table]
    font.sfntVersion = "OTTO"
    builder = FontBuilder(font=font)
    builder.isTTF = False
    builder.setupCFF(font["name"].getDebugName(6), {}, outlines, {})
    builder.setupPost(keepGlyphNames=False)
    maxp = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00005000, len(outlines)
    font["maxp"] = maxp
    font.save(target)


main(*sys.argv[1:])
