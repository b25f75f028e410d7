using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>The first stage: rewrites text before it is split. Safe for use from several threads.</summary>
internal abstract class Normalizer
{
    /// <summary>
    /// Appends the normalized text to <paramref name="output"/>, which is empty, each character with its source where the buffer
    /// <see cref="TextBuffer.Tracks"/>; or returns false, with nothing appended, when it is unchanged.
    /// </summary>
    public abstract bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output);

    public string Normalize(string text)
    {
        var buffer = TextBuffer.Rent();
        var result = TryNormalize(text, buffer) ? buffer.Span.ToString() : text;
        TextBuffer.Return(buffer);
        return result;
    }
}
