using Atropos.InferenceRouter.Configuration;

namespace Atropos.Standalone;

/// <summary>The few lines that a user sees first.</summary>
internal static class StartupText
{
    public static void Write(TextWriter output, WebApplication app, StandaloneOptions options, InferenceRouterOptions router)
    {
        // In the order in which the listeners were added: gRPC first.
        var addresses = app.Urls.Select(Reachable).ToArray();
        var version = typeof(StartupText).Assembly.GetName().Version?.ToString(3);
        output.WriteLine($"Atropos.Grpc {version}");
        output.WriteLine($"  REST     {addresses[1]}");
        output.WriteLine($"  gRPC     {addresses[0]}");
        output.WriteLine($"  models   {string.Join(", ", router.Models.Select(model => model.Name))}");
        foreach (var engine in router.Engines)
        {
            var embedded = options.Config is null ? " (embedded)" : "";
            output.WriteLine($"  engine   {engine.Dialect} {engine.BaseUrl}{embedded}");
        }

        output.WriteLine($"  store    {(options.Store == StandaloneOptions.MemoryStore ? "memory" : Path.GetFullPath(options.Store))}");
        output.WriteLine("Try");
        output.WriteLine($$"""  curl {{addresses[1]}}/v1/chat/completions -d '{"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 20}'""");
        output.Flush();
    }

    private static string Reachable(string address) =>
        address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
}
