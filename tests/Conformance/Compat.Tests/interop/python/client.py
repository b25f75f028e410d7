"""Calls the echo service with grpcio: client.py HOST:PORT DESCRIPTOR. Exits with 0 where every check holds."""

import sys
import threading

import grpc

import echo

Request, Response = echo.load(sys.argv[2])
checks = 0


def check(condition, what):
    global checks
    if not condition:
        sys.exit(f"FAILED: {what}")
    checks += 1


def failure(function, what):
    try:
        function()
    except grpc.RpcError as error:
        return error
    sys.exit(f"FAILED: {what} should fail")


def main():
    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    channel = grpc.insecure_channel(sys.argv[1], options=options)
    coders = {"request_serializer": Request.SerializeToString, "response_deserializer": Response.FromString}
    unary = channel.unary_unary(echo.PATH + "Unary", **coders)
    collect = channel.stream_unary(echo.PATH + "Collect", **coders)
    expand = channel.unary_stream(echo.PATH + "Expand", **coders)
    chat = channel.stream_stream(echo.PATH + "Chat", **coders)

    metadata = (("x-echo", "ping"), ("x-echo-bin", bytes(range(256))))
    response, call = unary.with_call(Request(text="héllo", payload=b"\x00\xff"), metadata=metadata, timeout=60)
    check((response.text, response.payload) == ("héllo", b"\x00\xff"), "unary response")
    check(dict(call.initial_metadata())["x-echo"] == "ping", "response header")
    check(dict(call.trailing_metadata())["x-echo-bin"] == bytes(range(256)), "binary trailer")

    response = collect(iter([Request(text=str(i)) for i in range(50)]), timeout=60)
    check((response.text, response.index) == (",".join(map(str, range(50))), 50), "client streaming")
    check([r.index for r in expand(Request(count=200), timeout=60)] == list(range(200)), "server streaming")
    answers = chat((Request(text=f"m{i}") for i in range(100)), timeout=60)
    check([(r.index, r.text) for r in answers] == [(i, f"m{i}") for i in range(100)], "duplex streaming")

    big = bytes(range(256)) * 20_000
    check(unary(Request(payload=big), timeout=60).payload == big, "large message")
    zipped = unary(Request(text="a" * 100_000), timeout=60, compression=grpc.Compression.Gzip)
    check(zipped.text == "a" * 100_000, "gzip request")

    error = failure(lambda: unary(Request(fail_code=9, fail_detail="größer als 100 %"), timeout=60), "failing call")
    check((error.code(), error.details()) == (grpc.StatusCode.FAILED_PRECONDITION, "größer als 100 %"), "status")
    check(dict(error.trailing_metadata())["x-why"] == "asked-for", "trailer of a failure")
    error = failure(lambda: list(expand(Request(count=3, fail_code=10), timeout=60)), "failing stream")
    check(error.code() == grpc.StatusCode.ABORTED, "status of a stream")
    error = failure(lambda: unary(Request(hang=True), timeout=0.5), "call past its deadline")
    check(error.code() == grpc.StatusCode.DEADLINE_EXCEEDED, "deadline")
    stream = expand(Request(count=1, hang=True), timeout=60)
    check(next(stream).index == 0, "first message before cancellation")
    threading.Thread(target=stream.cancel).start()
    check(failure(lambda: next(stream), "cancelled stream").code() == grpc.StatusCode.CANCELLED, "cancellation")
    missing = channel.unary_unary(echo.PATH + "Missing", **coders)
    check(failure(lambda: missing(Request(), timeout=60), "unknown method").code() == grpc.StatusCode.UNIMPLEMENTED, "unknown method")
    print(f"OK {checks} checks")


main()
