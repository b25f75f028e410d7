using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Output;

namespace Atropos.TokenizerService.Grpc;

/// <summary>An output stream, or one that is being opened, and what waits for its turn on it.</summary>
internal sealed class OutputStrand(ulong correlationId)
{
    public ulong CorrelationId => correlationId;

    /// <summary>The stream; null before it is open and after it is closed. For whoever carries out the strand's present request.</summary>
    public OutputStream? Stream { get; set; }

    /// <summary>Whether a request is being carried out. Guarded by <see cref="OutputStrands"/>.</summary>
    public bool IsBusy { get; set; }

    /// <summary>The requests that wait behind it, with their weights. Guarded by <see cref="OutputStrands"/>.</summary>
    public Queue<(ExchangeRequest Request, long Weight)> Waiting { get; } = new();
}
