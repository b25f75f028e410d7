using System.CommandLine;
using Atropos.Hosting;
using Atropos.SessionTracker;

var host = new Option<string>("--host") { Description = "Address to listen on; * for all.", DefaultValueFactory = _ => "localhost" };
var port = new Option<int>("--port") { Description = "Port for gRPC.", DefaultValueFactory = _ => 9203 };
var tokenizer = new Option<string>("--tokenizer-address") { Description = "The tokenizer service.", DefaultValueFactory = _ => "http://localhost:9201" };
var router = new Option<string>("--router-address") { Description = "The inference router.", DefaultValueFactory = _ => "http://localhost:9202" };
var store = new Option<string>("--store") { Description = "The SQLite file that keeps sessions; made where there is none.", DefaultValueFactory = _ => "sessions.db" };
var command = new RootCommand("The session tracker of Atropos.Grpc: runs turns, keeps sessions.") { host, port, tokenizer, router, store };

return await HostCommand.RunAsync(command, args, options => HostRunner.RunAsync(
    () =>
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddAtroposDefaults(new HostEndpoints(options.GetRequiredValue(host), options.GetRequiredValue(port)));
        builder.Services.AddAtroposGrpc();
        builder.Services.AddSqliteSessionStore(options.GetRequiredValue(store), "--store");
        builder.Services.AddSessionTracker(new SessionTrackerAddresses(options.GetRequiredValue(tokenizer), options.GetRequiredValue(router)));
        var app = builder.Build();
        app.MapSessionTracker();
        return app.MapAtroposGrpc();
    },
    started: app => Console.WriteLine($"gRPC  {app.Urls.First()}")));
