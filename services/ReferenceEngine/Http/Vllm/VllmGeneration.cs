using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>The two routes that generate.</summary>
internal sealed class VllmGeneration(Engine engine, VllmRequestParser parser)
{
    public Task CompletionsAsync(HttpContext context) => AnswerAsync(
        context, parser.Completion, (request, sequences) => new VllmCompletionAnswer(engine, request, sequences));

    public Task ChatAsync(HttpContext context) => AnswerAsync(
        context, parser.Chat, (request, sequences) => new VllmChatAnswer(engine, request, sequences));

    private async Task AnswerAsync(
        HttpContext context,
        Func<JsonElement, string?, VllmRequest> parse,
        Func<VllmRequest, IReadOnlyList<Sequence>, VllmAnswer> createAnswer)
    {
        var received = await RequestReader.ReadAsync(context);
        using var body = RequestReader.Parse(received.Body);
        var request = parse(body.RootElement, received.Headers.GetValueOrDefault("X-Request-Id"));
        var sequences = new List<Sequence>();
        foreach (var prompt in request.Prompts)
        {
            for (var choice = 0; choice < request.N; choice++)
            {
                sequences.Add(new Sequence(sequences.Count, choice, prompt, request.Model, request.Sampling, engine.Tokenizer));
            }
        }

        var generation = new GenerationRequest([request.Id], request.Model.Name, sequences, request.Streams, received);
        var answer = createAnswer(request, sequences);
        if (!request.Streams)
        {
            await engine.RunAsync(generation, null, context.RequestAborted);
            await JsonOutput.WriteAsync(context, 200, answer.WriteWhole);
            return;
        }

        using var stream = new SseStream(context);
        await engine.RunAsync(
            generation,
            () =>
            {
                answer.WriteChunks(stream);
                return stream.FlushAsync();
            },
            context.RequestAborted);
        answer.WriteEnd(stream);
        await stream.FlushAsync();
    }
}
