using System.Buffers;
using System.Text.Json;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>
/// Goes once through a tokenizer.json, reads the model's vocabulary, where that is an object, and merges on the way, and copies the
/// rest, which is small, with an empty object and an empty list in their places.
/// </summary>
internal ref struct ModelTablesReader(ReadOnlySpan<byte> json, string file)
{
    private const string ModelPath = "$.model";

    private readonly ReadOnlySpan<byte> _json = json;
    private readonly ArrayBufferWriter<byte> _rest = new();
    private int _copied;
    private string? _type;
    private int _prefixLength;
    private int _mergesStart = -1;
    private int _mergesPrefixLength;
    private Vocabulary? _vocabulary;
    private MergeTable? _merges;

    /// <summary>Reads the file.</summary>
    /// <param name="tables">The tables.</param>
    /// <returns>The rest of the file.</returns>
    /// <exception cref="JsonException">The file is not JSON.</exception>
    /// <exception cref="TokenizerLoadException">The vocabulary or the merges are not as they should be.</exception>
    public ReadOnlyMemory<byte> Read(out ModelTables tables)
    {
        var reader = new Utf8JsonReader(_json);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isModel = reader.ValueTextEquals("model"u8);
                reader.Read();
                if (isModel && reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadModel(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            reader.Read();
        }

        tables = new ModelTables(_vocabulary, _merges);
        if (_copied == 0)
        {
            return _json.ToArray();
        }

        CopyUntil(_json.Length);
        return _rest.WrittenMemory;
    }

    private void ReadModel(ref Utf8JsonReader reader)
    {
        // Of two equal members the last counts, as everywhere in the file.
        (_type, _prefixLength, _mergesStart, _vocabulary, _merges) = (null, 0, -1, null, null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            switch (name, reader.TokenType)
            {
                case ("type", JsonTokenType.String):
                    _type = reader.GetString();
                    break;
                case ("continuing_subword_prefix", JsonTokenType.String):
                    _prefixLength = reader.GetString()!.EnumerateRunes().Count();
                    break;
                case ("vocab", JsonTokenType.StartObject):
                    _vocabulary = VocabularyReader.Read(ref reader, file, $"{ModelPath}.vocab");
                    CutOut(start, (int)reader.TokenStartIndex);
                    break;
                case ("merges", JsonTokenType.StartArray) when _type is null or "BPE":
                    ReadMerges(ref reader, start, isLast: false);
                    CutOut(start, (int)reader.TokenStartIndex);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // What the merges rest on may stand behind them.
        if (_mergesStart >= 0 && _vocabulary is not null && (_merges is null || _mergesPrefixLength != _prefixLength))
        {
            var again = new Utf8JsonReader(_json[_mergesStart..]);
            again.Read();
            ReadMerges(ref again, _mergesStart, isLast: true);
        }
    }

    private void ReadMerges(ref Utf8JsonReader reader, int start, bool isLast)
    {
        _mergesStart = start;
        _mergesPrefixLength = _prefixLength;
        if (_vocabulary is null)
        {
            reader.Skip();
            return;
        }

        var atStart = reader;
        try
        {
            _merges = new MergesReader(_vocabulary, _prefixLength, file, $"{ModelPath}.merges").Read(ref reader, _json.Length - start);
        }
        catch (TokenizerLoadException) when (!isLast)
        {
            // A prefix that stands behind the merges can make good what looks wrong now.
            reader = atStart;
            reader.Skip();
        }
    }

    /// <summary>Leaves out what lies between two brackets.</summary>
    private void CutOut(int open, int close)
    {
        CopyUntil(open + 1);
        _copied = close;
    }

    private void CopyUntil(int end)
    {
        _rest.Write(_json[_copied..end]);
        _copied = end;
    }
}
