using Atropos.Sessions.V1;
using Atropos.SessionTracker.Stores;
using Atropos.SessionTracker.Tests.Support;
using Atropos.TokenizerService;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Atropos.SessionTracker.Tests.Tokenization;

public sealed class TokenizationNetworkTests
{
    [Fact]
    public async Task Tokenization_is_served_over_sockets_and_found_by_reflection()
    {
        await using var tokenizer = await GrpcHost.StartAsync(
            services => services.AddTokenizerService(TokenizerServiceOptions.Parse(["bytes=reference"])), app => app.MapTokenizerService());
        await using var router = await GrpcHost.StartAsync(
            services => services.AddSingleton(new ScriptedRouter()), app => app.MapGrpcService<ScriptedRouter>());
        await using var tracker = await GrpcHost.StartAsync(
            services => services.AddSingleton<ISessionStore, MemorySessionStore>()
                .AddSessionTracker(new SessionTrackerAddresses(tokenizer.Address, router.Address)),
            app => app.MapSessionTracker());
        using var channel = tracker.Connect();

        var answer = await new TokenizationService.TokenizationServiceClient(channel).TokenizeAsync(
            new TokenizeRequest { Prompt = "Hello world", ReturnTokenStrs = true });

        Assert.Equal(["Hello", "Ġwor", "ld"], answer.TokenStrs.Values);
        Assert.Contains("atropos.sessions.v1.TokenizationService", await ListServicesAsync(channel.CreateCallInvoker()));
    }

    private static async Task<IEnumerable<string>> ListServicesAsync(CallInvoker invoker)
    {
        using var call = new ServerReflection.ServerReflectionClient(invoker).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
    }
}
