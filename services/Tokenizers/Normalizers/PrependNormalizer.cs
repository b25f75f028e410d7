using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Puts a fixed text in front of any text that is not empty.</summary>
internal sealed class PrependNormalizer(string prefix) : Normalizer
{
    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        // In the original the prefix takes the first character's place, and that is inserted behind it: with no prefix, behind nothing.
        CodePoints.At(text, 0, out var length);
        output.Put(prefix, 0);
        output.Put(text[..length], prefix.Length > 0 ? 0 : TextBuffer.BeforeAll);
        output.Copy(text[length..], length);
        return true;
    }
}
