using Grpc.Core;

namespace Atropos.Hosting.InProcess;

#pragma warning disable CA1001 // The source holds no timer and no handle, and a handler may use its token after the call has ended.
/// <summary>One call, without the types of its messages: its life, and what its handler sees of it.</summary>
internal abstract class InProcessCall : ServerCallContext
#pragma warning restore CA1001
{
    private static readonly AuthContext NotAuthenticated = new(null, []);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IMethod _method;
    private readonly string? _host;
    private readonly CallOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Metadata _requestHeaders = new();
    private Metadata? _trailers;
    private CancellationTokenRegistration _clientCancellation;
    private ITimer? _deadlineTimer;
    private int _ending;
    private volatile bool _ended;
    private int _headersSent;
    private Status _finalStatus;
    private Metadata _finalTrailers = Metadata.Empty;

    protected InProcessCall(IMethod method, string? host, CallOptions options, TimeProvider timeProvider)
    {
        _method = method;
        _host = host;
        _options = options;
        _timeProvider = timeProvider;
        foreach (var entry in options.Headers ?? Metadata.Empty)
        {
            _requestHeaders.Add(entry);
        }
    }

    internal Task<Metadata> ResponseHeadersAsync => _headers.Task;

    internal Status FinalStatus => _ended ? _finalStatus : throw NotEnded("status");

    internal Metadata FinalTrailers => _ended ? _finalTrailers : throw NotEnded("trailers");

    internal bool IsEnded => _ended;

    protected override string MethodCore => _method.FullName;

    protected override string HostCore => _host ?? "in-process";

    protected override string PeerCore => "in-process";

    protected override DateTime DeadlineCore => _options.Deadline?.ToUniversalTime() ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders;

    protected override CancellationToken CancellationTokenCore => _cancellation.Token;

    protected override Metadata ResponseTrailersCore => _trailers ??= new Metadata();

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => NotAuthenticated;

    internal void Start()
    {
        if (_options.CancellationToken.IsCancellationRequested)
        {
            EndByClient("Call canceled by the client.");
            return;
        }

        if (_options.Deadline is { } deadline && deadline != DateTime.MaxValue)
        {
            var left = deadline.ToUniversalTime() - _timeProvider.GetUtcNow().UtcDateTime;
            if (left <= TimeSpan.Zero)
            {
                End(new Status(StatusCode.DeadlineExceeded, ""), Metadata.Empty, byHandler: false);
                return;
            }

            // The longest that timers take, some 49 days; a call is not going to see it pass.
            var due = TimeSpan.FromMilliseconds(Math.Min(left.TotalMilliseconds, uint.MaxValue - 2));
            _deadlineTimer = _timeProvider.CreateTimer(
                static call => ((InProcessCall)call!).End(new Status(StatusCode.DeadlineExceeded, ""), Metadata.Empty, byHandler: false),
                this,
                due,
                Timeout.InfiniteTimeSpan);
        }

        _clientCancellation = _options.CancellationToken.UnsafeRegister(
            static call => ((InProcessCall)call!).EndByClient("Call canceled by the client."), this);
        ThreadPool.QueueUserWorkItem(static call => _ = call.RunAsync(), this, preferLocal: true);
    }

    internal void EndByClient(string detail) => End(new Status(StatusCode.Cancelled, detail), Metadata.Empty, byHandler: false);

    /// <summary>Sends empty headers where none have been sent: what the first message and the end do.</summary>
    internal void SendHeadersIfUnsent()
    {
        if (Interlocked.Exchange(ref _headersSent, 1) == 0)
        {
            _headers.TrySetResult(new Metadata());
        }
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (Interlocked.Exchange(ref _headersSent, 1) != 0)
        {
            throw new InvalidOperationException("Response headers can only be sent once per call, before the first message.");
        }

        var copy = new Metadata();
        foreach (var entry in responseHeaders)
        {
            copy.Add(entry);
        }

        _headers.TrySetResult(copy);
        return Task.CompletedTask;
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Pass on the context's deadline and cancellation token instead.");

    /// <summary>Calls the handler; completes with it.</summary>
    protected abstract Task InvokeAsync();

    /// <summary>Ends what the client waits for. <paramref name="error"/> is null where the call succeeded.</summary>
    protected abstract void OnEnd(RpcException? error, bool byHandler);

    private async Task RunAsync()
    {
        Status status;
        try
        {
            if (_ended)
            {
                return;
            }

            await InvokeAsync();
            status = StatusCore;
        }
        catch (RpcException exception)
        {
            foreach (var entry in exception.Trailers)
            {
                ResponseTrailersCore.Add(entry);
            }

            status = exception.Status;
        }
#pragma warning disable CA1031 // Whatever a handler throws becomes the call's status, as on a server.
        catch (Exception)
#pragma warning restore CA1031
        {
            status = new Status(StatusCode.Unknown, "Exception was thrown by handler.");
        }

        End(status, _trailers ?? Metadata.Empty, byHandler: true);
    }

    private void End(Status status, Metadata trailers, bool byHandler)
    {
        if (Interlocked.Exchange(ref _ending, 1) != 0)
        {
            return;
        }

        // The cause stays on the server's side, as it would over the wire.
        _finalStatus = new Status(status.StatusCode, status.Detail ?? "");
        _finalTrailers = trailers;
        _ended = true;
        var error = status.StatusCode == Grpc.Core.StatusCode.OK ? null : new RpcException(_finalStatus, trailers);
        if (byHandler)
        {
            SendHeadersIfUnsent();
        }
        else if (_headers.TrySetException(error!))
        {
            // Nobody has to look at the headers; the failure is seen through the response.
            _ = _headers.Task.Exception;
        }

        OnEnd(error, byHandler);
        _deadlineTimer?.Dispose();
        _clientCancellation.Unregister();
        if (!byHandler)
        {
            // On the pool: callbacks of the handler's side do not belong on the client's thread.
            _ = _cancellation.CancelAsync();
        }
    }

    private static InvalidOperationException NotEnded(string what) => new($"The {what} of the call can be had only after the call has ended.");
}
