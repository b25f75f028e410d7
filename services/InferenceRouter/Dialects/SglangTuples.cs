using System.Text.Json;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>A list of SGLang's tuples <c>[logprob, token id, text or null]</c>.</summary>
internal sealed class SglangTuples
{
    public List<float> Logprobs { get; } = [];

    public List<int> Ids { get; } = [];

    /// <summary>Items that the engine sent, those that were skipped included; -1 if it sent no list.</summary>
    public int Length { get; private set; }

    public void Clear()
    {
        Logprobs.Clear();
        Ids.Clear();
        Length = -1;
    }

    /// <summary>Reads the list without its first <paramref name="known"/> items.</summary>
    public void Read(ref Utf8JsonReader json, int known)
    {
        if (!Json.Enter(ref json, JsonTokenType.StartArray))
        {
            return;
        }

        for (Length = 0; Json.NextItem(ref json); Length++)
        {
            if (Length < known)
            {
                json.Skip();
                continue;
            }

            var (logprob, id) = ReadOne(ref json);
            Logprobs.Add(logprob);
            Ids.Add(id);
        }
    }

    public static (float Logprob, int Id) ReadOne(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray || !Json.NextItem(ref json))
        {
            throw new JsonException("a log-probability with its token was expected");
        }

        var logprob = Json.Logprob(ref json);
        if (!Json.NextItem(ref json))
        {
            throw new JsonException("a log-probability has no token id");
        }

        var id = Json.Id(ref json);
        while (Json.NextItem(ref json))
        {
            json.Skip();
        }

        return (logprob, id);
    }
}
