namespace Atropos.Hosting.InProcess;

/// <summary>
/// A bounded queue between one writer and one reader. Where messages flow (a message waits for the reader, or there is
/// room for the writer) nothing is allocated; only a side that really has to wait allocates what it waits on.
/// </summary>
internal sealed class MessageQueue<T>(int capacity)
    where T : class
{
    private static readonly Task<bool> True = Task.FromResult(true);
    private static readonly Task<bool> False = Task.FromResult(false);

    private readonly Lock _gate = new();
    private readonly T?[] _ring = new T?[capacity];
    private int _head;
    private int _count;
    private TaskCompletionSource<bool>? _reader;
    private TaskCompletionSource? _writer;
    private T? _waiting;
    private bool _completed;
    private Exception? _readError;
    private Exception? _writeError;

    /// <summary>The message that the last successful read gave.</summary>
    internal T? Current { get; private set; }

    internal Task WriteAsync(T message)
    {
        TaskCompletionSource<bool> reader;
        lock (_gate)
        {
            if (_writeError is not null)
            {
                return Task.FromException(_writeError);
            }

            if (_completed)
            {
                return Task.FromException(new InvalidOperationException("Can't write the message because the stream is complete."));
            }

            if (_writer is not null)
            {
                return Task.FromException(new InvalidOperationException("Can't write the message because the previous write is in progress."));
            }

            if (_reader is null)
            {
                if (_count < _ring.Length)
                {
                    Enqueue(message);
                    return Task.CompletedTask;
                }

                _waiting = message;
                _writer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _writer.Task;
            }

            reader = _reader;
            _reader = null;
            Current = message;
        }

        reader.SetResult(true);
        return Task.CompletedTask;
    }

    internal Task<bool> ReadAsync()
    {
        TaskCompletionSource? writer = null;
        lock (_gate)
        {
            if (_reader is not null)
            {
                return Task.FromException<bool>(
                    new InvalidOperationException("Can't read the next message because the previous read is still in progress."));
            }

            if (_count == 0)
            {
                Current = null;
                if (_readError is not null)
                {
                    return Task.FromException<bool>(_readError);
                }

                if (_completed)
                {
                    return False;
                }

                _reader = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                return _reader.Task;
            }

            Current = Dequeue();
            if (_waiting is not null)
            {
                Enqueue(_waiting);
                _waiting = null;
                (writer, _writer) = (_writer, null);
            }
        }

        writer?.SetResult();
        return True;
    }

    /// <summary>No more writes. What is queued can be read, then the stream ends, with <paramref name="error"/> where there is one.</summary>
    internal void Complete(Exception? error)
    {
        TaskCompletionSource<bool>? reader;
        lock (_gate)
        {
            if (_completed)
            {
                return;
            }

            _completed = true;
            _readError ??= error;
            (reader, _reader) = (_reader, null);
        }

        if (error is null)
        {
            reader?.SetResult(false);
        }
        else
        {
            reader?.SetException(error);
        }
    }

    /// <summary>Drops what is queued; reads and writes fail from now on, those that wait included.</summary>
    internal void Abort(Exception readError, Exception writeError)
    {
        TaskCompletionSource<bool>? reader;
        TaskCompletionSource? writer;
        lock (_gate)
        {
            _completed = true;
            _readError = readError;
            _writeError = writeError;
            Array.Clear(_ring);
            (_count, _head, _waiting) = (0, 0, null);
            (reader, _reader) = (_reader, null);
            (writer, _writer) = (_writer, null);
        }

        reader?.SetException(readError);
        writer?.SetException(writeError);
    }

    private void Enqueue(T message)
    {
        _ring[(_head + _count) % _ring.Length] = message;
        _count++;
    }

    private T Dequeue()
    {
        var message = _ring[_head]!;
        _ring[_head] = null;
        _head = (_head + 1) % _ring.Length;
        _count--;
        return message;
    }
}
