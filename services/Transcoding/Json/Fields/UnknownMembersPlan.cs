using System.Collections.Frozen;
using System.Text.Json;
using Atropos.Transcoding.Json.Codecs;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Json.Fields;

/// <summary>The field that takes the members that no other field names, and gives them back beside the message's own.</summary>
internal sealed class UnknownMembersPlan<TMessage>
    where TMessage : class, IMessage<TMessage>
{
    private readonly Func<TMessage, Struct?> _get;
    private readonly Action<TMessage, Struct> _set;
    private readonly FrozenSet<string> _known;

    public UnknownMembersPlan(FieldDescriptor descriptor, IEnumerable<string> known)
    {
        if (descriptor.IsRepeated || descriptor.FieldType != FieldType.Message || descriptor.MessageType.ClrType != typeof(Struct))
        {
            throw new InvalidOperationException(
                $"{descriptor.FullName} has the option unknown_members, so it must be a google.protobuf.Struct.");
        }

        var property = typeof(TMessage).GetProperty(descriptor.PropertyName)!;
        _get = property.GetMethod!.CreateDelegate<Func<TMessage, Struct?>>();
        _set = property.SetMethod!.CreateDelegate<Action<TMessage, Struct>>();
        _known = known.ToFrozenSet(StringComparer.Ordinal);
    }

    public void Read(ref JsonReadContext context, TMessage message)
    {
        var members = _get(message);
        if (members is null)
        {
            members = new Struct();
            _set(message, members);
        }

        DynamicJson.ReadMember(ref context, members.Fields, 1);
    }

    public void Write(Utf8JsonWriter writer, TMessage message)
    {
        if (_get(message) is not { } members)
        {
            return;
        }

        foreach (var (name, value) in members.Fields)
        {
            // A member that is there already would make the object ambiguous.
            if (!_known.Contains(name))
            {
                writer.WritePropertyName(name);
                DynamicJson.WriteValue(writer, value);
            }
        }
    }
}
