namespace Atropos.Transcoding.Json;

/// <summary>The kinds of JSON value that a codec reads.</summary>
[Flags]
internal enum JsonKinds
{
    None = 0,
    String = 1,
    Number = 2,
    Boolean = 4,
    Array = 8,
    Object = 16,
    Null = 32,
    All = String | Number | Boolean | Array | Object | Null,
}
