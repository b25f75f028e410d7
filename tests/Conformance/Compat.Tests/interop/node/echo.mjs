// Loads the echo service from its proto.
import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

export function loadEcho(path) {
  const definition = loadSync(path, { keepCase: true, defaults: true });
  return loadPackageDefinition(definition).atropos.compat.v1.EchoService;
}

export const limits = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
