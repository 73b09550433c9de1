"""Prints the cells of a spreadsheet file, a line per row: `sheet: cell | cell`; formulas are an error."""
import sys
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def main(path):
    with zipfile.ZipFile(path) as archive:
        names = [sheet.get("name") for sheet in ET.fromstring(archive.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            root = ET.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = ["".join(text.text or "" for text in item.iter(MAIN + "t")) for item in root.iter(MAIN + "si")]
        for number, name in enumerate(names, start=1):
            for row in ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml")).iter(MAIN + "row"):
                cells = []
                for cell in row.iter(MAIN + "c"):
                    assert cell.find(MAIN + "f") is None, f"{name}: {cell.get('r')} is a formula"
                    value = cell.find(MAIN + "v")
                    if cell.get("t") == "s":
                        cells.append(shared[int(value.text)])
                    elif cell.get("t") == "inlineStr":
                        cells.append("".join(text.text or "" for text in cell.iter(MAIN + "t")))
                    else:
                        cells.append(value.text if value is not None else "")
                print(f"{name}: {' | '.join(cells)}")


main(sys.argv[1])
