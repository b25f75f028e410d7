using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>The way to cut a piece up whose tokens' scores have the largest sum.</summary>
internal sealed class UnigramModel : TokenModel
{
    /// <summary>What the best path holds for a character that no token covers.</summary>
    internal const int Unknown = -1;

    private const double UnkPenalty = 10;
    private const int LongLength = byte.MaxValue;

    [ThreadStatic]
    private static UnigramLattice? _lattice;

    private readonly double[] _scores;
    private readonly byte[] _lengths;
    private readonly int[]? _byteIds;
    private readonly int _unkId;
    private readonly WordCache _cache = new();

    /// <param name="vocabulary">The tokens.</param>
    /// <param name="scores">The score of each id.</param>
    /// <param name="unkId">The unknown token; -1 where there is none and text that needs it is refused.</param>
    /// <param name="byteFallback">Whether what is unknown is written in tokens of single bytes where the vocabulary has them.</param>
    public UnigramModel(Vocabulary vocabulary, double[] scores, int unkId, bool byteFallback)
    {
        Vocabulary = vocabulary;
        Trie = PieceTrieBuilder.Build(vocabulary);
        _scores = scores;
        _unkId = unkId;
        _lengths = new byte[scores.Length];
        for (var id = 0; id < scores.Length; id++)
        {
            _lengths[id] = (byte)Math.Min(vocabulary.Utf8Of(id).Length, LongLength);
        }

        foreach (var score in scores)
        {
            UnkScore = Math.Min(UnkScore, score);
        }

        UnkScore -= UnkPenalty;
        WindowSize = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, Trie.LongestPiece + 1));
        _byteIds = byteFallback ? ByteIds(vocabulary) : null;
    }

    public override Vocabulary Vocabulary { get; }

    /// <summary>The tokens.</summary>
    internal PieceTrie Trie { get; }

    /// <summary>The score of each id.</summary>
    internal ReadOnlySpan<double> Scores => _scores;

    /// <summary>The score of a character that no token of one character covers.</summary>
    internal double UnkScore { get; } = double.PositiveInfinity;

    /// <summary>A power of two that is larger than every token, in bytes.</summary>
    internal int WindowSize { get; }

    /// <summary>Whether there is an unknown token.</summary>
    internal bool HasUnk => _unkId >= 0;

    public override void Encode(ReadOnlySpan<char> piece, List<int> output)
    {
        if (piece.IsEmpty || (piece.Length <= WordCache.LongestWord && _cache.TryAppend(piece, output)))
        {
            return;
        }

        var before = output.Count;
        EncodeAnew(piece, output, null);
        _cache.Add(piece, CollectionsMarshal.AsSpan(output)[before..]);
    }

    public override void Encode(ReadOnlySpan<char> piece, TokenSpans output)
    {
        if (!piece.IsEmpty)
        {
            EncodeAnew(piece, null, output);
        }
    }

    /// <summary>The length of a token in bytes.</summary>
    internal int LengthOf(int id) => _lengths[id] is not LongLength and var length
        ? length
        : Vocabulary.Utf8Of(id).Length;

    private static int[]? ByteIds(Vocabulary vocabulary)
    {
        var ids = new int[256];
        for (var value = 0; value < 256; value++)
        {
            ids[value] = vocabulary.TryGetId(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"), out var id) ? id : -1;
        }

        return ids;
    }

    private void EncodeAnew(ReadOnlySpan<char> piece, List<int>? ids, TokenSpans? spans)
    {
        // Refused text must not leave half a lattice to the next call.
        var lattice = _lattice ?? new UnigramLattice();
        _lattice = null;
        var path = lattice.FindBest(this, piece);
        var start = 0;
        for (var index = 0; index < path.Length;)
        {
            var id = path[index];
            if (id != Unknown && id != _unkId)
            {
                var end = start + LengthOf(id);
                ids?.Add(id);
                spans?.Add(id, start, end);
                start = end;
                index++;
                continue;
            }

            var from = start;
            for (; index < path.Length && (path[index] == Unknown || path[index] == _unkId); index++)
            {
                start += path[index] == Unknown ? UnigramLattice.CharacterLength(lattice.Text[start]) : LengthOf(_unkId);
            }

            AppendUnknown(lattice.Text[from..start], from, ids, spans);
        }

        lattice.Trim();
        _lattice = lattice;
    }

    /// <summary>Appends a run of unknown characters, which counts as one token, and may yet be one of the vocabulary's.</summary>
    private void AppendUnknown(ReadOnlySpan<byte> run, int from, List<int>? ids, TokenSpans? spans)
    {
        var end = from + run.Length;
        var id = Trie.IdOf(run);
        if (id < 0 && _byteIds is not null && HasBytes(run))
        {
            foreach (var value in run)
            {
                ids?.Add(_byteIds[value]);
                spans?.Add(_byteIds[value], from, end);
            }

            return;
        }

        ids?.Add(id < 0 ? _unkId : id);
        spans?.Add(id < 0 ? _unkId : id, from, end, id < 0 ? Encoding.UTF8.GetString(run) : null);
    }

    private bool HasBytes(ReadOnlySpan<byte> run)
    {
        foreach (var value in run)
        {
            if (_byteIds![value] < 0)
            {
                return false;
            }
        }

        return true;
    }
}
