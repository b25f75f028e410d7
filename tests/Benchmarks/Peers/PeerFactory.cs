using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Atropos.Benchmarks.Peers;

/// <summary>Starts what is compared, before the same engine.</summary>
internal static partial class PeerFactory
{
    /// <summary>No one between.</summary>
    public static Peer Direct(Uri engine) => new("direct", engine, "/v1/chat/completions", process: null);

    /// <summary>nginx as a reverse proxy that does not buffer, with connections kept alive; null where it is not installed.</summary>
    public static async Task<Peer?> NginxAsync(Uri engine)
    {
        const string Binary = "/usr/sbin/nginx";
        if (!File.Exists(Binary))
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("atropos-nginx-").FullName;
        var port = FreePort();
        var configuration = $$"""
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 8192; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              keepalive_requests 1000000;
              upstream engine { server {{engine.Authority}}; keepalive 256; }
              server {
                listen 127.0.0.1:{{port}};
                location / {
                  proxy_pass http://engine;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_buffering off;
                }
              }
            }
            """;
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, configuration);
        var process = Process.Start(new ProcessStartInfo(Binary, ["-c", file, "-p", folder]) { RedirectStandardError = true })!;
        var url = new Uri($"http://127.0.0.1:{port}");
        await WaitUntilUpAsync(url, process);
        return new Peer("nginx", url, "/v1/chat/completions", process, () => Directory.Delete(folder, recursive: true));
    }

    /// <summary>The product, with or without a session to record in.</summary>
    public static async Task<Peer> AtroposAsync(Uri engine)
    {
        var folder = Directory.CreateTempSubdirectory("atropos-benchmark-").FullName;
        var servers = Path.Combine(folder, "servers.json");
        await File.WriteAllTextAsync(
            servers,
            $$"""{"model_name": "m", "tokenizer_name": "reference", "servers": [{"base_url": "{{engine}}", "server_type": "vllm"}]}""");
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "atropos.dll"), "--config", servers, "--port", "0", "--grpc-port", "0",
                "--store", Path.Combine(folder, "sessions.db"),
            ])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (RestLine().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new Peer(
                    "atropos", new Uri(match.Groups["url"].Value), "/v1/chat/completions", process, () => Directory.Delete(folder, recursive: true));
            }
        }

        throw new InvalidOperationException("The product did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task WaitUntilUpAsync(Uri url, Process process)
    {
        using var client = new HttpClient();
        while (!process.HasExited)
        {
            try
            {
                using var response = await client.GetAsync(new Uri(url, "/health"));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("nginx ended: " + await process.StandardError.ReadToEndAsync());
    }

    [GeneratedRegex(@"REST\s+(?<url>http://\S+)")]
    private static partial Regex RestLine();
}
