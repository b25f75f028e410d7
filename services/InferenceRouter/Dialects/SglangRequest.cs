using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Atropos.Router.V1;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Writes the body of SGLang's <c>/generate</c>.</summary>
internal static class SglangRequest
{
    private static readonly FrozenSet<string> Ours = FrozenSet.Create(
        StringComparer.Ordinal,
        "rid", "input_ids", "text", "input_embeds", "sampling_params", "return_logprob", "logprob_start_len", "top_logprobs_num",
        "return_text_in_logprobs", "stream");

    private static readonly FrozenSet<string> OursWithPriority = Ours.Append("priority").ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OurSampling = FrozenSet.Create(
        StringComparer.Ordinal,
        "max_new_tokens", "min_new_tokens", "temperature", "top_p", "top_k", "min_p", "presence_penalty", "frequency_penalty",
        "repetition_penalty", "n", "sampling_seed", "ignore_eos", "stop", "stop_token_ids", "logit_bias");

    private static readonly FrozenSet<string> OurSamplingWithConstraint =
        OurSampling.Concat(["json_schema", "regex", "ebnf", "structural_tag"]).ToFrozenSet(StringComparer.Ordinal);

    public static ReadOnlyMemory<byte> Write(EngineCall call)
    {
        var request = call.Request;
        var sampling = request.Sampling ?? new SamplingParameters();
        var output = new ArrayBufferWriter<byte>(1024 + (call.PromptLength * 7));
        using (var json = RequestBody.Writer(output))
        {
            json.WriteStartObject();
            json.WriteString("rid", call.EngineRequestId);
            RequestBody.WritePrompt(json, "input_ids", call);
            json.WriteStartObject("sampling_params");
            json.WriteNumber("max_new_tokens", call.MaxTokens);
            json.WriteNumber("min_new_tokens", call.MinTokens);
            RequestBody.WriteSampling(json, sampling, call.Choices);
            if (sampling.HasSeed)
            {
                json.WriteNumber("sampling_seed", sampling.Seed);
            }

            WriteConstraint(json, sampling);
            var constrained = sampling.ConstraintCase != SamplingParameters.ConstraintOneofCase.None;
            RequestBody.WriteExtra(json, ExtraSampling(request.Extra), constrained ? OurSamplingWithConstraint : OurSampling);
            json.WriteEndObject();
            json.WriteBoolean("return_logprob", true);
            // From the first token of the prompt costs its cache; so only where it is asked for.
            json.WriteNumber("logprob_start_len", call.WantsPromptLogprobs ? 0 : -1);
            json.WriteNumber("top_logprobs_num", Math.Max(request.TopLogprobs, call.WantsPromptLogprobs ? request.PromptLogprobs : 0));
            json.WriteBoolean("return_text_in_logprobs", false);
            json.WriteBoolean("stream", true);
            if (sampling.HasPriority)
            {
                json.WriteNumber("priority", sampling.Priority);
            }

            RequestBody.WriteExtra(json, request.Extra, sampling.HasPriority ? OursWithPriority : Ours);
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static Struct? ExtraSampling(Struct? extra) =>
        extra is not null && extra.Fields.TryGetValue("sampling_params", out var value) ? value.StructValue : null;

    private static void WriteConstraint(Utf8JsonWriter json, SamplingParameters sampling)
    {
        switch (sampling.ConstraintCase)
        {
            case SamplingParameters.ConstraintOneofCase.JsonSchema:
                RequestBody.RequireJson(sampling.JsonSchema, "sampling.json_schema");
                json.WriteString("json_schema", sampling.JsonSchema);
                break;
            case SamplingParameters.ConstraintOneofCase.JsonObject when sampling.JsonObject:
                json.WriteString("json_schema", """{"type": "object"}""");
                break;
            case SamplingParameters.ConstraintOneofCase.Regex:
                json.WriteString("regex", sampling.Regex);
                break;
            case SamplingParameters.ConstraintOneofCase.Grammar:
                json.WriteString("ebnf", sampling.Grammar);
                break;
            case SamplingParameters.ConstraintOneofCase.StructuralTag:
                json.WriteString("structural_tag", sampling.StructuralTag);
                break;
        }
    }
}
