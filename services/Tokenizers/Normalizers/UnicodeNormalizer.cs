using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>NFC, NFD, NFKC and NFKD from our own tables: .NET's do nothing without ICU.</summary>
/// <remarks>Only the stretches that hold an affected character are taken apart and put together; what lies between is copied.</remarks>
internal sealed class UnicodeNormalizer : Normalizer
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int HangulCount = 11172;

    [ThreadStatic]
    private static List<NormalizedMark>? _freeMarks;

    private readonly NormalizationTables _tables = NormalizationTables.Shared;
    private readonly bool _compatibility;
    private readonly bool _compose;
    private readonly ulong[] _affected;
    private readonly char _firstAffected;
    private readonly SearchValues<char> _belowFirst;

    public UnicodeNormalizer(NormalizationForm form)
    {
        _compatibility = form is NormalizationForm.FormKC or NormalizationForm.FormKD;
        _compose = form is NormalizationForm.FormC or NormalizationForm.FormKC;
        _affected = _tables.Affected(form);
        while (!IsAffected(_firstAffected))
        {
            _firstAffected++;
        }

        _belowFirst = SearchValues.Create([.. Enumerable.Range(0, _firstAffected).Select(point => (char)point)]);
    }

    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        var at = NextAffected(text, 0);
        if (at == text.Length)
        {
            return false;
        }

        var writer = new NormalizedWriter(text, output);
        var marks = _freeMarks ?? [];
        _freeMarks = null;
        for (var kept = 0; at < text.Length;)
        {
            var start = at;
            if (_compose && start > kept)
            {
                // The first affected character may combine with the one before it.
                CodePoints.Before(text, start, out var before);
                start -= before;
            }

            writer.Keep(start - kept);
            marks.Clear();
            kept = TakeApart(text, start, at, marks);
            Reorder(CollectionsMarshal.AsSpan(marks));
            var count = _compose ? Compose(CollectionsMarshal.AsSpan(marks)) : marks.Count;
            for (var index = 0; index < count; index++)
            {
                writer.Write(marks[index].Point, marks[index].Change);
            }

            at = NextAffected(text, kept);
            if (at == text.Length)
            {
                writer.Keep(at - kept);
            }
        }

        if (marks.Capacity <= 1 << 16)
        {
            _freeMarks = marks;
        }

        return true;
    }

    private bool IsAffected(int point) => point >> 6 is var word && word < _affected.Length && ((_affected[word] >> (point & 63)) & 1) != 0;

    private int NextAffected(ReadOnlySpan<char> text, int at)
    {
        while (true)
        {
            var skipped = text[at..].IndexOfAnyExcept(_belowFirst);
            if (skipped < 0)
            {
                return text.Length;
            }

            // Where one such character is, most are: asking each one is faster than a search from each to the next.
            for (at += skipped; at < text.Length && text[at] >= _firstAffected;)
            {
                if (IsAffected(CodePoints.At(text, at, out var length)))
                {
                    return at;
                }

                at += length;
            }
        }
    }

    /// <summary>Decomposes from <paramref name="start"/> to the first character behind <paramref name="at"/> that is not affected, and says where that is.</summary>
    private int TakeApart(ReadOnlySpan<char> text, int start, int at, List<NormalizedMark> marks)
    {
        while (start < text.Length)
        {
            var point = CodePoints.At(text, start, out var length);
            if (start >= at && !IsAffected(point))
            {
                break;
            }

            Decompose(point, marks);
            start += length;
        }

        return start;
    }

    private void Decompose(int point, List<NormalizedMark> marks)
    {
        if ((uint)(point - HangulBase) < HangulCount)
        {
            var syllable = point - HangulBase;
            Add(LeadBase + (syllable / (VowelCount * TailCount)), 0);
            Add(VowelBase + (syllable % (VowelCount * TailCount) / TailCount), 1);
            if (syllable % TailCount != 0)
            {
                Add(TailBase + (syllable % TailCount), 1);
            }
        }
        else if (_tables.Decomposition(point, _compatibility) is { } decomposition)
        {
            for (var index = 0; index < decomposition.Length; index++)
            {
                Add(decomposition[index], index > 0 ? 1 : 0);
            }
        }
        else
        {
            Add(point, 0);
        }

        void Add(int part, int change) => marks.Add(new NormalizedMark(part, change, _tables.CombiningClass(part), marks.Count));
    }

    private static void Reorder(Span<NormalizedMark> marks)
    {
        for (var start = 0; start < marks.Length; start++)
        {
            var end = start;
            var sorted = true;
            for (; end < marks.Length && marks[end].Class != 0; end++)
            {
                sorted &= end == start || marks[end - 1].Class <= marks[end].Class;
            }

            if (!sorted)
            {
                marks[start..end].Sort(static (left, right) => left.Class != right.Class ? left.Class - right.Class : left.Order - right.Order);
            }

            start = end;
        }
    }

    private int Compose(Span<NormalizedMark> marks)
    {
        var starter = -1;
        var lastClass = -1;
        var written = 0;
        foreach (var mark in marks)
        {
            if (starter >= 0 && lastClass < mark.Class && TryCompose(marks[starter].Point, mark.Point, out var composed))
            {
                marks[starter] = marks[starter] with { Point = composed, Change = marks[starter].Change + mark.Change - 1 };
                continue;
            }

            marks[written] = mark;
            if (mark.Class == 0)
            {
                starter = written;
                lastClass = -1;
            }
            else
            {
                lastClass = mark.Class;
            }

            written++;
        }

        return written;
    }

    private bool TryCompose(int first, int second, out int composed)
    {
        if ((uint)(first - LeadBase) < 19 && (uint)(second - VowelBase) < VowelCount)
        {
            composed = HangulBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TailCount);
            return true;
        }

        if ((uint)(first - HangulBase) < HangulCount && (first - HangulBase) % TailCount == 0
            && second > TailBase && second < TailBase + TailCount)
        {
            composed = first + second - TailBase;
            return true;
        }

        return _tables.TryCompose(first, second, out composed);
    }
}
