using System.Globalization;
using System.Text.Json;

namespace Atropos.ReferenceEngine;

/// <summary>Writes log-probabilities in the forms of vLLM's two routes.</summary>
internal sealed class VllmLogprobs(Engine engine, VllmRequest request)
{
    /// <summary>The chat form: an entry for each token from <paramref name="from"/> on.</summary>
    public void WriteChat(Utf8JsonWriter json, Sequence sequence, int from)
    {
        if (request.Logprobs is not { } count)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteStartArray("content");
        for (var i = from; i < sequence.Count; i++)
        {
            var sampled = new SampledToken(sequence.Ids[i], sequence.Logprobs[i]);
            json.WriteStartObject();
            WriteChatToken(json, sampled);
            json.WriteStartArray("top_logprobs");
            foreach (var token in SampledFirst(sampled, sequence.TopLogprobs?[i]).Take(count < 0 ? int.MaxValue : count))
            {
                json.WriteStartObject();
                WriteChatToken(json, token);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The completions form: parallel lists, with the prompt's tokens in front where the request asked for an echo.</summary>
    public void WriteCompletion(Utf8JsonWriter json, Sequence sequence, StreamCursor from)
    {
        if (request.Logprobs is not { } count)
        {
            json.WriteNullValue();
            return;
        }

        var rows = new List<(SampledToken? Token, int Id, IEnumerable<SampledToken> Top)>();
        if (request.Echo && from.First)
        {
            foreach (var (score, id) in PromptScorer.Score(request.Model, sequence.Prompt, 0, count).Zip(sequence.Prompt))
            {
                SampledToken? own = score is null ? null : new SampledToken(id, score.Logprob);
                rows.Add((own, id, own is null ? [] : SampledFirst(own.Value, score!.Top)));
            }
        }

        for (var i = from.Tokens; i < sequence.Count; i++)
        {
            var sampled = new SampledToken(sequence.Ids[i], sequence.Logprobs[i]);
            rows.Add((sampled, sampled.Id, SampledFirst(sampled, sequence.TopLogprobs?[i])));
        }

        json.WriteStartObject();
        json.WriteStartArray("text_offset");
        var offset = TextLength(sequence.Ids[..from.Tokens]) + (request.Echo && !from.First ? TextLength(sequence.Prompt) : 0);
        foreach (var (_, id, _) in rows)
        {
            json.WriteNumberValue(offset);
            offset += TokenText(id).Length;
        }

        json.WriteEndArray();
        json.WriteStartArray("token_logprobs");
        foreach (var (token, _, _) in rows)
        {
            if (token is null)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteNumberValue(token.Value.Logprob);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("tokens");
        foreach (var (_, id, _) in rows)
        {
            json.WriteStringValue(Name(id));
        }

        json.WriteEndArray();
        json.WriteStartArray("top_logprobs");
        foreach (var (token, _, top) in rows)
        {
            WriteMap(json, token, top);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The prompt's log-probabilities, or null where the request did not ask for them.</summary>
    public void WritePrompt(Utf8JsonWriter json, int[] prompt)
    {
        if (request.PromptLogprobs is not { } count)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        foreach (var score in PromptScorer.Score(request.Model, prompt, 0, count))
        {
            if (score is null)
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartObject();
            WriteScored(json, score.Id, score.Logprob, score.Rank);
            for (var i = 0; i < score.Top.Length; i++)
            {
                if (score.Top[i].Id != score.Id)
                {
                    WriteScored(json, score.Top[i].Id, score.Top[i].Logprob, i + 1);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<SampledToken> SampledFirst(SampledToken sampled, SampledToken[]? top) =>
        top is null ? [sampled] : top.Where(token => token.Id != sampled.Id).Prepend(sampled);

    private void WriteScored(Utf8JsonWriter json, int id, float logprob, int rank)
    {
        json.WriteStartObject(id.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("logprob", logprob);
        json.WriteNumber("rank", rank);
        json.WriteString("decoded_token", engine.Tokenizer.TokenText(id));
        json.WriteEndObject();
    }

    private void WriteMap(Utf8JsonWriter json, SampledToken? token, IEnumerable<SampledToken> top)
    {
        if (token is null)
        {
            json.WriteNullValue();
            return;
        }

        // Different ids can have one text: like vLLM's, the map then keeps one of them.
        var names = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject();
        foreach (var entry in top)
        {
            if (names.Add(Name(entry.Id)))
            {
                json.WriteNumber(Name(entry.Id), entry.Logprob);
            }
        }

        json.WriteEndObject();
    }

    private void WriteChatToken(Utf8JsonWriter json, SampledToken token)
    {
        json.WriteString("token", Name(token.Id));
        json.WriteNumber("logprob", token.Logprob);
        json.WriteStartArray("bytes");
        if (!Hides(token.Id))
        {
            foreach (var value in engine.Tokenizer.TokenBytes(token.Id))
            {
                json.WriteNumberValue(value);
            }
        }

        json.WriteEndArray();
    }

    private string Name(int id) =>
        request.TokensAsIds ? string.Create(CultureInfo.InvariantCulture, $"token_id:{id}") : TokenText(id);

    private string TokenText(int id) => Hides(id) ? "" : engine.Tokenizer.TokenText(id);

    private int TextLength(ReadOnlySpan<int> ids)
    {
        var length = 0;
        foreach (var id in ids)
        {
            length += TokenText(id).Length;
        }

        return length;
    }

    private bool Hides(int id) => request.Sampling.SkipSpecialTokens && engine.Tokenizer.IsSpecial(id);
}
