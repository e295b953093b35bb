"""Pictures drawn on the server as SVG: the roadmap, the day calendar, the timeline, and small marks.

Each picture is a pure function of findings and a `Tongue`. Shapes carry classes (styled in `pictures.css`)
and plain SVG attributes, never inline style, so that the strict Content-Security-Policy holds.
"""
