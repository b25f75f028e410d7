using System.Net;
using Atropos.Transcoding.Tests.Support;
using Atropos.Transcoding.Tests.V1;
using Grpc.Core;

namespace Atropos.Transcoding.Tests.Http;

public sealed class StreamingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Member_of_the_body_chooses_between_json_and_events()
    {
        await using var host = await LibraryHost.StartAsync();

        var (plain, body) = await host.SendAsync(HttpMethod.Post, "/v1/chat", """{"model":"m","stream":false,"top_k":5}""");
        var (stream, events) = await host.SendAsync(HttpMethod.Post, "/v1/chat", """{"model":"m","stream":true,"top_k":5}""");

        Assert.Equal("application/json", plain.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"model":"m","messages":[],"stream":false,"top_k":5}""", body);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", stream.Headers.CacheControl!.ToString());
        Assert.Equal(["no"], stream.Headers.GetValues("X-Accel-Buffering"));
        Assert.True(stream.Headers.TransferEncodingChunked);
        Assert.Equal("data: {\"model\":\"m\",\"messages\":[],\"stream\":true,\"top_k\":5}\n\ndata: [DONE]\n\n", events);
    }

    [Fact]
    public async Task Many_messages_arrive_in_order_and_whole()
    {
        await using var host = await LibraryHost.StartAsync();
        host.Library.OnStream = async (_, stream, _) =>
        {
            for (var i = 0; i < 5000; i++)
            {
                await stream.WriteAsync(new Chat { Model = $"m{i}" });
            }
        };

        var events = await host.PostAsync("/v1/chat", """{"stream":true}""");

        var expected = string.Concat(Enumerable.Range(0, 5000).Select(i => $"data: {{\"model\":\"m{i}\",\"messages\":[]}}\n\n"));
        Assert.Equal(expected + "data: [DONE]\n\n", events);
    }

    [Fact]
    public async Task Each_event_is_sent_before_the_next_is_there()
    {
        await using var host = await LibraryHost.StartAsync();
        var next = new SemaphoreSlim(0);
        host.Library.OnStream = async (_, stream, context) =>
        {
            for (var i = 0; i < 3; i++)
            {
                await stream.WriteAsync(new Chat { Model = $"m{i}" });
                await next.WaitAsync(context.CancellationToken);
            }
        };

        using var response = await OpenAsync(host, """{"stream":true}""");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal($"data: {{\"model\":\"m{i}\",\"messages\":[]}}", await reader.ReadLineAsync().WaitAsync(Patience));
            Assert.Equal("", await reader.ReadLineAsync().WaitAsync(Patience));
            next.Release();
        }

        Assert.Equal("data: [DONE]\n\n", await reader.ReadToEndAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task Error_before_the_first_message_has_a_status_of_its_own()
    {
        await using var host = await LibraryHost.StartAsync();
        host.Library.OnStream = (_, _, _) => throw new RpcException(new Status(StatusCode.NotFound, "no such model"));

        var (response, body) = await host.SendAsync(HttpMethod.Post, "/v1/chat", """{"stream":true}""");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no such model", ErrorView.Of(body).Message);
    }

    [Fact]
    public async Task Error_after_the_start_is_one_event_and_no_end_mark()
    {
        await using var host = await LibraryHost.StartAsync();
        host.Library.OnStream = async (chat, stream, _) =>
        {
            await stream.WriteAsync(chat);
            throw new RpcException(new Status(StatusCode.Unavailable, "the engine died"));
        };

        var events = (await host.PostAsync("/v1/chat", """{"stream":true}""")).Split("\n\n");

        Assert.Equal(3, events.Length);
        Assert.StartsWith("data: {\"model\"", events[0], StringComparison.Ordinal);
        Assert.Equal(new ErrorView("the engine died", "server_error", null, null), ErrorView.Of(events[1]["data: ".Length..]));
        Assert.Equal("", events[2]);
    }

    [Fact]
    public async Task Stream_without_messages_has_only_the_end_mark()
    {
        await using var host = await LibraryHost.StartAsync();
        host.Library.OnStream = (_, _, _) => Task.CompletedTask;

        var (response, events) = await host.SendAsync(HttpMethod.Post, "/v1/chat", """{"stream":true}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("data: [DONE]\n\n", events);
    }

    [Fact]
    public async Task Line_breaks_in_kept_json_do_not_break_the_event()
    {
        await using var host = await LibraryHost.StartAsync();

        var events = await host.PostAsync("/v1/echo:stream", "{\"raw\": {\n \"a\":\r\n1}}");

        Assert.Equal("data: {\"nullable\":null,\"nested_nullable\":null,\"raw\":{  \"a\":  1},\"counts\":{}}\n\n", events);
    }

    [Fact]
    public async Task Client_that_leaves_cancels_the_call()
    {
        await using var host = await LibraryHost.StartAsync();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Library.OnStream = async (chat, stream, context) =>
        {
            await stream.WriteAsync(chat);
            using var registration = context.CancellationToken.Register(() => cancelled.TrySetResult());
            await cancelled.Task;
        };

        using (var response = await OpenAsync(host, """{"stream":true}"""))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            await reader.ReadLineAsync().WaitAsync(Patience);
        }

        await cancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Client_that_leaves_before_a_single_answer_cancels_the_call()
    {
        await using var host = await LibraryHost.StartAsync();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Library.OnGetBook = async (_, context) =>
        {
            using var registration = context.CancellationToken.Register(() => cancelled.TrySetResult());
            started.TrySetResult();
            await cancelled.Task;
            return new Book();
        };
        using var leaving = new CancellationTokenSource();

        var call = host.Client.GetAsync("/v1/books/x", leaving.Token);
        await started.Task.WaitAsync(Patience);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Silence_is_filled_with_comments()
    {
        var time = new ManualTime();
        await using var host = await LibraryHost.StartAsync(o => o.TimeProvider = time);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Library.OnStream = async (chat, stream, _) =>
        {
            await stream.WriteAsync(chat);
            await finish.Task;
            await stream.WriteAsync(chat);
        };

        using var response = await OpenAsync(host, """{"stream":true}""");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync().WaitAsync(Patience);
        await reader.ReadLineAsync().WaitAsync(Patience);
        await time.Waiting.WaitAsync(Patience);
        time.FireAll();

        Assert.Equal(": keep-alive", await reader.ReadLineAsync().WaitAsync(Patience));
        finish.SetResult();
        var rest = await reader.ReadToEndAsync().WaitAsync(Patience);
        Assert.StartsWith("\ndata: {", rest, StringComparison.Ordinal);
        Assert.EndsWith("\n\ndata: [DONE]\n\n", rest, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> OpenAsync(LibraryHost host, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat") { Content = new StringContent(body) };
        return host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
    }
}
