namespace Grpc.Core;

/// <summary>Options of a call. Immutable: each <c>With</c> method gives a changed copy.</summary>
public struct CallOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="headers">Headers to send; null for none.</param>
    /// <param name="deadline">When the call fails with <see cref="StatusCode.DeadlineExceeded"/>, in UTC; null for never.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">Options of its writes; null for the defaults.</param>
    /// <param name="propagationToken">Ties the call to the one being served; null for none.</param>
    /// <param name="credentials">Credentials of this call; null for none.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
        IsWaitForReady = false;
    }

    /// <summary>Headers to send; null for none.</summary>
    public Metadata? Headers { get; private set; }

    /// <summary>When the call fails with <see cref="StatusCode.DeadlineExceeded"/>, in UTC; null for never.</summary>
    public DateTime? Deadline { get; private set; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>Options of the call's writes; null for the defaults.</summary>
    public WriteOptions? WriteOptions { get; private set; }

    /// <summary>Ties the call to the one being served; null for none.</summary>
    public ContextPropagationToken? PropagationToken { get; private set; }

    /// <summary>Credentials of this call; null for none.</summary>
    public CallCredentials? Credentials { get; private set; }

    /// <summary>Whether the call waits for a connection that is failing to come back, rather than fail at once.</summary>
    public bool IsWaitForReady { get; private set; }

    /// <summary>Changes the headers.</summary>
    /// <param name="headers">The new headers.</param>
    /// <returns>A changed copy.</returns>
    public readonly CallOptions WithHeaders(Metadata headers)
    {
        var copy = this;
        copy.Headers = headers;
        return copy;
    }

    /// <summary>Changes the deadline.</summary>
    /// <param name="deadline">The new deadline, in UTC.</param>
    /// <returns>A changed copy.</returns>
    public readonly CallOptions WithDeadline(DateTime deadline)
    {
        var copy = this;
        copy.Deadline = deadline;
        return copy;
    }

    /// <summary>Changes the cancellation token.</summary>
    /// <param name="cancellationToken">The new token.</param>
    /// <returns>A changed copy.</returns>
    public readonly CallOptions WithCancellationToken(CancellationToken cancellationToken)
    {
        var copy = this;
        copy.CancellationToken = cancellationToken;
        return copy;
    }

    /// <summary>Changes the write options.</summary>
    /// <param name="writeOptions">The new options.</param>
    /// <returns>A changed copy.</returns>
    public readonly CallOptions WithWriteOptions(WriteOptions writeOptions)
    {
        var copy = this;
        copy.WriteOptions = writeOptions;
        return copy;
    }

    /// <summary>Changes the propagation token.</summary>
    /// <param name="propagationToken">The new token.</param>
    /// <returns>A changed copy.</returns>
    public readonly CallOptions WithPropagationToken(ContextPropagationToken propagationToken)
    {
        var copy = this;
        copy.PropagationToken = propagationToken;
        return copy;
    }

    /// <summary>Changes the credentials.</summary>
    /// <param name="credentials">The new credentials.</param>
    /// <returns>A changed copy.</returns>
    public readonly CallOptions WithCredentials(CallCredentials credentials)
    {
        var copy = this;
        copy.Credentials = credentials;
        return copy;
    }

    /// <summary>Changes whether the call waits for a connection.</summary>
    /// <param name="waitForReady">Whether to wait.</param>
    /// <returns>A changed copy.</returns>
    public readonly CallOptions WithWaitForReady(bool waitForReady = true)
    {
        var copy = this;
        copy.IsWaitForReady = waitForReady;
        return copy;
    }
}
