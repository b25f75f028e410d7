using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Atropos.InferenceRouter.Streaming;

/// <summary>Reads the data of server-sent events: tolerant of line ends, comments, other fields, data over several lines, cuts anywhere and
/// a missing end.</summary>
internal sealed class SseReader
{
    /// <summary>More than this in one event is not an answer but a fault.</summary>
    public const int LongestEvent = 256 * 1024 * 1024;

    private readonly PipeReader _pipe;
    private readonly ArrayBufferWriter<byte> _data = new(1024);
    private bool _hasData;
    private bool _given;

    public SseReader(PipeReader pipe)
    {
        _pipe = pipe;
    }

    /// <summary>The data of the event; holds until the next read.</summary>
    public ReadOnlyMemory<byte> Data => _data.WrittenMemory;

    /// <summary>Goes to the next event that has data. False at the end; an event that was cut in the middle is not given.</summary>
    /// <exception cref="InvalidDataException">An event is too long.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_given)
        {
            _data.ResetWrittenCount();
            _hasData = _given = false;
        }

        while (true)
        {
            var result = await _pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var rest = buffer;
            while (TryTakeLine(ref rest, out var line))
            {
                if (line.Length == 0 && _hasData)
                {
                    _pipe.AdvanceTo(rest.Start);
                    return _given = true;
                }

                TakeField(line);
            }

            if (result.IsCompleted)
            {
                TakeField(WithoutReturn(rest));
                _pipe.AdvanceTo(buffer.End);
                return _given = _hasData && IsWhole(_data.WrittenSpan);
            }

            if (rest.Length > LongestEvent)
            {
                throw new InvalidDataException("a line of the event stream is longer than 256 MiB");
            }

            _pipe.AdvanceTo(rest.Start, buffer.End);
        }
    }

    // An event whose blank line never came counts if nothing of it is missing.
    private static bool IsWhole(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(data);
            return reader.Read() && reader.TrySkip() && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        var end = rest.PositionOf((byte)'\n');
        if (end is null)
        {
            line = default;
            return false;
        }

        line = WithoutReturn(rest.Slice(0, end.Value));
        rest = rest.Slice(rest.GetPosition(1, end.Value));
        return true;
    }

    private static ReadOnlySequence<byte> WithoutReturn(ReadOnlySequence<byte> line)
    {
        if (line.Length == 0)
        {
            return line;
        }

        var last = line.Slice(line.Length - 1);
        return last.FirstSpan[0] == (byte)'\r' ? line.Slice(0, line.Length - 1) : line;
    }

    private void TakeField(ReadOnlySequence<byte> line)
    {
        if (line.Length < 5)
        {
            return;
        }

        Span<byte> start = stackalloc byte[6];
        var length = (int)Math.Min(6, line.Length);
        line.Slice(0, length).CopyTo(start);
        if (!start.StartsWith("data:"u8))
        {
            return;
        }

        if (_hasData)
        {
            _data.Write("\n"u8);
        }

        _hasData = true;
        var value = line.Slice(length == 6 && start[5] == (byte)' ' ? 6 : 5);
        if (_data.WrittenCount + value.Length > LongestEvent)
        {
            throw new InvalidDataException("an event of the stream is longer than 256 MiB");
        }

        foreach (var segment in value)
        {
            _data.Write(segment.Span);
        }
    }
}
