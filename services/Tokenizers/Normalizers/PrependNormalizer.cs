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

        output.Put(prefix, 0);
        output.Copy(text, 0);
        return true;
    }
}
