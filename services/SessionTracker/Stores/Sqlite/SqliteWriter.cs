using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Atropos.SessionTracker.Stores.Sqlite;

/// <summary>
/// Makes writes durable in batches: whatever has gathered while the last batch was written goes into the next transaction, so that
/// one flush of the disk serves all callers that wait for it.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteWrites _writes;
    private readonly Channel<SqliteWrite> _queue;
    private readonly int _maxBatch;
    private readonly string _path;
    private readonly Task _loop;

    public SqliteWriter(SqliteConnection connection, SqliteStoreOptions options)
    {
        _connection = connection;
        _writes = new SqliteWrites(connection);
        _maxBatch = options.MaxBatch;
        _path = options.Path;
        _queue = Channel.CreateBounded<SqliteWrite>(new BoundedChannelOptions(options.MaxQueuedWrites) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Makes a write durable.</summary>
    public async Task<bool> WriteAsync(SqliteWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException error)
        {
            throw new SessionStoreException($"The session store {_path} is closed.", error);
        }

        return await write.Completion;
    }

    /// <summary>Makes what is queued durable, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
        {
            await _loop;
            _writes.Dispose();
            await _connection.DisposeAsync();
        }
    }

    private async Task RunAsync()
    {
        var batch = new List<SqliteWrite>(_maxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < _maxBatch && _queue.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            Write(batch);
            batch.Clear();
        }
    }

    private void Write(List<SqliteWrite> batch)
    {
        try
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var write in batch)
            {
                write.Execute(_writes, transaction);
            }

            transaction.Commit();
        }
        catch (Exception error)
        {
            var failure = new SessionStoreException($"The session store {_path} could not write: {error.Message}", error);
            batch.ForEach(write => write.Fail(failure));
            return;
        }

        batch.ForEach(write => write.Complete());
    }
}
