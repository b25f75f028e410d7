using System.IO.Pipelines;
using System.Text;
using Atropos.Transcoding.Calls;
using Microsoft.AspNetCore.Http;

namespace Atropos.Transcoding.Sse;

/// <summary>Writes server-sent events into a response. One event is built at a time, then passed on whole.</summary>
internal sealed class SseWriter(HttpResponse response) : IDisposable
{
    private readonly PipeWriter _body = response.BodyWriter;

    /// <summary>Where the data of the event goes that was begun.</summary>
    public PooledBuffer Buffer { get; } = new();

    /// <summary>Bytes written since the last flush.</summary>
    public int Unflushed { get; private set; }

    /// <summary>Sets the headers of an event stream.</summary>
    public void Start()
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Begins an event.</summary>
    public void Begin()
    {
        Buffer.Clear();
        Buffer.Write("data: "u8);
    }

    /// <summary>Ends the event and passes it on; it goes out with the next flush.</summary>
    public void End()
    {
        // A line break in the data can only be white space of JSON kept as it was sent; it would end the event too early.
        var written = Buffer.Written.Span;
        for (var at = written.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = written.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            written[at] = (byte)' ';
            written = written[at..];
        }

        Buffer.Write("\n\n"u8);
        Pass(Buffer.Written.Span);
    }

    /// <summary>Writes an event whose data is text.</summary>
    public void WriteText(string text)
    {
        Begin();
        Buffer.Write(Encoding.UTF8.GetBytes(text));
        End();
    }

    /// <summary>Writes a comment, which clients skip.</summary>
    public void WriteComment() => Pass(": keep-alive\n\n"u8);

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        Unflushed = 0;
        await _body.FlushAsync(cancellation);
    }

    public void Dispose() => Buffer.Dispose();

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_body.GetSpan(bytes.Length));
        _body.Advance(bytes.Length);
        Unflushed += bytes.Length;
    }
}
