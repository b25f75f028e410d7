using Atropos.Router.V1;
using Atropos.SessionTracker.Continuity;
using Atropos.SessionTracker.Sessions;
using Atropos.Tokenizer.V1;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.SessionTracker.Turns;

/// <summary>What a turn was asked for, checked and with defaults filled in. Immutable once made, its messages too.</summary>
internal sealed record TurnSettings
{
    /// <summary>The turn's id, without the prefix that clients see.</summary>
    public required string TurnId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The model that answers.</summary>
    public required ServedModel Model { get; init; }

    /// <summary>The session that records it; null for none.</summary>
    public LiveSession? Session { get; init; }

    /// <summary>The engine that the session stays with; empty leaves the choice to the router.</summary>
    public string PreferredEngine { get; init; } = "";

    /// <summary>Number of completions of each prompt.</summary>
    public required int N { get; init; }

    /// <summary>How to sample.</summary>
    public required SamplingParameters Sampling { get; init; }

    /// <summary>How to parse what is sampled; whether it starts inside thinking is the plan's to say.</summary>
    public required OutputOptions Output { get; init; }

    /// <summary>What a conversation is rendered by.</summary>
    public TemplateArguments Template { get; init; } = TemplateArguments.None;

    /// <summary>Members of the request for the engine.</summary>
    public Struct? Extra { get; init; }

    /// <summary>Whether the answer carries log-probabilities.</summary>
    public bool Logprobs { get; init; }

    /// <summary>Number of likeliest tokens at each position.</summary>
    public int TopLogprobs { get; init; }

    /// <summary>Whether the answer carries token ids.</summary>
    public bool ReturnTokenIds { get; init; }

    /// <summary>Whether a stream ends with usage.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>Name of the tokenizer.</summary>
    public string Tokenizer => Model.Tokenizer;

    /// <summary>Unix seconds at which the turn began, as clients see it.</summary>
    public long Created => StartedAt.ToUnixTimeSeconds();

    /// <summary>Whether engines that report no ids or log-probabilities may answer.</summary>
    public bool AllowUntracked => Session?.Description.AllowUntracked ?? false;
}
