using Microsoft.Data.Sqlite;

namespace Atropos.SessionTracker.Stores.Sqlite;

/// <summary>One caller's write, waiting to be made durable with others.</summary>
/// <param name="execute">Writes; what it gives is the caller's answer once the batch is durable.</param>
/// <param name="refusal">The error for a caller whose write changed nothing; null where that is an answer.</param>
/// <param name="onDurable">Called once the batch is durable.</param>
internal sealed class SqliteWrite(
    Func<SqliteWrites, SqliteTransaction, bool> execute,
    Func<Exception>? refusal,
    Action? onDurable)
{
    // The caller's continuation must not run on, and so hold up, the writer.
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _changed;

    public Task<bool> Completion => _completion.Task;

    public void Execute(SqliteWrites writes, SqliteTransaction transaction) => _changed = execute(writes, transaction);

    public void Complete()
    {
        if (!_changed && refusal is not null)
        {
            _completion.SetException(refusal());
            return;
        }

        try
        {
            onDurable?.Invoke();
        }
        catch (Exception error)
        {
            _completion.SetException(error);
            return;
        }

        _completion.SetResult(_changed);
    }

    public void Fail(Exception error) => _completion.TrySetException(error);
}
