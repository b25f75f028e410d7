using Atropos.Tokenizer.V1;
using Atropos.Tokenizers;
using OffsetUnit = Atropos.Tokenizer.V1.OffsetUnit;

namespace Atropos.TokenizerService.Grpc;

/// <summary>Encodings of which more than the ids is asked for, or that are of two texts.</summary>
internal static class DetailedEncoding
{
    public static EncodeResponse Encode(Tokenizers.Tokenizer tokenizer, EncodeInput input, bool addSpecialTokens, EncodeDetails? details)
    {
        details ??= new EncodeDetails();
        var encoding = tokenizer.Encode(input, new EncodeOptions { AddSpecialTokens = addSpecialTokens, OffsetUnit = Unit(details.Offsets) });
        var response = new EncodeResponse();
        response.TokenIds.AddRange(encoding.Ids.ToArray());
        if (details.Tokens)
        {
            response.Tokens.AddRange(encoding.Tokens.ToArray());
        }

        if (details.Offsets != OffsetUnit.Unspecified)
        {
            foreach (var (start, end) in encoding.Offsets)
            {
                response.Starts.Add(start);
                response.Ends.Add(end);
            }

            response.SequenceIds.AddRange(encoding.SequenceIds.ToArray());
        }

        if (details.TypeIds)
        {
            response.TypeIds.AddRange(encoding.TypeIds.ToArray());
        }

        if (details.SpecialTokensMask)
        {
            foreach (var isPutIn in encoding.SpecialTokensMask)
            {
                response.SpecialTokensMask.Add(isPutIn != 0);
            }
        }

        return response;
    }

    private static Tokenizers.OffsetUnit Unit(OffsetUnit unit) => unit switch
    {
        OffsetUnit.Unspecified or OffsetUnit.CodePoint => Tokenizers.OffsetUnit.CodePoints,
        OffsetUnit.Byte => Tokenizers.OffsetUnit.Utf8Bytes,
        OffsetUnit.Utf16 => Tokenizers.OffsetUnit.Utf16,
        _ => throw TokenizerErrors.Invalid("details.offsets", $"is {(int)unit}, a unit that this version does not know."),
    };
}
