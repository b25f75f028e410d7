"""Writes normalization.bin: Unicode's decompositions, combining classes and compositions, from Python's unicodedata.

.NET's own normalization does nothing in the invariant globalization mode, which needs no ICU and is what we run in.
Layout (little endian 32-bit integers): for each of the two decomposition tables (canonical, compatibility) a count, then
code point, length and the full decomposition for each entry; then a count of combining classes and pairs (code point, class);
then a count of compositions and triples (first, second, composed). Hangul is computed, not listed.

Run: python3 generate_normalization.py
"""
import pathlib
import struct
import unicodedata

canonical, compatibility, classes, compositions = {}, {}, [], []
for code in range(0x110000):
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code <= 0xD7A3:
        continue
    char = chr(code)
    if unicodedata.combining(char):
        classes.append((code, unicodedata.combining(char)))
    nfd, nfkd = unicodedata.normalize("NFD", char), unicodedata.normalize("NFKD", char)
    if nfd != char:
        canonical[code] = nfd
    if nfkd != char:
        compatibility[code] = nfkd
    raw = unicodedata.decomposition(char)
    if raw and not raw.startswith("<"):
        parts = [int(part, 16) for part in raw.split()]
        if len(parts) == 2 and unicodedata.normalize("NFC", char) == char:
            compositions.append((*parts, code))

words = []
for table in (canonical, compatibility):
    words.append(len(table))
    for code, text in sorted(table.items()):
        words += [code, len(text), *map(ord, text)]
words.append(len(classes))
for pair in classes:
    words += pair
words.append(len(compositions))
for triple in compositions:
    words += triple
path = pathlib.Path(__file__).with_name("normalization.bin")
path.write_bytes(struct.pack(f"<{len(words)}I", *words))
print(path.name, path.stat().st_size, "bytes, Unicode", unicodedata.unidata_version)
