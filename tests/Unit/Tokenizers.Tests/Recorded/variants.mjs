// What is recorded: each component of the format with each of its options, on one of the bases.
import { bases, byteFallbackScores, byteLevel, special } from './bases.mjs';

const sequence = (kind, steps) => ({ type: 'Sequence', [kind]: steps });
const bert = (options) => ({ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true, ...options });
const replace = (pattern, content) => ({ type: 'Replace', pattern, content });
const metaspace = (prepend_scheme, split) => ({ type: 'Metaspace', replacement: '▁', prepend_scheme, split });
const split = (pattern, behavior, invert = false) => ({ type: 'Split', pattern, behavior, invert });
const behaviors = ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'];
const onBytes = (step) => sequence('pretokenizers', [step, byteLevel({ use_regex: false })]);
const vary = (base, name, sections) => ({ name: `${base}: ${name}`, base, sections });
const model = (base, changes) => ({ model: { ...bases[base].model, ...changes } });

/** A character map as SentencePiece compiles it: a double-array trie over UTF-8 and the replacements that it points at. */
function charsMap(rules) {
  // Node 0 is the root; a node's children lie at its base xor their byte, and a leaf's value at its base xor 0.
  const units = new Uint32Array(4096);
  const used = new Set([0]);
  const texts = [];
  const offsets = new Map();
  for (const [, to] of rules) {
    if (!offsets.has(to)) {
      offsets.set(to, Buffer.concat(texts).length);
      texts.push(Buffer.from(to + '\0'));
    }
  }
  const place = (node, entries) => {
    const labels = [...new Set(entries.map(([from]) => (from.length ? from[0] : 0)))];
    let base = 1;
    while (labels.some((label) => used.has(base ^ label)) || used.has(base)) base++;
    labels.forEach((label) => used.add(base ^ label));
    const ends = entries.find(([from]) => from.length === 0);
    units[node] |= ((node ^ base) << 10) >>> 0;
    if (ends) {
      units[node] |= 1 << 8;
      units[base] = (0x80000000 | offsets.get(ends[1])) >>> 0;
    }
    for (const label of labels.filter((value) => value !== 0)) {
      units[base ^ label] = label;
      place(base ^ label, entries.filter(([from]) => from[0] === label).map(([from, to]) => [from.subarray(1), to]));
    }
  };
  place(0, rules.map(([from, to]) => [Buffer.from(from), to]));
  const size = Math.ceil((Math.max(...used) + 1) / 256) * 256;
  const trie = Buffer.from(units.buffer, 0, size * 4);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(trie.length);
  return Buffer.concat([length, trie, ...texts]).toString('base64');
}

export const variants = [
  ...Object.keys(bases).map((base) => vary(base, 'as it is', {})),

  ...['NFC', 'NFD', 'NFKC', 'NFKD', 'Lowercase', 'StripAccents', 'Nmt'].map((type) => vary('byte-level', type, { normalizer: { type } })),
  vary('byte-level', 'NFD, then StripAccents', { normalizer: sequence('normalizers', [{ type: 'NFD' }, { type: 'StripAccents' }]) }),
  ...[[true, true], [true, false], [false, true]].map(([strip_left, strip_right]) =>
    vary('byte-level', `Strip ${strip_left} ${strip_right}`, { normalizer: { type: 'Strip', strip_left, strip_right } })),
  vary('byte-level', 'Prepend', { normalizer: { type: 'Prepend', prepend: 'ab' } }),
  vary('byte-level', 'Replace a text', { normalizer: replace({ String: 'the' }, 'x') }),
  vary('byte-level', 'Replace an expression', { normalizer: replace({ Regex: '\\s+|[aeiou]{2,}' }, '_') }),
  vary('byte-level', 'Replace by nothing', { normalizer: replace({ Regex: '[a-m]' }, '') }),
  vary('byte-level', 'ByteLevel as normalizer', { normalizer: { type: 'ByteLevel' }, pre_tokenizer: null }),
  vary('byte-level', 'Precompiled', {
    normalizer: { type: 'Precompiled', precompiled_charsmap: charsMap([['é', 'e'], ['ü', 'ue'], ['中文', 'zh'], ['…', '...'], ['\u0001', ''], ['ａ', 'a'], ['ﬁ', 'fi'], ['e\u0301', 'E']]) },
  }),
  vary('byte-level', 'a sequence of all sorts', {
    normalizer: sequence('normalizers', [{ type: 'Strip', strip_left: true, strip_right: true }, { type: 'NFKD' }, replace({ String: 'o' }, 'oo'), { type: 'Lowercase' }, { type: 'Prepend', prepend: '>' }]),
  }),
  ...[{ clean_text: false }, { handle_chinese_chars: false }, { strip_accents: false }, { strip_accents: true, lowercase: false }, { lowercase: false }].map((options) =>
    vary('word-piece', `BertNormalizer ${JSON.stringify(options)}`, { normalizer: bert(options) })),

  ...[true, false].flatMap((add_prefix_space) => [true, false].map((use_regex) =>
    vary('byte-level', `ByteLevel ${add_prefix_space} ${use_regex}`, { pre_tokenizer: byteLevel({ add_prefix_space, use_regex }), post_processor: byteLevel({ add_prefix_space }) }))),
  ...behaviors.flatMap((behavior) => [false, true].map((invert) =>
    vary('byte-level', `Split ${behavior} ${invert}`, { pre_tokenizer: onBytes(split({ Regex: '[0-9]+|[A-Z]|,\\s' }, behavior, invert)) }))),
  vary('byte-level', 'Split at a text', { pre_tokenizer: onBytes(split({ String: 'e' }, 'MergedWithNext')) }),
  ...['(?<=[a-z])(?=[A-Z])|(\\w)\\1+', '(?>\\d+)|\\s++(?=\\n)|(?i)STRASSE|[[:punct:]]', '[\\p{L}&&[^a-m]]+|\\h+|\\R', '\\p{Han}+|\\p{Lu}\\p{Ll}*|\\p{Katakana}', 'x*|(?=[A-Z])'].map((expression) =>
    vary('byte-level', `Split ${expression}`, { pre_tokenizer: onBytes(split({ Regex: expression }, 'Isolated')) })),
  ...["(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"].map((expression, at) =>
    vary('byte-level', `cl100k, ${at === 0 ? 3 : 1} digits`, { pre_tokenizer: onBytes(split({ Regex: expression }, 'Isolated')) })),
  ...['Whitespace', 'WhitespaceSplit', 'BertPreTokenizer', 'UnicodeScripts'].map((type) => vary('byte-level', type, { pre_tokenizer: onBytes({ type }) })),
  ...behaviors.map((behavior) => vary('byte-level', `Punctuation ${behavior}`, { pre_tokenizer: onBytes({ type: 'Punctuation', behavior }) })),
  ...[true, false].map((individual_digits) => vary('byte-level', `Digits ${individual_digits}`, { pre_tokenizer: onBytes({ type: 'Digits', individual_digits }) })),
  vary('byte-level', 'CharDelimiterSplit', { pre_tokenizer: onBytes({ type: 'CharDelimiterSplit', delimiter: 'o' }) }),
  vary('byte-level', 'FixedLength', { pre_tokenizer: onBytes({ type: 'FixedLength', length: 4 }) }),
  ...['always', 'first', 'never'].flatMap((scheme) => [true, false].map((splits) =>
    vary('character-bpe', `Metaspace ${scheme} ${splits}`, { pre_tokenizer: metaspace(scheme, splits), decoder: metaspace(scheme, splits) }))),

  vary('byte-level', 'ignore_merges', model('byte-level', { ignore_merges: true, merges: bases['byte-level'].model.merges.slice(0, 20) })),
  vary('character-bpe', 'fuse_unk', model('character-bpe', { fuse_unk: true })),
  vary('character-bpe', 'no unknown token', { ...model('character-bpe', { unk_token: null }), added_tokens: [] }),
  vary('sentencepiece-bpe', 'unknown tokens apart', model('sentencepiece-bpe', { fuse_unk: false, vocab: Object.fromEntries(Object.entries(bases['sentencepiece-bpe'].model.vocab).filter(([token]) => token !== '<0xE4>')) })),
  vary('sentencepiece-bpe', 'no byte tokens', model('sentencepiece-bpe', { byte_fallback: false })),
  vary('word-piece', 'short words', model('word-piece', { max_input_chars_per_word: 5 })),
  vary('unigram', 'byte_fallback', model('unigram', { byte_fallback: true, vocab: byteFallbackScores })),
  vary('unigram', 'one piece', { pre_tokenizer: metaspace('first', false) }),

  vary('byte-level', 'RobertaProcessing', { pre_tokenizer: byteLevel({ add_prefix_space: true }), post_processor: { type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 1], trim_offsets: true, add_prefix_space: true } }),
  vary('byte-level', 'a sequence of post-processors', {
    post_processor: sequence('processors', [byteLevel(), {
      type: 'TemplateProcessing', single: [{ SpecialToken: { id: '^', type_id: 3 } }, { Sequence: { id: 'A', type_id: 1 } }],
      pair: [{ Sequence: { id: 'B', type_id: 0 } }, { SpecialToken: { id: '^', type_id: 2 } }, { Sequence: { id: 'A', type_id: 1 } }],
      special_tokens: { '^': { id: '^', ids: [61, 62], tokens: ['^', '_'] } },
    }]),
  }),

  vary('word-level', 'CTC', { decoder: { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: true } }),
  vary('word-level', 'CTC without clean-up', { decoder: { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: false } }),
  vary('word-piece', 'WordPiece without clean-up', { decoder: { type: 'WordPiece', prefix: '##', cleanup: false } }),
  vary('byte-level', 'decoded by Replace and Strip', { decoder: sequence('decoders', [replace({ Regex: 'Ġ+' }, ' '), { type: 'Strip', content: 't', start: 1, stop: 0 }, { type: 'Fuse' }]) }),
  vary('sentencepiece-bpe', 'ByteFallback alone', { decoder: { type: 'ByteFallback' } }),
  vary('byte-level', 'no decoder', { decoder: null }),

  vary('byte-level', 'added tokens of every kind', {
    normalizer: { type: 'Lowercase' },
    added_tokens: [
      special(0, '<L>', { lstrip: true }), special(0, '<R>', { rstrip: true }), special(0, '<B>', { lstrip: true, rstrip: true, special: false }),
      special(0, 'WORD', { single_word: true }), special(0, 'Norm', { normalized: true, special: false }), special(0, '<L><R>'), special(0, 'the', { single_word: true, normalized: true, special: false }),
    ],
  }),
  vary('byte-level', 'truncation and padding', {
    truncation: { direction: 'Left', max_length: 9, strategy: 'LongestFirst', stride: 2 },
    padding: { strategy: { Fixed: 12 }, direction: 'Left', pad_to_multiple_of: null, pad_id: 5, pad_type_id: 1, pad_token: '&' },
  }),
];
