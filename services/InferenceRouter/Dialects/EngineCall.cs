using Atropos.InferenceRouter.Engines;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>One attempt at a generation with one engine.</summary>
internal sealed class EngineCall
{
    public required EngineModel Engine { get; init; }

    /// <summary>Fresh for each attempt; of fixed length, since SGLang aborts every request whose id begins alike.</summary>
    public required string EngineRequestId { get; init; }

    public required GenerateRequest Request { get; init; }

    /// <summary>The model's name as the engine knows it.</summary>
    public required string Model { get; init; }

    /// <summary>What an earlier engine sampled, which follows the request's own prompt.</summary>
    public required IReadOnlyList<int> Continued { get; init; }

    /// <summary>Most tokens to sample in this attempt, from 1.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Fewest tokens before an end token in this attempt.</summary>
    public required int MinTokens { get; init; }

    public int Choices => Math.Max(1, Request.N);

    public int PromptLength => Request.Tokens.TokenIds.Count + Continued.Count;

    /// <summary>The id at a position of the prompt of this attempt.</summary>
    public int PromptAt(int position)
    {
        var ids = Request.Tokens.TokenIds;
        return position < ids.Count ? ids[position] : Continued[position - ids.Count];
    }

    /// <summary>Whether the prompt's log-probabilities are wanted: not again where another engine goes on.</summary>
    public bool WantsPromptLogprobs => Request.HasPromptLogprobs && Continued.Count == 0;
}
