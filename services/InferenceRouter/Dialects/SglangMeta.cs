using System.Text.Json;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>What one event of SGLang says beside the ids: the members of <c>meta_info</c>.</summary>
internal sealed class SglangMeta
{
    private readonly SglangTuples _input = new();
    private readonly TopList _list = new();

    public int PromptTokens { get; private set; }

    public int CompletionTokens { get; private set; }

    public int CachedTokens { get; private set; }

    public string? WeightVersion { get; private set; }

    /// <summary>Log-probability and id of each sampled token.</summary>
    public SglangTuples Output { get; } = new();

    /// <summary>The likeliest tokens at each sampled position, from the first one that was read.</summary>
    public List<TopLogprobs> Top { get; } = [];

    /// <summary>How many positions <see cref="Top"/> was read from, the skipped ones included.</summary>
    public int TopLength { get; private set; }

    /// <summary>Log-probability and id of each token of the prompt.</summary>
    public SglangTuples Input => _input;

    public List<TopLogprobs> InputTop { get; } = [];

    public SglangFinish? Finish { get; private set; }

    public void Clear()
    {
        PromptTokens = CompletionTokens = -1;
        CachedTokens = 0;
        WeightVersion = null;
        Finish = null;
        TopLength = 0;
        Output.Clear();
        Top.Clear();
        _input.Clear();
        InputTop.Clear();
    }

    public void Read(ref Utf8JsonReader json, EngineCall call, int knownLogprobs, int knownTop, bool wantsInput)
    {
        if (!Json.Enter(ref json, JsonTokenType.StartObject))
        {
            return;
        }

        while (Json.NextMember(ref json))
        {
            if (json.ValueTextEquals("output_token_logprobs"u8))
            {
                json.Read();
                Output.Read(ref json, knownLogprobs);
            }
            else if (json.ValueTextEquals("completion_tokens"u8))
            {
                json.Read();
                CompletionTokens = Json.Count(ref json);
            }
            else if (json.ValueTextEquals("prompt_tokens"u8))
            {
                json.Read();
                PromptTokens = Json.Count(ref json);
            }
            else if (json.ValueTextEquals("finish_reason"u8))
            {
                json.Read();
                Finish = SglangFinish.Read(ref json);
            }
            else if (json.ValueTextEquals("cached_tokens"u8))
            {
                json.Read();
                CachedTokens = Math.Max(0, Json.Count(ref json));
            }
            else if (json.ValueTextEquals("weight_version"u8))
            {
                json.Read();
                WeightVersion = ReadVersion(ref json);
            }
            else if (call.Request.TopLogprobs > 0 && json.ValueTextEquals("output_top_logprobs"u8))
            {
                json.Read();
                TopLength = ReadTop(ref json, Top, call.Request.TopLogprobs, knownTop);
            }
            else if (wantsInput && json.ValueTextEquals("input_token_logprobs"u8))
            {
                json.Read();
                _input.Read(ref json, 0);
            }
            else if (wantsInput && call.Request.PromptLogprobs > 0 && json.ValueTextEquals("input_top_logprobs"u8))
            {
                json.Read();
                ReadTop(ref json, InputTop, call.Request.PromptLogprobs, 0);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static string? ReadVersion(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.String)
        {
            return json.GetString();
        }

        if (json.TokenType is JsonTokenType.Number)
        {
            return json.GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        json.Skip();
        return null;
    }

    private int ReadTop(ref Utf8JsonReader json, List<TopLogprobs> into, int wanted, int known)
    {
        var length = 0;
        for (var inside = Json.Enter(ref json, JsonTokenType.StartArray); inside && Json.NextItem(ref json); length++)
        {
            if (length < known)
            {
                json.Skip();
                continue;
            }

            _list.Clear();
            for (var listed = Json.Enter(ref json, JsonTokenType.StartArray); listed && Json.NextItem(ref json);)
            {
                var (logprob, id) = SglangTuples.ReadOne(ref json);
                if (logprob > ExactValues.Floor)
                {
                    _list.Add(id, logprob);
                }
            }

            into.Add(_list.Take(wanted));
        }

        return length;
    }
}
