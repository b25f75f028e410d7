// The original tokenizers library behind a pipe: one JSON request a line on stdin, one JSON answer a line on stdout, in order.
//   {op: "load", name, path | json}               -> {vocabulary} | {error}
//   {op: "unload", name}                          -> {}
//   {op: "encode", name, special, each, items}    -> {items: [{i, t, o, y, a, s, w} | {error}]}; an item is a text or [text, pair]
//   {op: "decode", name, skip, items: [[id]]}     -> {items: [text | {error}]}
//   {op: "tokens", name, items: [id]}             -> {items: [token | null]}
// i: ids, t: tokens, o: offsets in code points, start and end in turn, y: type ids, a: attention mask, s: special tokens mask,
// w: word ids (-1 for none).
// `each`: encode one by one, as padding to the longest of a batch would make an answer depend on its neighbours.
import { Tokenizer } from 'tokenizers';

const loaded = new Map();

async function encode({ name, special, each, items }) {
  const tokenizer = loaded.get(name);
  const options = { addSpecialTokens: special };
  const one = async (item) => {
    try {
      const [text, pair] = Array.isArray(item) ? item : [item, null];
      return answer(await tokenizer.encode(text, pair, options));
    } catch (error) {
      return { error: String(error.message ?? error) };
    }
  };
  if (!each) {
    try {
      return (await tokenizer.encodeBatch(items, options)).map(answer);
    } catch {
      // One text that fails, fails the batch; which one it is, is seen one by one.
    }
  }

  const answers = [];
  for (const item of items) answers.push(await one(item));
  return answers;
}

const answer = (encoding) => ({
  i: encoding.getIds(),
  t: encoding.getTokens(),
  o: encoding.getOffsets().flat(),
  y: encoding.getTypeIds(),
  a: encoding.getAttentionMask(),
  s: encoding.getSpecialTokensMask(),
  w: encoding.getWordIds().map((word) => word ?? -1),
});

async function decode({ name, skip, items }) {
  const tokenizer = loaded.get(name);
  try {
    return await tokenizer.decodeBatch(items, skip);
  } catch {
    const answers = [];
    for (const ids of items) {
      try {
        answers.push(await tokenizer.decode(ids, skip));
      } catch (error) {
        answers.push({ error: String(error.message ?? error) });
      }
    }
    return answers;
  }
}

async function handle(request) {
  switch (request.op) {
    case 'load': {
      const tokenizer = request.path ? Tokenizer.fromFile(request.path) : Tokenizer.fromString(request.json);
      loaded.set(request.name, tokenizer);
      return { vocabulary: tokenizer.getVocabSize(true) };
    }
    case 'unload':
      loaded.delete(request.name);
      globalThis.gc?.();
      return {};
    case 'encode':
      return { items: await encode(request) };
    case 'decode':
      return { items: await decode(request) };
    case 'tokens':
      return { items: request.items.map((id) => loaded.get(request.name).idToToken(id)) };
    default:
      throw new Error(`unknown op ${request.op}`);
  }
}

// Not the readline module: it also ends lines at U+2028.
let parts = [];
for await (let chunk of process.stdin) {
  for (let end; (end = chunk.indexOf(10)) >= 0; chunk = chunk.subarray(end + 1)) {
    parts.push(chunk.subarray(0, end));
    const line = Buffer.concat(parts).toString('utf8');
    parts = [];
    let reply;
    try {
      reply = await handle(JSON.parse(line));
    } catch (error) {
      reply = { error: String(error.message ?? error) };
    }
    process.stdout.write(JSON.stringify(reply) + '\n');
  }
  if (chunk.length > 0) parts.push(chunk);
}
