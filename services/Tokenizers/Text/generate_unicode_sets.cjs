// Writes unicode-sets.bin: which characters the original's parts accept, observed by asking the original itself
// (npm package tokenizers 0.23.2), since each of its parts carries Unicode tables of another age: Oniguruma's scripts are those of
// Unicode 16, UnicodeScripts' those of 9, BertNormalizer's categories older still. .NET has no scripts at all.
//
// Layout: for each set its name (a length byte, then ASCII), the count of its ranges, and for each range the distance of its first
// character from the end of the range before and the count of further characters; counts are LEB128. Sets:
//   property/NAME   Oniguruma's \p{NAME}, for scripts and further properties
//   class/N       characters that UnicodeScripts does not separate from each other; those in none of them join anything
//   bert/removed, bert/marks   what BertNormalizer's clean_text and strip_accents drop
//   marks, punctuation, word, numeric   what StripAccents drops, Punctuation and Digits cut at and Whitespace takes for \w
//
// Run: npm install tokenizers@0.23.2 && node generate_unicode_sets.cjs
const fs = require("fs");
const path = require("path");
const original = require("tokenizers");

const points = [];
for (let point = 0; point < 0x110000; point++) {
  if (point < 0xd800 || point > 0xdfff) {
    points.push(point);
  }
}

const properties = `Alphabetic Uppercase Lowercase Cased Case_Ignorable Ideographic Unified_Ideograph Radical Math Dash Diacritic Extender
Hex_Digit Quotation_Mark Terminal_Punctuation Sentence_Terminal Pattern_White_Space Pattern_Syntax Default_Ignorable_Code_Point
Noncharacter_Code_Point Variation_Selector Regional_Indicator Join_Control Soft_Dotted Grapheme_Base Grapheme_Extend ID_Start ID_Continue
XID_Start XID_Continue Emoji Emoji_Presentation Emoji_Modifier Emoji_Modifier_Base Emoji_Component Extended_Pictographic
Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki Bopomofo Brahmi
Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot
Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Garay Georgian Glagolitic
Gothic Grantha Greek Gujarati Gunjala_Gondi Gurmukhi Gurung_Khema Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana
Imperial_Aramaic Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi
Khitan_Small_Script Khmer Khojki Khudawadi Kirat_Rai Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani Makasar Malayalam
Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian
Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Ol_Onal
Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya
Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting
Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Sunuwar Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa
Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Todhri Toto Tulu_Tigalari Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi
Zanabazar_Square`.split(/\s+/);

/** The starts of the pieces that a pre-tokenizer cuts a text into, in code points. */
async function starts(preTokenizer, text) {
  const model = { type: "WordLevel", vocab: { "?": 0 }, unk_token: "?" };
  const tokenizer = original.Tokenizer.fromString(JSON.stringify({
    version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: preTokenizer,
    post_processor: null, decoder: null, model,
  }));
  const encoding = await tokenizer.encode(text, null, { addSpecialTokens: false });
  return encoding.getOffsets();
}

async function matches(expression) {
  const accepted = new Set();
  for (let from = 0; from < points.length; from += 20000) {
    const part = points.slice(from, from + 20000);
    const split = { type: "Split", pattern: { Regex: expression }, behavior: "Removed", invert: true };
    for (const [start, end] of await starts(split, String.fromCodePoint(...part))) {
      part.slice(start, end).forEach((point) => accepted.add(point));
    }
  }
  return (point) => accepted.has(point);
}

/** Which of the characters UnicodeScripts keeps together with another one. */
async function joined(candidates, other) {
  const together = new Set();
  for (let from = 0; from < candidates.length; from += 20000) {
    const part = candidates.slice(from, from + 20000);
    const text = part.map((point) => other + String.fromCodePoint(point) + " ").join("");
    const cuts = new Set((await starts({ type: "UnicodeScripts" }, text)).map(([start]) => start));
    part.filter((_, index) => !cuts.has(3 * index + 1)).forEach((point) => together.add(point));
  }
  return together;
}

async function classes() {
  const latin = await joined(points, "A");
  const greek = await joined(points, "\u03b1");
  let left = points.filter((point) => !(latin.has(point) && greek.has(point)));
  const found = [];
  while (left.length > 0) {
    const together = await joined(left, String.fromCodePoint(left[0]));
    found.push((point) => together.has(point));
    left = left.filter((point) => !together.has(point));
  }
  return found;
}

const output = [];

function count(value) {
  for (; value > 127; value >>= 7) {
    output.push((value & 127) | 128);
  }
  output.push(value);
}

function write(name, accepts) {
  const ranges = [];
  for (const point of points.filter(accepts)) {
    const last = ranges.at(-1);
    last && last[1] === point - 1 ? (last[1] = point) : ranges.push([point, point]);
  }
  output.push(name.length, ...Buffer.from(name, "ascii"));
  count(ranges.length);
  let end = 0;
  for (const [first, last] of ranges) {
    count(first - end);
    count(last - first);
    end = last + 1;
  }
}

async function main() {
  for (const property of properties) {
    write(`property/${property}`, await matches(`\\p{${property}}`));
  }
  (await classes()).forEach((accepts, index) => write(`class/${index}`, accepts));

  const one = (change) => (point) => change(String.fromCodePoint(point));
  const bert = { cleanText: false, handleChineseChars: false, stripAccents: false, lowercase: false };
  const clean = original.bertNormalizer({ ...bert, cleanText: true });
  write("bert/removed", one((text) => clean.normalizeString(text) === ""));
  const accents = original.bertNormalizer({ ...bert, stripAccents: true });
  write("bert/marks", one((text) => accents.normalizeString(text) === ""));
  const marks = original.stripAccentsNormalizer();
  write("marks", one((text) => marks.normalizeString(text) === ""));
  const punctuation = original.punctuationPreTokenizer("isolated");
  write("punctuation", one((text) => punctuation.preTokenizeString(`a${text}a`).length === 3));
  const words = original.whitespacePreTokenizer();
  write("word", one((text) => words.preTokenizeString(`a${text}a`).length === 1));
  const digits = original.digitsPreTokenizer(true);
  write("numeric", one((text) => digits.preTokenizeString(`a${text}a`).length === 3));
  const file = path.join(__dirname, "unicode-sets.bin");
  fs.writeFileSync(file, Buffer.from(output));
  console.log(file, output.length, "bytes");
}

main();
