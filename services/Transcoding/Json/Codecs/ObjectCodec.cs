using System.Text.Json;
using Atropos.Transcoding.Json.Fields;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A message as a JSON object whose members have the fields' proto names.</summary>
internal sealed class ObjectCodec<T>(MessageDescriptor descriptor) : MessageCodec<T>
    where T : class, IMessage<T>, new()
{
    private FieldPlan<T>[] _fields = [];
    private int[] _oneofs = [];
    private Utf8NameTable _names = new([]);
    private UnknownMembersPlan<T>? _unknown;
    private int _seenWords;

    public override JsonKinds Kinds => JsonKinds.Object;

    public override string Expected => "an object";

    public override void Link(CodecRegistry registry)
    {
        var declared = descriptor.Fields.InDeclarationOrder();
        var unknown = declared.Where(f => CodecRegistry.RulesOf(f).UnknownMembers).ToList();
        if (unknown.Count > 1)
        {
            throw new InvalidOperationException($"{descriptor.FullName} has more than one field with the option unknown_members.");
        }

        _fields = [.. declared.Except(unknown).Select(registry.CreateField<T>)];
        _oneofs = [.. _fields.Select(f => f.Descriptor.RealContainingOneof?.Index ?? -1)];
        _names = new Utf8NameTable([.. _fields.Select(f => f.Utf8Name)]);
        _seenWords = (_fields.Length + 63) / 64;
        if (unknown is [var field])
        {
            _unknown = new UnknownMembersPlan<T>(field, _fields.Select(f => f.Descriptor.Name));
        }
    }

    public override FieldPlan? FindField(ReadOnlySpan<byte> name)
    {
        var index = _names.Find(name);
        return index < 0 ? null : _fields[index];
    }

    public override void ReadInto(ref JsonReadContext context, T message)
    {
        if (context.Reader.TokenType != JsonTokenType.StartObject)
        {
            throw context.Wrong(Expected);
        }

        Span<ulong> seen = stackalloc ulong[_seenWords];
        seen.Clear();
        while (true)
        {
            context.Next();
            if (context.Reader.TokenType == JsonTokenType.EndObject)
            {
                return;
            }

            var index = FindName(ref context);
            if (index < 0)
            {
                ReadUnknown(ref context, message);
                continue;
            }

            ref var word = ref seen[index >> 6];
            var bit = 1UL << (index & 63);
            if ((word & bit) != 0)
            {
                throw context.Bad("given twice");
            }

            word |= bit;
            var field = _fields[index];
            if (_oneofs[index] >= 0)
            {
                CheckOneof(ref context, message, index);
            }

            context.Next();
            if (context.Reader.TokenType != JsonTokenType.Null || field.TakesNull)
            {
                field.Read(ref context, message);
            }
        }
    }

    public override void Write(Utf8JsonWriter writer, T value)
    {
        writer.WriteStartObject();
        foreach (var field in _fields)
        {
            field.Write(writer, value);
        }

        _unknown?.Write(writer, value);
        writer.WriteEndObject();
    }

    private int FindName(ref JsonReadContext context)
        => !context.Reader.HasValueSequence && !context.Reader.ValueIsEscaped
            ? _names.Find(context.Reader.ValueSpan)
            : _names.Find(System.Text.Encoding.UTF8.GetBytes(context.ReadString()));

    private void CheckOneof(ref JsonReadContext context, T message, int index)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            if (i != index && _oneofs[i] == _oneofs[index] && _fields[i].Has(message))
            {
                throw context.Bad($"cannot be given together with {_fields[i].Descriptor.Name}");
            }
        }
    }

    private void ReadUnknown(ref JsonReadContext context, T message)
    {
        if (_unknown is not null)
        {
            _unknown.Read(ref context, message);
        }
        else if (context.Settings.IgnoreUnknownMembers)
        {
            context.Reader.Skip();
        }
        else
        {
            throw context.Bad("not a known member");
        }
    }
}
