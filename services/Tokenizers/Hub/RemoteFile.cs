namespace Atropos.Tokenizers.Hub;

/// <summary>What the hub says about a file before sending it.</summary>
/// <param name="Name">Its path in the model.</param>
/// <param name="Address">Where it is asked for.</param>
/// <param name="Tag">Its entity tag without quotes, by which its blob is named: a SHA-256, a git hash, or anything else.</param>
/// <param name="Size">Its length in bytes; null where the hub does not say.</param>
internal sealed record RemoteFile(string Name, Uri Address, string Tag, long? Size);
