namespace Atropos.SessionTracker.Clients;

/// <summary>Takes the answers of one call on a duplex stream. Called from the stream's read loop: it must not block.</summary>
/// <typeparam name="TResponse">The stream's answers.</typeparam>
internal interface IResponseSink<in TResponse>
{
    /// <summary>An answer with the call's correlation id has come.</summary>
    void OnResponse(TResponse response);

    /// <summary>The stream has ended: no further answer will come.</summary>
    void OnBroken(Exception reason);
}
