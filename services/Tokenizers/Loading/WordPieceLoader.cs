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
            MaxInputCharsPerWord = section.Count("max_input_chars_per_word"),
        };
        return new WordPieceModel(ModelLoader.Vocabulary(section), options);
    }
}
