namespace Atropos.Tests.Echo;

/// <summary>Lets a test wait for what happens inside the echo service.</summary>
public sealed class EchoProbe
{
    /// <summary>A handler that was asked to hang has begun.</summary>
    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A handler that was asked to hang has seen its call cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
