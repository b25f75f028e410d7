using System.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>A token for each whole piece; every piece that is not in the vocabulary is the unknown token.</summary>
/// <param name="vocabulary">The words.</param>
/// <param name="unkToken">The token of other words; it may be missing in the vocabulary until one comes.</param>
internal sealed class WordLevelModel(Vocabulary vocabulary, string unkToken) : TokenModel
{
    private readonly int _unkId = vocabulary.TryGetId(unkToken, out var id) ? id : -1;

    public override Vocabulary Vocabulary { get; } = vocabulary;

    public override void Encode(ReadOnlySpan<char> piece, List<int> output) =>
        output.Add(Vocabulary.TryGetId(piece, out var id) ? id : UnkId());

    public override void Encode(ReadOnlySpan<char> piece, TokenSpans output)
    {
        var end = Encoding.UTF8.GetByteCount(piece);
        if (!Vocabulary.TryGetId(piece, out var id))
        {
            output.Add(UnkId(), 0, end);
            return;
        }

        // Files exist in which two words share an id; the word is then what stands in the text.
        output.Add(id, 0, end, piece.SequenceEqual(Vocabulary.TokenOf(id)) ? null : piece.ToString());
    }

    private int UnkId() => _unkId >= 0
        ? _unkId
        : throw new InvalidOperationException(
            $"The text needs the unknown token '{unkToken}' (model.unk_token), which is not in the model's vocabulary.");
}
