using System.Text.Json;
using Google.Protobuf.Collections;

namespace Atropos.Transcoding.Json;

/// <summary>Reads and writes values of one type as JSON.</summary>
/// <typeparam name="T">The type of the generated property that holds the value.</typeparam>
internal abstract class JsonCodec<T> : JsonCodec
{
    /// <summary>Reads the value whose first token is under the reader, and leaves the reader on its last token.</summary>
    public abstract T Read(ref JsonReadContext context);

    /// <summary>Writes the value.</summary>
    public abstract void Write(Utf8JsonWriter writer, T value);

    /// <summary>Whether the value is what an unset field without presence holds.</summary>
    public virtual bool IsDefault(T value) => EqualityComparer<T>.Default.Equals(value, default);

    /// <summary>The value of a path variable or a query parameter.</summary>
    /// <exception cref="FormatException">The text is not such a value; the message says what was expected.</exception>
    public virtual T Parse(string text) => throw new FormatException("it can only be given in the body");

    /// <summary>Reads the rest of an array, the reader being on its first token.</summary>
    public virtual void ReadElements(ref JsonReadContext context, RepeatedField<T> list)
    {
        while (true)
        {
            context.Next();
            if (context.Reader.TokenType == JsonTokenType.EndArray)
            {
                return;
            }

            list.Add(Read(ref context));
        }
    }

    /// <summary>Writes the elements of an array, without its brackets.</summary>
    public virtual void WriteElements(Utf8JsonWriter writer, RepeatedField<T> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            Write(writer, list[i]);
        }
    }
}
