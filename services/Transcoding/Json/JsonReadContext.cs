using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Atropos.Transcoding.Json;

/// <summary>The reader over one document, and what every codec needs beside it.</summary>
internal ref struct JsonReadContext
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySequence<byte> _source;

    public JsonReadContext(ReadOnlySequence<byte> source, JsonReadSettings settings)
    {
        _source = source;
        Settings = settings;
        var options = new JsonReaderOptions { MaxDepth = settings.MaxDepth };
        Reader = source.IsSingleSegment ? new Utf8JsonReader(source.FirstSpan, options) : new Utf8JsonReader(source, options);
    }

    /// <summary>The reader; a codec finds it on its value's first token and leaves it on the last.</summary>
    public Utf8JsonReader Reader;

    /// <summary>What is taken and what is refused.</summary>
    public JsonReadSettings Settings { get; }

    /// <summary>The string or property name under the reader.</summary>
    /// <exception cref="JsonFormatException">It is not valid UTF-8, or holds half of a surrogate pair.</exception>
    public readonly string ReadString()
    {
        try
        {
            return Reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NotText();
        }
    }

    /// <summary>The value under the reader as the text that was sent, byte for byte; the reader is moved to its last token.</summary>
    public string ReadRaw()
    {
        var start = Reader.TokenStartIndex;
        var depth = Reader.CurrentDepth;
        CheckText();
        if (Reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            // Not Skip: the strings inside must be checked, because nothing after this looks at them again.
            while (Reader.Read() && Reader.CurrentDepth > depth)
            {
                CheckText();
            }
        }

        try
        {
            return StrictUtf8.GetString(_source.Slice(start, Reader.BytesConsumed - start));
        }
        catch (DecoderFallbackException)
        {
            throw new JsonFormatException("text that is not valid UTF-8", start);
        }
    }

    /// <summary>The error of a value of the wrong kind.</summary>
    public readonly JsonFormatException Wrong(string expected)
        => new($"expected {expected}, found {JsonTokens.Name(Reader.TokenType)}", Reader.TokenStartIndex);

    /// <summary>The error of a value of the right kind that cannot be taken.</summary>
    public readonly JsonFormatException Bad(string message) => new(message, Reader.TokenStartIndex);

    /// <summary>Moves to the next token.</summary>
    public void Next()
    {
        if (!Reader.Read())
        {
            ThrowEnded();
        }
    }

    [DoesNotReturn]
    private static void ThrowEnded() => throw new JsonException("The document ends too early.", null, 0, 0);

    private readonly void CheckText()
    {
        if (Reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && Reader.ValueIsEscaped)
        {
            _ = ReadString();
        }
    }

    private readonly JsonFormatException NotText()
        => Bad("text that is not valid UTF-8, or an escaped surrogate without its other half");
}
