// The original tokenizers library to measure against: one JSON request a line on stdin, one JSON answer a line on stdout.
//   {op: "load", path}                     -> {seconds}
//   {op: "encode", texts}                  -> {seconds}: for all texts, in one batch call
//   {op: "decode", ids: [[id]], budget}    -> {seconds}: of the best round, in one batch call
//   {op: "stream", ids: [id], budget}      -> {seconds}: decoding token by token, as the original's DecodeStream does
//   {op: "memory"}                         -> {resident, seconds}: bytes, after a garbage collection
// Rounds go on until `budget` seconds are spent, at least two.
import { Tokenizer } from '../../Shared/TokenizerOracle/node_modules/tokenizers/index.js';

let tokenizer;

async function best(budget, round) {
  let least = Infinity;
  const start = performance.now();
  for (let rounds = 0; rounds < 2 || performance.now() - start < budget * 1000; rounds++) {
    const before = performance.now();
    await round();
    least = Math.min(least, performance.now() - before);
  }
  return { seconds: least / 1000 };
}

// The binding has no DecodeStream. It decodes the ids since the last certain text, and what is left of them again when there is text:
// these are those calls, made in one batch so that the promise of a call does not count against the original.
async function windows(ids) {
  const all = [];
  let window = [];
  let prefix = '';
  for (const id of ids) {
    window.push(id);
    all.push([...window]);
    const text = await tokenizer.decode(window, false);
    if (text.length > prefix.length && !text.endsWith('\uFFFD')) {
      window = window.slice(-1);
      all.push([...window]);
      prefix = await tokenizer.decode(window, false);
    }
  }
  return all;
}

async function handle(request) {
  const { op, budget } = request;
  switch (op) {
    case 'load': {
      const before = performance.now();
      tokenizer = Tokenizer.fromFile(request.path);
      return { seconds: (performance.now() - before) / 1000 };
    }
    case 'encode': {
      const before = performance.now();
      await tokenizer.encodeBatch(request.texts, { addSpecialTokens: false });
      return { seconds: (performance.now() - before) / 1000 };
    }
    case 'decode':
      return best(budget, () => tokenizer.decodeBatch(request.ids, false));
    case 'stream': {
      const calls = await windows(request.ids);
      return best(budget, () => tokenizer.decodeBatch(calls, false));
    }
    case 'memory':
      globalThis.gc();
      globalThis.gc();
      return { resident: process.memoryUsage().rss, seconds: 0 };
    default:
      throw new Error(`unknown op ${op}`);
  }
}

let parts = [];
for await (let chunk of process.stdin) {
  for (let end; (end = chunk.indexOf(10)) >= 0; chunk = chunk.subarray(end + 1)) {
    parts.push(chunk.subarray(0, end));
    const request = JSON.parse(Buffer.concat(parts).toString('utf8'));
    parts = [];
    process.stdout.write(JSON.stringify(await handle(request)) + '\n');
  }
  if (chunk.length > 0) parts.push(chunk);
}
