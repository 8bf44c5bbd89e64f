"""The mark of Factur-X in a PDF/A-3 that Typst made with the XML attached: what its metadata must say of it.

Typst writes the metadata of PDF/A; Factur-X wants its own properties there, and their description. The
library has both ready made; they are put beside what Typst wrote, in an update at the end of the file.
"""

import io
from typing import Any, Final, cast

from facturx import facturx as library
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType] - it has no types
from pypdf import PdfWriter

from orderhub.adapters.documents.factur_x import FILE_NAME, PROFILE

_xml = cast("Any", etree)
_make_packet: Any = library.generate_xmp_object  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - nor has this

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FX: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_NAMES: Final = {
    "rdf": _RDF,
    "fx": _FX,
    "extension": "http://www.aiim.org/pdfa/ns/extension/",
    "schema": "http://www.aiim.org/pdfa/ns/schema#",
}
_OURS: Final = f".//extension:schemas/rdf:Bag/rdf:li[schema:namespaceURI='{_FX}']"


def marked(pdf: bytes) -> bytes:
    """The same file, whose metadata says that it has an invoice within."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    stream: Any = writer.root_object["/Metadata"].get_object()
    stream.set_data(_with_properties(stream.get_data()))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _with_properties(metadata: bytes) -> bytes:
    packet, ready = _xml.fromstring(metadata), _make_packet(_PROPERTIES)
    description = packet.find(".//rdf:Description", _NAMES)
    description.find("extension:schemas/rdf:Bag", _NAMES).append(ready.find(_OURS, _NAMES))
    properties = ready.find(".//rdf:Description[fx:DocumentType]", _NAMES)
    properties.set(f"{{{_RDF}}}about", "")
    description.addnext(properties)
    return _xml.tostring(packet.getroottree(), encoding="UTF-8")


_PROPERTIES: Final = {
    "urn": _FX,
    "version": "1.0",
    "documenttype": "INVOICE",
    "xml_filename": FILE_NAME,
    "xmp_level": library.FACTURX_LEVEL2xmp[PROFILE],
    # The rest of the packet is Typst's own.
    **dict.fromkeys(("title", "author", "subject", "producer", "creator_tool", "timestamp", "pdfa3_flavor"), ""),
}
