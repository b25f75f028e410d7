using System.Text;

namespace Atropos.Tokenizers.Tests;

/// <summary>Writes a SentencePiece ModelProto.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _content = [];

    public byte[] Content => [.. _content];

    public static ProtoWriter Model(params (string Text, float Score, int Type)[] pieces)
    {
        var writer = new ProtoWriter();
        foreach (var (text, score, type) in pieces)
        {
            var piece = new ProtoWriter().Add(1, Encoding.UTF8.GetBytes(text)).Add(2, score);
            writer.Add(1, type == 1 ? piece.Content : piece.Add(3, (ulong)type).Content);
        }

        return writer;
    }

    public ProtoWriter Trainer(int modelType, bool byteFallback = false, params (int Field, ulong Value)[] fields)
    {
        var spec = new ProtoWriter().Add(3, (ulong)modelType).Add(35, byteFallback ? 1UL : 0);
        foreach (var (field, value) in fields)
        {
            spec.Add(field, value);
        }

        return Add(2, spec.Content);
    }

    public ProtoWriter Normalizer(byte[]? charsMap = null, bool dummyPrefix = true, bool removeExtra = true, bool escape = true) => Add(
        3,
        new ProtoWriter().Add(1, "name"u8.ToArray()).Add(2, charsMap ?? []).Add(3, dummyPrefix ? 1UL : 0).Add(4, removeExtra ? 1UL : 0)
            .Add(5, escape ? 1UL : 0).Content);

    public ProtoWriter Add(int field, ulong value)
    {
        Varint(((ulong)field << 3) | 0);
        Varint(value);
        return this;
    }

    public ProtoWriter Add(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        _content.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public ProtoWriter Add(int field, byte[] value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        _content.AddRange(value);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _content.Add((byte)(value | 0x80));
        }

        _content.Add((byte)value);
    }
}
