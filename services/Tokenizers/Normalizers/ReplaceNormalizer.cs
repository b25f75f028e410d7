using Atropos.Tokenizers.Patterns;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Replaces every match of a pattern by a fixed text.</summary>
internal sealed class ReplaceNormalizer(TextPattern pattern, string content) : Normalizer
{
    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output) => pattern.TryReplace(text, content, output);
}
