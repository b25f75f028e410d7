using Google.Protobuf.Collections;

namespace Atropos.TokenizerService.Output;

/// <summary>Checks ids that come from outside.</summary>
internal static class TokenIds
{
    /// <summary>
    /// Refuses negative ids, naming the first. Those beyond the vocabulary are no text: models whose embeddings are padded
    /// can sample them.
    /// </summary>
    public static void Check(RepeatedField<int> ids, string field)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] < 0)
            {
                throw TokenizerErrors.Invalid($"{field}[{i}]", $"is {ids[i]}: ids go from 0 on.");
            }
        }
    }
}
