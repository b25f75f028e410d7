using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Replaces or drops characters one by one, each without regard to its neighbours.</summary>
internal sealed class MapNormalizer : Normalizer
{
    /// <summary>What the rule answers for a character that is to vanish.</summary>
    public const int Drop = -1;

    private readonly Func<int, int> _rule;
    private readonly int[] _ascii = new int[128];

    /// <param name="rule">The character that takes another's place; itself, or <see cref="Drop"/>.</param>
    public MapNormalizer(Func<int, int> rule)
    {
        _rule = rule;
        for (var point = 0; point < _ascii.Length; point++)
        {
            _ascii[point] = rule(point);
        }
    }

    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        var kept = 0;
        for (var at = 0; at < text.Length;)
        {
            var point = CodePoints.At(text, at, out var length);
            var mapped = point < _ascii.Length ? _ascii[point] : _rule(point);
            if (mapped != point)
            {
                output.Copy(text[kept..at], kept);
                if (mapped != Drop)
                {
                    output.PutCodePoint(mapped, at);
                }

                kept = at + length;
            }

            at += length;
        }

        if (kept == 0)
        {
            return false;
        }

        output.Copy(text[kept..], kept);
        return true;
    }
}
