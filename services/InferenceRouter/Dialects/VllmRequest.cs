using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Writes the body of vLLM's <c>/v1/completions</c>.</summary>
internal static class VllmRequest
{
    // What we always say, or what would change what the answer means: `extra` cannot say otherwise.
    private static readonly FrozenSet<string> Ours = FrozenSet.Create(
        StringComparer.Ordinal,
        "model", "prompt", "request_id", "stream", "stream_options", "max_tokens", "min_tokens", "temperature", "top_p", "top_k", "min_p",
        "presence_penalty", "frequency_penalty", "repetition_penalty", "n", "seed", "ignore_eos", "stop", "stop_token_ids", "logit_bias",
        "logprobs", "prompt_logprobs", "return_token_ids", "return_tokens_as_token_ids", "echo", "add_special_tokens", "suffix", "best_of",
        "use_beam_search", "truncate_prompt_tokens", "prompt_embeds");

    private static readonly FrozenSet<string> OursWithPriority = Ours.Append("priority").ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Constraints = FrozenSet.Create(
        StringComparer.Ordinal, "response_format", "structured_outputs", "guided_json", "guided_regex", "guided_choice", "guided_grammar");

    public static ReadOnlyMemory<byte> Write(EngineCall call)
    {
        var request = call.Request;
        var sampling = request.Sampling ?? new SamplingParameters();
        var output = new ArrayBufferWriter<byte>(1024 + (call.PromptLength * 7));
        using (var json = RequestBody.Writer(output))
        {
            json.WriteStartObject();
            json.WriteString("model", call.Model);
            RequestBody.WritePrompt(json, "prompt", call);
            json.WriteString("request_id", call.EngineRequestId);
            json.WriteNumber("max_tokens", call.MaxTokens);
            json.WriteNumber("min_tokens", call.MinTokens);
            RequestBody.WriteSampling(json, sampling, call.Choices);
            if (sampling.HasSeed)
            {
                json.WriteNumber("seed", sampling.Seed);
            }

            if (sampling.HasPriority)
            {
                json.WriteNumber("priority", sampling.Priority);
            }

            json.WriteNumber("logprobs", request.TopLogprobs);
            if (call.WantsPromptLogprobs)
            {
                json.WriteNumber("prompt_logprobs", request.PromptLogprobs);
            }

            json.WriteBoolean("return_token_ids", true);
            json.WriteBoolean("return_tokens_as_token_ids", true);
            json.WriteBoolean("echo", false);
            json.WriteBoolean("add_special_tokens", false);
            json.WriteBoolean("stream", Streams(call));
            if (Streams(call))
            {
                json.WriteStartObject("stream_options");
                json.WriteBoolean("include_usage", true);
                json.WriteEndObject();
            }

            WriteConstraint(json, sampling);
            var ours = sampling.HasPriority ? OursWithPriority : Ours;
            if (sampling.ConstraintCase != SamplingParameters.ConstraintOneofCase.None)
            {
                ours = ours.Union(Constraints).ToFrozenSet(StringComparer.Ordinal);
            }

            RequestBody.WriteExtra(json, request.Extra, ours);
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    /// <summary>vLLM reports a prompt's log-probabilities only in an answer of one piece.</summary>
    public static bool Streams(EngineCall call) => !call.WantsPromptLogprobs;

    private static void WriteConstraint(Utf8JsonWriter json, SamplingParameters sampling)
    {
        switch (sampling.ConstraintCase)
        {
            // response_format is the one form that every version understands.
            case SamplingParameters.ConstraintOneofCase.JsonSchema:
                RequestBody.RequireJson(sampling.JsonSchema, "sampling.json_schema");
                json.WriteStartObject("response_format");
                json.WriteString("type", "json_schema");
                json.WriteStartObject("json_schema");
                json.WriteString("name", "answer");
                json.WritePropertyName("schema");
                json.WriteRawValue(sampling.JsonSchema);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case SamplingParameters.ConstraintOneofCase.JsonObject when sampling.JsonObject:
                json.WriteStartObject("response_format");
                json.WriteString("type", "json_object");
                json.WriteEndObject();
                break;
            case SamplingParameters.ConstraintOneofCase.Regex:
                WriteStructured(json, "regex", sampling.Regex);
                break;
            case SamplingParameters.ConstraintOneofCase.Grammar:
                WriteStructured(json, "grammar", sampling.Grammar);
                break;
            case SamplingParameters.ConstraintOneofCase.StructuralTag:
                WriteStructured(json, "structural_tag", sampling.StructuralTag);
                break;
        }
    }

    private static void WriteStructured(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject("structured_outputs");
        json.WriteString(name, value);
        json.WriteEndObject();
    }
}
