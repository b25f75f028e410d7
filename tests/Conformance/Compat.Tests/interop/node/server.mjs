// Serves the echo service with grpc-js: server.mjs PROTO. Prints `PORT n`, and ends when standard input does.
import { Metadata, Server, ServerCredentials } from '@grpc/grpc-js';
import { limits, loadEcho } from './echo.mjs';

function begin(call) {
  const trailers = new Metadata();
  trailers.set('x-served-by', 'node');
  const [bytes] = call.metadata.get('x-echo-bin');
  if (bytes) {
    trailers.set('x-echo-bin', bytes);
  }
  const [text] = call.metadata.get('x-echo');
  if (text) {
    const headers = new Metadata();
    headers.set('x-echo', text);
    call.sendMetadata(headers);
  }
  return trailers;
}

// Gives the error that the request asks for, or null; never comes back where it asks to hang.
async function obey(request, trailers) {
  if (request.hang) {
    await new Promise(() => {});
  }
  if (!request.fail_code) {
    return null;
  }
  trailers.set('x-why', 'asked-for');
  return { code: request.fail_code, details: request.fail_detail, metadata: trailers };
}

const answer = (request, index) => ({ text: request.text, payload: request.payload, index });

const implementation = {
  async Unary(call, callback) {
    const trailers = begin(call);
    const error = await obey(call.request, trailers);
    callback(error, error ? undefined : answer(call.request, 0), trailers);
  },
  async Collect(call, callback) {
    const trailers = begin(call);
    const texts = [];
    for await (const request of call) {
      const error = await obey(request, trailers);
      if (error) {
        callback(error);
        return;
      }
      texts.push(request.text);
    }
    callback(null, { text: texts.join(','), index: texts.length }, trailers);
  },
  async Expand(call) {
    const trailers = begin(call);
    for (let index = 0; index < call.request.count; index++) {
      call.write(answer(call.request, index));
    }
    const error = await obey(call.request, trailers);
    if (error) {
      call.emit('error', error);
    } else {
      call.end(trailers);
    }
  },
  Chat(call) {
    // Not `for await`: at the end of the requests it would destroy the whole call, the responses included.
    const trailers = begin(call);
    let index = 0;
    let last = Promise.resolve();
    call.on('data', (request) => {
      last = last.then(async () => {
        const error = await obey(request, trailers);
        if (error) {
          call.emit('error', error);
        } else {
          call.write(answer(request, index++));
        }
      });
    });
    call.on('end', () => last.then(() => call.end(trailers)));
  },
};

const server = new Server(limits);
server.addService(loadEcho(process.argv[2]).service, implementation);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  console.log(`PORT ${port}`);
});
process.stdin.resume();
process.stdin.on('end', () => {
  server.forceShutdown();
  process.exit(0);
});
