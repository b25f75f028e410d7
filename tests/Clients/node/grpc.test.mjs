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
  ['atropos/sessions/v1/session.proto', 'atropos/sessions/v1/completion.proto'],
  { includeDirs: [protos], keepCase: true, longs: Number, defaults: true },
);
const { SessionService, CompletionService } = grpc.loadPackageDefinition(definition).atropos.sessions.v1;
const address = process.env.ATROPOS_GRPC;
const sessions = new SessionService(address, grpc.credentials.createInsecure());
const completions = new CompletionService(address, grpc.credentials.createInsecure());
const call = (client, method, request) => promisify(client[method].bind(client))(request);

after(() => {
  sessions.close();
  completions.close();
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
