using System.Runtime.CompilerServices;
using System.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>The ids of the tokens that are one character, found without hashing.</summary>
internal sealed class CharacterIds
{
    private const int PageSize = 256;

    private readonly int[]?[] _pages = new int[]?[0x110000 / PageSize];

    // Loading is over before the runtime would have got round to optimizing it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public CharacterIds(Vocabulary vocabulary)
    {
        for (var id = 0; id < vocabulary.Size; id++)
        {
            var token = vocabulary.Utf8Of(id);
            if (token.Length is > 0 and <= 4 && Rune.DecodeFromUtf8(token, out var rune, out var length) == 0 && length == token.Length)
            {
                // The token's own id, which of two that share one is not this.
                _ = vocabulary.TryGetId(token, out var known);
                ref var page = ref _pages[rune.Value / PageSize];
                if (page is null)
                {
                    page = new int[PageSize];
                    Array.Fill(page, -1);
                }

                page[rune.Value % PageSize] = known;
            }
        }
    }

    /// <summary>The id of a code point's token, or -1. A lone surrogate counts as U+FFFD.</summary>
    public int Of(int codePoint)
    {
        if (codePoint is >= 0xD800 and < 0xE000)
        {
            codePoint = Rune.ReplacementChar.Value;
        }

        return _pages[codePoint / PageSize] is { } page ? page[codePoint % PageSize] : -1;
    }
}
