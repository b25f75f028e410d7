using System.Text.Json;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads a WordPiece model.</summary>
internal static class WordPieceLoader
{
    public static WordPieceModel Load(JsonSection section)
    {
        var options = new WordPieceOptions
        {
            UnkToken = section.Text("unk_token"),
            ContinuingSubwordPrefix = section.Text("continuing_subword_prefix"),
            MaxInputCharsPerWord = Count(section.Member("max_input_chars_per_word")),
        };
        return new WordPieceModel(ModelLoader.Vocabulary(section), options);
    }

    private static int Count(JsonSection member) =>
        member.Element.ValueKind == JsonValueKind.Number && member.Element.TryGetUInt64(out var value)
            ? (int)Math.Min(value, int.MaxValue)
            : throw member.Fail($"expected a whole number of 0 or more, found {(member.IsNull ? "nothing" : member.Element.GetRawText())}");
}
