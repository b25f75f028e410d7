using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Puts a space before and behind every ideograph, as BertNormalizer's handle_chinese_chars does.</summary>
internal sealed class IdeographSpacer : Normalizer
{
    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        var kept = 0;
        var any = false;
        for (var at = 0; at < text.Length;)
        {
            var point = CodePoints.At(text, at, out var length);
            if (CharacterRules.IsIdeograph(point))
            {
                // In the original the first space takes the ideograph's place, and what follows it is inserted.
                output.Copy(text[kept..at], kept);
                output.Put(' ', at);
                output.PutCodePoint(point, at);
                output.Put(' ', at);
                kept = at + length;
                any = true;
            }

            at += length;
        }

        if (any)
        {
            output.Copy(text[kept..], kept);
        }

        return any;
    }
}
