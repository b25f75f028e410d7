using System.Buffers.Binary;

namespace Atropos.Tokenizers.Formats.SentencePiece;

/// <summary>Reads the fields of one protobuf message, one after another: all that a ModelProto needs.</summary>
internal ref struct ProtoReader
{
    private readonly string _file;
    private readonly string _message;
    private ReadOnlySpan<byte> _rest;

    /// <param name="file">The file, for errors.</param>
    /// <param name="message">The message's name, for errors.</param>
    /// <param name="content">The message.</param>
    public ProtoReader(string file, string message, ReadOnlySpan<byte> content)
    {
        _file = file;
        _message = message;
        _rest = content;
    }

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>The current field's content where it is bytes, text or a message; else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The current field's value where it is a number; a float's bits.</summary>
    public ulong Number { get; private set; }

    public readonly float Float => BitConverter.UInt32BitsToSingle((uint)Number);

    public readonly bool Flag => Number != 0;

    public readonly string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <summary>Goes to the next field; false at the end of the message.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = Varint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Bytes = default;
        Number = 0;
        switch (tag & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw Fail($"expected a protobuf field, found wire type {tag & 7}");
        }

        return true;
    }

    private readonly TokenizerLoadException Fail(string expectation) => new(_file, _message, expectation);

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw Fail($"expected {length} more bytes in field {Field}, found {_rest.Length}; the file is cut off or no SentencePiece model");
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Fail("expected a number of at most 10 bytes");
    }
}
