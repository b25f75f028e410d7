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


# What Python's version decomposes or reorders and the original does not, whose tables are those of Unicode 9: found by asking the
# original about every character.
NEWER = [
    (0x7FD, 0x7FD), (0x898, 0x89F), (0x8CA, 0x8D3), (0x9FE, 0x9FE), (0xC3C, 0xC3C), (0xD3B, 0xD3C), (0xEBA, 0xEBA),
    (0x1715, 0x1715), (0x1ABF, 0x1ACE), (0x1DF6, 0x1DFA), (0x32FF, 0x32FF), (0xA7F2, 0xA7F4), (0xA82C, 0xA82C),
    (0xAB69, 0xAB69), (0x10781, 0x10785), (0x10787, 0x107B0), (0x107B2, 0x107BA), (0x10D24, 0x10D27), (0x10EAB, 0x10EAC),
    (0x10F46, 0x10F50), (0x10F82, 0x10F85), (0x11070, 0x11070), (0x1133B, 0x1133B), (0x1145E, 0x1145E), (0x11839, 0x1183A),
    (0x11938, 0x11938), (0x1193D, 0x1193E), (0x11943, 0x11943), (0x119E0, 0x119E0), (0x11A34, 0x11A34), (0x11A47, 0x11A47),
    (0x11A99, 0x11A99), (0x11D42, 0x11D42), (0x11D44, 0x11D45), (0x11D97, 0x11D97), (0x16FF0, 0x16FF1), (0x1E130, 0x1E136),
    (0x1E2AE, 0x1E2AE), (0x1E2EC, 0x1E2EF), (0x1F16C, 0x1F16C), (0x1FBF0, 0x1FBF9),
]


def newer(code):
    """Whether the character came after the original's tables."""
    return any(first <= code <= last for first, last in NEWER)


canonical, compatibility, classes, compositions = {}, {}, [], []
for code in range(0x110000):
    if 0xD800 <= code < 0xE000 or 0xAC00 <= code <= 0xD7A3 or newer(code):
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
