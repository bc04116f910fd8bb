"""Files that people send, and files that somebody might send on purpose; all made here, none copied."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, PngImagePlugin

# The pieces keep virus scanners from taking this source for the test file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
PLACE = b"51.5007N 0.1246W"


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    image = Image.new(mode, size)
    image.paste(Image.linear_gradient("L").resize((size[0] // 2, size[1] // 2)).convert(mode), (0, 0))
    image.save(out, kind, **options)
    return out.getvalue()


def photo_with_place(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Canary Phone 7391"
    exif.get_ifd(0x8825)[29] = PLACE.decode()
    return picture(exif=exif, comment=b"taken by canary7391")


def png_with_text() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "canary7391")
    info.add_itxt("XML:com.adobe.xmp", "canary7391")
    return picture("PNG", pnginfo=info)


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes of PNG with a header that says how large it would be."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    body = b"".join(struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A small whole PDF; `objects` come after the catalogue and one page."""
    first = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    page = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",)
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate((*first, *page, *objects), 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(offsets) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d %s >>\n" % (size, table, size, trailer)
    return out + tail + b"startxref\n%d\n%%%%EOF\n" % len(out)


def packed(content: bytes, head: bytes = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode") -> bytes:
    data = zlib.compress(content)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def zipped(name: str, content: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

ACCEPTED: dict[str, tuple[str, bytes]] = {
    "a photo": ("IMG_2041.jpg", picture()),
    "a photo with capitals": ("IMG_2041.JPEG", picture()),
    "a progressive photo": ("p.jpg", picture(progressive=True)),
    "a grey photo": ("g.jpg", picture(mode="L")),
    "a photo for print": ("c.jpg", picture(mode="CMYK")),
    "a photo with its place": ("place.jpg", photo_with_place()),
    "a screenshot": ("Screenshot 2026.png", picture("PNG")),
    "a see-through picture": ("s.png", picture("PNG", mode="RGBA")),
    "a picture of few colours": ("f.png", picture("PNG", mode="P")),
    "a scan of sixteen bits": ("s16.png", picture("PNG", mode="I;16")),
    "a picture of black and white": ("bw.png", picture("PNG", mode="1")),
    "a picture with words inside": ("words.png", png_with_text()),
    "a small web picture": ("w.webp", picture("WEBP")),
    "a web picture called jpg": ("w.jpg", picture("WEBP")),
    "a photo with a page behind it": ("polyglot.jpg", picture() + HTML),
    "a photo with a zip behind it": ("zip.jpg", picture() + zipped("canary7391.txt", b"x")),
    "a photo with the test virus behind it": ("virus.jpg", picture() + EICAR),
    "a letter": ("letter.pdf", pdf()),
    "a letter of packed objects": ("packed.pdf", pdf(packed(b"1 0 << /Type /Font >>"))),
    "a letter with a link": ("link.pdf", pdf(b"<< /S /URI /URI (https://example.org) >>")),
    "a letter that opens at its first page": ("open.pdf", pdf(trailer=b"/Root 1 0 R /OpenAction [3 0 R /Fit]")),
}

REFUSED: dict[str, tuple[str, bytes]] = {
    "nothing": ("empty.jpg", b""),
    "a page called jpg": ("page.jpg", HTML),
    "a page": ("page.html", HTML),
    "a page called pdf": ("page.pdf", HTML),
    "a drawing with a script": ("drawing.svg", SVG),
    "a drawing called png": ("drawing.png", SVG),
    "a program": ("setup.exe", b"MZ" + b"\0" * 200),
    "a program called jpg": ("setup.jpg", b"MZ" + b"\0" * 200),
    "a program called photo.jpg.exe": ("photo.jpg.exe", picture()),
    "a document": ("minutes.docx", zipped("word/document.xml", b"<w/>")),
    "a document with macros": ("minutes.docm", zipped("word/vbaProject.bin", b"x")),
    "a zip bomb called docx": ("bomb.docx", zipped("word/document.xml", b"\0" * 20_000_000)),
    "a zip bomb called pdf": ("bomb.pdf", zipped("x", b"\0" * 20_000_000)),
    "a zip that climbs out": ("slip.zip", zipped("../../etc/cron.d/x", b"x")),
    "the test virus": ("eicar.com", EICAR),
    "the test virus called txt": ("eicar.txt", EICAR),
    "the test virus called jpg": ("eicar.jpg", EICAR),
    "the test virus called pdf": ("eicar.pdf", EICAR),
    "an animation": ("cat.gif", picture("GIF")),
    "an animation called png": ("cat.png", picture("GIF")),
    "a scan": ("scan.tiff", picture("TIFF")),
    "a photo called pdf": ("photo.pdf", picture()),
    "a letter called jpg": ("letter.jpg", pdf()),
    "a file without a name's end": ("photo", picture()),
    "half a photo": ("half.jpg", picture()[:2000]),
    "half a screenshot": ("half.png", picture("PNG")[:300]),
    "only the beginning of a photo": ("begin.jpg", b"\xff\xd8\xff" + b"\0" * 500),
    "a picture that says it is huge": ("huge.png", png_that_claims(100_000, 100_000)),
    "a picture with no size": ("zero.png", png_that_claims(0, 0)),
    "a picture of too many pixels": ("many.png", picture("PNG", (6000, 5000), "1")),
    "half a letter": ("half.pdf", pdf()[:-40]),
    "a letter with a script": ("js.pdf", pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>")),
    "a letter with a hidden script": ("hex.pdf", pdf(b"<< /S /J#61va#53cript /JS (app.alert(1)) >>")),
    "a letter with a packed script": ("obj.pdf", pdf(packed(b"1 0 << /S /JavaScript /JS (x) >>"))),
    "a letter with a script far into a pack": (
        "far.pdf",
        pdf(packed(b"1 0 " + b"/Type " * 400_000 + b"<< /S /JavaScript >>")),
    ),
    "a letter packed twice": (
        "twice.pdf",
        pdf(packed(b"1 0 <<>>", b"/Type /ObjStm /Filter [/ASCII85Decode /FlateDecode]")),
    ),
    "a letter that is a bomb": ("bomb2.pdf", pdf(packed(b"\0" * 80_000_000))),
    "a letter with a torn pack": (
        "torn.pdf",
        pdf(b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nnot packed\nendstream"),
    ),
    "a letter that starts a program": ("launch.pdf", pdf(b"<< /S /Launch /F (calc.exe) >>")),
    "a letter with a file inside": ("carry.pdf", pdf(b"<< /Type /EmbeddedFile >>")),
    "a form that sends itself": ("form.pdf", pdf(b"<< /S /SubmitForm /F (https://example.org) >>")),
    "a locked letter": ("locked.pdf", pdf(trailer=b"/Root 1 0 R /Encrypt 4 0 R")),
    "a page before a letter": ("mixed.pdf", HTML + pdf()),
}
