using System.Globalization;
using Atropos.ReferenceEngine;

// Options: --host, --port, --seed, --weight-version, --models reference,echo, --tokens-per-second; see ReferenceEngineOptions.
var builder = WebApplication.CreateBuilder(args);
var settings = builder.Configuration;
builder.WebHost.UseUrls($"http://{settings["host"] ?? "127.0.0.1"}:{settings["port"] ?? "8000"}");
builder.Services.AddReferenceEngine(options =>
{
    options.Seed = settings.GetValue<ulong?>("seed");
    options.WeightVersion = settings["weight-version"] ?? options.WeightVersion;
    options.Models = settings["models"]?.Split(',') ?? options.Models;
    options.TokensPerSecond = double.Parse(settings["tokens-per-second"] ?? "0", CultureInfo.InvariantCulture);
});

var app = builder.Build();
app.MapReferenceEngine();
await app.RunAsync();
