using System.Text.Json;

namespace Atropos.ReferenceEngine;

/// <summary>Writes the answer of one sequence, whole, cumulative or incremental.</summary>
internal sealed class SglangAnswer(Engine engine, IEngineModel model, SglangPrompt prompt, string id, Sequence sequence, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private PromptLogprob?[]? _promptScores;

    public Sequence Sequence => sequence;

    public StreamCursor Sent { get; set; }

    /// <summary>Writes one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="from">What to leave out because it was sent; nothing for whole and cumulative answers.</param>
    /// <param name="index">The sequence's number, where the event has to say it.</param>
    public void Write(Utf8JsonWriter json, StreamCursor from, int? index)
    {
        json.WriteStartObject();
        if (index is not null)
        {
            json.WriteNumber("index", index.Value);
        }

        json.WriteString("text", sequence.Text(from.Text));
        json.WritePropertyName("output_ids");
        JsonOutput.WriteIds(json, sequence.Ids[from.Tokens..]);
        json.WriteStartObject("meta_info");
        json.WriteString("id", id);
        WriteFinish(json);
        json.WriteNumber("prompt_tokens", sequence.Prompt.Length);
        json.WriteString("weight_version", engine.WeightVersion);
        json.WriteNumber("num_retractions", 0);
        json.WriteNumber("reasoning_tokens", 0);
        if (prompt.ReturnLogprob)
        {
            WriteLogprobs(json, from);
        }

        json.WriteNumber("completion_tokens", sequence.Count);
        json.WriteNumber("cached_tokens", 0);
        if (sequence.FinishReason is not null)
        {
            WriteVersions(json);
            json.WriteNumber("e2e_latency", time.GetElapsedTime(_start).TotalSeconds);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteFinish(Utf8JsonWriter json)
    {
        if (sequence.FinishReason is null)
        {
            json.WriteNull("finish_reason");
            return;
        }

        json.WriteStartObject("finish_reason");
        json.WriteString("type", sequence.FinishReason);
        if (sequence.FinishReason == "length")
        {
            json.WriteNumber("length", sequence.Count);
        }
        else if (sequence.FinishReason == "abort")
        {
            json.WriteString("message", "Aborted");
        }
        else if (sequence.MatchedString is not null)
        {
            json.WriteString("matched", sequence.MatchedString);
        }
        else
        {
            json.WriteNumber("matched", sequence.MatchedToken!.Value);
        }

        json.WriteEndObject();
    }

    private void WriteVersions(Utf8JsonWriter json)
    {
        json.WriteStartArray("weight_versions");
        foreach (var range in sequence.Versions)
        {
            json.WriteStartObject();
            json.WriteString("version", range.Version);
            json.WriteNumber("start", range.Start);
            json.WriteNumber("end", range.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteLogprobs(Utf8JsonWriter json, StreamCursor from)
    {
        WritePrompt(json);
        json.WriteStartArray("output_token_logprobs");
        for (var i = from.Tokens; i < sequence.Count; i++)
        {
            WriteToken(json, sequence.Logprobs[i], sequence.Ids[i]);
        }

        json.WriteEndArray();
        json.WriteStartArray("output_top_logprobs");
        if (sequence.TopLogprobs is { } tops)
        {
            for (var i = from.Tokens; i < sequence.Count; i++)
            {
                WriteTop(json, tops[i]);
            }
        }

        json.WriteEndArray();
    }

    private void WritePrompt(Utf8JsonWriter json)
    {
        if (prompt.LogprobStart < 0 || prompt.LogprobStart >= sequence.Prompt.Length)
        {
            json.WriteStartArray("input_token_logprobs");
            json.WriteEndArray();
            json.WriteStartArray("input_top_logprobs");
            json.WriteEndArray();
            return;
        }

        _promptScores ??= PromptScorer.Score(model, sequence.Prompt, prompt.LogprobStart, prompt.TopLogprobs);
        json.WriteStartArray("input_token_logprobs");
        for (var i = prompt.LogprobStart; i < _promptScores.Length; i++)
        {
            // SGLang gives no number for the first token of the prompt, and none for the first one reported.
            WriteToken(json, i == prompt.LogprobStart ? null : _promptScores[i]?.Logprob, sequence.Prompt[i]);
        }

        json.WriteEndArray();
        json.WriteStartArray("input_top_logprobs");
        for (var i = prompt.LogprobStart; prompt.TopLogprobs != 0 && i < _promptScores.Length; i++)
        {
            if (i == prompt.LogprobStart || _promptScores[i] is not { } score)
            {
                json.WriteNullValue();
            }
            else
            {
                WriteTop(json, score.Top);
            }
        }

        json.WriteEndArray();
    }

    private void WriteTop(Utf8JsonWriter json, SampledToken[] tokens)
    {
        json.WriteStartArray();
        foreach (var token in tokens)
        {
            WriteToken(json, token.Logprob, token.Id);
        }

        json.WriteEndArray();
    }

    private void WriteToken(Utf8JsonWriter json, float? logprob, int token)
    {
        json.WriteStartArray();
        if (logprob is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteNumberValue(logprob.Value);
        }

        json.WriteNumberValue(token);
        if (prompt.ReturnText)
        {
            json.WriteStringValue(engine.Tokenizer.TokenText(token));
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndArray();
    }
}
