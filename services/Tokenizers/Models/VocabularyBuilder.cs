using System.Runtime.CompilerServices;

namespace Atropos.Tokenizers.Models;

/// <summary>Collects the tokens of a vocabulary one behind the other.</summary>
internal sealed class VocabularyBuilder
{
    private byte[] _text = new byte[1 << 12];
    private int[] _starts = new int[1 << 9];
    private int[] _ids = new int[1 << 9];

    /// <summary>The number of tokens added, equal ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Where the next token's bytes go.</summary>
    private int End => _starts[Count];

    /// <summary>Adds a token.</summary>
    /// <param name="token">Its UTF-8 bytes.</param>
    /// <param name="id">Its id, 0 or more.</param>
    // Loading is over before the runtime would have got round to optimizing it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> token, int id)
    {
        var start = End;
        if (_text.Length - start < token.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, start + token.Length));
        }

        if (Count + 1 == _starts.Length)
        {
            Array.Resize(ref _starts, _starts.Length * 2);
            Array.Resize(ref _ids, _ids.Length * 2);
        }

        token.CopyTo(_text.AsSpan(start));
        _ids[Count] = id;
        _starts[++Count] = start + token.Length;
    }

    /// <summary>Hands over the bytes of all tokens, where each begins (and the last ends), and their ids.</summary>
    public (byte[] Text, int[] Starts, int[] Ids) Finish()
    {
        Array.Resize(ref _text, End);
        Array.Resize(ref _starts, Count + 1);
        Array.Resize(ref _ids, Count);
        return (_text, _starts, _ids);
    }
}
