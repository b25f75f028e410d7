using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>Writes server-sent events, one JSON value each, straight into the response.</summary>
internal sealed class SseStream : IDisposable
{
    private readonly PipeWriter _output;
    private readonly Utf8JsonWriter _json;
    private readonly CancellationToken _aborted;

    public SseStream(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        _output = context.Response.BodyWriter;
        _json = JsonOutput.Writer(_output);
        _aborted = context.RequestAborted;
    }

    /// <summary>Starts an event; write one value, then call <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin()
    {
        Write("data: "u8);
        _json.Reset(_output);
        return _json;
    }

    public void End()
    {
        _json.Flush();
        Write("\n\n"u8);
    }

    public void Done() => Write("data: [DONE]\n\n"u8);

    /// <summary>Sends what has been written.</summary>
    public async ValueTask FlushAsync()
    {
        var result = await _output.FlushAsync(_aborted);
        if (result.IsCompleted)
        {
            throw new OperationCanceledException(_aborted);
        }
    }

    public void Dispose() => _json.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_output.GetSpan(bytes.Length));
        _output.Advance(bytes.Length);
    }
}
