namespace Atropos.Tokenizers.PostProcessors;

/// <summary>A part of a template: a text's tokens, or special tokens.</summary>
/// <param name="Sequence">0 for the first text, 1 for the second, -1 for special tokens.</param>
/// <param name="TypeId">The type id of its tokens.</param>
/// <param name="Ids">The ids of the special tokens.</param>
/// <param name="Tokens">How they are reported.</param>
internal sealed record TemplatePiece(int Sequence, int TypeId, int[] Ids, string[] Tokens)
{
    public static TemplatePiece Text(int sequence, int typeId) => new(sequence, typeId, [], []);

    public static TemplatePiece Special(string token, int id, int typeId) => new(-1, typeId, [id], [token]);
}
