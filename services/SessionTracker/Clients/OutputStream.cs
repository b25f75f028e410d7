using Atropos.Tokenizer.V1;

namespace Atropos.SessionTracker.Clients;

/// <summary>
/// The output of one completion on its way through the tokenizer: ids in, parsed parts out. For one caller at a time;
/// stays on the connection that it was opened on.
/// </summary>
internal sealed class OutputStream : IResponseSink<ExchangeResponse>, IDisposable
{
    private readonly DuplexConnection<ExchangeRequest, ExchangeResponse> _connection;
    private readonly ulong _correlationId;
    private readonly Lock _lock = new();
    private TaskCompletionSource<ExchangeResponse>? _waiting;
    private Exception? _broken;
    private bool _closed;

    /// <summary>Takes a correlation id on a connection.</summary>
    public OutputStream(DuplexConnection<ExchangeRequest, ExchangeResponse> connection)
    {
        _connection = connection;
        _correlationId = connection.Register(this);
    }

    /// <summary>Tells the tokenizer how to parse.</summary>
    public Task OpenAsync(OutputOptions options, CancellationToken cancellationToken) =>
        CallAsync(new ExchangeRequest { OpenOutput = new OpenOutput { Options = options } }, cancellationToken);

    /// <summary>Feeds sampled ids.</summary>
    /// <param name="tokenIds">The ids, in order.</param>
    /// <param name="last">Whether these are the last: the answer then holds all that was held back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What has become certain.</returns>
    public async Task<OutputProgress> FeedAsync(IEnumerable<int> tokenIds, bool last, CancellationToken cancellationToken)
    {
        var feed = new FeedOutput { Last = last };
        feed.TokenIds.Add(tokenIds);
        var response = await CallAsync(new ExchangeRequest { FeedOutput = feed }, cancellationToken);
        if (last)
        {
            _closed = true;
            _connection.Unregister(_correlationId);
        }

        return response.Output;
    }

    /// <inheritdoc/>
    public void OnResponse(ExchangeResponse response)
    {
        TaskCompletionSource<ExchangeResponse>? waiting;
        lock (_lock)
        {
            waiting = _waiting;
            _waiting = null;
        }

        waiting?.TrySetResult(response);
    }

    /// <inheritdoc/>
    public void OnBroken(Exception reason)
    {
        TaskCompletionSource<ExchangeResponse>? waiting;
        lock (_lock)
        {
            _broken = reason;
            waiting = _waiting;
            _waiting = null;
        }

        waiting?.TrySetException(reason);
    }

    /// <summary>Closes the stream at the tokenizer, where it is still open.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _connection.Unregister(_correlationId);
        _connection.Send(_correlationId, new ExchangeRequest { CloseOutput = new CloseOutput() });
    }

    private async Task<ExchangeResponse> CallAsync(ExchangeRequest request, CancellationToken cancellationToken)
    {
        var waiting = new TaskCompletionSource<ExchangeResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_broken is not null)
            {
                throw _broken;
            }

            _waiting = waiting;
        }

        _connection.Send(_correlationId, request);
        var response = await waiting.Task.WaitAsync(cancellationToken);
        if (response.ResultCase == ExchangeResponse.ResultOneofCase.Error)
        {
            // The tokenizer has closed the stream along with its error.
            _closed = true;
            _connection.Unregister(_correlationId);
        }

        return TokenizerChannel.Unwrap(response);
    }
}
