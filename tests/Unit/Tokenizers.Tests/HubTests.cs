using System.Text;
using Atropos.TestSupport;
using Atropos.Tokenizers.Hub;

namespace Atropos.Tokenizers.Tests;

public sealed class HubTests : IDisposable
{
    private const string Model = "org/tiny";

    private readonly TemporaryFolder _cache = new();
    private readonly FakeHub _hub = new();

    public HubTests()
    {
        _hub.Files["tokenizer.json"] = Encoding.UTF8.GetBytes(Tiny.ByteLevel(["a b"], ["<|end|>"]).ToJsonString());
        _hub.Files["tokenizer_config.json"] = """{"eos_token": "<|end|>"}"""u8.ToArray();
        _hub.Files["additional_chat_templates/tool_use.jinja"] = "T"u8.ToArray();
        _hub.Files["model.safetensors"] = new byte[100];
        _hub.Files["tokenizer.model"] = new byte[100];
        _hub.Files["deep/tokenizer.json"] = new byte[100];
        _hub.Large.Add("tokenizer.json");
    }

    private string ModelFolder => Path.Combine(_cache.Path, "models--org--tiny");

    private string Snapshot => Path.Combine(ModelFolder, "snapshots", FakeHub.Commit);

    public void Dispose()
    {
        _hub.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task LoadAsync_fetches_the_tokenizer_and_nothing_else_into_the_layout_of_the_cache()
    {
        var tokenizer = await Hub().LoadAsync(Model);

        Assert.Equal([256], tokenizer.Encode("ab", false));
        Assert.Equal((257, "T"), (tokenizer.Settings.EosTokenId, tokenizer.Settings.NamedChatTemplates["tool_use"]));
        Assert.Equal(FakeHub.Commit, File.ReadAllText(Path.Combine(ModelFolder, "refs", "main")));
        Assert.Equal(
            ["additional_chat_templates/tool_use.jinja", "tokenizer.json", "tokenizer_config.json"],
            Directory.GetFiles(Snapshot, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Snapshot, path)).Order(StringComparer.Ordinal));
        Assert.Equal($"../../blobs/{_hub.Tag("tokenizer.json")}", new FileInfo(Path.Combine(Snapshot, "tokenizer.json")).LinkTarget);
        Assert.Equal(
            $"../../../blobs/{_hub.Tag("additional_chat_templates/tool_use.jinja")}",
            new FileInfo(Path.Combine(Snapshot, "additional_chat_templates", "tool_use.jinja")).LinkTarget);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(ModelFolder, "blobs")).Length);
        Assert.True(File.Exists(Path.Combine(ModelFolder, ".no_exist", FakeHub.Commit, "special_tokens_map.json")));
        Assert.False(File.Exists(Path.Combine(ModelFolder, ".no_exist", FakeHub.Commit, "tokenizer.json")));
    }

    [Fact]
    public async Task The_second_time_makes_no_request_unless_asked_for_updates()
    {
        var first = await Hub().LocateAsync(Model);
        var requests = _hub.Requests.Count;

        Assert.Equal(first, await Hub().LocateAsync(Model));
        Assert.Equal(first, await Hub().LocateAsync(Model, FakeHub.Commit));
        Assert.Equal(requests, _hub.Requests.Count);

        Assert.Equal(first, await Hub(options => options with { CheckForUpdates = true }).LocateAsync(Model));
        Assert.Equal(1, _hub.Requests.Skip(requests).Count(request => request.Path.StartsWith("/api/", StringComparison.Ordinal)));
        Assert.DoesNotContain(_hub.Requests.Skip(requests), request => request.Method == "GET" && request.Path.Contains("resolve", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_commit_is_found_without_a_name_and_leaves_none()
    {
        Assert.Equal(Snapshot, await Hub().LocateAsync(Model, FakeHub.Commit));
        Assert.False(Directory.Exists(Path.Combine(ModelFolder, "refs")));

        Assert.Equal(Snapshot, await Hub(options => options with { Offline = true }).LocateAsync(Model, FakeHub.Commit));
        Assert.Equal(Snapshot, await Hub().LocateAsync(Model, "refs/pr/1"));
        Assert.Equal(FakeHub.Commit, File.ReadAllText(Path.Combine(ModelFolder, "refs", "refs", "pr", "1")));
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_nowhere_else()
    {
        await Hub(options => options with { Token = "secret" }).LocateAsync(Model);

        Assert.All(_hub.Requests.Where(request => request.Where == "hub"), request => Assert.True(request.Token));
        Assert.Equal(("GET", "/tokenizer.json", false), _hub.Requests.Where(request => request.Where == "content").Select(request => (request.Method, request.Path, request.Token)).Single());
    }

    [Fact]
    public async Task A_connection_that_breaks_is_resumed_where_it_broke()
    {
        _hub.Files.Clear();
        _hub.Files["tokenizer.json"] = Encoding.UTF8.GetBytes(Tiny.ByteLevel(["a b"]).ToJsonString());
        _hub.Cuts.Enqueue(1000);
        _hub.Cuts.Enqueue(500);

        Assert.Equal(256, Assert.Single((await Hub().LoadAsync(Model)).Encode("ab", false)));
        Assert.Equal([null, "bytes=1000-", "bytes=1500-"], _hub.Requests.Where(request => request.Where == "content").Select(request => request.Range));
    }

    [Fact]
    public async Task What_broke_off_for_good_is_kept_and_resumed_the_next_time()
    {
        _hub.Files.Clear();
        _hub.Files["tokenizer.json"] = Encoding.UTF8.GetBytes(Tiny.ByteLevel(["a b"]).ToJsonString());
        foreach (var cut in new[] { 1000, 0, 0, 0 })
        {
            _hub.Cuts.Enqueue(cut);
        }

        var error = await Assert.ThrowsAsync<HubException>(() => Hub().LocateAsync(Model));
        Assert.Equal(HubError.Unreachable, error.Error);
        Assert.Contains("after 1000 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(1000, new FileInfo(Path.Combine(ModelFolder, "blobs", _hub.Tag("tokenizer.json") + ".incomplete")).Length);
        Assert.False(Directory.Exists(Path.Combine(ModelFolder, "snapshots")));

        Assert.Equal(256, Assert.Single((await Hub().LoadAsync(Model)).Encode("ab", false)));
        Assert.Equal("bytes=1000-", _hub.Requests.Last(request => request.Where == "content").Range);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Damaged_content_is_refused_and_nothing_of_it_stays(bool large)
    {
        _hub.Damages = true;
        if (!large)
        {
            _hub.Large.Clear();
        }

        var error = await Assert.ThrowsAsync<HubException>(() => Hub().LocateAsync(Model));

        Assert.Equal(HubError.Corrupt, error.Error);
        Assert.Empty(Directory.GetFiles(Path.Combine(ModelFolder, "blobs")));
        Assert.False(Directory.Exists(Path.Combine(ModelFolder, "snapshots")));
        Assert.False(Directory.Exists(Path.Combine(ModelFolder, "refs")));

        _hub.Damages = false;
        Assert.Equal(256, Assert.Single((await Hub().LoadAsync(Model)).Encode("ab", false)));
    }

    [Fact]
    public async Task A_part_that_belongs_to_something_else_is_fetched_anew()
    {
        Directory.CreateDirectory(Path.Combine(ModelFolder, "blobs"));
        await File.WriteAllTextAsync(Path.Combine(ModelFolder, "blobs", _hub.Tag("tokenizer.json") + ".incomplete"), "something else");

        Assert.Equal(256, Assert.Single((await Hub().LoadAsync(Model)).Encode("ab", false)));
    }

    [Theory]
    [InlineData(null, "Set HF_TOKEN to a token that may read it. The hub says: Access to model org/tiny is restricted")]
    [InlineData("secret", "Ask for access at http://127.0.0.1")]
    public async Task A_gated_model_says_to_set_a_token(string? token, string expected)
    {
        _hub.Refusal = (token is null ? 401 : 403, "Access to model org/tiny is restricted");

        var error = await Assert.ThrowsAsync<HubException>(() => Hub(options => options with { Token = token }).LocateAsync(Model));

        Assert.Equal(HubError.Forbidden, error.Error);
        Assert.Contains("'org/tiny' at revision 'main'", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_named_with_its_revision()
    {
        var error = await Assert.ThrowsAsync<HubException>(() => Hub().LocateAsync(Model, "v9"));

        Assert.Equal(HubError.NotFound, error.Error);
        Assert.Contains("has no 'org/tiny' at revision 'v9'", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("The hub says: Repository not found", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_cache.Path));
    }

    [Fact]
    public async Task A_model_without_a_tokenizer_says_what_was_looked_for()
    {
        _hub.Files.Clear();
        _hub.Files["model.safetensors"] = [1];

        var error = await Assert.ThrowsAsync<HubException>(() => Hub().LocateAsync(Model));

        Assert.Equal(HubError.NoTokenizer, error.Error);
        Assert.Contains("tekken.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_uses_the_cache_and_else_says_where_it_looked()
    {
        var offline = Hub(options => options with { Offline = true });
        var error = await Assert.ThrowsAsync<HubException>(() => offline.LocateAsync(Model));
        Assert.Equal(HubError.Offline, error.Error);
        Assert.Contains(_cache.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.CurrentDirectory, error.Message, StringComparison.Ordinal);
        Assert.Empty(_hub.Requests);

        await Hub().LocateAsync(Model);
        Assert.Equal(Snapshot, await offline.LocateAsync(Model));
    }

    [Fact]
    public async Task A_hub_that_is_down_does_no_harm_to_what_is_in_the_cache()
    {
        await Hub().LocateAsync(Model);
        var updating = Hub(options => options with { CheckForUpdates = true });
        _hub.Refusal = (503, "down");

        Assert.Equal(Snapshot, await updating.LocateAsync(Model));
        var error = await Assert.ThrowsAsync<HubException>(() => updating.LocateAsync("org/other"));
        Assert.Equal(HubError.Unreachable, error.Error);
        Assert.Contains("status 503", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_other_tools_left_half_done_is_completed()
    {
        Directory.CreateDirectory(Snapshot);
        Directory.CreateDirectory(Path.Combine(ModelFolder, "refs"));
        await File.WriteAllTextAsync(Path.Combine(ModelFolder, "refs", "main"), FakeHub.Commit);
        await File.WriteAllBytesAsync(Path.Combine(Snapshot, "tokenizer.model"), [1, 2, 3]);

        Assert.Equal(256, Assert.Single((await Hub().LoadAsync(Model)).Encode("ab", false)));
    }

    [Fact]
    public async Task Many_at_once_fetch_each_file_once()
    {
        var paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Hub().LocateAsync(Model))));

        Assert.All(paths, path => Assert.Equal(Snapshot, path));
        Assert.Equal(1, _hub.Requests.Count(request => request.Where == "content"));
        Assert.Equal(1, _hub.Count("GET", "tokenizer_config.json"));
    }

    [Fact]
    public async Task A_local_path_comes_first()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", Tiny.ByteLevel(["c d"]).ToJsonString());

        Assert.Equal(256, Assert.Single((await Hub().LoadAsync(folder.Path)).Encode("cd", false)));
        Assert.Equal(256, Assert.Single((await Hub().LoadAsync(folder.File("tokenizer.json"))).Encode("cd", false)));
        Assert.Empty(_hub.Requests);
    }

    [Theory]
    [InlineData("../evil", null)]
    [InlineData("/no/such/folder", null)]
    [InlineData("a/b/c", null)]
    [InlineData("org/tiny", "../main")]
    public async Task Names_that_cannot_be_are_refused(string model, string? revision)
    {
        var error = await Assert.ThrowsAsync<HubException>(() => Hub().LocateAsync(model, revision));

        Assert.Equal(HubError.InvalidName, error.Error);
        Assert.Empty(_hub.Requests);
    }

    [Fact]
    public async Task Cancelling_stops_it()
    {
        using var cancel = new CancellationTokenSource();
        _hub.OnRequest = cancel.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Hub().LocateAsync(Model, cancellationToken: cancel.Token));
    }

    [Fact]
    public async Task A_client_that_hides_redirects_is_refused()
    {
        using var http = new HttpClient();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new TokenizerHub(new HubOptions { CacheFolder = _cache.Path, Endpoint = _hub.Endpoint }, http).LocateAsync(Model));

        Assert.Contains("CreateHandler", error.Message, StringComparison.Ordinal);
    }

    private TokenizerHub Hub(Func<HubOptions, HubOptions>? change = null)
    {
        var options = new HubOptions { CacheFolder = _cache.Path, Endpoint = _hub.Endpoint };
        return new TokenizerHub(change?.Invoke(options) ?? options);
    }
}
