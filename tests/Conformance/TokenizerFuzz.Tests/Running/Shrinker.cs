using System.Text;

namespace Atropos.TokenizerFuzz.Tests.Running;

/// <summary>Makes a failing item smaller as long as it fails: leaves out halves, quarters, … single characters.</summary>
internal static class Shrinker
{
    private const int MaxTries = 400;

    public static FuzzItem Shrink(FuzzItem item, Func<FuzzItem, bool> fails)
    {
        var tries = 0;
        bool Try(FuzzItem smaller) => tries++ < MaxTries && fails(smaller);
        if (item.Pair is not null)
        {
            var alone = item with { Pair = null };
            item = Try(alone) ? alone : item with { Pair = Smallest(item.Pair, text => Try(item with { Pair = text })) };
        }

        var plain = item with { Special = false };
        item = item.Special && Try(plain) ? plain : item;
        return item with { Text = Smallest(item.Text, text => Try(item with { Text = text })) };
    }

    private static string Smallest(string text, Func<string, bool> fails)
    {
        var runes = text.EnumerateRunes().ToList();
        for (var size = Math.Max(1, runes.Count / 2); ; size = Math.Max(1, size / 2))
        {
            var removed = false;
            for (var at = 0; at < runes.Count;)
            {
                List<Rune> smaller = [.. runes.Take(at), .. runes.Skip(at + size)];
                if (fails(string.Concat(smaller)))
                {
                    runes = smaller;
                    removed = true;
                }
                else
                {
                    at += size;
                }
            }

            if (size == 1 && !removed)
            {
                return string.Concat(runes);
            }
        }
    }
}
