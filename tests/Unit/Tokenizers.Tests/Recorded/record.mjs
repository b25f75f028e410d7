// Records what the original makes of our small tokenizers: `npm ci --prefix tests/Shared/TokenizerOracle`, then
// `node tests/Unit/Tokenizers.Tests/Recorded/record.mjs`. With --check it compares instead and fails on a difference.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bases } from './bases.mjs';
import { variants } from './variants.mjs';

const here = new URL('.', import.meta.url);
const require = createRequire(new URL('../../../Shared/TokenizerOracle/package.json', here));
const { Tokenizer } = require('tokenizers');

const texts = [
  '', ' ', 'the', 'Hello, the gateway!', '  two  spaces \n\n and\ttabs  ', "Don't we'll THEY'VE I'm", '12 345 6789 3.14', 'café ﬁn e\u0301 Ünïcödé…',
  '中文分词 日本トークン。', '😀👩‍👩‍👧 a🏽b', 'theTHEthe lowest newest,widest', '\u0001\u200B\u00A0x\u3000y\u2028z', 'def f(x):\n    return x[0]  # ß Straße STRASSE',
  '<|end|>the<|end|> <L> <R> a <B> b WORD WORDs norm NORM <L><R>', '[MASK] ##en unknown<unk></s> ▁the', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'x\u0301\u0323\u0301 가각ᄀ\u1161', 'ａＢ１ Ⅷ ½ İıſK',
];
const pairs = [['the node', 'a turn'], ['', 'x'], [' the', ' 中文']];

async function cases(tokenizer) {
  const result = [];
  for (const [text, pair] of [...texts.map((text) => [text]), ...pairs]) {
    for (const add of [true, false]) {
      const item = { text, pair, add };
      try {
        const encoding = await tokenizer.encode(text, pair, { addSpecialTokens: add });
        const ids = encoding.getIds();
        Object.assign(item, {
          ids, tokens: encoding.getTokens(), offsets: encoding.getOffsets().flat(), types: encoding.getTypeIds(), attention: encoding.getAttentionMask(),
          special: encoding.getSpecialTokensMask(), words: encoding.getWordIds().map((word) => word ?? -1),
          decoded: await tokenizer.decode(ids, false), skipped: await tokenizer.decode(ids, true),
        });
      } catch {
        item.error = true;
      }
      result.push(item);
    }
  }
  return result.filter((item, at) => item.add || JSON.stringify({ ...item, add: true }) !== JSON.stringify(result[at - 1]));
}

const lines = [JSON.stringify({ bases })];
for (const variant of variants) {
  const tokenizer = Tokenizer.fromString(JSON.stringify({ ...bases[variant.base], ...variant.sections }));
  lines.push(JSON.stringify({ ...variant, cases: await cases(tokenizer) }));
}

const file = new URL('recorded.jsonl', here);
const text = lines.join('\n') + '\n';
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
  console.log(`${variants.length} tokenizers recorded`);
} else if (readFileSync(file, 'utf8') === text) {
  console.log(`${variants.length} tokenizers are as recorded`);
} else {
  console.error('recorded.jsonl is not what the original gives: run record.mjs');
  process.exit(1);
}
