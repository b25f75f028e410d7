using System.Text;
using Atropos.TokenizerFuzz.Tests.Pipelines;

namespace Atropos.TokenizerFuzz.Tests.Patterns;

/// <summary>Random expressions in Oniguruma's syntax and texts that they have something to find in.</summary>
internal sealed class PatternGenerator(Random random)
{
    private static readonly string[] Letters =
    [
        "a", "b", "A", "B", "s", "S", "t", "1", "2", " ", "_", "-", "'", ",", "é", "É", "ß", "ſ", "\u212A", "k", "中", "😀", "\u0301", "٣", "İ", "𐐀", "𐐨", "Σ", "ς",
    ];

    private static readonly string[] Controls = ["\n", "\r", "\t", "\u00A0", "\u2028", "\u3000", "\u0085", "\u200B", "\0", "\v"];

    private static readonly string[] Escapes =
    [
        @"\s", @"\S", @"\d", @"\D", @"\w", @"\W", @"\h", @"\p{L}", @"\p{N}", @"\p{Lu}", @"\p{Ll}", @"\p{M}", @"\p{P}", @"\p{S}", @"\p{Z}", @"\p{Han}", @"\p{Nd}",
        @"\P{L}", @"\P{N}", @"\p{^L}", @"\n", @"\t", @"\r", @"\x41", @"\x{1F600}", @"\.", @"\p{Lo}", @"\p{Latin}", @"\p{Greek}", @"\p{Alpha}", @"\p{Space}", @"\p{Punct}",
    ];

    private static readonly string[] Conditions = ["^", "$", @"\b", @"\B", @"\A", @"\z", @"\Z"];

    private static readonly string[] Posix = ["[:alpha:]", "[:digit:]", "[:space:]", "[:punct:]", "[:upper:]", "[:^alpha:]", "[:alnum:]", "[:word:]"];

    public string Next() => Choice(random.Pick(0, 1, 1, 2));

    public string Text()
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, 25); count > 0; count--)
        {
            var letter = random.OneIn(6) ? random.Pick(Controls) : random.Pick(Letters);
            text.Insert(text.Length, letter, random.OneIn(4) ? random.Next(1, 4) : 1);
        }

        return text.ToString();
    }

    private string Choice(int depth) => string.Join('|', Enumerable.Range(0, random.Pick(1, 1, 2, 3)).Select(_ => Concat(depth)));

    private string Concat(int depth) => string.Concat(Enumerable.Range(0, random.Pick(1, 1, 2, 3)).Select(_ => Repeated(depth)));

    private string Repeated(int depth)
    {
        if (random.OneIn(10))
        {
            return depth > 0 && random.Coin() ? Around(depth) : random.Pick(Conditions);
        }

        var atom = Atom(depth);
        return random.Next(12) switch
        {
            0 => atom + "*",
            1 or 2 => atom + "+",
            3 => atom + "?",
            4 => atom + random.Pick("{1,3}", "{2}", "{2,}", "{,2}", "{0,1}", "{1,2}?"),
            5 => atom + random.Pick("*?", "+?", "??"),
            6 => atom + random.Pick("*+", "++", "?+"),
            _ => atom,
        };
    }

    private string Around(int depth) => random.Next(4) switch
    {
        0 => $"(?={Choice(depth - 1)})",
        1 => $"(?!{Choice(depth - 1)})",
        2 => $"(?<={Single()})",
        _ => $"(?<!{Single()})",
    };

    private string Atom(int depth) => random.Next(depth > 0 ? 12 : 8) switch
    {
        0 or 1 or 2 => random.Pick(Letters),
        3 or 4 => random.Pick(Escapes),
        5 or 6 => Class(),
        7 => ".",
        8 => $"(?:{Choice(depth - 1)})",
        9 => $"({Choice(depth - 1)})",
        10 => $"(?>{Choice(depth - 1)})",
        _ => $"(?i:{Choice(depth - 1)})",
    };

    private string Single() => random.Next(3) switch
    {
        0 => random.Pick(Letters),
        1 => random.Pick(Escapes),
        _ => Class(),
    };

    private string Class()
    {
        var text = new StringBuilder(random.OneIn(3) ? "[^" : "[");
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            text.Append(random.Next(6) switch
            {
                0 or 1 => random.Pick(Letters) is "-" ? @"\-" : random.Pick("a", "B", "é", "中", "😀", "1", " "),
                2 => random.Pick("a-z", "A-Z", "0-9", "à-ÿ", "一-龥", "a-c"),
                3 or 4 => random.Pick(Escapes),
                _ => random.Pick(Posix),
            });
        }

        if (random.OneIn(10))
        {
            text.Append("&&[^").Append(random.Pick("a", "b", @"\s", @"\d")).Append(']');
        }

        return text.Append(']').ToString();
    }
}
