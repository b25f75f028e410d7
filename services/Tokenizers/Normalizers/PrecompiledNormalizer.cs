using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>SentencePiece's normalization by a map: a short cluster of characters is looked up first, then each character.</summary>
internal sealed class PrecompiledNormalizer : Normalizer
{
    private const int LongestCluster = 5;

    private readonly CharacterMap _map;
    private readonly bool[] _mapsAscii = new bool[128];

    public PrecompiledNormalizer(CharacterMap map)
    {
        _map = map;
        for (var value = 0; value < _mapsAscii.Length; value++)
        {
            _mapsAscii[value] = map.TryFind([(byte)value], out _);
        }
    }

    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        var at = Plain(text, 0);
        if (at == text.Length)
        {
            return false;
        }

        var writer = new Changes(new NormalizedWriter(text, output));
        writer.Keep(text, 0, at);
        var changed = false;
        while (at < text.Length)
        {
            var length = ClusterLength(text[at..]);
            changed |= Put(text.Slice(at, length), ref writer);
            at += length;
            var plain = Plain(text, at);
            writer.Keep(text, at, plain);
            at = plain;
        }

        writer.Flush();
        if (!changed)
        {
            output.Length = 0;
        }

        return changed;
    }

    private static int ClusterLength(ReadOnlySpan<char> text)
    {
        var length = StringInfo.GetNextTextElementLength(text);
        while (length < text.Length && IsNewestMark(CodePoints.At(text, length, out _)) && !char.IsControl(text[0]))
        {
            length += StringInfo.GetNextTextElementLength(text[length..]);
        }

        return length;
    }

    /// <summary>The marks of Unicode 17, by which the original finds clusters and .NET not yet.</summary>
    private static bool IsNewestMark(int point) => point is (>= 0x1ACF and <= 0x1ADD) or (>= 0x1AE0 and <= 0x1AEB)
        or 0x10EFA or 0x10EFB or (>= 0x11B60 and <= 0x11B67) or 0x1E6E3 or 0x1E6E6 or 0x1E6EE or 0x1E6EF or 0x1E6F5;

    /// <summary>The end of the stretch of ASCII characters that are clusters of their own and that the map leaves alone.</summary>
    private int Plain(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] < 128 && !_mapsAscii[text[at]] && text[at] != '\r' && (at + 1 == text.Length || text[at + 1] < 128))
        {
            at++;
        }

        return at;
    }

    private bool Put(ReadOnlySpan<char> cluster, ref Changes writer)
    {
        Span<byte> utf8 = stackalloc byte[LongestCluster];
        if (cluster.Length <= LongestCluster && Utf8.FromUtf16(cluster, utf8, out _, out var written) == System.Buffers.OperationStatus.Done
            && _map.TryFind(utf8[..written], out var whole))
        {
            writer.Replace(Count(cluster), whole);
            return true;
        }

        var changed = false;
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (_map.TryFind(utf8[..rune.EncodeToUtf8(utf8)], out var replacement))
            {
                writer.Replace(1, replacement);
                changed = true;
            }
            else
            {
                writer.Put(rune.Value, 0);
            }
        }

        return changed;
    }

    private static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>Holds the last character back: a replacement that is shorter than what it replaces is booked on it.</summary>
    private ref struct Changes(NormalizedWriter writer)
    {
        private NormalizedWriter _writer = writer;
        private int _point;
        private int _change;
        private bool _held;

        public void Put(int point, int change)
        {
            Flush();
            (_point, _change, _held) = (point, change, true);
        }

        /// <summary>Copies characters of ASCII. What has been dropped before anything was written moves the places of all that follows.</summary>
        public void Keep(ReadOnlySpan<char> text, int start, int end)
        {
            if (start == end)
            {
                return;
            }

            Flush();
            if (_writer.Read == start)
            {
                _writer.Keep(end - 1 - start);
                start = end - 1;
            }

            for (; start < end; start++)
            {
                Put(text[start], 0);
            }
        }

        public void Replace(int replaced, scoped ReadOnlySpan<byte> replacement)
        {
            var left = replaced;
            while (!replacement.IsEmpty)
            {
                Rune.DecodeFromUtf8(replacement, out var rune, out var length);
                Put(rune.Value, left-- > 0 ? 0 : 1);
                replacement = replacement[length..];
            }

            if (left > 0 && _held)
            {
                _change -= left;
            }
        }

        public void Flush()
        {
            if (_held)
            {
                _writer.Write(_point, _change);
                _held = false;
            }
        }
    }
}
