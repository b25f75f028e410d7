using System.CommandLine;
using Atropos.Edge;
using Atropos.Hosting;

var host = new Option<string>("--host") { Description = "Address to listen on; * for all.", DefaultValueFactory = _ => "localhost" };
var port = new Option<int>("--port") { Description = "Port for REST.", DefaultValueFactory = _ => 9100 };
var tracker = new Option<string>("--tracker-address")
{
    Description = "Where the session tracker listens for gRPC.",
    DefaultValueFactory = _ => "http://localhost:9203",
};
var command = new RootCommand("The REST edge of Atropos.Grpc: JSON and SSE in front of the session tracker.") { host, port, tracker };

return await HostCommand.RunAsync(command, args, options => HostRunner.RunAsync(
    () =>
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddAtroposDefaults(new HostEndpoints(options.GetRequiredValue(host), GrpcPort: null, options.GetRequiredValue(port)));
        builder.Services.AddSingleton(GrpcChannels.Create(options.GetRequiredValue(tracker), "--tracker-address"));
        var app = builder.Build();
        app.UseRequestIds();
        app.MapEdge(app.Services.GetRequiredService<Grpc.Net.Client.GrpcChannel>().CreateCallInvoker(), TimeProvider.System);
        return app;
    },
    started: app => Console.WriteLine($"REST  {app.Urls.First()}")));
