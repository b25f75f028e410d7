// Calls the echo service with grpc-js: client.mjs HOST:PORT PROTO. Exits with 0 where every check holds.
import assert from 'node:assert/strict';
import { compressionAlgorithms, credentials, Metadata, status } from '@grpc/grpc-js';
import { limits, loadEcho } from './echo.mjs';

const Echo = loadEcho(process.argv[3]);
const client = new Echo(process.argv[2], credentials.createInsecure(), limits);
const zipping = new Echo(process.argv[2], credentials.createInsecure(), {
  ...limits,
  'grpc.default_compression_algorithm': compressionAlgorithms.gzip,
});
const soon = () => ({ deadline: Date.now() + 60_000 });

function unary(request, metadata = new Metadata(), options = soon(), from = client) {
  return new Promise((resolve) => {
    const seen = {};
    const call = from.Unary(request, metadata, options, (error, response) => Object.assign(seen, { error, response }));
    call.on('metadata', (headers) => { seen.headers = headers; });
    call.on('status', (end) => { seen.trailers = end.metadata; setImmediate(() => resolve(seen)); });
  });
}

async function readAll(call) {
  const messages = [];
  for await (const message of call) {
    messages.push(message);
  }
  return messages;
}

const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
const metadata = new Metadata();
metadata.set('x-echo', 'ping');
metadata.set('x-echo-bin', bytes);
const first = await unary({ text: 'héllo', payload: bytes }, metadata);
assert.equal(first.response.text, 'héllo');
assert.deepEqual(first.response.payload, bytes);
assert.deepEqual(first.headers.get('x-echo'), ['ping']);
assert.deepEqual(first.trailers.get('x-echo-bin'), [bytes]);

const collected = await new Promise((resolve, reject) => {
  const call = client.Collect(new Metadata(), soon(), (error, response) => (error ? reject(error) : resolve(response)));
  for (let i = 0; i < 50; i++) {
    call.write({ text: `${i}` });
  }
  call.end();
});
assert.deepEqual([collected.text, collected.index], [Array.from({ length: 50 }, (_, i) => i).join(','), 50]);

const expanded = await readAll(client.Expand({ count: 200 }, new Metadata(), soon()));
assert.deepEqual(expanded.map((m) => m.index), Array.from({ length: 200 }, (_, i) => i));

const chat = client.Chat(new Metadata(), soon());
for (let i = 0; i < 100; i++) {
  chat.write({ text: `m${i}` });
}
chat.end();
assert.deepEqual((await readAll(chat)).map((m) => m.text), Array.from({ length: 100 }, (_, i) => `m${i}`));

const big = Buffer.alloc(5_000_000, 'abc');
assert.ok((await unary({ payload: big })).response.payload.equals(big));
assert.equal((await unary({ text: 'a'.repeat(100_000) }, new Metadata(), soon(), zipping)).response.text.length, 100_000);

const failed = await unary({ fail_code: status.FAILED_PRECONDITION, fail_detail: 'größer als 100 %' });
assert.deepEqual([failed.error.code, failed.error.details], [status.FAILED_PRECONDITION, 'größer als 100 %']);
assert.deepEqual(failed.trailers.get('x-why'), ['asked-for']);
await assert.rejects(readAll(client.Expand({ count: 3, fail_code: status.ABORTED }, new Metadata(), soon())), { code: status.ABORTED });
assert.equal((await unary({ hang: true }, new Metadata(), { deadline: Date.now() + 500 })).error.code, status.DEADLINE_EXCEEDED);

const hanging = client.Expand({ count: 1, hang: true }, new Metadata(), soon());
hanging.once('data', () => hanging.cancel());
await assert.rejects(readAll(hanging), { code: status.CANCELLED });

console.log('OK');
client.close();
zipping.close();
