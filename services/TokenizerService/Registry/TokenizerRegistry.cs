using System.Collections.Frozen;
using Atropos.Hosting;
using Atropos.Hosting.Errors;
using Atropos.Hosting.Health;
using Atropos.Tokenizers;
using Microsoft.Extensions.Logging;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Atropos.TokenizerService.Registry;

/// <summary>The configured tokenizers by name: loads them when they are needed, and keeps so many in memory. Safe for concurrent use.</summary>
internal sealed class TokenizerRegistry
{
    /// <summary>What the health service calls a tokenizer, before its name.</summary>
    public const string HealthPrefix = "atropos.tokenizer.v1.TokenizerService/";

    private readonly TokenizerServiceOptions _options;
    private readonly HealthRegistry? _health;
    private readonly TokenizerSlot[] _slots;
    private readonly FrozenDictionary<string, TokenizerSlot> _byName;
    private readonly Lock _making = new();
    private long _uses;

    /// <summary>Creates the registry; nothing is loaded yet.</summary>
    /// <param name="options">What is served.</param>
    /// <param name="timeProvider">Clock that loading is timed by.</param>
    /// <param name="logger">Where loading is logged.</param>
    /// <param name="health">Where the state of each tokenizer is told; null for nowhere.</param>
    public TokenizerRegistry(
        TokenizerServiceOptions options, TimeProvider timeProvider, ILogger<TokenizerRegistry> logger, HealthRegistry? health)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostLoaded, 1);
        _options = options;
        _health = health;
        IEnumerable<TokenizerSource> sources = options.Tokenizers.Count > 0
            ? options.Tokenizers
            : [new TokenizerSource(TokenizerSource.Embedded, TokenizerSource.Embedded)];
        _slots = [.. sources.Select(source => new TokenizerSlot(source, timeProvider, logger))];
        _byName = _slots.ToFrozenDictionary(slot => slot.Source.Name, StringComparer.Ordinal);
    }

    /// <summary>All of them, the default one first.</summary>
    public IReadOnlyList<TokenizerSlot> All => _slots;

    /// <summary>The tokenizer of that name, or the default one for an empty name, where it is in memory; else null.</summary>
    /// <exception cref="AtroposException">There is none of that name.</exception>
    public LoadedTokenizer? TryGet(string name)
    {
        var slot = Find(name);
        if (slot.Loaded is not { } loaded)
        {
            return null;
        }

        Touch(slot);
        return loaded;
    }

    /// <summary>The tokenizer of that name, or the default one for an empty name; loaded now where it is not.</summary>
    /// <exception cref="AtroposException">There is none of that name, or it cannot be loaded.</exception>
    public ValueTask<LoadedTokenizer> GetAsync(string name, CancellationToken cancellationToken)
    {
        var slot = Find(name);
        if (slot.Loaded is not { } loaded)
        {
            return new ValueTask<LoadedTokenizer>(LoadAsync(slot, atStart: false, cancellationToken));
        }

        Touch(slot);
        return new ValueTask<LoadedTokenizer>(loaded);
    }

    /// <summary>Loads or checks them, as the options say.</summary>
    /// <exception cref="BadOptionException">One is missing or broken; the message says which and why.</exception>
    public void Start()
    {
        // From the last to the first, so that the first ones are those that stay where not all may.
        foreach (var slot in _slots.Reverse())
        {
            try
            {
                if (_options.Loading == TokenizerLoading.Start || slot == _slots[0])
                {
                    LoadAsync(slot, atStart: true, CancellationToken.None).GetAwaiter().GetResult();
                }
                else
                {
                    TokenizerOpener.Check(slot.Source);
                    TellHealth(slot);
                }
            }
            catch (Exception error) when (error is AtroposException or TokenizerLoadException)
            {
                throw new BadOptionException("tokenizer", error.Message, error);
            }
        }
    }

    /// <summary>Loads those anew whose files have changed.</summary>
    public void CheckFiles()
    {
        foreach (var slot in _slots)
        {
            slot.ReloadIfChanged();
        }
    }

    private async Task<LoadedTokenizer> LoadAsync(TokenizerSlot slot, bool atStart, CancellationToken cancellationToken)
    {
        try
        {
            var loaded = await slot.LoadAsync(atStart).WaitAsync(cancellationToken).ConfigureAwait(false);
            Touch(slot);
            MakeRoom(slot);
            return loaded;
        }
        finally
        {
            TellHealth(slot);
        }
    }

    private TokenizerSlot Find(string name)
    {
        if (name.Length == 0)
        {
            return _slots[0];
        }

        return _byName.TryGetValue(name, out var slot) ? slot : throw TokenizerErrors.UnknownTokenizer(name, _slots.Select(known => known.Source.Name));
    }

    private void Touch(TokenizerSlot slot)
    {
        // The order matters only where something may have to make room; a count that is lost to a race does no harm.
        if (_slots.Length > _options.MostLoaded)
        {
            slot.LastUse = ++_uses;
        }
    }

    private void MakeRoom(TokenizerSlot used)
    {
        lock (_making)
        {
            while (_slots.Count(slot => slot.Loaded is not null) > _options.MostLoaded)
            {
                _slots.Where(slot => slot.Loaded is not null && slot != used).MinBy(slot => slot.LastUse)!.Drop();
            }
        }
    }

    private void TellHealth(TokenizerSlot slot) =>
        _health?.Set(HealthPrefix + slot.Source.Name, slot.HasFailed ? ServingStatus.NotServing : ServingStatus.Serving);
}
