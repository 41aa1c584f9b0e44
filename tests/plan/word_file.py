"""A small writer of Word files for tests: whatever a hand can do to a table, and an attacker to a file."""

import io
import zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def note(number):
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def inserted(text):
    return f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'


def deleted(text):
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def paragraph(content="", numbered=False):
    about = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>' if numbered else ""
    return f"<w:p>{about}{content if content.startswith('<') else run(content) if content else ''}</w:p>"


def cell(text="", span=1, merge="", numbered=False):
    about = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
    lines = [text] if text.startswith("<") else text.split("\n")
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{''.join(paragraph(line, numbered) for line in lines)}</w:tc>"


def row(*cells, head=False, gone=False):
    about = ("<w:tblHeader/>" if head else "") + ('<w:del w:id="3" w:author="a"/>' if gone else "")
    made = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{about}</w:trPr>{made}</w:tr>"


def table(rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def word_file(*body, footnotes=None, numbering=False, extra=None, prolog="", main="word/document.xml"):
    """A .docx with these parts of a body."""
    files = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
        '+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": RELS,
        main: f'<?xml version="1.0"?>{prolog}<w:document {W}><w:body>{"".join(body)}</w:body></w:document>',
    }
    if footnotes:
        notes = "".join(f'<w:footnote w:id="{at}">{paragraph(text)}</w:footnote>' for at, text in footnotes.items())
        files["word/footnotes.xml"] = f'<?xml version="1.0"?><w:footnotes {W}>{notes}</w:footnotes>'
    if numbering:
        files["word/numbering.xml"] = (
            f'<?xml version="1.0"?><w:numbering {W}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start '
            'w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1">'
            '<w:abstractNumId w:val="7"/></w:num></w:numbering>'
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, **(extra or {})}.items():
            about = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))  # the same bytes whenever it is made
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, content)
    return buffer.getvalue()
