using System.Text.Json;
using Google.Protobuf;

namespace Atropos.Transcoding.Json;

/// <summary>How values of one type look as JSON.</summary>
internal abstract class JsonCodec
{
    /// <summary>The kinds of JSON value that are read.</summary>
    public abstract JsonKinds Kinds { get; }

    /// <summary>What is read, for errors, as in "a string".</summary>
    public abstract string Expected { get; }

    /// <summary>Whether the value under the reader is one for this codec. The reader is a copy: it may be moved.</summary>
    public virtual bool Matches(Utf8JsonReader reader) => (Kinds & JsonTokens.KindOf(reader.TokenType)) != 0;

    /// <summary>A new, empty message, where values are messages; otherwise null.</summary>
    public virtual IMessage? CreateMessage() => null;

    /// <summary>The field of that name, where values are JSON objects with named members; otherwise null.</summary>
    public virtual FieldPlan? FindField(ReadOnlySpan<byte> name) => null;
}
