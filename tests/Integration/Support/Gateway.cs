using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Atropos.Integration.Tests.Support;

/// <summary>The standalone product in a process of its own, and a plain HTTP client for it.</summary>
internal sealed partial class Gateway : IAsyncDisposable
{
    private Gateway(HostProcess process, Uri rest)
    {
        Process = process;
        Rest = rest;
        Http = new HttpClient { BaseAddress = rest, Timeout = TimeSpan.FromMinutes(2) };
    }

    public HostProcess Process { get; }

    public Uri Rest { get; }

    public HttpClient Http { get; }

    /// <summary>Starts it on free ports and waits until it says where it listens.</summary>
    public static Task<Gateway> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string>(), arguments);

    /// <summary>Starts it with further environment variables.</summary>
    public static async Task<Gateway> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var process = HostProcess.Start(environment, "atropos", ["--port", "0", "--grpc-port", "0", .. arguments]);
        var ready = await process.WaitForAsync(output => ReadyLines().Match(output) is { Success: true } match ? match : null);
        return new Gateway(process, new Uri(ready.Groups["rest"].Value));
    }

    /// <summary>Speaks to a process that listens already; it is stopped with the gateway.</summary>
    public static Gateway Attach(HostProcess process, Uri rest) => new(process, rest);

    public async Task<string> CreateSessionAsync(object? body = null)
    {
        var session = await PostAsync("/sessions/create", body ?? new { });
        return (string)session["uuid"]!;
    }

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        return await ReadAsync(response);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return await ReadAsync(response);
    }

    public async Task<List<RecordedNode>> NodesAsync(string uuid, string mode = "linear")
    {
        var answer = await GetAsync($"/{uuid}/nodes?mode={mode}");
        return [.. answer["nodes"]!.AsArray().Select(node => node.Deserialize<RecordedNode>(JsonSerializerOptions.Web)!)];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    [GeneratedRegex(@"REST\s+(?<rest>http://\S+)[\s\S]*gRPC\s+http://[\s\S]*curl")]
    private static partial Regex ReadyLines();
}
