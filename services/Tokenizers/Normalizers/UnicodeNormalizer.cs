using System.Text;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>NFC, NFD, NFKC and NFKD from our own tables: .NET's do nothing without ICU.</summary>
internal sealed class UnicodeNormalizer(NormalizationForm form) : Normalizer
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int HangulCount = 11172;

    private readonly NormalizationTables _tables = NormalizationTables.Shared;
    private readonly bool _compatibility = form is NormalizationForm.FormKC or NormalizationForm.FormKD;
    private readonly bool _compose = form is NormalizationForm.FormC or NormalizationForm.FormKC;

    // Below these no character decomposes, and for composition none combines with what stands before it.
    private readonly char _firstAffected = form switch
    {
        NormalizationForm.FormC => '\u0300',
        NormalizationForm.FormD => '\u00C0',
        _ => '\u00A0',
    };

    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        if (text.IndexOfAnyExceptInRange('\0', (char)(_firstAffected - 1)) < 0)
        {
            return false;
        }

        var points = new List<int>(text.Length);
        var ordered = 0;
        for (var index = 0; index < text.Length;)
        {
            Decompose(CodePoints.At(text, index, out var length), points);
            index += length;
            for (; ordered < points.Count; ordered++)
            {
                Order(points, ordered);
            }
        }

        var count = _compose ? Compose(points) : points.Count;
        for (var index = 0; index < count; index++)
        {
            output.AppendCodePoint(points[index]);
        }

        return true;
    }

    private void Decompose(int point, List<int> points)
    {
        if ((uint)(point - HangulBase) < HangulCount)
        {
            var syllable = point - HangulBase;
            points.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            points.Add(VowelBase + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount != 0)
            {
                points.Add(TailBase + (syllable % TailCount));
            }
        }
        else if (_tables.Decomposition(point, _compatibility) is { } decomposition)
        {
            points.AddRange(decomposition);
        }
        else
        {
            points.Add(point);
        }
    }

    private void Order(List<int> points, int index)
    {
        var point = points[index];
        var combining = _tables.CombiningClass(point);
        if (combining == 0)
        {
            return;
        }

        while (index > 0 && _tables.CombiningClass(points[index - 1]) > combining)
        {
            points[index] = points[index - 1];
            index--;
        }

        points[index] = point;
    }

    private int Compose(List<int> points)
    {
        var starter = -1;
        var lastClass = -1;
        var written = 0;
        for (var index = 0; index < points.Count; index++)
        {
            var point = points[index];
            var combining = _tables.CombiningClass(point);
            if (starter >= 0 && lastClass < combining && TryCompose(points[starter], point, out var composed))
            {
                points[starter] = composed;
                continue;
            }

            points[written] = point;
            if (combining == 0)
            {
                starter = written;
                lastClass = -1;
            }
            else
            {
                lastClass = combining;
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
