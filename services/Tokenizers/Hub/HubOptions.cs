namespace Atropos.Tokenizers.Hub;

/// <summary>Where models come from and where they are kept.</summary>
public sealed record HubOptions
{
    /// <summary>The public hub.</summary>
    public static Uri PublicEndpoint { get; } = new("https://huggingface.co");

    /// <summary>The hub's address; <see cref="PublicEndpoint"/> by default.</summary>
    public Uri Endpoint { get; init; } = PublicEndpoint;

    /// <summary>The folder of <c>models--ORGANIZATION--NAME</c> folders, shared with Python's tools.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>The token that proves who is asking; null (the default) for none. It is sent to <see cref="Endpoint"/> only.</summary>
    public string? Token { get; init; }

    /// <summary>Whether to use nothing but local paths and the cache. False by default.</summary>
    public bool Offline { get; init; }

    /// <summary>
    /// Whether to ask the hub where a branch or tag points to now, though the cache knows where it pointed to. False by default: what is
    /// in the cache is used without a request.
    /// </summary>
    public bool CheckForUpdates { get; init; }

    /// <summary>
    /// Reads the environment as Python's tools do: <c>HF_ENDPOINT</c>; <c>HF_HUB_CACHE</c>, else <c>HF_HOME</c>/hub, else
    /// ~/.cache/huggingface/hub; <c>HF_TOKEN</c>, else the file <c>HF_TOKEN_PATH</c> or <c>HF_HOME</c>/token; <c>HF_HUB_OFFLINE</c>.
    /// Older names are known too: <c>HUGGINGFACE_HUB_CACHE</c>, <c>HUGGING_FACE_HUB_TOKEN</c>, <c>TRANSFORMERS_OFFLINE</c>; and
    /// <c>XDG_CACHE_HOME</c> in place of ~/.cache.
    /// </summary>
    /// <exception cref="FormatException"><c>HF_ENDPOINT</c> is not an http or https address.</exception>
    public static HubOptions FromEnvironment() => FromEnvironment(Environment.GetEnvironmentVariable);

    internal static HubOptions FromEnvironment(Func<string, string?> variable)
    {
        string? Value(string name) => variable(name) is { } value && value.Trim().Length > 0 ? value.Trim() : null;

        var caches = Value("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var home = Value("HF_HOME") ?? Path.Combine(caches, "huggingface");
        return new HubOptions
        {
            Endpoint = Value("HF_ENDPOINT") is not { } endpoint ? PublicEndpoint
                : Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
                : throw new FormatException($"HF_ENDPOINT: expected an address such as {PublicEndpoint}, found '{endpoint}'."),
            CacheFolder = Value("HF_HUB_CACHE") ?? Value("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(home, "hub"),
            Token = Value("HF_TOKEN") ?? Value("HUGGING_FACE_HUB_TOKEN") ?? ReadToken(Value("HF_TOKEN_PATH") ?? Path.Combine(home, "token")),
            Offline = (Value("HF_HUB_OFFLINE") ?? Value("TRANSFORMERS_OFFLINE"))?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE",
        };
    }

    private static string? ReadToken(string path)
    {
        try
        {
            return File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A token that this user may not read is none of theirs; a model that needs one says so.
            return null;
        }
    }
}
