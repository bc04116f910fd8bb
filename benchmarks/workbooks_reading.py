"""How fast large files are read and what they take of the memory, each reader in a process of its own.

python benchmarks/workbooks_reading.py [CSV_ROWS] [XLSX_ROWS]   Limit: 400 MB for a million rows of CSV and for 200,000
rows of a workbook. Peers: the csv module; openpyxl (read_only) and calamine, which do not see what is crossed out,
coloured, commented, linked or hidden. Heedful's seconds include looking the file over when it is opened.
"""

import csv
import json
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

LIMIT_MB = 400
COLUMNS = 15
WORDS = """
found on the floor beside her bed calm and talking no pain seen by the nurse observations taken and written down
family told by telephone sensor mat was switched off put back on after breakfast walked with frame to lounge
""".split()  # noqa: SIM905 - read as a list of words
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def accounts(rows: int) -> Iterator[list[str]]:
    """A made-up log of fifteen columns: a reference, an account of ten to sixty words, and words that come again."""
    chance = random.Random(7)
    for n in range(1, rows + 1):
        account = " ".join(chance.choices(WORDS, k=chance.randint(10, 60))) + f" {n}."
        yield [f"REF/{n:07}", account, *(f"{chance.choice(WORDS)} {k}" for k in range(COLUMNS - 2))]


def written_csv(path: Path, rows: int) -> Path:
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([f"Column – {n}" for n in range(COLUMNS)])
        writer.writerows(accounts(rows))
    return path


def frame() -> Iterator[tuple[str, str]]:
    """The parts of a workbook that do not grow with its rows."""
    parts = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "sharedStrings": "sharedStrings",
        "styles": "styles",
    }
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{kind}.{what}+xml"/>' for part, what in parts.items()
    )
    yield "[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{kinds}</Types>'
    yield "_rels/.rels", related({"officeDocument": "xl/workbook"})
    inner = {what: part for part, what in parts.items() if part != "workbook"}
    yield "xl/_rels/workbook.xml.rels", related(inner)
    sheets = '<sheets><sheet name="Log" sheetId="1" r:id="worksheet"/></sheets>'
    yield "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>'
    looks = (
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="14" fontId="0" fillId="0"/></cellXfs>'
    )
    yield "xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{looks}</styleSheet>'


def related(parts: dict[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{part}.xml"/>' for kind, part in parts.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def written_xlsx(path: Path, rows: int) -> Path:
    """As Excel writes it: texts in one shared list, a date and a number in every row."""
    shared: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in frame():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for number, texts in enumerate(accounts(rows), start=1):
                part.write(row_of(number, [shared.setdefault(text, len(shared)) for text in texts]).encode())
            part.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f'<sst xmlns="{MAIN}">'.encode())
            part.writelines(f"<si><t>{text}</t></si>".encode() for text in shared)
            part.write(b"</sst>")
    return path


def row_of(number: int, texts: list[int]) -> str:
    cells = [f'<c r="{chr(65 + n)}{number}" t="s"><v>{text}</v></c>' for n, text in enumerate(texts)]
    cells[2:4] = [f'<c r="C{number}" s="1"><v>{45_000 + number % 900}</v></c>', f'<c r="D{number}"><v>{number}</v></c>']
    return f'<row r="{number}">{"".join(cells)}</row>'


# ruff: noqa: PLC0415 - each reader is measured with its own imports only.
def by_heedful(path: Path) -> int:
    from heedful.intake.sheets.opening import opened

    with opened(path) as book:
        return sum(1 for sheet in book.sheets for _ in sheet.rows())


def by_csv(path: Path) -> int:
    with path.open(encoding="cp1252", newline="") as file:
        return sum(1 for _ in csv.reader(file, delimiter=";"))


def by_openpyxl(path: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for sheet in book.worksheets for _ in sheet.iter_rows(values_only=True))


def by_calamine(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows())


READERS: dict[str, Callable[[Path], int]] = {
    "Heedful": by_heedful, "csv": by_csv, "openpyxl": by_openpyxl, "calamine": by_calamine,
}  # fmt: skip


def measured(reader: str, path: Path) -> dict[str, float]:
    """One reader in a fresh process: it gives its rows, its processor seconds and the most memory it held."""
    out = subprocess.run([sys.executable, __file__, reader, str(path)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(out.stdout)
    return found


def one(reader: str, path: Path) -> None:
    start = time.process_time()
    rows = READERS[reader](path)
    took = time.process_time() - start
    print(json.dumps({"rows": rows, "seconds": took, "mb": most_memory()}))


def most_memory() -> float:
    """Of this process alone: what `getrusage` says counts in what the parent held when it was started."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(csv_rows: int, xlsx_rows: int, folder: Path) -> None:
    print("| file | reader | rows | CPU s | rows/CPU s | memory MB | of 400 MB |")
    print("|---|---|---|---|---|---|---|")
    cases = (
        (written_csv(folder / "log.csv", csv_rows), ("Heedful", "csv")),
        (written_xlsx(folder / "log.xlsx", xlsx_rows), ("Heedful", "openpyxl", "calamine")),
    )
    for path, readers in cases:
        size = f"{path.suffix[1:]}, {path.stat().st_size / 1e6:.0f} MB"
        for reader in readers:
            found = measured(reader, path)
            print(
                f"| {size} | {reader} | {found['rows']:,.0f} | {found['seconds']:.1f} | "
                f"{found['rows'] / found['seconds']:,.0f} | {found['mb']:.0f} | {found['mb'] / LIMIT_MB:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[1] in READERS:
        one(sys.argv[1], Path(sys.argv[2]))
    else:
        counts = [int(count) for count in sys.argv[1:]]
        with TemporaryDirectory() as made:
            main(*(counts or [1_000_000, 200_000]), Path(made))
