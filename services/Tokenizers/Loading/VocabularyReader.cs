using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads an object from token to id into a vocabulary, without a string for each token.</summary>
internal static class VocabularyReader
{
    /// <summary>The largest id that is taken: what is kept for each makes an absurd one a matter of gigabytes.</summary>
    public const int LargestId = (1 << 24) - 1;

    /// <summary>Reads from the object's first bracket to its last.</summary>
    // The loop is over before the runtime would have got round to optimizing it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vocabulary Read(ref Utf8JsonReader reader, string file, string path)
    {
        var builder = new VocabularyBuilder();
        var unescaped = new ArrayBufferWriter<byte>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var token = Text(ref reader, unescaped, file, path);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var id) || id is < 0 or > LargestId)
            {
                throw new TokenizerLoadException(
                    file, path, $"expected an id of 0 or more for token '{Encoding.UTF8.GetString(token)}', found {Raw(ref reader)}; the largest is {LargestId}");
            }

            builder.Add(token, id);
        }

        var vocabulary = new Vocabulary(builder);
        return vocabulary.IsText ? vocabulary : throw new TokenizerLoadException(file, path, "expected tokens in UTF-8, found other bytes");
    }

    /// <summary>The text of a string or a name, as UTF-8 that is valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<byte> Text(ref Utf8JsonReader reader, ArrayBufferWriter<byte> unescaped, string file, string path)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        try
        {
            unescaped.ResetWrittenCount();
            return unescaped.GetSpan(reader.ValueSpan.Length)[..reader.CopyString(unescaped.GetSpan(reader.ValueSpan.Length))];
        }
        catch (InvalidOperationException error)
        {
            throw new TokenizerLoadException(
                file, path, $"expected text, found half of a surrogate pair in \"{Encoding.UTF8.GetString(reader.ValueSpan)}\"", error);
        }
    }

    /// <summary>The value at which a reader stands, for an error.</summary>
    public static string Raw(ref Utf8JsonReader reader)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.GetRawText();
    }
}
