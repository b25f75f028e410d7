namespace Atropos.SessionTracker.Requests;

/// <summary>Bounds of what a request may ask for; the fields' comments in the protos state them.</summary>
internal static class RequestLimits
{
    /// <summary>Most completions of one prompt.</summary>
    public const int MaxChoices = 128;

    /// <summary>Most stop strings.</summary>
    public const int MaxStopStrings = 16;

    /// <summary>Most of the likeliest tokens at a position.</summary>
    public const int MaxTopLogprobs = 20;

    /// <summary>Most prompts of one completion request.</summary>
    public const int MaxPrompts = 128;

    /// <summary>Most tokens of a completion where the request does not say, as in OpenAI's API.</summary>
    public const int DefaultCompletionTokens = 16;
}
