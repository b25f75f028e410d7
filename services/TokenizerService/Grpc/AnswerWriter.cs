using System.Threading.Channels;
using Atropos.Hosting;
using Atropos.Tokenizer.V1;
using Grpc.Core;

namespace Atropos.TokenizerService.Grpc;

/// <summary>Writes answers to a stream, as many as there are with one flush.</summary>
internal sealed class AnswerWriter(IServerStreamWriter<ExchangeResponse> stream, Admission admission)
{
    /// <summary>Weight after which what is written is sent, though more answers wait.</summary>
    private const long MostUnsent = 64 * 1024;

    /// <summary>Answers above this weight are measured before they are written.</summary>
    private const long MeasuredFrom = 1024 * 1024;

    private static readonly WriteOptions Flush = new();
    private static readonly WriteOptions Buffer = new(WriteFlags.BufferHint);

    private readonly Channel<(ExchangeResponse Answer, long Weight)> _answers = Channel.CreateUnbounded<(ExchangeResponse, long)>(
        new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Queues an answer. Its call leaves when it is written.</summary>
    public void Post(ExchangeResponse answer, long weight) => _answers.Writer.TryWrite((answer, weight));

    /// <summary>Whether there are no more answers to come.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>There are no more answers.</summary>
    public void Complete()
    {
        IsComplete = true;
        _answers.Writer.TryComplete();
    }

    /// <summary>Writes until there are no more.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _answers.Reader.WaitToReadAsync(cancellationToken))
        {
            var unsent = 0L;
            while (_answers.Reader.TryRead(out var next))
            {
                unsent += next.Weight + 64;
                var send = unsent > MostUnsent || !_answers.Reader.TryPeek(out _);
                stream.WriteOptions = send ? Flush : Buffer;
                await stream.WriteAsync(Bounded(next.Answer, next.Weight), cancellationToken);
                admission.Leave(next.Weight);
                unsent = send ? 0 : unsent;
            }
        }
    }

    // A message that is too long would end the stream, and with it the calls of everyone on it.
    private static ExchangeResponse Bounded(ExchangeResponse answer, long weight)
    {
        if (weight <= MeasuredFrom || answer.CalculateSize() is var size && size <= GrpcLimits.MaxMessageBytes)
        {
            return answer;
        }

        return ExchangeErrors.Answer(answer.CorrelationId, TokenizerErrors.TooLarge("The answer", size));
    }
}
