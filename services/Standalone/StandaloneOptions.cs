using Atropos.TokenizerService;

namespace Atropos.Standalone;

/// <summary>What the command line asks for.</summary>
internal sealed record StandaloneOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Port for gRPC; null takes the one after <see cref="Port"/>.</summary>
    public int? GrpcPort { get; init; }

    /// <summary>A servers.json; null for the embedded engine.</summary>
    public string? Config { get; init; }

    /// <summary>File of the session store, or <see cref="MemoryStore"/>.</summary>
    public required string Store { get; init; }

    /// <summary>Gives what is served beside the models' tokenizers, and how; throws for what makes no sense.</summary>
    public required Func<TokenizerServiceOptions> Tokenizers { get; init; }

    /// <summary>How fast the embedded engine generates; 0 as fast as it can.</summary>
    public double EngineTokensPerSecond { get; init; }

    /// <summary>Seeds the requests to the embedded engine that bring no seed of their own.</summary>
    public ulong? EngineSeed { get; init; }

    /// <summary>A store that is gone when the process ends.</summary>
    public const string MemoryStore = "memory";
}
