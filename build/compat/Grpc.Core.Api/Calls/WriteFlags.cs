namespace Grpc.Core;

/// <summary>How a message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may be held back until the next write.</summary>
    BufferHint = 0x1,

    /// <summary>The message is not compressed, even where the call is.</summary>
    NoCompress = 0x2,
}
