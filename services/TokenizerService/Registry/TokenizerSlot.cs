using Atropos.Hosting.Errors;
using Atropos.Tokenizer.V1;
using Microsoft.Extensions.Logging;

namespace Atropos.TokenizerService.Registry;

/// <summary>One configured tokenizer, in memory or not. Safe for concurrent use.</summary>
internal sealed class TokenizerSlot(TokenizerSource source, TimeProvider timeProvider, ILogger logger)
{
    private readonly Lock _gate = new();
    private LoadedTokenizer? _loaded;
    private Task<LoadedTokenizer>? _loading;
    private string _problem = "";
    private string _stampTried = "";
    private long _lastUse;

    public TokenizerSource Source => source;

    /// <summary>What is in memory; null where nothing is.</summary>
    public LoadedTokenizer? Loaded => Volatile.Read(ref _loaded);

    /// <summary>Position of the last use in the order of all uses.</summary>
    public long LastUse
    {
        get => Volatile.Read(ref _lastUse);
        set => Volatile.Write(ref _lastUse, value);
    }

    /// <summary>Whether it could not be loaded when it was last tried, and nothing is served for it.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_gate)
            {
                return _loaded is null && _problem.Length > 0;
            }
        }
    }

    /// <summary>Loads it on a thread of its own where it is not loaded; those who come meanwhile wait for the same load.</summary>
    /// <param name="atStart">Whether the process does not start where it fails, so that the failure is told anyway and not logged.</param>
    /// <exception cref="AtroposException">It cannot be loaded. The next call tries again.</exception>
    public Task<LoadedTokenizer> LoadAsync(bool atStart)
    {
        lock (_gate)
        {
            return _loaded is { } loaded ? Task.FromResult(loaded) : _loading ??= Task.Run(() => LoadFirstAsync(atStart));
        }
    }

    /// <summary>Loads the files anew where they have changed since they were last tried; what is loaded stays where that fails.</summary>
    public void ReloadIfChanged()
    {
        if (Loaded is not { Location.Length: > 0 } old || !HasNewStamp(old, out var stamp))
        {
            return;
        }

        try
        {
            var fresh = LoadedTokenizer.Load(source, old.Location);
            var changed = fresh.Fingerprint != old.Fingerprint;
            lock (_gate)
            {
                (_stampTried, _problem) = (fresh.Stamp, "");
                if (_loaded == old && changed)
                {
                    _loaded = fresh;
                }
            }

            if (changed)
            {
                TokenizerLog.Reloaded(logger, source.Name, fresh.Location, fresh.Fingerprint);
            }
        }
#pragma warning disable CA1031 // Whatever is wrong with the new files, the old tokenizer goes on serving.
        catch (Exception error) when (error is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            lock (_gate)
            {
                (_stampTried, _problem) = (stamp, error.Message);
            }

            TokenizerLog.ReloadFailed(logger, source.Name, error.Message);
        }
    }

    /// <summary>Takes it out of memory, for all but those who use it now.</summary>
    public void Drop()
    {
        lock (_gate)
        {
            // What a failed reload said is about files that the next use reads again.
            (_loaded, _problem) = (null, "");
        }

        TokenizerLog.Dropped(logger, source.Name);
    }

    /// <summary>How it is, as clients see it.</summary>
    public TokenizerInfo Describe()
    {
        lock (_gate)
        {
            var info = _loaded?.Describe() ?? new TokenizerInfo
            {
                Name = source.Name,
                Source = source.Shown,
                State = _problem.Length > 0 ? TokenizerState.Failed : TokenizerState.NotLoaded,
            };
            info.Problem = _problem;
            return info;
        }
    }

    private bool HasNewStamp(LoadedTokenizer old, out string stamp)
    {
        stamp = "";
        try
        {
            stamp = TokenizerFileSet.Stamp(old.Location);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Files that cannot be looked at now are looked at the next time.
            return false;
        }

        lock (_gate)
        {
            return stamp != _stampTried;
        }
    }

    private async Task<LoadedTokenizer> LoadFirstAsync(bool atStart)
    {
        var begun = timeProvider.GetTimestamp();
        try
        {
            var loaded = await LoadedTokenizer.LoadAsync(source).ConfigureAwait(false);
            lock (_gate)
            {
                (_loaded, _loading, _problem, _stampTried) = (loaded, null, "", loaded.Stamp);
            }

            TokenizerLog.Loaded(
                logger, source.Name, source.Shown, loaded.Tokenizer.VocabularySize, timeProvider.GetElapsedTime(begun).TotalMilliseconds);
            return loaded;
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                (_loading, _problem) = (null, error.Message);
            }

            if (!atStart)
            {
                TokenizerLog.LoadFailed(logger, source.Name, error.Message);
            }

            throw TokenizerErrors.NotLoaded(source.Name, error);
        }
    }
}
