using Atropos.SessionTracker.Errors;

namespace Atropos.SessionTracker.Sessions;

/// <summary>What becomes of text that a chat template would drop from earlier turns.</summary>
internal static class HistoryPolicy
{
    /// <summary>What was generated stays: the default. Where the template renders given messages otherwise once others follow, the
    /// conversation is rendered anew on a new branch.</summary>
    public const string Append = "append";

    /// <summary>The same, but what was given stays as it was sent, too: no new branch.</summary>
    public const string Keep = "keep";

    /// <summary>
    /// Each prompt is rendered whole, as in deployment. A turn extends a node only where the rendered ids begin with the node's, one by
    /// one; else it begins a branch of its own and inherits nothing.
    /// </summary>
    public const string Render = "render";

    /// <summary>Checks a policy; empty takes the default.</summary>
    public static string Parse(string policy) => policy switch
    {
        "" => Append,
        Append or Keep or Render => policy,
        _ => throw TrackerErrors.Invalid("history_policy", $"is `{policy}`; it must be `{Append}`, `{Keep}` or `{Render}`."),
    };
}
