using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Atropos.Tokenizers.Tests;

/// <summary>
/// A hub on this machine that answers as Hugging Face's does: small files by itself, large ones (<see cref="Large"/>) by sending to a
/// second address. It keeps account of every request.
/// </summary>
internal sealed class FakeHub : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly TcpListener _hub = new(IPAddress.Loopback, 0);
    private readonly TcpListener _content = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public FakeHub()
    {
        _hub.Start();
        _content.Start();
        _ = ServeAsync(_hub, "hub");
        _ = ServeAsync(_content, "content");
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_hub.LocalEndpoint).Port}");

    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>Names of the files that lie at the second address.</summary>
    public HashSet<string> Large { get; } = [];

    /// <summary>Every request: where, method, path, whether it brought a token, and its range.</summary>
    public ConcurrentQueue<(string Where, string Method, string Path, bool Token, string? Range)> Requests { get; } = new();

    /// <summary>What each of the next answers with a file's content is cut to, in bytes.</summary>
    public ConcurrentQueue<int> Cuts { get; } = new();

    /// <summary>Whether contents come damaged.</summary>
    public bool Damages { get; set; }

    /// <summary>The status of everything; null for a hub that works.</summary>
    public (int Status, string Message)? Refusal { get; set; }

    /// <summary>Called before each answer.</summary>
    public Action? OnRequest { get; set; }

    public int Count(string method, string part) => Requests.Count(request => request.Method == method && request.Path.Contains(part, StringComparison.Ordinal));

    public void Dispose()
    {
        _stop.Cancel();
        _hub.Dispose();
        _content.Dispose();
        _stop.Dispose();
    }

    public static string GitHash(byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {content.Length}\0"));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public string Tag(string name) => Large.Contains(name) ? Convert.ToHexStringLower(SHA256.HashData(Files[name])) : GitHash(Files[name]);

    private async Task ServeAsync(TcpListener listener, string where)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(_stop.Token);
                _ = AnswerAsync(client, where);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client, string where)
    {
        using var connection = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var start = (await reader.ReadLineAsync(_stop.Token) ?? "").Split(' ');
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
            {
                headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }

            OnRequest?.Invoke();
            Requests.Enqueue((where, start[0], start[1], headers.ContainsKey("Authorization"), headers.GetValueOrDefault("Range")));
            var (head, body) = Answer(where, start[0], start[1], headers.GetValueOrDefault("Range"));
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n"), _stop.Token);
            if (start[0] == "HEAD")
            {
                return;
            }

            var length = head.Contains("X-Content", StringComparison.Ordinal) && Cuts.TryDequeue(out var cut) ? Math.Min(cut, body.Length) : body.Length;
            await stream.WriteAsync(body.AsMemory(0, length), _stop.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side went away.
        }
    }

    private (string Head, byte[] Body) Answer(string where, string method, string path, string? range)
    {
        if (Refusal is var (status, message))
        {
            return ($"HTTP/1.1 {status} No\r\nX-Error-Message: {message}\r\n", []);
        }

        if (path.StartsWith("/api/models/", StringComparison.Ordinal))
        {
            var siblings = string.Join(',', Files.Keys.Select(name => $$"""{"rfilename": "{{name}}"}"""));
            return path is $"/api/models/org/tiny/revision/main" or $"/api/models/org/tiny/revision/{Commit}" or "/api/models/org/tiny/revision/refs%2Fpr%2F1"
                ? ("HTTP/1.1 200 OK\r\n", Encoding.UTF8.GetBytes($$"""{"sha": "{{Commit}}", "siblings": [{{siblings}}]}"""))
                : ("HTTP/1.1 404 Not Found\r\nX-Error-Code: RepoNotFound\r\nX-Error-Message: Repository not found\r\n", []);
        }

        var name = where == "content" ? path[1..] : path.Replace($"/org/tiny/resolve/{Commit}/", "", StringComparison.Ordinal);
        if (!Files.TryGetValue(name, out var content))
        {
            return ("HTTP/1.1 404 Not Found\r\n", []);
        }

        if (where == "hub" && Large.Contains(name))
        {
            var port = ((IPEndPoint)_content.LocalEndpoint).Port;
            return ($"HTTP/1.1 302 Found\r\nX-Repo-Commit: {Commit}\r\nX-Linked-Etag: \"{Tag(name)}\"\r\nX-Linked-Size: {content.Length}\r\n"
                + $"Location: http://127.0.0.1:{port}/{name}\r\n", []);
        }

        var tag = where == "content" ? "\"other\"" : $"W/\"{Tag(name)}\"";
        if (Damages)
        {
            content = content.ToArray();
            content[^1] ^= 1;
        }

        var from = range is null ? 0 : int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        return from >= content.Length && from > 0
            ? ("HTTP/1.1 416 Range\r\n", [])
            : ((from > 0 ? $"HTTP/1.1 206 Part\r\nContent-Range: bytes {from}-{content.Length - 1}/{content.Length}\r\n" : "HTTP/1.1 200 OK\r\n")
                + $"X-Content: {method}\r\nX-Repo-Commit: {Commit}\r\nETag: {tag}\r\n", content[from..]);
    }
}
