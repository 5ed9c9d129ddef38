"""Make documents of each format for tests. A line becomes a paragraph."""

from io import BytesIO

import docx
from odfdo import Document, Header, Paragraph
from pypdf import PdfReader, PdfWriter


def docx_of(*lines: str) -> bytes:
    """Return a DOCX whose last line is in a table."""
    document = docx.Document()
    for line in lines[:-1]:
        document.add_paragraph(line)
    document.add_table(1, 1).rows[0].cells[0].text = lines[-1]
    document.core_properties.title = "A letter"
    return _saved(document)


def odt_of(*lines: str) -> bytes:
    """Return an ODT whose first line is a heading."""
    document = Document("text")
    document.body.clear()
    document.body.append(Header(1, lines[0]))
    for line in lines[1:]:
        document.body.append(Paragraph(line))
    return _saved(document)


def pdf_of(*pages: list[str], password: str | None = None) -> bytes:
    """Return a PDF. Each page is a list of lines, in Helvetica (ISO 32000-1, 7.5 and 9.4)."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
        stream = f"BT /F1 12 Tf 50 700 Td {shown}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    content = _numbered(objects)
    return content if password is None else _locked(content, password)


def _numbered(objects: list[str]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    return content + f"{end}startxref\n{len(content)}\n%%EOF".encode()


def _locked(content: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(password, algorithm="RC4-128")
    saved = BytesIO()
    writer.write(saved)
    return saved.getvalue()


def _saved(document: object) -> bytes:
    saved = BytesIO()
    document.save(saved)  # type: ignore[attr-defined]
    return saved.getvalue()
