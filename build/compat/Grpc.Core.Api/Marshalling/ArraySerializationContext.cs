using System.Buffers;

namespace Grpc.Core;

/// <summary>Collects what a contextual serializer writes into one array.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private ArrayBufferWriter<byte>? _writer;
    private byte[]? _payload;
    private int _expectedLength;

    internal byte[] Payload =>
        _payload ?? throw new InvalidOperationException("The serializer returned without completing the payload.");

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ThrowIfComplete();
        _payload = payload;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        ThrowIfComplete();
        return _writer ??= _expectedLength > 0 ? new ArrayBufferWriter<byte>(_expectedLength) : new ArrayBufferWriter<byte>();
    }

    public override void SetPayloadLength(int payloadLength) => _expectedLength = payloadLength;

    public override void Complete()
    {
        ThrowIfComplete();
        _payload = _writer is null ? [] : _writer.WrittenSpan.ToArray();
    }

    private void ThrowIfComplete()
    {
        if (_payload is not null)
        {
            throw new InvalidOperationException("The payload is already complete.");
        }
    }
}
