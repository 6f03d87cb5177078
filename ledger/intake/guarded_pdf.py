"""PDF files from strangers: only the XML attached to them is read, under caps against decompression bombs."""

from __future__ import annotations

import logging
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from ledger.domain.errors import DocumentTooLarge, Invalid, InvalidDocument

if TYPE_CHECKING:
    from pypdf.generic import EmbeddedFile

# The library logs names and objects of the file: personal data.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

LARGEST_XML = 5_000_000
# Mending a broken file, the library looks at each of these again and again: 10 MB of them take seconds.
MOST_OF = {b"startxref": 100, b"trailer": 100, b"obj": 200_000}
MOST_ATTACHMENTS = 20
MOST_XML = 3
# By ZUGFeRD 2, Factur-X and XRechnung; these are looked at first.
NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")
CAPS = Configuration(
    maximum_declared_stream_length=LARGEST_XML,
    array_based_stream_maximum_output_length=LARGEST_XML,
    array_maximum_element_count=10_000,
    dictionary_maximum_element_count=10_000,
    lzw_maximum_output_length=LARGEST_XML,
    run_length_maximum_output_length=LARGEST_XML,
    zlib_maximum_output_length=LARGEST_XML,
    zlib_maximum_recovery_input_length=LARGEST_XML // 10,
    brotli_maximum_output_length=LARGEST_XML,
    jbig2_maximum_output_length=0,
    stream_filters_maximum_length=3,
    stream_decoding_work_maximum_length=3 * LARGEST_XML,
    jbig2dec_binary=None,
    disable_legacy_handling=True,
)
READ = "Read are PDF files of ZUGFeRD from version 2, Factur-X and XRechnung, with the invoice attached as XML"


def attached_xml(document: bytes) -> list[bytes]:
    """Return the XML files attached to a PDF, likely invoices first; raise `Invalid` when there are none."""
    if any(document.count(word) > most for word, most in MOST_OF.items()):
        raise DocumentTooLarge("The PDF file has more parts than any invoice needs.")
    try:
        with apply_configuration(CAPS):
            found = _read(document)
    except Invalid:
        raise
    except LimitReachedError as error:
        raise _too_large() from error
    except Exception as error:  # a broken file makes pypdf raise nearly anything
        raise InvalidDocument(f"The PDF file is broken. {READ}.") from error
    if not found:
        raise InvalidDocument(f"The PDF file has no XML attached. {READ}.")
    return found


def _read(document: bytes) -> list[bytes]:
    reader = PdfReader(BytesIO(document), root_object_recovery_limit=1_000, xref_stream_maximum_entries=100_000)
    if reader.is_encrypted:
        raise InvalidDocument(f"The PDF file is encrypted. {READ}, unencrypted.")
    files = islice(reader.attachment_list, MOST_ATTACHMENTS)
    attached = [file for file in files if _name(file).endswith(".xml")]
    attached.sort(key=lambda file: _name(file) not in NAMES)
    return [_content(file) for file in attached[:MOST_XML]]


def _name(file: EmbeddedFile) -> str:
    return str(file.name).lower()


def _content(file: EmbeddedFile) -> bytes:
    declared = file.size
    if isinstance(declared, int) and declared > LARGEST_XML:
        raise _too_large()
    return bytes(file.content)


def _too_large() -> DocumentTooLarge:
    return DocumentTooLarge(f"XML in a PDF file is read up to {LARGEST_XML // 1_000_000} MB, unpacked.")
