using Google.Protobuf.Collections;

namespace Atropos.TokenizerService.Output;

/// <summary>Checks ids that come from outside.</summary>
internal static class TokenIds
{
    /// <summary>Refuses ids that the vocabulary does not have, naming the first.</summary>
    public static void Check(RepeatedField<int> ids, Tokenizers.Tokenizer tokenizer, string field)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if ((uint)ids[i] >= (uint)tokenizer.VocabularySize)
            {
                throw TokenizerErrors.Invalid(
                    $"{field}[{i}]", $"is {ids[i]}: ids go from 0 to {tokenizer.VocabularySize - 1} in this tokenizer.");
            }
        }
    }
}
