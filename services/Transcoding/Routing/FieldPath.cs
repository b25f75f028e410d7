using System.Text;
using Atropos.Transcoding.Json;
using Google.Protobuf;

namespace Atropos.Transcoding.Routing;

/// <summary>The way from a message to a field inside it.</summary>
internal sealed class FieldPath
{
    private readonly FieldPlan[] _parents;

    private FieldPath(string text, FieldPlan[] parents, FieldPlan field)
    {
        Text = text;
        _parents = parents;
        Field = field;
    }

    /// <summary>The dotted names.</summary>
    public string Text { get; }

    /// <summary>The field at the end.</summary>
    public FieldPlan Field { get; }

    /// <summary>Follows dotted proto names from a message; null where there is no such field, or it lies in a list.</summary>
    public static FieldPath? Find(JsonCodec root, string text)
    {
        var names = text.Split('.');
        var parents = new FieldPlan[names.Length - 1];
        var codec = root;
        for (var i = 0; ; i++)
        {
            if (codec.FindField(Encoding.UTF8.GetBytes(names[i])) is not { } field)
            {
                return null;
            }

            if (i == parents.Length)
            {
                return new FieldPath(text, parents, field);
            }

            if (field.Descriptor.IsRepeated)
            {
                return null;
            }

            parents[i] = field;
            codec = field.Codec;
        }
    }

    /// <summary>The message that holds the field, made where it was unset.</summary>
    public IMessage Owner(IMessage root)
    {
        foreach (var parent in _parents)
        {
            root = parent.GetOrCreate(root);
        }

        return root;
    }

    /// <summary>Sets the field from text, or adds to it where it is repeated.</summary>
    /// <exception cref="FormatException">The text does not fit.</exception>
    public void SetText(IMessage root, string text) => Field.SetText(Owner(root), text);

    /// <summary>The field's value; null where a message on the way is unset.</summary>
    public object? Get(IMessage root)
    {
        foreach (var parent in _parents)
        {
            if (parent.GetObject(root) is not IMessage next)
            {
                return null;
            }

            root = next;
        }

        return Field.GetObject(root);
    }
}
