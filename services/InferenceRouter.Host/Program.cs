using System.CommandLine;
using Atropos.Hosting;
using Atropos.InferenceRouter;
using Atropos.InferenceRouter.Configuration;

var host = new Option<string>("--host") { Description = "Address to listen on; * for all.", DefaultValueFactory = _ => "localhost" };
var port = new Option<int>("--port") { Description = "Port for gRPC.", DefaultValueFactory = _ => 9202 };
var config = new Option<string>("--config") { Description = "The servers.json that names the engines.", DefaultValueFactory = _ => "servers.json" };
var command = new RootCommand("The inference router of Atropos.Grpc: token ids in, sampled ids and log-probabilities out.") { host, port, config };

return await HostCommand.RunAsync(command, args, options => HostRunner.RunAsync(
    () =>
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddAtroposDefaults(new HostEndpoints(options.GetRequiredValue(host), options.GetRequiredValue(port)));
        builder.Services.AddAtroposGrpc();
        builder.Services.AddInferenceRouter(ServersFile.LoadOption("--config", options.GetRequiredValue(config)));
        var app = builder.Build();
        app.MapInferenceRouter();
        return app.MapAtroposGrpc();
    },
    started: app => Console.WriteLine($"gRPC  {app.Urls.First()}")));
