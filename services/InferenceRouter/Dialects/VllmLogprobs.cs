using System.Text.Json;
using Atropos.InferenceRouter.Errors;
using Atropos.Router.V1;
using Google.Protobuf.Collections;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Reads a choice's <c>logprobs</c> of vLLM's <c>/v1/completions</c>.</summary>
internal sealed class VllmLogprobs
{
    private readonly int _wantedTop;
    private readonly List<int> _namedIds = [];
    private readonly List<TopLogprobs> _top = [];
    private readonly TopList _list = new();
    private bool _topWithoutIds;

    public VllmLogprobs(int wantedTop)
    {
        _wantedTop = wantedTop;
    }

    public void Clear()
    {
        _namedIds.Clear();
        _top.Clear();
        _topWithoutIds = false;
    }

    public void Read(ref Utf8JsonReader json, RepeatedField<float> logprobs)
    {
        if (!Json.Enter(ref json, JsonTokenType.StartObject))
        {
            return;
        }

        while (Json.NextMember(ref json))
        {
            if (json.ValueTextEquals("token_logprobs"u8))
            {
                json.Read();
                for (var inside = Json.Enter(ref json, JsonTokenType.StartArray); inside && Json.NextItem(ref json);)
                {
                    logprobs.Add(Json.Logprob(ref json));
                }
            }
            else if (json.ValueTextEquals("tokens"u8))
            {
                json.Read();
                for (var inside = Json.Enter(ref json, JsonTokenType.StartArray); inside && Json.NextItem(ref json);)
                {
                    _namedIds.Add(json.TokenType == JsonTokenType.String ? Json.IdInName(ref json) : -1);
                }
            }
            else if (_wantedTop > 0 && json.ValueTextEquals("top_logprobs"u8))
            {
                json.Read();
                for (var inside = Json.Enter(ref json, JsonTokenType.StartArray); inside && Json.NextItem(ref json);)
                {
                    ReadTop(ref json);
                }
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <summary>Takes the ids from the tokens' names. False where a name holds none: text is never turned into ids.</summary>
    public bool TakeIds(RepeatedField<int> ids)
    {
        if (_namedIds.Count == 0 || _namedIds.Contains(-1))
        {
            return false;
        }

        ids.AddRange(_namedIds);
        return true;
    }

    /// <summary>Checks that the log-probabilities are those of these ids, as far as the names tell.</summary>
    public void CheckIds(RepeatedField<int> ids, string engineId)
    {
        for (var i = 0; i < Math.Min(ids.Count, _namedIds.Count); i++)
        {
            if (_namedIds[i] >= 0 && _namedIds[i] != ids[i])
            {
                throw GenerationException.Inexact(
                    Reasons.TokenIdsMismatch, $"engine {engineId} reports token {ids[i]} with the log-probability of token {_namedIds[i]}");
            }
        }
    }

    public void TakeTop(SampledTokens sampled)
    {
        if (_topWithoutIds)
        {
            throw GenerationException.Inexact(
                Reasons.TokenIdsMissing,
                "the engine names the likeliest tokens by text only (it does not know return_tokens_as_token_ids)");
        }

        sampled.TopLogprobs.AddRange(_top);
    }

    private void ReadTop(ref Utf8JsonReader json)
    {
        _list.Clear();
        for (var inside = Json.Enter(ref json, JsonTokenType.StartObject); inside && Json.NextMember(ref json);)
        {
            var id = Json.IdInName(ref json);
            _topWithoutIds |= id < 0;
            json.Read();
            var logprob = Json.Logprob(ref json);
            if (id >= 0 && logprob > ExactValues.Floor)
            {
                _list.Add(id, logprob);
            }
        }

        _top.Add(_list.Take(_wantedTop));
    }
}
