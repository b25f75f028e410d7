using System.Collections.Concurrent;
using Atropos.InferenceRouter.Configuration;
using Atropos.ReferenceEngine;
using Atropos.Router.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Tests;

/// <summary>Against an engine that samples from a real model and records what it did.</summary>
public sealed class ReferenceEngineTests
{
    [Theory]
    [InlineData("vllm", false, 1)]
    [InlineData("vllm", false, 3)]
    [InlineData("sglang", false, 1)]
    [InlineData("sglang", false, 3)]
    [InlineData("sglang", true, 1)]
    [InlineData("sglang", true, 3)]
    public async Task Generate_bringsBackWhatTheEngineSampled_bitForBit(string dialect, bool incremental, int n)
    {
        var records = new ConcurrentQueue<RecordedRequest>();
        await using var engine = await StartAsync(dialect, incremental, records);
        await using var router = await RouteAsync(engine, dialect);
        var request = Request(n);

        var events = await router.GenerateAsync(request);

        var record = records.Single();
        Assert.Equal(n, record.Choices.Count);
        foreach (var choice in record.Choices)
        {
            Assert.Equal(request.Tokens.TokenIds, choice.PromptIds);
            Assert.Equal(choice.OutputIds, events.Ids(choice.Index));
            Assert.Equal(choice.Logprobs.Select(BitConverter.SingleToUInt32Bits), events.Logprobs(choice.Index).Select(BitConverter.SingleToUInt32Bits));
            Assert.Equal(choice.FinishReason, events.Finish(choice.Index).EngineFinishReason);
        }

        Assert.True(events[0].Started.Tracked);
        Assert.Equal("policy-3", events[0].Started.WeightVersion);
        Assert.Equal(record.Choices.Sum(choice => choice.OutputIds.Count), events.Usage().CompletionTokens);
    }

    [Theory]
    [InlineData("vllm")]
    [InlineData("sglang")]
    public async Task Generate_withTopAndPromptLogprobs_putsTheSampledTokenAmongThem(string dialect)
    {
        await using var engine = await StartAsync(dialect, false, []);
        await using var router = await RouteAsync(engine, dialect);
        var request = Request(1);
        request.Sampling.TopK = 1;
        request.Sampling.Temperature = 1;
        request.TopLogprobs = 2;
        request.PromptLogprobs = 1;

        var events = await router.GenerateAsync(request);

        // With top-k of one the sampled token is the likeliest.
        var tokens = events.Where(item => item.Sampled is not null).Select(item => item.Sampled).ToList();
        Assert.Equal(events.Ids(), tokens.SelectMany(item => item.TopLogprobs).Select(top => top.TokenIds[0]));
        Assert.Equal(events.Logprobs(), tokens.SelectMany(item => item.TopLogprobs).Select(top => top.Logprobs[0]));
        Assert.All(tokens.SelectMany(item => item.TopLogprobs), top => Assert.Equal(2, top.TokenIds.Count));
        var prompt = events.Single(item => item.PromptLogprobs is not null).PromptLogprobs;
        Assert.Equal(request.Tokens.TokenIds.Count - 1, prompt.Logprobs.Count);
        Assert.All(prompt.Logprobs.Zip(prompt.TopLogprobs), item => Assert.True(item.First <= item.Second.Logprobs[0]));
    }

    private static GenerateRequest Request(int n) => new()
    {
        Tokens = new TokenPrompt { TokenIds = { 40, 41, 42, 43, 44 } },
        N = n,
        Sampling = new SamplingParameters { MaxTokens = 24, Seed = 7, Temperature = 0.9f, IgnoreEos = true },
    };

    private static async Task<WebApplication> StartAsync(string dialect, bool incremental, ConcurrentQueue<RecordedRequest> records)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddReferenceEngine(options =>
        {
            options.Dialects = dialect == "vllm" ? EngineDialects.Vllm : EngineDialects.Sglang;
            options.IncrementalStreaming = incremental;
            options.WeightVersion = "policy-3";
            options.Recorder = records.Enqueue;
        });
        var app = builder.Build();
        app.MapReferenceEngine();
        await app.StartAsync();
        return app;
    }

    private static async Task<RouterHost> RouteAsync(WebApplication engine, string dialect)
    {
        var url = engine.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var options = new InferenceRouterOptions();
        // Probing stays off, so that a test that needs the version must get it from the configuration or the answer.
        options.Engines.Add(new EngineOptions
        {
            BaseUrl = url, Dialect = dialect, Models = { ReferenceEngineModels.Reference }, HealthCheck = false, WeightVersion = "policy-3",
        });
        return await RouterHost.StartAsync(options);
    }
}
