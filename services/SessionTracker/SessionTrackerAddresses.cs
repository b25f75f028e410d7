namespace Atropos.SessionTracker;

/// <summary>Where the services that the session tracker calls are: <c>http://host:port</c> each.</summary>
/// <param name="Tokenizer">The tokenizer service.</param>
/// <param name="Router">The inference router.</param>
public sealed record SessionTrackerAddresses(string Tokenizer, string Router);
