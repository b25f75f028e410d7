using System.Text.Json;

namespace Atropos.ReferenceEngine;

/// <summary>The answer of <c>/v1/completions</c>.</summary>
internal sealed class VllmCompletionAnswer(Engine engine, VllmRequest request, IReadOnlyList<Sequence> sequences)
    : VllmAnswer(engine, request, sequences)
{
    protected override string WholeObject => "text_completion";

    protected override string ChunkObject => "text_completion";

    protected override void WriteWholeMembers(Utf8JsonWriter json)
    {
        json.WriteStartArray("choices");
        foreach (var sequence in Sequences)
        {
            json.WriteStartObject();
            WriteChoice(json, sequence, new StreamCursor(0, 0, true, true, false));
            json.WritePropertyName("prompt_logprobs");
            Logprobs.WritePrompt(json, sequence.Prompt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("service_tier");
        json.WriteNull("system_fingerprint");
        json.WritePropertyName("usage");
        WriteUsage(json);
    }

    protected override void WriteChunkMembers(Utf8JsonWriter json, Sequence sequence, StreamCursor from)
    {
        json.WriteStartArray("choices");
        json.WriteStartObject();
        WriteChoice(json, sequence, from);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteChoice(Utf8JsonWriter json, Sequence sequence, StreamCursor from)
    {
        var prefix = from.First && Request.Echo ? Engine.Tokenizer.Decode(sequence.Prompt, Request.Sampling.SkipSpecialTokens) : "";
        json.WriteNumber("index", sequence.Index);
        json.WriteString("text", prefix + sequence.Text(from.Text));
        json.WritePropertyName("logprobs");
        Logprobs.WriteCompletion(json, sequence, from);
        WriteFinish(json, sequence);
        if (Request.ReturnTokenIds)
        {
            json.WritePropertyName("token_ids");
            JsonOutput.WriteIds(json, sequence.Ids[from.Tokens..]);
            json.WritePropertyName("prompt_token_ids");
            if (from.First)
            {
                JsonOutput.WriteIds(json, sequence.Prompt);
            }
            else
            {
                json.WriteNullValue();
            }
        }
    }
}
