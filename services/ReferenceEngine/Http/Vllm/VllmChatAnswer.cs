using System.Text.Json;

namespace Atropos.ReferenceEngine;

/// <summary>The answer of <c>/v1/chat/completions</c>.</summary>
internal sealed class VllmChatAnswer(Engine engine, VllmRequest request, IReadOnlyList<Sequence> sequences)
    : VllmAnswer(engine, request, sequences)
{
    protected override string WholeObject => "chat.completion";

    protected override string ChunkObject => "chat.completion.chunk";

    protected override bool AnnouncesChoices => true;

    protected override void WriteWholeMembers(Utf8JsonWriter json)
    {
        json.WriteStartArray("choices");
        foreach (var sequence in Sequences)
        {
            json.WriteStartObject();
            json.WriteNumber("index", sequence.Index);
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", sequence.Text(0));
            json.WriteNull("refusal");
            json.WriteNull("annotations");
            json.WriteNull("audio");
            json.WriteNull("function_call");
            json.WriteNull("reasoning");
            json.WriteEndObject();
            json.WritePropertyName("logprobs");
            Logprobs.WriteChat(json, sequence, 0);
            WriteFinish(json, sequence);
            if (Request.ReturnTokenIds)
            {
                json.WritePropertyName("token_ids");
                JsonOutput.WriteIds(json, sequence.Ids);
            }
            else
            {
                json.WriteNull("token_ids");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("service_tier");
        json.WriteNull("system_fingerprint");
        json.WritePropertyName("usage");
        WriteUsage(json);
        json.WritePropertyName("prompt_logprobs");
        Logprobs.WritePrompt(json, Request.Prompts[0]);
        json.WritePropertyName("prompt_token_ids");
        if (Request.ReturnTokenIds)
        {
            JsonOutput.WriteIds(json, Request.Prompts[0]);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    protected override void WriteChunkMembers(Utf8JsonWriter json, Sequence sequence, StreamCursor from)
    {
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", sequence.Index);
        json.WriteStartObject("delta");
        if (!from.Announced)
        {
            json.WriteString("role", "assistant");
            json.WriteString("content", "");
            json.WriteEndObject();
            json.WriteNull("logprobs");
            json.WriteNull("finish_reason");
        }
        else
        {
            json.WriteString("content", sequence.Text(from.Text));
            json.WriteEndObject();
            json.WritePropertyName("logprobs");
            Logprobs.WriteChat(json, sequence, from.Tokens);
            WriteFinish(json, sequence);
            if (Request.ReturnTokenIds)
            {
                json.WritePropertyName("token_ids");
                JsonOutput.WriteIds(json, sequence.Ids[from.Tokens..]);
            }
        }

        json.WriteEndObject();
        json.WriteEndArray();
        if (!from.Announced && Request.ReturnTokenIds)
        {
            json.WritePropertyName("prompt_token_ids");
            JsonOutput.WriteIds(json, sequence.Prompt);
        }
    }
}
