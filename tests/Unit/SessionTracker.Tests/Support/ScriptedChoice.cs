using Atropos.Router.V1;

namespace Atropos.SessionTracker.Tests.Support;

/// <summary>One completion that the scripted router gives.</summary>
internal sealed record ScriptedChoice(params int[] Ids)
{
    public FinishReason Finish { get; init; } = FinishReason.Stop;

    public string? Stop { get; init; }

    /// <summary>Tokens an event.</summary>
    public int EventSize { get; init; } = 3;

    /// <summary>Whether the engine never comes to an end by itself after the ids.</summary>
    public bool RunsOn { get; init; }

    /// <summary>Text and the model's own end of turn.</summary>
    public static ScriptedChoice Text(string text) => new([.. ByteVocabulary.Encode(text), ByteVocabulary.TurnEnd]);

    /// <summary>Text that was cut off by the most tokens.</summary>
    public static ScriptedChoice Cut(string text) => new(ByteVocabulary.Encode(text)) { Finish = FinishReason.Length };

    /// <summary>The log-probability of a token: different at each position, exact as 32-bit float.</summary>
    public float Logprob(int position) => -0.125f * (position + 1) - Ids[position] / 1024f;
}
