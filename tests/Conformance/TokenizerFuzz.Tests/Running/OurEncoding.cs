using Atropos.TestSupport;
using Atropos.Tokenizers;

namespace Atropos.TokenizerFuzz.Tests.Running;

/// <summary>Ours in the shape of the original's answer, which always does what the file says of truncation and padding.</summary>
internal static class OurEncoding
{
    public static OracleEncoding Of(Tokenizer tokenizer, FuzzItem item)
    {
        var encoding = tokenizer.Encode(new EncodeInput(item.Text, item.Pair), new EncodeOptions
        {
            AddSpecialTokens = item.Special,
            Truncation = tokenizer.Truncation,
            Padding = tokenizer.Padding,
        });
        var offsets = new (int Start, int End)[encoding.Count];
        for (var index = 0; index < offsets.Length; index++)
        {
            offsets[index] = (encoding.Offsets[index].Start, encoding.Offsets[index].End);
        }

        return new OracleEncoding
        {
            Ids = encoding.Ids.ToArray(),
            Tokens = encoding.Tokens.ToArray(),
            Offsets = offsets,
            TypeIds = encoding.TypeIds.ToArray(),
            AttentionMask = encoding.AttentionMask.ToArray(),
            SpecialTokensMask = encoding.SpecialTokensMask.ToArray(),
            WordIds = encoding.WordIds.ToArray(),
        };
    }
}
