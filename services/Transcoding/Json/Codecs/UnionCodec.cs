using System.Numerics;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A message with one oneof, written as the member that is set; the JSON value's kind says which member that is.</summary>
internal sealed class UnionCodec<T>(MessageDescriptor descriptor) : MessageCodec<T>
    where T : class, IMessage<T>, new()
{
    private FieldPlan<T>[] _members = [];
    private JsonKinds _kinds;
    private string? _expected;

    // Not found while linking: members may be linked later than the union that they are in.
    public override JsonKinds Kinds
    {
        get
        {
            if (_kinds == JsonKinds.None)
            {
                foreach (var member in _members)
                {
                    _kinds |= member.Codec.Kinds;
                }
            }

            return _kinds;
        }
    }

    public override string Expected
        => _expected ??= string.Join(" or ", _members.Select(m => m.Codec.Expected).Distinct(StringComparer.Ordinal));

    public override void Link(CodecRegistry registry)
    {
        var fields = descriptor.Fields.InDeclarationOrder();
        if (descriptor.Oneofs.Count(o => !o.IsSynthetic) != 1 || fields.Any(f => f.RealContainingOneof is null))
        {
            throw new InvalidOperationException(
                $"{descriptor.FullName} has the option untagged_union, so it must have one oneof and nothing else.");
        }

        _members = [.. fields.Select(registry.CreateField<T>)];
    }

    public override bool Matches(Utf8JsonReader reader) => Find(reader) is not null;

    public override void ReadInto(ref JsonReadContext context, T message)
    {
        var kind = JsonTokens.KindOf(context.Reader.TokenType);
        if (kind == JsonKinds.None || (Kinds & kind) == 0)
        {
            throw context.Wrong(Expected);
        }

        // No member fits exactly: the one that takes this kind says what is wrong with the value.
        var member = Find(context.Reader) ?? Array.Find(_members, m => (m.Codec.Kinds & kind) != 0)!;
        member.Read(ref context, message);
    }

    public override void Write(Utf8JsonWriter writer, T value)
    {
        foreach (var member in _members)
        {
            if (member.Has(value))
            {
                member.WriteValue(writer, value);
                return;
            }
        }

        writer.WriteNullValue();
    }

    public override T Parse(string text)
    {
        var message = new T();
        var member = Array.Find(_members, m => (m.Codec.Kinds & JsonKinds.String) != 0 && BitOperations.IsPow2((int)m.Codec.Kinds))
            ?? throw new FormatException("it can only be given in the body");
        member.SetText(message, text);
        return message;
    }

    private FieldPlan<T>? Find(Utf8JsonReader reader)
    {
        foreach (var member in _members)
        {
            if (member.Codec.Matches(reader))
            {
                return member;
            }
        }

        return null;
    }
}
