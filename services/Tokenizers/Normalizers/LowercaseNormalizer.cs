using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Lowercases character by character, without regard to the context or the language.</summary>
internal sealed class LowercaseNormalizer : Normalizer
{
    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        for (var index = 0; index < text.Length;)
        {
            CodePoints.PutLowercase(CodePoints.At(text, index, out var length), index, output);
            index += length;
        }

        return true;
    }
}
