using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>An enum value: written as its proto name (a number where it has none), read from name or number.</summary>
internal sealed class EnumCodec<T> : JsonCodec<T>
    where T : struct, Enum
{
    private readonly Dictionary<int, JsonEncodedText> _names = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Utf8NameTable _table;
    private readonly int[] _tableNumbers;

    public EnumCodec(EnumDescriptor descriptor)
    {
        var values = descriptor.Values;
        _tableNumbers = new int[values.Count];
        var names = new byte[values.Count][];
        for (var i = 0; i < values.Count; i++)
        {
            _names.TryAdd(values[i].Number, JsonEncodedText.Encode(values[i].Name));
            _numbers[values[i].Name] = values[i].Number;
            _tableNumbers[i] = values[i].Number;
            names[i] = Encoding.UTF8.GetBytes(values[i].Name);
        }

        _table = new Utf8NameTable(names);
        Expected = "one of " + string.Join(", ", values.Select(v => v.Name));
    }

    public override JsonKinds Kinds => JsonKinds.String | JsonKinds.Number;

    public override string Expected { get; }

    public override T Read(ref JsonReadContext context)
    {
        if (context.Reader.TokenType == JsonTokenType.Number)
        {
            return context.Reader.TryGetInt32(out var number) ? FromNumber(number) : throw context.Bad($"expected {Expected}");
        }

        if (context.Reader.TokenType != JsonTokenType.String)
        {
            throw context.Wrong(Expected);
        }

        if (!context.Reader.HasValueSequence && !context.Reader.ValueIsEscaped)
        {
            var index = _table.Find(context.Reader.ValueSpan);
            return index >= 0 ? FromNumber(_tableNumbers[index]) : throw context.Bad($"expected {Expected}");
        }

        return _numbers.TryGetValue(context.ReadString(), out var named)
            ? FromNumber(named)
            : throw context.Bad($"expected {Expected}");
    }

    public override void Write(Utf8JsonWriter writer, T value)
    {
        var number = Unsafe.As<T, int>(ref value);
        if (_names.TryGetValue(number, out var name))
        {
            writer.WriteStringValue(name);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }

    public override T Parse(string text)
    {
        if (_numbers.TryGetValue(text, out var named)
            || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out named))
        {
            return FromNumber(named);
        }

        throw new FormatException($"expected {Expected}");
    }

    // protoc makes every enum an int.
    private static T FromNumber(int number) => Unsafe.As<int, T>(ref number);
}
