using Atropos.Tokenizers.Formats.Gpt2;
using Atropos.Tokenizers.Formats.SentencePiece;
using Atropos.Tokenizers.Formats.Tekken;
using Atropos.Tokenizers.Formats.Tiktoken;
using Atropos.Tokenizers.Loading;

namespace Atropos.Tokenizers.Formats;

/// <summary>Tells formats apart and turns each into a tokenizer.json.</summary>
internal static class FormatConverter
{
    // Where a ModelProto begins with its first piece.
    private const byte FirstPieceTag = 0x0A;

    /// <summary>Converts; null where the content is a tokenizer.json already. Goes by content, since <c>tokenizer.model</c> is the name of two formats.</summary>
    /// <param name="input">The vocabulary.</param>
    /// <param name="readMerges">Reads the merges.txt beside a vocab.json.</param>
    /// <exception cref="TokenizerLoadException">The content is of no format that is known, or is broken.</exception>
    public static Conversion? Convert(FormatInput input, Func<byte[]> readMerges)
    {
        var content = input.Content.Span;
        if (content.IsEmpty)
        {
            throw input.Fail("the file is empty; expected a tokenizer");
        }

        if (IsJson(content))
        {
            return ConvertJson(input, readMerges);
        }

        if (TiktokenFile.Looks(content))
        {
            return TiktokenConverter.Convert(input);
        }

        if (content[0] == FirstPieceTag)
        {
            return SentencePieceConverter.Convert(input);
        }

        throw input.Fail("expected JSON, a tiktoken vocabulary (lines of 'base64 rank') or a SentencePiece model, found none of them");
    }

    private static bool IsJson(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        return content.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    private static Conversion? ConvertJson(FormatInput input, Func<byte[]> readMerges)
    {
        var name = Path.GetFileName(input.File);
        if (name == TokenizerFileNames.TokenizerJson)
        {
            return null;
        }

        if (name == TokenizerFileNames.VocabJson)
        {
            return VocabMergesConverter.Convert(input, Path.Combine(Path.GetDirectoryName(input.File)!, TokenizerFileNames.MergesText), readMerges());
        }

        bool isTekken;
        using (TokenizerLoader.Parse(input.Content, input.File, out var root))
        {
            isTekken = TekkenConverter.Looks(root);
        }

        return isTekken ? TekkenConverter.Convert(input) : null;
    }
}
