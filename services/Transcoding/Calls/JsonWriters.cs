using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atropos.Transcoding.Calls;

/// <summary>One JSON writer a thread, used again and again. A writer is only held while nothing is awaited.</summary>
internal static class JsonWriters
{
    // Nothing here is put into HTML; escaping more than JSON needs would make text in most languages three times longer.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? _cached;

    public static Utf8JsonWriter Rent(IBufferWriter<byte> output)
    {
        if (_cached is { } writer)
        {
            _cached = null;
            writer.Reset(output);
            return writer;
        }

        return new Utf8JsonWriter(output, Options);
    }

    public static void Return(Utf8JsonWriter writer)
    {
        writer.Reset(EmptyWriter.Instance);
        _cached = writer;
    }

    /// <summary>What a writer at rest points to, so that it holds on to no response.</summary>
    private sealed class EmptyWriter : IBufferWriter<byte>
    {
        public static readonly EmptyWriter Instance = new();

        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => new byte[Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
