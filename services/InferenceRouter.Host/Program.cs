using System.CommandLine;
using Atropos.Hosting;
using Atropos.InferenceRouter;
using Atropos.InferenceRouter.Configuration;

var config = new Option<string>("--config") { Description = "File with the engines.", DefaultValueFactory = _ => "servers.json" };
var host = new Option<string>("--host") { Description = "Address to listen on; * for all.", DefaultValueFactory = _ => "localhost" };
var port = new Option<int>("--port") { Description = "Port for gRPC.", DefaultValueFactory = _ => 5003 };
var command = new RootCommand("Sends prompts as token ids to engines and brings back what they sample.") { config, host, port };
command.SetAction(arguments => HostRunner.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.AddAtroposDefaults(new HostEndpoints(arguments.GetValue(host)!, arguments.GetValue(port)));
    builder.Services.AddAtroposGrpc();
    builder.Services.AddInferenceRouter(ServersFile.LoadOption("--config", arguments.GetValue(config)!));
    var app = builder.Build();
    app.MapInferenceRouter();
    return app.MapAtroposGrpc();
}));
return await command.Parse(args).InvokeAsync();
