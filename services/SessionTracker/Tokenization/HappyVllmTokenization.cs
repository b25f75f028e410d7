using Atropos.Sessions.V1;
using Atropos.SessionTracker.Errors;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tokenization;

/// <summary>happy_vllm's <c>/tokenizer</c>, <c>/decode</c>, <c>/split_text</c> and <c>/metadata_text</c>.</summary>
internal sealed class HappyVllmTokenization(ModelTokenizers tokenizers)
{
    private const int DefaultChunk = 200;
    private const int MostSeparators = 256;

    private static readonly string[] DefaultSeparators = [".", "!", "?", "|", " .", " !", " ?", " |"];

    /// <summary>Encodes a text.</summary>
    public async Task<TokenizeTextResponse> TokenizeAsync(TokenizeTextRequest request, CancellationToken cancellationToken)
    {
        var text = RequiredFields.Text(request.HasText, request.Text, "text");
        var tokenizer = await tokenizers.ResolveAsync(request.Model, cancellationToken);
        var modified = IsVanilla(request.HasVanilla, request.Vanilla) ? null : tokenizer.Modified(cancellationToken);
        var ids = modified is null
            ? await tokenizer.EncodeAsync(text, addSpecialTokens: true, cancellationToken)
            : await modified.EncodeAsync(text);
        var response = new TokenizeTextResponse { TokensIds = { ids }, TokensNb = ids.Count };
        if (request.WithTokensStr)
        {
            response.TokensStr = await TokensAsync(tokenizer, modified, ids, cancellationToken);
        }

        return response;
    }

    /// <summary>Decodes ids.</summary>
    public async Task<DecodeTokensResponse> DecodeAsync(DecodeTokensRequest request, CancellationToken cancellationToken)
    {
        var ids = RequiredFields.Ids(request.TokenIds, "token_ids");
        var tokenizer = await tokenizers.ResolveAsync(request.Model, cancellationToken);
        tokenizer.CheckIds(ids, "token_ids");
        var modified = IsVanilla(request.HasVanilla, request.Vanilla) ? null : tokenizer.Modified(cancellationToken);
        var text = modified is null ? await tokenizer.DecodeAsync(ids, cancellationToken) : await modified.DecodeAsync(ids);
        var response = new DecodeTokensResponse { DecodedString = text, TokensNb = ids.Count };
        if (request.WithTokensStr)
        {
            response.TokensStr = await TokensAsync(tokenizer, modified, ids, cancellationToken);
        }

        return response;
    }

    /// <summary>Splits a text.</summary>
    public async Task<SplitTextResponse> SplitAsync(SplitTextRequest request, CancellationToken cancellationToken)
    {
        var text = RequiredFields.Text(request.HasText, request.Text, "text");
        var fewest = request.HasNumTokensInChunk ? request.NumTokensInChunk : DefaultChunk;
        CheckPositive(fewest, "num_tokens_in_chunk");
        IReadOnlyList<string> separators = request.Separators is { } sent ? sent.Values : DefaultSeparators;
        if (separators.Count > MostSeparators)
        {
            throw TrackerErrors.Invalid("separators", $"has {separators.Count} entries; at most {MostSeparators} are taken.");
        }

        var modified = (await tokenizers.ResolveAsync(request.Model, cancellationToken)).Modified(cancellationToken);
        int[][] encoded = await modified.EncodeAllAsync([text, .. separators.Distinct(StringComparer.Ordinal)]);
        var ids = encoded[0];
        var pieces = await modified.DecodeAllAsync(TextSplitter.Split(ids, encoded[1..], fewest).Select(chunk => ids[chunk]));
        return new SplitTextResponse { SplitText = { pieces.Where(piece => piece.Length > 0) } };
    }

    /// <summary>Counts a text's tokens and gives what truncation would cut away.</summary>
    public async Task<MeasureTextResponse> MeasureAsync(MeasureTextRequest request, CancellationToken cancellationToken)
    {
        var text = RequiredFields.Text(request.HasText, request.Text, "text");
        if (request.HasTruncationSide && request.TruncationSide is not ("left" or "right"))
        {
            throw TrackerErrors.Invalid("truncation_side", $"is `{request.TruncationSide}`; it must be `right` or `left`.");
        }

        if (request.HasMaxLength)
        {
            CheckPositive(request.MaxLength, "max_length");
        }

        var tokenizer = await tokenizers.ResolveAsync(request.Model, cancellationToken);
        var count = (await tokenizer.Modified(cancellationToken).EncodeAsync(text)).Length;
        var most = request.HasMaxLength ? request.MaxLength : tokenizer.MaxModelLength;
        return new MeasureTextResponse
        {
            TokensNb = count,
            NbTokens = count,
            TruncatedText = most == 0 ? "" : await CutAwayAsync(tokenizer, request, text, most, cancellationToken),
        };
    }

    private static async Task<string> CutAwayAsync(
        ModelTokenizer tokenizer, MeasureTextRequest request, string text, int most, CancellationToken cancellationToken)
    {
        var ids = await tokenizer.EncodeAsync(text, addSpecialTokens: false, cancellationToken);
        if (ids.Count <= most)
        {
            return "";
        }

        var side = request.HasTruncationSide
            ? request.TruncationSide
            : TokenizerInfoJson.TruncationSide((await tokenizer.GetConfigAsync(cancellationToken)).ConfigJson);
        return await tokenizer.DecodeAsync(side == "left" ? ids.Take(ids.Count - most) : ids.Skip(most), cancellationToken);
    }

    private static async Task<StringList> TokensAsync(
        ModelTokenizer tokenizer, ModifiedTokenizer? modified, IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        var list = new StringList();
        list.Values.Add(modified is null ? await tokenizer.GetTokensAsync(ids, cancellationToken) : await modified.DecodeEachAsync(ids));
        return list;
    }

    private static bool IsVanilla(bool given, bool value) => !given || value;

    private static void CheckPositive(int value, string field)
    {
        if (value < 1)
        {
            throw TrackerErrors.Invalid(field, $"is {value}; it must be at least 1.");
        }
    }
}
