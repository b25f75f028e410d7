using System.Text.Json;

namespace Atropos.ReferenceEngine;

/// <summary>
/// Reads the body of <c>/generate</c>. In a batch every per-request field may be a list with an item for each prompt. SGLang serves one model;
/// here a member <c>model</c> may name another than the first.
/// </summary>
internal sealed class SglangRequestParser(Engine engine)
{
    private const int DefaultNewTokens = 128;
    private const double GreedyBelow = 1e-6;

    private static readonly HashSet<string> KnownParameters = new(StringComparer.Ordinal)
    {
        "max_new_tokens", "min_new_tokens", "temperature", "top_p", "top_k", "min_p", "frequency_penalty", "presence_penalty",
        "repetition_penalty", "stop", "stop_token_ids", "ignore_eos", "skip_special_tokens", "spaces_between_special_tokens",
        "no_stop_trim", "n", "sampling_seed", "logit_bias", "stream_interval", "custom_params",
    };

    public SglangRequest Parse(JsonElement body)
    {
        var fields = new JsonFields(body);
        var model = engine.Model(fields.Text("model"));
        var hasText = fields.TryGet("text", out var text);
        var hasIds = fields.TryGet("input_ids", out var ids);
        if (hasText == hasIds)
        {
            throw EngineRequestException.Bad("Either text or input_ids should be provided, and not both.", hasText ? "text" : "input_ids");
        }

        var input = hasText ? text : ids;
        var isBatch = input.ValueKind == JsonValueKind.Array
            && (hasText || (input.GetArrayLength() > 0 && input[0].ValueKind == JsonValueKind.Array));
        var prompts = new List<SglangPrompt>();
        for (var i = 0; i < (isBatch ? input.GetArrayLength() : 1); i++)
        {
            prompts.Add(ParsePrompt(body, isBatch ? input[i] : input, isBatch, i));
        }

        if (prompts.Count == 0)
        {
            throw EngineRequestException.Bad("The batch has no prompts.", hasText ? "text" : "input_ids");
        }

        return new SglangRequest(model, prompts, isBatch || prompts[0].N > 1, fields.Flag("stream"));
    }

    private SglangPrompt ParsePrompt(JsonElement body, JsonElement input, bool isBatch, int index)
    {
        var ids = PromptCheck.Check(
            engine,
            input.ValueKind == JsonValueKind.String ? engine.Tokenizer.Encode(input.GetString()!) : JsonFields.IntArray("input_ids", input),
            input.ValueKind == JsonValueKind.String ? "text" : "input_ids");
        var returnLogprob = Item(body, "return_logprob", isBatch, index, out var flag) && flag.ValueKind == JsonValueKind.True;
        var top = returnLogprob ? Integer(body, "top_logprobs_num", isBatch, index, 0) : 0;
        var rid = Item(body, "rid", isBatch, index, out var ridValue) && ridValue.ValueKind == JsonValueKind.String
            ? ridValue.GetString()!
            : Guid.NewGuid().ToString("N");
        JsonElement parameters = default;
        if (Item(body, "sampling_params", isBatch, index, out var given))
        {
            if (given.ValueKind != JsonValueKind.Object)
            {
                throw EngineRequestException.Bad("sampling_params must be an object, or in a batch a list of objects.", "sampling_params");
            }

            parameters = given;
        }

        var n = 1;
        var sampling = parameters.ValueKind == JsonValueKind.Object ? Sampling(parameters, ids.Length, out n) : Default(ids.Length);
        return new SglangPrompt(
            rid,
            ids,
            sampling with { TopLogprobs = top },
            n,
            returnLogprob,
            Integer(body, "logprob_start_len", isBatch, index, -1),
            top,
            Item(body, "return_text_in_logprobs", isBatch, index, out var texts) && texts.ValueKind == JsonValueKind.True);
    }

    private SamplingParameters Default(int promptLength) => new()
    {
        MaxTokens = Math.Min(DefaultNewTokens, engine.Options.MaxModelLength - promptLength),
        Seed = engine.NextSeed(),
        LogprobKind = LogprobKind.Tempered,
    };

    private SamplingParameters Sampling(JsonElement parameters, int promptLength, out int n)
    {
        foreach (var member in parameters.EnumerateObject())
        {
            if (!KnownParameters.Contains(member.Name))
            {
                throw EngineRequestException.Bad($"Unexpected keyword argument '{member.Name}' in sampling_params.", member.Name);
            }
        }

        var fields = new JsonFields(parameters);
        n = fields.Int("n", 1, 1);
        var temperature = fields.Number("temperature", 1, 0, 100);
        return Default(promptLength) with
        {
            Temperature = temperature < GreedyBelow ? 0 : Math.Max(temperature, SamplingParameters.GreedyTemperature),
            TopP = fields.Number("top_p", 1, 1e-12, 1),
            TopK = fields.Int("top_k", 0, -1),
            MinP = fields.Number("min_p", 0, 0, 1),
            PresencePenalty = fields.Number("presence_penalty", 0, -2, 2),
            FrequencyPenalty = fields.Number("frequency_penalty", 0, -2, 2),
            RepetitionPenalty = fields.Number("repetition_penalty", 1, 1e-6, 2),
            LogitBias = fields.Biases("logit_bias", engine.Tokenizer.VocabularySize),
            MaxTokens = Math.Min(fields.Int("max_new_tokens", DefaultNewTokens, 0), engine.Options.MaxModelLength - promptLength),
            MinTokens = fields.Int("min_new_tokens", 0, 0),
            Stop = fields.Texts("stop"),
            StopTokenIds = fields.Ints("stop_token_ids"),
            IgnoreEos = fields.Flag("ignore_eos"),
            IncludeStop = fields.Flag("no_stop_trim"),
            SkipSpecialTokens = fields.Flag("skip_special_tokens", true),
            Seed = fields.Seed("sampling_seed") ?? engine.NextSeed(),
        };
    }

    private static int Integer(JsonElement body, string name, bool isBatch, int index, int otherwise)
    {
        if (!Item(body, name, isBatch, index, out var value))
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= -1
            ? number
            : throw EngineRequestException.Bad($"{name} must be an integer that is -1 or more.", name);
    }

    /// <summary>A field's value for one prompt: in a batch, a list has one item for each.</summary>
    private static bool Item(JsonElement body, string name, bool isBatch, int index, out JsonElement value)
    {
        if (!new JsonFields(body).TryGet(name, out value))
        {
            return false;
        }

        if (!isBatch || value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        if (index >= value.GetArrayLength())
        {
            throw EngineRequestException.Bad($"{name} is a list and must have an item for each prompt.", name);
        }

        value = value[index];
        return value.ValueKind != JsonValueKind.Null;
    }
}
