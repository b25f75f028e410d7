using Atropos.SessionTracker.Clients;
using Google.Protobuf.WellKnownTypes;
using OpenAI.V1;

namespace Atropos.SessionTracker.Turns;

/// <summary>
/// Writes the log-probabilities of the sampled tokens of one plain completion. Keeps count of where in the text each token begins.
/// </summary>
/// <param name="vocabulary">The tokenizer's.</param>
/// <param name="skipSpecialTokens">Whether special tokens are left out of the text, and so take no room in it.</param>
internal sealed class CompletionLogprobWriter(Vocabulary vocabulary, bool skipSpecialTokens)
{
    private int _written;

    /// <summary>Writes those of the next tokens; null where the engine reported none.</summary>
    public CompletionLogprobs? Write(SampledRun tokens, int start, int end)
    {
        if (!tokens.HasLogprobs)
        {
            return null;
        }

        var logprobs = new CompletionLogprobs();
        for (var i = start; i < end; i++)
        {
            var id = tokens.Ids[i];
            logprobs.TextOffset.Add(NextOffset(id));
            logprobs.TokenLogprobs.Add(tokens.Logprob(i));
            logprobs.Tokens.Add(vocabulary.Text(id));
            if (tokens.Top(i) is { TokenIds.Count: > 0 } top)
            {
                logprobs.TopLogprobs.Add(Map(top));
            }
        }

        return logprobs;
    }

    private int NextOffset(int id)
    {
        var bytes = vocabulary.Bytes(id);
        if (bytes.IsEmpty || (skipSpecialTokens && vocabulary.IsSpecial(id)))
        {
            return _written;
        }

        // A token that goes on with a character of the one before it begins where that character does.
        var begins = IsContinuation(bytes[0]) ? Math.Max(0, _written - 1) : _written;
        foreach (var b in bytes)
        {
            _written += IsContinuation(b) ? 0 : 1;
        }

        return begins;
    }

    private TokenLogprobMap Map(Router.V1.TopLogprobs top)
    {
        var map = new TokenLogprobMap { Logprobs = new Struct() };
        foreach (var (id, logprob) in TopTokens.LikeliestFirst(top))
        {
            // Several ids can have the same text; the likeliest stands for them.
            var text = vocabulary.Text(id);
            if (!map.Logprobs.Fields.ContainsKey(text))
            {
                map.Logprobs.Fields.Add(text, Value.ForNumber(logprob));
            }
        }

        return map;
    }

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;
}
