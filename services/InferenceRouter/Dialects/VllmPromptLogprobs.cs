using System.Text.Json;
using Atropos.InferenceRouter.Errors;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Reads vLLM's <c>prompt_logprobs</c>: null for the first token, then a map from id to log-probability and
/// rank for each.</summary>
internal static class VllmPromptLogprobs
{
    public static PromptLogprobs Read(ref Utf8JsonReader json, EngineCall call)
    {
        var result = new PromptLogprobs();
        var list = new TopList();
        var position = 0;
        while (Json.NextItem(ref json))
        {
            if (position >= call.PromptLength)
            {
                throw Missing(call, position);
            }

            if (position > 0)
            {
                list.Clear();
                for (var inside = Json.Enter(ref json, JsonTokenType.StartObject); inside && Json.NextMember(ref json);)
                {
                    ReadEntry(ref json, list);
                }

                if (!list.TryFind(call.PromptAt(position), out var logprob))
                {
                    throw Missing(call, position);
                }

                result.Logprobs.Add(logprob);
                if (call.Request.PromptLogprobs > 0)
                {
                    result.TopLogprobs.Add(list.Take(call.Request.PromptLogprobs));
                }
            }
            else
            {
                json.Skip();
            }

            position++;
        }

        return position == call.PromptLength ? result : throw Missing(call, position);
    }

    private static void ReadEntry(ref Utf8JsonReader json, TopList list)
    {
        var id = Json.IdInName(ref json, bare: true);
        json.Read();
        for (var inside = Json.Enter(ref json, JsonTokenType.StartObject); inside && Json.NextMember(ref json);)
        {
            if (json.ValueTextEquals("logprob"u8))
            {
                json.Read();
                var logprob = Json.Logprob(ref json);
                if (id >= 0 && logprob > ExactValues.Floor)
                {
                    list.Add(id, logprob);
                }
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static GenerationException Missing(EngineCall call, int position) => GenerationException.Inexact(
        Reasons.LogprobsMissing, $"engine {call.Engine.Id} reports no log-probability for the prompt's token at position {position}");
}
