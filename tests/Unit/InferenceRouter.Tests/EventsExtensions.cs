using Atropos.Router.V1;
using Grpc.Core;

namespace Atropos.InferenceRouter.Tests;

/// <summary>Short questions to the events of a generation.</summary>
internal static class EventsExtensions
{
    public static int[] Ids(this IEnumerable<GenerateResponse> events, int choice = 0) =>
        [.. events.Where(item => item.Sampled?.ChoiceIndex == choice).SelectMany(item => item.Sampled.TokenIds)];

    public static float[] Logprobs(this IEnumerable<GenerateResponse> events, int choice = 0) =>
        [.. events.Where(item => item.Sampled?.ChoiceIndex == choice).SelectMany(item => item.Sampled.Logprobs)];

    public static GenerationStarted[] Starts(this IEnumerable<GenerateResponse> events) =>
        [.. events.Where(item => item.Started is not null).Select(item => item.Started)];

    public static CompletionFinished Finish(this IEnumerable<GenerateResponse> events, int choice = 0) =>
        events.Single(item => item.Finished?.ChoiceIndex == choice).Finished;

    public static GenerationUsage Usage(this IEnumerable<GenerateResponse> events) => events.Last().Usage;

    public static string Reason(this RpcException failure) =>
        failure.Trailers.Select(entry => entry.IsBinary ? "" : entry.Value).FirstOrDefault(value => value.Length > 0 && value.All(c => char.IsAsciiLetterUpper(c) || c == '_')) ?? "";
}
