using Atropos.Hosting.Errors;
using Atropos.Router.V1;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Stores;
using Atropos.SessionTracker.Tests.Support;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Atropos.SessionTracker.Tests.Grpc;

public sealed class NetworkTests : IAsyncLifetime
{
    private readonly ByteTokenizerService _tokenizer = new();
    private readonly ScriptedRouter _router = new();
    private readonly List<GrpcHost> _hosts = [];
    private GrpcChannel _channel = null!;
    private CompletionService.CompletionServiceClient _completions = null!;
    private SessionService.SessionServiceClient _sessions = null!;

    public async ValueTask InitializeAsync()
    {
        var tokenizer = await AddAsync(services => services.AddSingleton(_tokenizer), app => app.MapGrpcService<ByteTokenizerService>());
        var router = await AddAsync(services => services.AddSingleton(_router), app => app.MapGrpcService<ScriptedRouter>());
        var tracker = await AddAsync(
            services => services.AddSingleton<ISessionStore, MemorySessionStore>()
                .AddSessionTracker(new SessionTrackerAddresses(tokenizer.Address, router.Address)),
            app => app.MapSessionTracker());
        _channel = tracker.Connect();
        var invoker = _channel.CreateCallInvoker();
        _completions = new CompletionService.CompletionServiceClient(invoker);
        _sessions = new SessionService.SessionServiceClient(invoker);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        for (var i = _hosts.Count - 1; i >= 0; i--)
        {
            await _hosts[i].DisposeAsync();
        }
    }

    [Fact]
    public async Task Turns_run_over_sockets_and_survive_a_tokenizer_that_drops_its_stream()
    {
        var uuid = (await _sessions.CreateSessionAsync(new CreateSessionRequest())).Session.Uuid;
        var first = await _completions.CreateChatCompletionAsync(
            new CreateChatCompletionRequest { Uuid = uuid, Request = Chat.Request(Chat.User("a")) });
        _tokenizer.BreakStreams();
        await EventuallyAsync(() => _completions.CreateChatCompletionAsync(new CreateChatCompletionRequest
        {
            Uuid = uuid,
            Request = Chat.Request(Chat.User("a"), Chat.Echo(first.Completion.Choices[0].Message), Chat.User("b")),
        }).ResponseAsync);

        var node = Assert.Single((await _sessions.ListNodesAsync(new ListNodesRequest { Uuid = uuid })).Nodes);
        Assert.Equal(2, node.Metadata.TurnCount);
        Assert.Equal(2, _tokenizer.Streams);
    }

    [Fact]
    public async Task A_client_that_goes_away_aborts_generation()
    {
        _router.Script = EndlessAsync;
        using var leaving = new CancellationTokenSource();
        using var call = _completions.StreamChatCompletion(
            new StreamChatCompletionRequest { Request = Chat.Request(Chat.User("a")) }, cancellationToken: leaving.Token);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        await leaving.CancelAsync();

        await _router.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_error_has_its_status_and_field_on_the_wire()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _completions.CreateChatCompletionAsync(
            new CreateChatCompletionRequest { Request = Chat.Request() }));

        Assert.Equal((StatusCode.InvalidArgument, "messages"), (error.StatusCode, ErrorTrailers.ReadField(error)));
    }

    // The call that finds the stream broken may be the one that fails with it; it is then to be sent again.
    private static async Task EventuallyAsync(Func<Task> call)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await call();
                return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && attempt < 3)
            {
                Assert.Contains("Try again", e.Status.Detail);
            }
        }
    }

    private static async IAsyncEnumerable<GenerateResponse> EndlessAsync(
        GenerateRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new GenerateResponse { Started = ScriptedRouter.Started() };
        yield return new GenerateResponse { Sampled = new SampledTokens { TokenIds = { 'a' }, Logprobs = { -1f } } };
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private async Task<GrpcHost> AddAsync(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var host = await GrpcHost.StartAsync(add, map);
        _hosts.Add(host);
        return host;
    }
}
