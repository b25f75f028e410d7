using System.CommandLine;
using Atropos.Hosting;
using Atropos.TokenizerService;

var host = new Option<string>("--host") { Description = "Address to listen on; * for all.", DefaultValueFactory = _ => "localhost" };
var port = new Option<int>("--port") { Description = "Port for gRPC.", DefaultValueFactory = _ => 9201 };
var tokenizers = new TokenizerCommandOptions("the default one first. Default: reference=reference.");
var command = new RootCommand("The tokenizer service of Atropos.Grpc: encode, decode, chat templates, output parsing.") { host, port };
foreach (var option in tokenizers.All)
{
    command.Options.Add(option);
}

return await HostCommand.RunAsync(command, args, options => HostRunner.RunAsync(
    () =>
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddAtroposDefaults(new HostEndpoints(options.GetRequiredValue(host), options.GetRequiredValue(port)));
        builder.Services.AddAtroposGrpc();
        var served = tokenizers.Read(options);
        TokenizerCommandOptions.AddConfigured(served, builder.Configuration);
        builder.Services.AddTokenizerService(served);
        var app = builder.Build();
        app.Services.LoadTokenizers();
        app.MapTokenizerService();
        return app.MapAtroposGrpc();
    },
    started: app => Console.WriteLine($"gRPC  {app.Urls.First()}")));
