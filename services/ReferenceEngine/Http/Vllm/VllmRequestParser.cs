using System.Text.Json;

namespace Atropos.ReferenceEngine;

/// <summary>Reads vLLM's request bodies. Unknown fields are ignored, as vLLM does.</summary>
internal sealed class VllmRequestParser(Engine engine, ChatPrompts chat)
{
    private const int DefaultCompletionTokens = 16;

    public VllmRequest Completion(JsonElement body, string? headerId)
    {
        var fields = new JsonFields(body);
        if (fields.TryGet("suffix", out _))
        {
            throw EngineRequestException.Bad("suffix is not currently supported", "suffix");
        }

        var model = engine.Model(fields.Text("model"));
        var prompts = Prompts(body);
        var sampling = Sampling(fields, prompts, fields.Int("max_tokens", DefaultCompletionTokens, 0));
        var logprobs = LogprobCount(fields, "logprobs");
        return Common(fields, new VllmRequest
        {
            Id = "cmpl-" + Id(fields, headerId),
            Model = model,
            Prompts = prompts,
            Sampling = sampling with { TopLogprobs = logprobs ?? 0 },
            Logprobs = logprobs,
            Echo = fields.Flag("echo"),
        });
    }

    public VllmRequest Chat(JsonElement body, string? headerId)
    {
        var fields = new JsonFields(body);
        var model = engine.Model(fields.Text("model"));
        var prompt = PromptCheck.Check(engine, chat.Encode(body), "messages");
        var limit = fields.Int("max_completion_tokens") is not null ? "max_completion_tokens" : "max_tokens";
        var sampling = Sampling(fields, [prompt], fields.Int(limit, engine.Options.MaxModelLength - prompt.Length, 1));
        int? logprobs = null;
        if (fields.Flag("logprobs"))
        {
            logprobs = LogprobCount(fields, "top_logprobs") ?? 0;
        }
        else if (fields.Int("top_logprobs") is not (null or 0))
        {
            throw EngineRequestException.Bad("when using `top_logprobs`, `logprobs` must be set to true.", "top_logprobs");
        }

        return Common(fields, new VllmRequest
        {
            Id = "chatcmpl-" + Id(fields, headerId),
            Model = model,
            Prompts = [prompt],
            Sampling = sampling with { TopLogprobs = logprobs ?? 0 },
            Logprobs = logprobs,
        });
    }

    private VllmRequest Common(JsonFields fields, VllmRequest request)
    {
        var streams = fields.Flag("stream");
        var promptLogprobs = LogprobCount(fields, "prompt_logprobs");
        if (streams && promptLogprobs is not null)
        {
            throw EngineRequestException.Bad("`prompt_logprobs` are not available when `stream=True`.", "prompt_logprobs");
        }

        var includeUsage = false;
        if (fields.TryGet("stream_options", out var options))
        {
            if (!streams)
            {
                throw EngineRequestException.Bad("Stream options can only be defined when `stream=True`.", "stream_options");
            }

            includeUsage = new JsonFields(options).Flag("include_usage");
        }

        return request with
        {
            N = fields.Int("n", 1, 1),
            PromptLogprobs = promptLogprobs,
            ReturnTokenIds = fields.Flag("return_token_ids"),
            TokensAsIds = fields.Flag("return_tokens_as_token_ids"),
            Streams = streams,
            IncludeUsage = includeUsage,
        };
    }

    private SamplingParameters Sampling(JsonFields fields, IReadOnlyList<int[]> prompts, int maxTokens) => new()
    {
        Temperature = fields.Number("temperature", 1, 0, 100),
        TopP = fields.Number("top_p", 1, 1e-12, 1),
        TopK = fields.Int("top_k", 0, -1),
        MinP = fields.Number("min_p", 0, 0, 1),
        PresencePenalty = fields.Number("presence_penalty", 0, -2, 2),
        FrequencyPenalty = fields.Number("frequency_penalty", 0, -2, 2),
        RepetitionPenalty = fields.Number("repetition_penalty", 1, 1e-6, 100),
        LogitBias = fields.Biases("logit_bias", engine.Tokenizer.VocabularySize),
        MaxTokens = Math.Min(maxTokens, engine.Options.MaxModelLength - prompts.Max(prompt => prompt.Length)),
        MinTokens = fields.Int("min_tokens", 0, 0),
        Stop = fields.Texts("stop"),
        StopTokenIds = fields.Ints("stop_token_ids"),
        IgnoreEos = fields.Flag("ignore_eos"),
        IncludeStop = fields.Flag("include_stop_str_in_output"),
        SkipSpecialTokens = fields.Flag("skip_special_tokens", true),
        Seed = fields.Seed("seed") ?? engine.NextSeed(),
        LogprobKind = LogprobKind.Raw,
    };

    private int? LogprobCount(JsonFields fields, string name)
    {
        var count = fields.Int(name);
        if (count is < -1)
        {
            throw EngineRequestException.Bad($"`{name}` must be a positive value or -1.", name);
        }

        return count > engine.Options.MaxLogprobs
            ? throw EngineRequestException.Bad(
                $"Requested {name} of {count}, which is greater than max allowed: {engine.Options.MaxLogprobs}", name)
            : count;
    }

    private IReadOnlyList<int[]> Prompts(JsonElement body)
    {
        if (!new JsonFields(body).TryGet("prompt", out var prompt))
        {
            throw EngineRequestException.Bad("prompt is missing: give a text, a list of texts, a list of token ids, or a list of such lists.", "prompt");
        }

        if (prompt.ValueKind == JsonValueKind.Array && prompt.GetArrayLength() > 0 && prompt[0].ValueKind != JsonValueKind.Number)
        {
            return [.. prompt.EnumerateArray().Select(One)];
        }

        return [One(prompt)];

        int[] One(JsonElement one) => PromptCheck.Check(
            engine,
            one.ValueKind == JsonValueKind.String ? engine.Tokenizer.Encode(one.GetString()!) : JsonFields.IntArray("prompt", one),
            "prompt");
    }

    private static string Id(JsonFields fields, string? headerId) => headerId ?? fields.Text("request_id") ?? Guid.NewGuid().ToString("N");
}
