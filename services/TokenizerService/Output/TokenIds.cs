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
        if (FirstNegative(ids) is >= 0 and var at)
        {
            throw TokenizerErrors.Invalid($"{field}[{at}]", $"is {ids[at]}: ids go from 0 on.");
        }
    }

    /// <summary>Position of the first negative id; -1 where there is none.</summary>
    public static int FirstNegative(RepeatedField<int> ids)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if (ids[i] < 0)
            {
                return i;
            }
        }

        return -1;
    }
}
