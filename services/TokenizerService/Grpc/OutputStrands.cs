using Atropos.Tokenizer.V1;

namespace Atropos.TokenizerService.Grpc;

/// <summary>The output streams of a session by correlation id: on each, one request at a time and in order. Safe for concurrent use.</summary>
internal sealed class OutputStrands
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, OutputStrand> _byId = [];

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _byId.Count == 0;
            }
        }
    }

    /// <summary>
    /// Finds the request's output stream, which <c>open_output</c> begins, and takes its turn on it. False where that is
    /// another's turn and the request waits; a stream that is not there is null.
    /// </summary>
    public bool TryBegin(ExchangeRequest request, long weight, out OutputStrand? strand)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(request.CorrelationId, out strand))
            {
                if (request.CallCase != ExchangeRequest.CallOneofCase.OpenOutput)
                {
                    return true;
                }

                strand = new OutputStrand(request.CorrelationId);
                _byId.Add(request.CorrelationId, strand);
            }

            if (strand.IsBusy)
            {
                strand.Waiting.Enqueue((request, weight));
                return false;
            }

            return strand.IsBusy = true;
        }
    }

    /// <summary>Ends a turn. Gives the request that waited for it, whose turn it is then.</summary>
    public bool TryNext(OutputStrand strand, out (ExchangeRequest Request, long Weight) next)
    {
        lock (_gate)
        {
            if (strand.Waiting.TryDequeue(out next))
            {
                return true;
            }

            strand.IsBusy = false;
            if (strand.Stream is null)
            {
                _byId.Remove(strand.CorrelationId);
            }

            return false;
        }
    }
}
