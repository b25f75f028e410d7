// One small tokenizer of each kind; what is recorded varies their sections.
import { byteAlphabet, corpus, number, toByteLevel, trainMerges } from './training.mjs';

const words = corpus.split(/(?=\s)/).filter(Boolean);
const byteMerges = trainMerges(words.map(toByteLevel), 90);
const metaWords = words.map((word) => word.trim()).filter(Boolean).map((word) => '▁' + word);
const metaMerges = trainMerges(metaWords, 90);
const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
const letters = [...new Set('▁' + corpus.replace(/\s/g, ''))].filter((letter) => letter !== '分' && letter !== 'ト');
const joined = (merges) => merges.map(([left, right]) => left + right);

export const special = (id, content, flags = {}) => ({
  id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...flags,
});

export const byteLevel = (options = {}) => ({ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true, ...options });

const wrap = (model, rest) => ({
  version: '1.0', truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, ...rest, model,
});

const byteVocabulary = number([...byteAlphabet, ...joined(byteMerges)]);
const bpe = { type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false, ignore_merges: false };

const suffixed = (word) => [...word].map((letter, at, all) => (at === all.length - 1 ? letter + '</w>' : letter));
const prefixed = (word) => [...word].map((letter, at) => (at > 0 ? '##' + letter : letter));
const plainWords = words.map((word) => word.trim()).filter((word) => /^\p{L}+$/u.test(word));
const suffixMerges = trainMerges(plainWords.map(suffixed), 60);
const prefixMerges = trainMerges(plainWords.map(prefixed), 60, (left, right) => left + right.slice(2));
const wordPieces = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', ...letters, ...letters.map((letter) => '##' + letter),
  'the', 'token', '##s', '##en', 'low', '##er', '##est', 'gate', '##way', 'un', '##known', '中', '##文', 'straße', 'uber', 'don', 'é'];

const pieces = ['<pad>', '</s>', '<unk>', '▁', ...letters.filter((letter) => letter !== '▁'), ...new Set(joined(metaMerges))];
const scores = pieces.map((piece, at) => [piece, at < 3 ? 0 : piece.length === 1 ? -7 - (at % 13) / 4 : -2 - (at % 29) / 5]);

export const bases = {
  'byte-level': wrap({ ...bpe, vocab: byteVocabulary, merges: byteMerges },
    { pre_tokenizer: byteLevel(), decoder: byteLevel(), added_tokens: [special(Object.keys(byteVocabulary).length, '<|end|>')] }),
  'sentencepiece-bpe': wrap({ ...bpe, unk_token: '<unk>', fuse_unk: true, byte_fallback: true, vocab: number(['<unk>', '<s>', '</s>', ...bytes, ...letters, ...joined(metaMerges)]), merges: metaMerges },
    {
      added_tokens: [special(0, '<unk>'), special(1, '<s>'), special(2, '</s>')],
      normalizer: { type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: '▁' }, { type: 'Replace', pattern: { String: ' ' }, content: '▁' }] },
      decoder: { type: 'Sequence', decoders: [{ type: 'Replace', pattern: { String: '▁' }, content: ' ' }, { type: 'ByteFallback' }, { type: 'Fuse' }, { type: 'Strip', content: ' ', start: 1, stop: 0 }] },
    }),
  'character-bpe': wrap({ ...bpe, unk_token: '<unk>', vocab: number(['<unk>', ...letters, ...joined(metaMerges)]), merges: metaMerges },
    { added_tokens: [special(0, '<unk>')], pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }, decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true } }),
  'suffix-bpe': wrap({ ...bpe, unk_token: '<unk>', end_of_word_suffix: '</w>', vocab: number(['<unk>', ...letters, ...letters.map((letter) => letter + '</w>'), ...joined(suffixMerges)]), merges: suffixMerges },
    { added_tokens: [special(0, '<unk>')], pre_tokenizer: { type: 'Whitespace' }, decoder: { type: 'BPEDecoder', suffix: '</w>' } }),
  'prefix-bpe': wrap({ ...bpe, unk_token: '<unk>', continuing_subword_prefix: '##', vocab: number(['<unk>', ...letters, ...letters.map((letter) => '##' + letter), ...prefixMerges.map(([left, right]) => left + right.slice(2))]), merges: prefixMerges },
    { added_tokens: [special(0, '<unk>')], pre_tokenizer: { type: 'BertPreTokenizer' }, decoder: { type: 'WordPiece', prefix: '##', cleanup: true } }),
  'word-piece': wrap({ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: number(wordPieces) },
    {
      added_tokens: [0, 1, 2, 3, 4].map((id) => special(id, wordPieces[id])),
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    }),
  'word-level': wrap({ type: 'WordLevel', unk_token: '[UNK]', vocab: number(['[UNK]', '<pad>', '|', ...plainWords, ...letters]) },
    { added_tokens: [special(0, '[UNK]')], pre_tokenizer: { type: 'Whitespace' } }),
  unigram: wrap({ type: 'Unigram', unk_id: 2, byte_fallback: false, vocab: scores },
    {
      added_tokens: [special(0, '<pad>'), special(1, '</s>'), special(2, '<unk>')],
      normalizer: { type: 'NFKC' },
      pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
      post_processor: {
        type: 'TemplateProcessing', single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }],
        pair: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }, { Sequence: { id: 'B', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }],
        special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } },
      },
      decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    }),
};

export const byteFallbackScores = [...scores, ...bytes.map((token) => [token, 0])];
