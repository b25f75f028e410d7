using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads a list of merges, each <c>"left right"</c> or <c>["left", "right"]</c>, straight to ids.</summary>
internal sealed class MergesReader(Vocabulary vocabulary, int prefixLength, string file, string path)
{
    // The shortest entries of real files take about as many bytes.
    private const int BytesPerMerge = 12;

    private readonly ArrayBufferWriter<byte> _left = new(256);
    private readonly ArrayBufferWriter<byte> _right = new(256);
    private ulong[] _pairs = [];
    private int[] _ids = [];
    private int _count;
    private int _lastWhole = -1;

    // The loop is over before the runtime would have got round to optimizing it, and likewise what it calls.
    /// <summary>Reads from the list's first bracket to its last.</summary>
    /// <param name="reader">Stands at the first bracket.</param>
    /// <param name="length">About how many bytes the list has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public MergeTable Read(ref Utf8JsonReader reader, int length)
    {
        _pairs = ArrayPool<ulong>.Shared.Rent(Math.Max(16, length / BytesPerMerge / 2));
        _ids = new int[_pairs.Length];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                var text = VocabularyReader.Text(ref reader, _left, file, path);
                if (text.StartsWith("#version"u8))
                {
                    continue;
                }

                var space = text.IndexOf((byte)' ');
                if (space <= 0 || space == text.Length - 1 || text[(space + 1)..].Contains((byte)' '))
                {
                    throw BadPair(JsonSerializer.Serialize(Encoding.UTF8.GetString(text)));
                }

                Add(text[..space], text[(space + 1)..]);
            }
            else
            {
                ReadPair(ref reader);
            }
        }

        Array.Resize(ref _ids, _count);
        var table = new MergeTable(_pairs.AsSpan(0, _count), _ids);
        ArrayPool<ulong>.Shared.Return(_pairs);
        return table;
    }

    private string ItemPath => $"{path}[{_count}]";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadPair(ref Utf8JsonReader reader)
    {
        var start = reader;
        if (reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            var left = VocabularyReader.Text(ref reader, _left, file, path);
            if (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                var right = VocabularyReader.Text(ref reader, _right, file, path);
                if (reader.Read() && reader.TokenType == JsonTokenType.EndArray)
                {
                    Add(left, right);
                    return;
                }
            }
        }

        throw BadPair(VocabularyReader.Raw(ref start));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (_count == _pairs.Length)
        {
            Grow();
        }

        var added = right.Length >= prefixLength ? right[prefixLength..] : right;
        _pairs[_count] = MergeTable.Key(Id(left), Id(right));
        _ids[_count] = _lastWhole = WholeId(left, added);
        _count++;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int WholeId(ReadOnlySpan<byte> left, ReadOnlySpan<byte> added)
    {
        // A vocabulary mostly lists what merges make in the order of the merges.
        var guess = vocabulary.Utf8Of(_lastWhole + 1);
        if (guess.Length == left.Length + added.Length && guess.StartsWith(left) && guess.EndsWith(added))
        {
            return _lastWhole + 1;
        }

        var length = left.Length + added.Length;
        var rented = length > 256 ? ArrayPool<byte>.Shared.Rent(length) : null;
        var whole = rented ?? stackalloc byte[256];
        left.CopyTo(whole);
        added.CopyTo(whole[left.Length..]);
        var id = Id(whole[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return id;
    }

    private int Id(ReadOnlySpan<byte> token) => vocabulary.TryGetId(token, out var id)
        ? id
        : throw new TokenizerLoadException(
            file, ItemPath, $"token '{Encoding.UTF8.GetString(token)}' of this merge is not in the vocabulary");

    private TokenizerLoadException BadPair(string found) =>
        new(file, ItemPath, $"expected \"left right\" or [\"left\", \"right\"], found {found}");

    private void Grow()
    {
        var larger = ArrayPool<ulong>.Shared.Rent(_count * 2);
        _pairs.CopyTo(larger, 0);
        ArrayPool<ulong>.Shared.Return(_pairs);
        _pairs = larger;
        Array.Resize(ref _ids, larger.Length);
    }
}
