using System.CommandLine;
using Atropos.Hosting;
using Atropos.ReferenceEngine;

var host = new Option<string>("--host") { Description = "Address to listen on; * for all.", DefaultValueFactory = _ => "localhost" };
var port = new Option<int>("--port") { Description = "Port for HTTP.", DefaultValueFactory = _ => 8000 };
var seed = new Option<ulong?>("--seed") { Description = "Seeds the requests that bring no seed of their own, in the order of their arrival." };
var version = new Option<string>("--weight-version") { Description = "The policy version that it reports.", DefaultValueFactory = _ => "default" };
var speed = new Option<double>("--tokens-per-second") { Description = "How fast each sequence is generated; 0 as fast as it goes." };
var command = new RootCommand("A small language model behind vLLM's and SGLang's HTTP dialects.") { host, port, seed, version, speed };

return await HostCommand.RunAsync(command, args, options => HostRunner.RunAsync(
    () =>
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddAtroposDefaults(new HostEndpoints(options.GetRequiredValue(host), GrpcPort: null, options.GetRequiredValue(port)));
        builder.Services.AddReferenceEngine(engine =>
            (engine.Seed, engine.WeightVersion, engine.TokensPerSecond) =
                (options.GetValue(seed), options.GetRequiredValue(version), options.GetValue(speed)));
        var app = builder.Build();
        app.MapReferenceEngine();
        return app;
    },
    started: app => Console.WriteLine($"HTTP  {app.Urls.First()}")));
