using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>The native generation route.</summary>
internal sealed class SglangGeneration(Engine engine, SglangRequestParser parser, TimeProvider time)
{
    public async Task GenerateAsync(HttpContext context)
    {
        var received = await RequestReader.ReadAsync(context);
        using var body = RequestReader.Parse(received.Body);
        var request = parser.Parse(body.RootElement);
        var answers = new List<SglangAnswer>();
        var ids = new List<string>();
        foreach (var prompt in request.Prompts)
        {
            for (var choice = 0; choice < prompt.N; choice++)
            {
                // Children of one id start with it, so that aborting the id, which matches by prefix, aborts them all.
                var id = prompt.N == 1 ? prompt.Rid : $"{prompt.Rid}_{choice}";
                var sequence = new Sequence(answers.Count, choice, prompt.Ids, request.Model, prompt.Sampling, engine.Tokenizer);
                ids.Add(id);
                answers.Add(new SglangAnswer(engine, request.Model, prompt, id, sequence, time));
            }
        }

        var generation = new GenerationRequest(
            ids, request.Model.Name, [.. answers.Select(answer => answer.Sequence)], request.Streams, received);
        if (!request.Streams)
        {
            await engine.RunAsync(generation, null, context.RequestAborted);
            await WriteWholeAsync(context, answers, request.IsList);
            return;
        }

        using var stream = new SseStream(context);
        await engine.RunAsync(
            generation,
            () =>
            {
                WriteEvents(stream, answers, request.IsList);
                return stream.FlushAsync();
            },
            context.RequestAborted);
        stream.Done();
        await stream.FlushAsync();
    }

    private static Task WriteWholeAsync(HttpContext context, List<SglangAnswer> answers, bool isList) =>
        JsonOutput.WriteAsync(context, 200, json =>
        {
            if (isList)
            {
                json.WriteStartArray();
            }

            foreach (var answer in answers)
            {
                answer.Write(json, default, null);
            }

            if (isList)
            {
                json.WriteEndArray();
            }
        });

    private void WriteEvents(SseStream stream, List<SglangAnswer> answers, bool isList)
    {
        for (var i = 0; i < answers.Count; i++)
        {
            var answer = answers[i];
            var sequence = answer.Sequence;
            var finished = sequence.FinishReason is not null;
            if (sequence.Count == answer.Sent.Tokens && finished == answer.Sent.Finished)
            {
                continue;
            }

            var json = stream.Begin();
            answer.Write(json, engine.Options.IncrementalStreaming ? answer.Sent : default, isList ? i : null);
            stream.End();
            answer.Sent = new StreamCursor(sequence.Count, sequence.TextLength, true, false, finished);
        }
    }
}
