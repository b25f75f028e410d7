using Atropos.Hosting;
using Atropos.Hosting.Errors;
using Atropos.Hosting.Health;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Registry;
using Grpc.Core;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Atropos.TokenizerService.Tests.Registry;

public sealed class TokenizerRegistryTests : IDisposable
{
    private readonly TokenizerFolders _folders = new();
    private readonly LogRecorder<TokenizerRegistry> _log = new();
    private readonly HealthRegistry _health = new();

    [Fact]
    public async Task The_default_tokenizer_is_the_first_and_others_go_by_name()
    {
        _folders.Write("a");
        _folders.Write("b");
        var registry = Create(_folders.Options("a", "b"));

        Assert.Equal("a", (await GetAsync(registry, "")).Source.Name);
        Assert.Equal("b", (await GetAsync(registry, "b")).Source.Name);
    }

    [Fact]
    public async Task An_unknown_name_is_refused_with_those_that_are_known()
    {
        var registry = Create(_folders.Options("a", "b"));

        var error = await Assert.ThrowsAsync<AtroposException>(() => GetAsync(registry, "nope"));

        Assert.Equal((StatusCode.NotFound, "tokenizer"), (error.StatusCode, error.Field));
        Assert.Contains("a, b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_used_is_not_loaded()
    {
        _folders.Write("a");
        _folders.Write("b");
        var registry = Create(_folders.Options("a", "b"));
        registry.Start();

        Assert.Equal([TokenizerState.Loaded, TokenizerState.NotLoaded], States(registry));
        await GetAsync(registry, "b");
        Assert.Equal([TokenizerState.Loaded, TokenizerState.Loaded], States(registry));
    }

    [Fact]
    public async Task First_uses_at_the_same_time_share_one_load()
    {
        _folders.Write("a");
        var registry = Create(_folders.Options("a"));

        var loaded = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => GetAsync(registry, "a"))));

        Assert.Single(loaded.Distinct());
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task A_failed_load_says_why_and_is_tried_again_by_the_next_use()
    {
        _folders.WriteBroken("a");
        var registry = Create(_folders.Options("a"));

        var error = await Assert.ThrowsAsync<AtroposException>(() => GetAsync(registry, "a"));
        var failed = registry.All[0].Describe();
        var healthWhenFailed = _health.Get(TokenizerRegistry.HealthPrefix + "a");
        _folders.Write("a");
        await GetAsync(registry, "a");

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("Nonsense", error.Message, StringComparison.Ordinal);
        Assert.Equal(TokenizerState.Failed, failed.State);
        Assert.Contains("Nonsense", failed.Problem, StringComparison.Ordinal);
        Assert.Equal(ServingStatus.NotServing, healthWhenFailed);
        Assert.Equal((TokenizerState.Loaded, ""), (registry.All[0].Describe().State, registry.All[0].Describe().Problem));
        Assert.Equal(ServingStatus.Serving, _health.Get(TokenizerRegistry.HealthPrefix + "a"));
    }

    [Fact]
    public async Task Files_that_have_changed_are_loaded_anew_and_who_uses_the_old_ones_keeps_them()
    {
        _folders.Write("a");
        var registry = Create(_folders.Options("a"));
        var old = await GetAsync(registry, "a");

        registry.CheckFiles();
        Assert.Same(old, await GetAsync(registry, "a"));
        _folders.Write("a", "<|new|>");
        registry.CheckFiles();
        var fresh = await GetAsync(registry, "a");

        Assert.Null(old.Tokenizer.TokenToId("<|new|>"));
        Assert.NotNull(fresh.Tokenizer.TokenToId("<|new|>"));
        Assert.NotEqual(old.Fingerprint, fresh.Fingerprint);
    }

    [Fact]
    public async Task Files_that_were_only_touched_are_the_same_tokenizer()
    {
        _folders.Write("a");
        var registry = Create(_folders.Options("a"));
        var old = await GetAsync(registry, "a");

        _folders.Write("a");
        registry.CheckFiles();

        Assert.Same(old, await GetAsync(registry, "a"));
    }

    [Fact]
    public async Task Changed_files_that_are_broken_leave_the_old_tokenizer_in_use_and_are_reported_once()
    {
        _folders.Write("a");
        var registry = Create(_folders.Options("a"));
        var old = await GetAsync(registry, "a");

        _folders.WriteBroken("a");
        registry.CheckFiles();
        registry.CheckFiles();
        var broken = registry.All[0].Describe();
        var used = await GetAsync(registry, "a");
        _folders.Write("a");
        registry.CheckFiles();

        Assert.Same(old, used);
        Assert.Equal(TokenizerState.Loaded, broken.State);
        Assert.Contains("Nonsense", broken.Problem, StringComparison.Ordinal);
        Assert.Single(_log.Lines, line => line.Contains("Nonsense", StringComparison.Ordinal));
        Assert.Equal("", registry.All[0].Describe().Problem);
    }

    [Fact]
    public async Task The_one_that_was_not_used_for_longest_makes_room_and_is_loaded_again()
    {
        _folders.Write("a");
        _folders.Write("b");
        _folders.Write("c");
        var options = _folders.Options("a", "b", "c");
        options.MostLoaded = 2;
        var registry = Create(options);

        await GetAsync(registry, "a");
        var held = await GetAsync(registry, "b");
        await GetAsync(registry, "a");
        await GetAsync(registry, "c");

        Assert.Equal([TokenizerState.Loaded, TokenizerState.NotLoaded, TokenizerState.Loaded], States(registry));
        Assert.NotEmpty(held.Tokenizer.Encode("still here", addSpecialTokens: false));
        Assert.NotSame(held, await GetAsync(registry, "b"));
        Assert.Equal([TokenizerState.NotLoaded, TokenizerState.Loaded, TokenizerState.Loaded], States(registry));
    }

    [Fact]
    public void A_start_that_loads_finds_what_is_broken_and_keeps_the_first_ones_in_memory()
    {
        _folders.Write("a");
        _folders.Write("b");
        var options = _folders.Options("a", "b");
        (options.Loading, options.MostLoaded) = (TokenizerLoading.Start, 1);
        var registry = Create(options);
        registry.Start();
        Assert.Equal([TokenizerState.Loaded, TokenizerState.NotLoaded], States(registry));

        _folders.WriteBroken("b");
        var error = Assert.Throws<BadOptionException>(() => Create(options).Start());
        Assert.Contains("Nonsense", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_does_not_load_finds_places_where_nothing_is()
    {
        _folders.Write("a");

        var error = Assert.Throws<BadOptionException>(() => Create(_folders.Options("a", "absent")).Start());

        Assert.Contains("absent", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folders.Dispose();

    private static Task<LoadedTokenizer> GetAsync(TokenizerRegistry registry, string name) =>
        registry.GetAsync(name, CancellationToken.None).AsTask();

    private static TokenizerState[] States(TokenizerRegistry registry) => [.. registry.All.Select(slot => slot.Describe().State)];

    private TokenizerRegistry Create(TokenizerServiceOptions options) => TokenizerFixture.CreateRegistry(options, _log, _health);
}
