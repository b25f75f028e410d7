using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atropos.Tokenizers.AddedTokens;

namespace Atropos.Tokenizers.Formats;

/// <summary>Writes the sections of a tokenizer.json that the formats have in common.</summary>
internal sealed class TokenizerJsonWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);

    public TokenizerJsonWriter()
    {
        Json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        Json.WriteStartObject();
        Json.WriteString("version"u8, "1.0");
        Json.WriteNull("truncation"u8);
        Json.WriteNull("padding"u8);
    }

    public Utf8JsonWriter Json { get; }

    public ReadOnlyMemory<byte> Finish()
    {
        Json.WriteEndObject();
        Json.Flush();
        return _buffer.WrittenMemory;
    }

    public void Dispose() => Json.Dispose();

    public void WriteAddedTokens(IEnumerable<AddedToken> tokens)
    {
        Json.WriteStartArray("added_tokens"u8);
        foreach (var token in tokens)
        {
            Json.WriteStartObject();
            Json.WriteNumber("id"u8, token.Id);
            Json.WriteString("content"u8, token.Content);
            Json.WriteBoolean("single_word"u8, token.SingleWord);
            Json.WriteBoolean("lstrip"u8, token.LeftStrip);
            Json.WriteBoolean("rstrip"u8, token.RightStrip);
            Json.WriteBoolean("normalized"u8, token.Normalized);
            Json.WriteBoolean("special"u8, token.Special);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
    }

    public void WriteNull(string section) => Json.WriteNull(section);

    /// <summary>A section that is always the same.</summary>
    public void WriteRaw(string section, ReadOnlySpan<byte> json)
    {
        Json.WritePropertyName(section);
        Json.WriteRawValue(json, skipInputValidation: true);
    }

    /// <summary>Cuts by an expression and then maps bytes: what every tiktoken vocabulary does.</summary>
    public void WriteSplitThenByteLevel(string pattern)
    {
        Json.WriteStartObject("pre_tokenizer"u8);
        Json.WriteString("type"u8, "Sequence"u8);
        Json.WriteStartArray("pretokenizers"u8);
        Json.WriteStartObject();
        Json.WriteString("type"u8, "Split"u8);
        Json.WriteStartObject("pattern"u8);
        Json.WriteString("Regex"u8, pattern);
        Json.WriteEndObject();
        Json.WriteString("behavior"u8, "Isolated"u8);
        Json.WriteBoolean("invert"u8, false);
        Json.WriteEndObject();
        WriteByteLevelBody();
        Json.WriteEndArray();
        Json.WriteEndObject();
    }

    public void WriteByteLevelDecoder()
    {
        Json.WritePropertyName("decoder"u8);
        WriteByteLevelBody();
    }

    /// <summary>A template around one text, and around each of two; null where there is nothing to put around.</summary>
    public void WriteTemplate(AddedToken? before, AddedToken? after)
    {
        if (before is null && after is null)
        {
            Json.WriteNull("post_processor"u8);
            return;
        }

        Json.WriteStartObject("post_processor"u8);
        Json.WriteString("type"u8, "TemplateProcessing"u8);
        Json.WriteStartArray("single"u8);
        WriteAround(before, after, "A", 0);
        Json.WriteEndArray();
        Json.WriteStartArray("pair"u8);
        WriteAround(before, after, "A", 0);
        WriteAround(before, after, "B", 1);
        Json.WriteEndArray();
        Json.WriteStartObject("special_tokens"u8);
        foreach (var token in new[] { before, after }.OfType<AddedToken>().DistinctBy(token => token.Content))
        {
            Json.WriteStartObject(token.Content);
            Json.WriteString("id"u8, token.Content);
            Json.WriteStartArray("ids"u8);
            Json.WriteNumberValue(token.Id);
            Json.WriteEndArray();
            Json.WriteStartArray("tokens"u8);
            Json.WriteStringValue(token.Content);
            Json.WriteEndArray();
            Json.WriteEndObject();
        }

        Json.WriteEndObject();
        Json.WriteEndObject();
    }

    /// <summary>Merges in the order given.</summary>
    public void WriteMerges(IEnumerable<(string Token, int Split)> merges)
    {
        Json.WriteStartArray("merges"u8);
        foreach (var (token, split) in merges)
        {
            Json.WriteStartArray();
            Json.WriteStringValue(token.AsSpan(0, split));
            Json.WriteStringValue(token.AsSpan(split));
            Json.WriteEndArray();
        }

        Json.WriteEndArray();
    }

    private void WriteAround(AddedToken? before, AddedToken? after, string sequence, int type)
    {
        WritePart("SpecialToken", before?.Content, type);
        WritePart("Sequence", sequence, type);
        WritePart("SpecialToken", after?.Content, type);
    }

    private void WritePart(string kind, string? id, int type)
    {
        if (id is null)
        {
            return;
        }

        Json.WriteStartObject();
        Json.WriteStartObject(kind);
        Json.WriteString("id"u8, id);
        Json.WriteNumber("type_id"u8, type);
        Json.WriteEndObject();
        Json.WriteEndObject();
    }

    private void WriteByteLevelBody()
    {
        Json.WriteStartObject();
        Json.WriteString("type"u8, "ByteLevel"u8);
        Json.WriteBoolean("add_prefix_space"u8, false);
        Json.WriteBoolean("trim_offsets"u8, false);
        Json.WriteBoolean("use_regex"u8, false);
        Json.WriteEndObject();
    }
}
