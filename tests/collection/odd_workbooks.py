"""Workbooks and Parquet files, sound and odd ones, made for the tests of their readers."""

import base64
import io
import json
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

from tests.collection.odd_files import zip_of

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def number_cell(reference: str, number: object) -> str:
    return f'<c r="{reference}"><v>{number}</v></c>'


def xlsx(*rows: str, states: Sequence[str] = ("visible", "visible")) -> bytes:
    """An Excel workbook of two sheets: `rows` are the first one's, in XML, the second says "2"."""
    sheets = "".join(
        f'<sheet name="Sheet {number}" sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        for number, state in enumerate(states, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(states) + 1)
    )
    others = [
        (
            f"xl/worksheets/sheet{number}.xml",
            _sheet(f'<row r="1">{number_cell("A1", number)}</row>'),
        )
        for number in range(2, len(states) + 1)
    ]
    return zip_of(
        ("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode()),
        ("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
         f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode()),
        ("xl/workbook.xml", f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>{sheets}'
         "</sheets></workbook>".encode()),
        ("xl/_rels/workbook.xml.rels",
         f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'.encode()),
        ("xl/worksheets/sheet1.xml", _sheet("".join(rows))),
        *others,
    )  # fmt: skip


def _sheet(rows: str) -> bytes:
    return f'<worksheet xmlns="{_SHEETS}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def ods(*rows: str, manifest: str = "") -> bytes:
    """A LibreOffice workbook of one sheet with these rows, in XML."""
    names = "".join(f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    return zip_of(
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", f"<office:document-content{names}><office:body><office:spreadsheet>"
         f'<table:table table:name="Sheet 1">{"".join(rows)}</table:table></office:spreadsheet>'
         "</office:body></office:document-content>".encode()),
        ("META-INF/manifest.xml",
         f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">{manifest}</manifest:manifest>'
         .encode()),
    )  # fmt: skip


def ods_cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


# Two sheets, written with xlwt 1.3: file_name, text, views; a.jpg, Ein Café, 3.0, 31 January 2026.
XLS = zlib.decompress(
    base64.b85decode(
        "c-rk)O=uHQ5dPjK+a$HkPfdkZD4}50+6W?umv*bR_LN#h@CTu$b}O-UTVk;4#cIt_5ClQ-Qm6+nRWJUag5Ep`5ql"
        "5>AyGVtCqcnOn|0n~SCeX?fm%q}Z+Y|P&Aiz+nR$QNH<?g&>Oo@;3(x@<@}>_}MKVFfXE%Z%y=h9;uDw)D2NeaMm"
        "l9c};%V(`kIbRWcMb~fyI&FoK2kY`G4zfadSnH$n|+82=|j74)7(>Vn~EO|>{lJr6HM1Ky~ll@G3{i@Ri^FKH!F@"
        "JqxH7#wC3?)rI~epq5_ZD<~>Wcp&qZ~Jid5M6#A;zl}yA(DooMjuE8`Yr9HZ#CuKW;JE#VZ5TdbIw5uzNFr|AMKg"
        "<a5-Cox(B944z<pL!CSt|D|BKJ}f7s{_IZeRlDaUmyj8fy@BON|Tr3|%%qtA*yl@zFW#fNZISt$ZjkqW2r|(>fWX"
        "^m8c^pH1lFXQ+;EJvDZccJ%Iq5!n+T`cf?|c(VwWY!<b=gldQmBEWoz7gCUXoxA((ZET=V>u1RX9}tCOWP|h>CN4"
        "<}GWN4ZVJbDP%x__Oncupe`9`K;@}KIKzIuz<JIQ^nu(pN9+0K~NHWu-lh);jr|F|jrN!v{POi%7Yc;=lpg=UJyA"
        "lb`j5^bVQ+`1|8M6+vQZ8#s8HvF~uc$FXuK{l<kGJtux+z272g_ewt_}x;hSV?Qazr561u(iwTFW6c}=Q(*J*xJu"
        "q;f;(!y*iXSJme5|79HBlmp3e$w?C+~ym8F%ub4S-;J|?c2M!#pQV8qX?XoW3s&zf|Sl@N#spOr{B&!w&FiKB~{!"
        "(_spgM{3WzC;;P=)<2u|ymDd!fW38a;_&46q-=WzS!_-izYjvt+~I@-3lq$IqAJ=YJmm7umf6)B"
    )
)

IMAGE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])


def parquet(columns: Mapping[str, object], **options: object) -> bytes:
    return parquet_of(pa.table(dict(columns)), **options)


def parquet_of(table: pa.Table, **options: object) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def with_features(table: pa.Table, features: object) -> pa.Table:
    """The table with the note that Hugging Face's datasets leave in its schema."""
    return table.replace_schema_metadata(
        {"huggingface": json.dumps({"info": {"features": features}})}
    )
