using System.Text;

namespace Atropos.TokenizerFuzz.Tests.Texts;

/// <summary>Random texts, well-formed UTF-16, of what is hard for tokenizers. The same seed gives the same texts.</summary>
/// <param name="random">Where chance comes from.</param>
/// <param name="added">Contents of the added tokens of the tokenizer to try.</param>
/// <param name="piece">Gives the text of a random entry of its vocabulary.</param>
internal sealed class TextGenerator(Random random, IReadOnlyList<string> added, Func<Random, string> piece)
{
    private readonly StringBuilder _text = new();

    public string Next()
    {
        _text.Clear();
        var kinds = random.Next(8) == 0 ? 1 : random.Next(1, 7);
        for (var part = 0; part < kinds; part++)
        {
            var before = _text.Length;
            Part();
            if (_text.Length > 400)
            {
                break;
            }

            if (random.Next(3) == 0)
            {
                _text.Append(' ');
            }
            else if (random.Next(12) == 0)
            {
                Repeat(_text.ToString(before, _text.Length - before), random.Next(1, 4));
            }
        }

        return random.Next(40) == 0 ? "" : _text.ToString();
    }

    private void Part()
    {
        switch (random.Next(22))
        {
            case 0 or 1:
                Several(1, 6, () => _text.Append(Pick(CharacterPools.Words)).Append(' ', random.Next(2)));
                break;
            case 2:
                Several(1, 5, () => _text.Append(Pick(CharacterPools.Code)));
                break;
            case 3:
                Several(1, 4, () => _text.Append(Pick(CharacterPools.Json)));
                break;
            case 4:
                Several(1, 8, () => _text.AppendScalar(random.Next(6) == 0 ? random.Next(0x3000, 0x3100) : random.Next(0x4E00, 0x9FFF)));
                break;
            case 5:
                Several(1, 4, () => _text.Append(Pick(CharacterPools.Emoji)));
                break;
            case 6:
                Several(1, 5, () =>
                {
                    _text.AppendScalar(random.Next(2) == 0 ? random.Next('A', 'z') : Pick(CharacterPools.Scripts, random));
                    Several(0, 4, () => _text.AppendScalar(Pick(CharacterPools.Combining)));
                });
                break;
            case 7:
                Several(2, 10, () => _text.AppendScalar(random.Next(2) == 0 ? random.Next(0x5D0, 0x5EB) : random.Next(0x600, 0x700)));
                break;
            case 8:
                Several(1, 5, () => _text.AppendScalar(Pick(CharacterPools.Controls)));
                break;
            case 9 or 10:
                Several(1, 7, () => _text.AppendScalar(Pick(CharacterPools.Whitespace)));
                break;
            case 11:
                Several(1, 9, () => _text.AppendScalar(random.Next(3) == 0 ? Pick(CharacterPools.Digits) : random.Next('0', '9' + 1)));
                break;
            case 12:
                Several(1, 6, () => _text.AppendScalar(AnyScalar()));
                break;
            case 13:
                Several(1, 3, () => _text.Append(Added()));
                break;
            case 14:
                _text.Append(PieceOf(Added()));
                break;
            case 15:
                _text.Append(NearMiss(Added()));
                break;
            case 16 or 17:
                Several(1, 6, () => _text.Append(WellFormed(piece(random))));
                break;
            case 18:
                Repeat(random.Next(3) == 0 ? Pick(CharacterPools.Emoji) : Scalar(random.Next(2) == 0 ? Pick(CharacterPools.Whitespace) : AnyCommon()), random.Next(2, 70));
                break;
            case 19:
                Several(1, 4, () => _text.Append(Pick(CharacterPools.Casing)).Append(random.Next(2) == 0 ? "s" : ""));
                break;
            case 20:
                Several(1, 6, () => _text.AppendScalar(Pick(CharacterPools.Jamo, random)));
                break;
            default:
                Several(1, 5, () => _text.Append(random.Next(3) == 0 ? Pick(CharacterPools.Near) : Scalar(Pick(CharacterPools.Punctuation))));
                break;
        }
    }

    private void Several(int least, int below, Action append)
    {
        for (var count = random.Next(least, below); count > 0; count--)
        {
            append();
        }
    }

    private void Repeat(string what, int times)
    {
        for (; times > 0 && _text.Length < 600; times--)
        {
            _text.Append(what);
        }
    }

    private string Added() => added.Count == 0 ? Pick(CharacterPools.Near) : added[random.Next(added.Count)];

    private string PieceOf(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var start = random.Next(runes.Length + 1);
        return string.Concat(runes[start..random.Next(start, runes.Length + 1)]);
    }

    private string NearMiss(string text)
    {
        var runes = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        var at = random.Next(runes.Count + 1);
        switch (random.Next(5))
        {
            case 0:
                runes.Insert(at, Scalar(AnyCommon()));
                break;
            case 1 when at < runes.Count:
                runes.RemoveAt(at);
                break;
            case 2:
                return text.ToUpperInvariant();
            case 3:
                return text.ToLowerInvariant();
            default:
                runes.Insert(random.Next(2) == 0 ? 0 : runes.Count, Pick(CharacterPools.Words));
                break;
        }

        return string.Concat(runes);
    }

    private int AnyCommon() => random.Next(4) switch
    {
        0 => random.Next(' ', '~'),
        1 => Pick(CharacterPools.Scripts, random),
        2 => Pick(CharacterPools.Punctuation),
        _ => Pick(CharacterPools.Combining),
    };

    private int AnyScalar() => random.Next(3) switch
    {
        0 => random.Next(0x10000),
        1 => random.Next(0x10000, 0x32000),
        _ => random.Next(0x110000),
    };

    private static string Scalar(int codePoint) => Rune.IsValid(codePoint) ? new Rune(codePoint).ToString() : "";

    // A piece of a vocabulary may have been half a character before it became text.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());

    private T Pick<T>(T[] list) => list[random.Next(list.Length)];

    private static int Pick((int First, int Last)[] ranges, Random random)
    {
        var (first, last) = ranges[random.Next(ranges.Length)];
        return random.Next(first, last + 1);
    }
}
