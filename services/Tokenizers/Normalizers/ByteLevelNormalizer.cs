using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Writes each byte of the text as a printable character of GPT-2's alphabet.</summary>
internal sealed class ByteLevelNormalizer : Normalizer
{
    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        if (text.IndexOfAnyExceptInRange('!', '~') < 0)
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[4];
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                output.Put(ByteAlphabet.ToChar(value), at);
            }

            at += rune.Utf16SequenceLength;
        }

        return true;
    }
}
