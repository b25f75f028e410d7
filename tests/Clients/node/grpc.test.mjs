// A turn and its nodes over gRPC, with grpc-js and stubs made from protos/.
// Run by tests/Clients/run, which starts the product. ATROPOS_GRPC names its address.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const protos = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../protos');
const definition = loader.loadSync(
  ['atropos/sessions/v1/session.proto', 'atropos/sessions/v1/completion.proto', 'atropos/tokenizer/v1/tokenizer.proto'],
  { includeDirs: [protos], keepCase: true, longs: Number, defaults: true },
);
const { atropos } = grpc.loadPackageDefinition(definition);
const { SessionService, CompletionService } = atropos.sessions.v1;
const address = process.env.ATROPOS_GRPC;
const sessions = new SessionService(address, grpc.credentials.createInsecure());
const completions = new CompletionService(address, grpc.credentials.createInsecure());
const tokenizer = new atropos.tokenizer.v1.TokenizerService(address, grpc.credentials.createInsecure());
const call = (client, method, request) => promisify(client[method].bind(client))(request);

after(() => {
  sessions.close();
  completions.close();
  tokenizer.close();
});

test('a streamed turn leaves one aligned node', async () => {
  const { session } = await call(sessions, 'CreateSession', {});
  const stream = completions.StreamChatCompletion({
    uuid: session.uuid,
    request: { messages: [{ role: 'user', content: { text: 'Hello from Node.' } }], max_tokens: 16, seed: 3 },
  });
  let text = '';
  let nodeIds = [];
  for await (const { chunk, node_ids: made } of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    nodeIds = made.length > 0 ? made : nodeIds;
  }

  const { nodes } = await call(sessions, 'ListNodes', { uuid: session.uuid });
  assert.equal(nodes.length, 1);
  const [node] = nodes;
  assert.deepEqual(nodeIds, [node.metadata.node_id]);
  assert.ok(node.full_text.includes('Hello from Node.'));
  assert.ok(node.full_text.includes(text));
  assert.equal(node.tokens.length, node.masked_tokens.length);
  assert.equal(node.tokens.length, node.logprobs.length);
});

test('a session that does not exist is NOT_FOUND', async () => {
  await assert.rejects(call(sessions, 'ListNodes', { uuid: 'no-such-session' }), (error) => {
    assert.equal(error.code, grpc.status.NOT_FOUND);
    return true;
  });
});

test('a text is encoded with offsets as JavaScript counts, and decoded', async () => {
  const text = 'Hello 🙂 world';
  const encoded = await call(tokenizer, 'Encode', { text, details: { tokens: true, offsets: 'OFFSET_UNIT_UTF16' } });
  assert.equal(encoded.tokens.length, encoded.token_ids.length);
  assert.equal(encoded.tokens[0], 'Hello');
  assert.equal(text.slice(encoded.starts[0], encoded.ends[0]), 'Hello');
  assert.equal(encoded.ends.at(-1), text.length);

  const decoded = await call(tokenizer, 'Decode', { token_ids: encoded.token_ids });
  assert.equal(decoded.text, text);
});

test('many calls share one stream of the tokenizer', async () => {
  const stream = tokenizer.Exchange();
  for (let id = 1; id <= 20; id++) {
    stream.write({ correlation_id: id, encode: { text: `text ${id}` } });
  }

  const batch = { texts: ['text 1', 'text 2'] };
  stream.write({ correlation_id: 21, encode_batch: batch });
  stream.write({ correlation_id: 22, encode: { tokenizer: 'none', text: 'a' } });
  stream.end();
  const answers = new Map();
  for await (const answer of stream) {
    answers.set(answer.correlation_id, answer);
  }

  assert.equal(answers.size, 22);
  assert.deepEqual(
    answers.get(21).encode_batch.encodings.map((encoding) => encoding.token_ids),
    [answers.get(1).encode.token_ids, answers.get(2).encode.token_ids],
  );
  assert.equal(answers.get(22).error.code, grpc.status.NOT_FOUND);
});
