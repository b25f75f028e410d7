"""Serves the echo service with grpcio: server.py DESCRIPTOR. Prints `PORT n`, and ends when standard input does."""

import sys
from concurrent import futures

import grpc

import echo

Request, Response = echo.load(sys.argv[1])
CODES = {code.value[0]: code for code in grpc.StatusCode}


def begin(context):
    metadata = dict(context.invocation_metadata())
    trailers = [("x-served-by", "python")]
    if "x-echo-bin" in metadata:
        trailers.append(("x-echo-bin", metadata["x-echo-bin"]))
    context.set_trailing_metadata(tuple(trailers))
    if "x-echo" in metadata:
        context.send_initial_metadata((("x-echo", metadata["x-echo"]),))
    return trailers


def obey(request, context, trailers):
    if request.hang:
        done = futures.Future()
        context.add_callback(lambda: done.set_result(None))
        done.result()
    if request.fail_code:
        context.set_trailing_metadata(tuple(trailers) + (("x-why", "asked-for"),))
        context.abort(CODES[request.fail_code], request.fail_detail)


def answer(request, index):
    return Response(text=request.text, payload=request.payload, index=index)


def unary(request, context):
    obey(request, context, begin(context))
    return answer(request, 0)


def collect(requests, context):
    trailers = begin(context)
    texts = []
    for request in requests:
        obey(request, context, trailers)
        texts.append(request.text)
    return Response(text=",".join(texts), index=len(texts))


def expand(request, context):
    trailers = begin(context)
    for index in range(request.count):
        yield answer(request, index)
    obey(request, context, trailers)


def chat(requests, context):
    trailers = begin(context)
    for index, request in enumerate(requests):
        obey(request, context, trailers)
        yield answer(request, index)


def handler(kind, function):
    return kind(function, request_deserializer=Request.FromString, response_serializer=Response.SerializeToString)


def main():
    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8), options=options, compression=grpc.Compression.Gzip)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("atropos.compat.v1.EchoService", {
        "Unary": handler(grpc.unary_unary_rpc_method_handler, unary),
        "Collect": handler(grpc.stream_unary_rpc_method_handler, collect),
        "Expand": handler(grpc.unary_stream_rpc_method_handler, expand),
        "Chat": handler(grpc.stream_stream_rpc_method_handler, chat),
    }),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"PORT {port}", flush=True)
    sys.stdin.read()
    server.stop(0)


main()
