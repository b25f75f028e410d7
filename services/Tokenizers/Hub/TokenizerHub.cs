using Atropos.Tokenizers.Loading;

namespace Atropos.Tokenizers.Hub;

/// <summary>
/// Finds tokenizers by name: a local path first, then the cache that is shared with Python's tools, then a hub (Hugging Face's or one that
/// speaks as it does), from which the few files of a tokenizer are fetched into that cache, never weights. Safe for use from several
/// threads, and beside other processes that use the same cache.
/// </summary>
/// <example>
/// <code>
/// var hub = new TokenizerHub();
/// var tokenizer = await hub.LoadAsync("Qwen/Qwen3-0.6B");
/// var pinned = await hub.LoadAsync("Qwen/Qwen3-0.6B", revision: "c1899de289a04d12100db370d81485cdf75e47ca");
/// </code>
/// </example>
public sealed class TokenizerHub
{
    private static readonly Lazy<HttpClient> SharedClient = new(() => new HttpClient(CreateHandler()));

    private readonly HubOptions _options;
    private readonly HttpClient? _http;
    private readonly TimeProvider _time;

    /// <summary>Creates a hub; nothing is asked yet.</summary>
    /// <param name="options">Where from and where to; null for <see cref="HubOptions.FromEnvironment()"/>.</param>
    /// <param name="http">Sends the requests; null for one that all hubs share. It must not follow redirects by itself: see <see cref="CreateHandler"/>.</param>
    /// <param name="time">The clock by which waits are measured; null for the system's.</param>
    public TokenizerHub(HubOptions? options = null, HttpClient? http = null, TimeProvider? time = null)
    {
        _options = options ?? HubOptions.FromEnvironment();
        _http = http;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>A handler for an <see cref="HttpClient"/> of one's own, set up as a hub needs it.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>Finds a tokenizer, fetching it if need be, and loads it.</summary>
    /// <param name="model">A folder, a vocabulary's path, or a model's name: ORGANIZATION/NAME.</param>
    /// <param name="revision">A branch, a tag or a commit; null for <c>main</c>. A local path has none.</param>
    /// <param name="options">What a bare vocabulary does not say about itself; null for nothing.</param>
    /// <param name="cancellationToken">Stops waiting and fetching; what has been fetched is kept for the next time.</param>
    /// <exception cref="HubException">The model cannot be had.</exception>
    /// <exception cref="TokenizerLoadException">Its files cannot be loaded.</exception>
    public async Task<Tokenizer> LoadAsync(
        string model, string? revision = null, TokenizerLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        var path = await LocateAsync(model, revision, cancellationToken).ConfigureAwait(false);
        return await Task.Run(
            () => File.Exists(path) ? Tokenizer.FromFile(path, options) : Tokenizer.FromFolder(path, options), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds a tokenizer, fetching it if need be. Where a revision is in the cache as a whole, no request is made. Where the hub cannot be
    /// reached, what is in the cache is used if it can be loaded.
    /// </summary>
    /// <param name="model">A folder, a vocabulary's path, or a model's name: ORGANIZATION/NAME.</param>
    /// <param name="revision">A branch, a tag or a commit; null for <c>main</c>. A local path has none.</param>
    /// <param name="cancellationToken">Stops waiting and fetching; what has been fetched is kept for the next time.</param>
    /// <returns>The folder, or the file where <paramref name="model"/> is one; chat templates and the like stand beside.</returns>
    /// <exception cref="HubException">The model cannot be had.</exception>
    public async Task<string> LocateAsync(string model, string? revision = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        if (Directory.Exists(model) || File.Exists(model))
        {
            return Path.GetFullPath(model);
        }

        var reference = ModelReference.Parse(model, revision);
        var cache = new HubCache(_options.CacheFolder, reference);
        var known = cache.CommitOf(reference);
        if (known is not null && cache.IsComplete(known) && (reference.IsCommit || _options.Offline || !_options.CheckForUpdates))
        {
            return cache.Snapshot(known);
        }

        var usable = known is not null && cache.HasTokenizer(known);
        if (_options.Offline)
        {
            return usable ? cache.Snapshot(known!) : throw new HubException(
                HubError.Offline,
                $"{reference} is not at hand and going online is forbidden (HF_HUB_OFFLINE): there is no such path under "
                + $"{Environment.CurrentDirectory}, and no tokenizer of it in the cache {_options.CacheFolder}.");
        }

        try
        {
            return await FetchAsync(reference, cache, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException error) when (usable && error.Error == HubError.Unreachable)
        {
            return cache.Snapshot(known!);
        }
    }

    // Whoever finds a name finds all that it stands for: first the blobs, then the snapshot with the vocabulary last, then the name.
    private async Task<string> FetchAsync(ModelReference model, HubCache cache, CancellationToken cancellationToken)
    {
        var client = new HubClient(_http ?? SharedClient.Value, _options);
        var download = new BlobDownload(client, cache, _time);
        var listing = await client.ListAsync(model, cancellationToken).ConfigureAwait(false);
        var chosen = TokenizerFileNames.Choose([.. listing.Files.Where(name => name.AsSpan().IndexOfAny('/', '\\') < 0)])
            ?? throw new HubException(HubError.NoTokenizer, $"{model} has no tokenizer; looked for {TokenizerFileNames.Listed}.");

        string[] vocabulary = chosen == TokenizerFileNames.VocabJson ? [TokenizerFileNames.MergesText, chosen] : [chosen];
        string[] wanted = [.. listing.Files.Where(name => TokenizerFileNames.Beside.Contains(name) || HubCache.IsAdditionalTemplate(name)), .. vocabulary];
        var files = new List<RemoteFile>();
        foreach (var name in wanted)
        {
            var file = await client.DescribeAsync(model, listing.Commit, name, cancellationToken).ConfigureAwait(false);
            await download.RunAsync(model, file, cancellationToken).ConfigureAwait(false);
            files.Add(file);
        }

        foreach (var file in files)
        {
            cache.Link(listing.Commit, file);
        }

        cache.MarkAbsent(listing.Commit, chosen, wanted);
        cache.WriteRef(model, listing.Commit);
        return cache.Snapshot(listing.Commit);
    }
}
