// Small vocabularies from a text of our own: enough merges that every path of a model is taken, few enough to read.

export const corpus = `The gateway keeps the tokens that the model saw and the tokens that it sampled, each with its logprob.
A turn extends a node; a node is one training sequence. Don't we'll they've I'm 12 345 6789 tokens, 3.14!
Über Straße naïve café — the prompt, the completion, the loss mask. thethethe aaaa bbbb lower lowest newest widest
def encode(text): return [ids[piece] for piece in split(text)]  # é ü ß 中文 分词 日本 トークン
`.repeat(2);

// GPT-2's alphabet: printable bytes are themselves, the others are moved behind U+0100.
export const byteAlphabet = (() => {
  const printable = (byte) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let moved = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : 256 + moved++));
})();

export const toByteLevel = (text) => [...Buffer.from(text)].map((byte) => byteAlphabet[byte]).join('');

/** Byte-pair merges of words, most frequent first, ties in order of first appearance. */
export function trainMerges(words, count, join = (left, right) => left + right) {
  const merges = [];
  const splits = words.map((word) => [...word]);
  while (merges.length < count) {
    const counts = new Map();
    for (const word of splits) {
      for (let at = 0; at + 1 < word.length; at++) {
        const key = JSON.stringify([word[at], word[at + 1]]);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const best = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), ['', 1]);
    if (best[1] < 2) break;
    const [left, right] = JSON.parse(best[0]);
    merges.push([left, right]);
    for (const word of splits) {
      for (let at = 0; at + 1 < word.length; at++) {
        if (word[at] === left && word[at + 1] === right) word.splice(at, 2, join(left, right));
      }
    }
  }
  return merges;
}

export const number = (tokens) => Object.fromEntries([...new Set(tokens)].map((token, id) => [token, id]));
