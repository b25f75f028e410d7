using Atropos.Hosting.Errors;
using Atropos.Hosting.InProcess;
using Atropos.SessionTracker.Clients;
using Atropos.SessionTracker.Tests.Support;
using Atropos.Tokenizer.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Clients;

public sealed class TokenizerChannelTests
{
    private readonly ByteTokenizerService _service = new();

    [Fact]
    public async Task Many_calls_at_once_share_one_stream_and_get_their_own_answers()
    {
        await using var channel = Channel();

        var texts = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var ids = await channel.EncodeAsync("", $"text {i}", addSpecialTokens: false, CancellationToken.None);
            return await channel.DecodeAsync("", ids, skipSpecialTokens: false, CancellationToken.None);
        }));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"text {i}"), texts);
        Assert.Equal(1, _service.Streams);
    }

    [Fact]
    public async Task A_stream_that_breaks_fails_what_is_under_way_and_the_next_call_opens_another()
    {
        await using var channel = Channel();
        using var output = await channel.OpenOutputAsync(new OutputOptions(), CancellationToken.None);
        _service.HoldRender = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = channel.RenderChatAsync(Render(), CancellationToken.None);
        await _service.HoldRender.Task.WaitAsync(TimeSpan.FromSeconds(30));

        _service.BreakStreams();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<AtroposException>(() => waiting)).StatusCode);
        var fed = await Assert.ThrowsAsync<AtroposException>(() => output.FeedAsync([1], last: false, CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, fed.StatusCode);
        _service.HoldRender = null;
        Assert.NotEmpty((await channel.RenderChatAsync(Render(), CancellationToken.None)).TokenIds);
        Assert.Equal(2, _service.Streams);
    }

    [Fact]
    public async Task An_error_of_the_tokenizer_keeps_its_status_reason_and_field()
    {
        await using var channel = Channel();

        var error = await Assert.ThrowsAsync<AtroposException>(
            () => channel.OpenOutputAsync(new OutputOptions { ToolParser = "nope" }, CancellationToken.None));

        Assert.Equal((StatusCode.InvalidArgument, "UNKNOWN_PARSER", "options.tool_parser"), (error.StatusCode, error.Reason, error.Field));
    }

    [Fact]
    public async Task A_call_that_is_given_up_does_not_disturb_the_others()
    {
        await using var channel = Channel();
        _service.HoldRender = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var givingUp = new CancellationTokenSource();
        var waiting = channel.RenderChatAsync(Render(), givingUp.Token);
        await _service.HoldRender.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await givingUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal([65], await channel.EncodeAsync("", "A", addSpecialTokens: false, CancellationToken.None));
    }

    [Fact]
    public async Task A_vocabulary_is_fetched_once()
    {
        await using var channel = Channel();
        var cache = new VocabularyCache(channel, new TokenizerFingerprints(channel));
        var bytes = new TokenizerIdentity("bytes", "");

        var first = await cache.GetAsync(bytes, CancellationToken.None);

        Assert.Same(first, await cache.GetAsync(bytes, CancellationToken.None));
        Assert.Same(first, await cache.GetAsync(bytes with { Fingerprint = _service.Fingerprint }, CancellationToken.None));
        Assert.Same(first, await cache.GetAsync(bytes with { Name = "alias" }, CancellationToken.None));
        Assert.Equal("wor", first.Text(ByteVocabulary.Word));
        Assert.True(first.IsSpecial(ByteVocabulary.TurnEnd));
        Assert.Equal("", first.Text(100_000));
    }

    [Fact]
    public async Task A_vocabulary_is_fetched_anew_when_the_tokenizer_has_other_files()
    {
        await using var channel = Channel();
        var cache = new VocabularyCache(channel, new TokenizerFingerprints(channel));
        var bytes = new TokenizerIdentity("bytes", "");
        var old = await cache.GetAsync(bytes, CancellationToken.None);

        _service.Fingerprint = "bytes-2";

        var fresh = await cache.GetAsync(bytes, CancellationToken.None);
        Assert.NotSame(old, fresh);
        Assert.Same(fresh, await cache.GetAsync(bytes with { Fingerprint = "bytes-2" }, CancellationToken.None));
    }

    [Fact]
    public async Task The_router_can_be_called_without_the_shared_stream()
    {
        await using var tracker = new Tracker(options: new SessionTrackerOptions { RouterTransport = RouterTransport.Calls });
        var uuid = await tracker.CreateSessionAsync();

        var answer = await tracker.ChatAsync(uuid, Chat.Request(Chat.User("a")));

        Assert.Equal("Hello", answer.Completion.Choices[0].Message.Content);
        Assert.Single(await tracker.NodesAsync(uuid));
    }

    private static RenderChatRequest Render() =>
        new() { Messages = { new ChatMessage { Role = "user", Content = new MessageContent { Text = "a" } } } };

    private TokenizerChannel Channel() => new(new InProcessCallInvoker(new InProcessServices().Add(_service)), NullLogger.Instance);
}
