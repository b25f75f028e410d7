using System.Text.Json;

namespace Atropos.ReferenceEngine;

/// <summary>Writes the answer to one request, whole or in chunks.</summary>
internal abstract class VllmAnswer(Engine engine, VllmRequest request, IReadOnlyList<Sequence> sequences)
{
    private readonly StreamCursor[] _cursors = new StreamCursor[sequences.Count];

    protected Engine Engine { get; } = engine;

    protected VllmRequest Request { get; } = request;

    protected IReadOnlyList<Sequence> Sequences { get; } = sequences;

    protected VllmLogprobs Logprobs { get; } = new(engine, request);

    protected long Created { get; } = engine.UnixTime();

    protected abstract string WholeObject { get; }

    protected abstract string ChunkObject { get; }

    /// <summary>Writes the members of the answer after <c>model</c>.</summary>
    protected abstract void WriteWholeMembers(Utf8JsonWriter json);

    /// <summary>Writes the members of a chunk after <c>model</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="sequence">The sequence that the chunk is about.</param>
    /// <param name="from">What has been sent of it.</param>
    protected abstract void WriteChunkMembers(Utf8JsonWriter json, Sequence sequence, StreamCursor from);

    /// <summary>Whether each choice is announced by a chunk of its own before there are tokens.</summary>
    protected virtual bool AnnouncesChoices => false;

    public void WriteWhole(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteHead(json, WholeObject);
        WriteWholeMembers(json);
        json.WriteNull("kv_transfer_params");
        json.WriteEndObject();
    }

    /// <summary>Writes a chunk for each sequence that has something new.</summary>
    public void WriteChunks(SseStream stream)
    {
        for (var i = 0; i < Sequences.Count; i++)
        {
            var sequence = Sequences[i];
            var cursor = _cursors[i];
            if (!cursor.Announced && AnnouncesChoices)
            {
                WriteChunk(stream, sequence, cursor);
                cursor = cursor with { Announced = true };
                _cursors[i] = cursor;
            }

            var hasText = sequence.TextLength > cursor.Text;
            var showsTokens = sequence.Count > cursor.Tokens && (Request.ReturnTokenIds || Request.Logprobs is not null);
            var finishes = sequence.FinishReason is not null && !cursor.Finished;
            if (!hasText && !showsTokens && !finishes)
            {
                continue;
            }

            WriteChunk(stream, sequence, cursor with { Announced = true, First = !AnnouncesChoices && !cursor.Announced });
            _cursors[i] = new StreamCursor(sequence.Count, sequence.TextLength, true, false, sequence.FinishReason is not null);
        }
    }

    public void WriteEnd(SseStream stream)
    {
        if (Request.IncludeUsage)
        {
            var json = stream.Begin();
            json.WriteStartObject();
            WriteHead(json, ChunkObject);
            json.WriteStartArray("choices");
            json.WriteEndArray();
            json.WritePropertyName("usage");
            WriteUsage(json);
            json.WriteEndObject();
            stream.End();
        }

        stream.Done();
    }

    protected void WriteUsage(Utf8JsonWriter json)
    {
        var prompt = Request.Prompts.Sum(ids => ids.Length);
        var completion = Sequences.Sum(sequence => sequence.Count);
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens", prompt);
        json.WriteNumber("total_tokens", prompt + completion);
        json.WriteNumber("completion_tokens", completion);
        json.WriteNull("prompt_tokens_details");
        json.WriteEndObject();
    }

    protected static void WriteFinish(Utf8JsonWriter json, Sequence sequence)
    {
        json.WriteString("finish_reason", sequence.FinishReason);
        if (sequence.FinishReason is null)
        {
            return;
        }

        if (sequence.MatchedString is not null)
        {
            json.WriteString("stop_reason", sequence.MatchedString);
        }
        else if (sequence.MatchedRequested)
        {
            json.WriteNumber("stop_reason", sequence.MatchedToken!.Value);
        }
        else
        {
            json.WriteNull("stop_reason");
        }
    }

    private void WriteChunk(SseStream stream, Sequence sequence, StreamCursor from)
    {
        var json = stream.Begin();
        json.WriteStartObject();
        WriteHead(json, ChunkObject);
        WriteChunkMembers(json, sequence, from);
        json.WriteEndObject();
        stream.End();
    }

    private void WriteHead(Utf8JsonWriter json, string kind)
    {
        json.WriteString("id", Request.Id);
        json.WriteString("object", kind);
        json.WriteNumber("created", Created);
        json.WriteString("model", Request.Model.Name);
    }
}
