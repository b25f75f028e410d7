using Atropos.Hosting.Errors;
using Atropos.Tokenizer.V1;
using Grpc.Core;

namespace Atropos.TokenizerService.Grpc;

/// <summary>Failed calls on the stream.</summary>
internal static class ExchangeErrors
{
    /// <summary>The answer to a call that failed.</summary>
    public static ExchangeResponse Answer(ulong correlationId, Exception error) => new()
    {
        CorrelationId = correlationId,
        Error = error is AtroposException known
            ? new CallError
            {
                Code = (int)known.StatusCode,
                Message = known.Message,
                Field = known.Field ?? "",
                Reason = known.Reason,
            }
            : new CallError { Code = (int)StatusCode.Internal, Message = "The tokenizer failed: " + error.Message },
    };
}
