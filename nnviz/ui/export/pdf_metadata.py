"""What a PDF says about itself, without the date and the random number that Qt puts in: the same figure is the same
bytes."""

import re
import uuid
from html import escape

DOCUMENT_ID = uuid.UUID("6e6e7669-7a00-4000-8000-000000000000")
"""Of every file: whoever compares files by their numbers compares their contents."""
DATES = re.compile(rb"/(?:CreationDate|ModDate) \([^()]*\)\n")
ENTRY = re.compile(rb"(\d{10})( \d{5} n)")
PACKET = """<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt></dc:description>
   <xmp:CreatorTool>nnviz</xmp:CreatorTool>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end='r'?>"""
"""The metadata of XMP, the form that programs for documents read."""


def packet(title: str, caption: str) -> bytes:
    """The metadata of a figure."""
    return PACKET.format(title=escape(title, quote=False), caption=escape(caption, quote=False)).encode()


def without_dates(content: bytes) -> bytes:
    """The file as Qt wrote it, without its dates, which are optional; what comes after them is found again.

    A table at the end of a PDF tells at which byte each of its objects begins, and the last number where the table is.
    """
    head, _, rest = content.partition(b"endobj")
    bare = DATES.sub(b"", head)
    cut, place = len(head) - len(bare), content.rfind(b"\nxref\n")
    if not cut or place < 0:
        return content
    body, table = rest[: place - len(content)], content[place:]

    def moved(entry: re.Match[bytes]) -> bytes:
        at = int(entry[1])
        return b"%010d" % (at - cut if at > len(bare) else at) + entry[2]

    table = ENTRY.sub(moved, table)
    table = re.sub(rb"(?<=startxref\n)\d+", b"%d" % (place + 1 - cut), table)
    return bare + b"endobj" + body + table
