using System.Text;
using Atropos.Tokenizers.Normalizers;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>normalizer</c> section.</summary>
internal static class NormalizerLoader
{
    public static Normalizer? Load(JsonSection section)
    {
        if (section.IsNull)
        {
            return null;
        }

        var type = section.Text("type");
        return type switch
        {
            "NFC" => new UnicodeNormalizer(NormalizationForm.FormC),
            "NFD" => new UnicodeNormalizer(NormalizationForm.FormD),
            "NFKC" => new UnicodeNormalizer(NormalizationForm.FormKC),
            "NFKD" => new UnicodeNormalizer(NormalizationForm.FormKD),
            "Lowercase" => new LowercaseNormalizer(),
            "Prepend" => new PrependNormalizer(section.Text("prepend")),
            "Replace" => new ReplaceNormalizer(PatternLoader.Load(section.Member("pattern")), section.Text("content")),
            "Sequence" => new SequenceNormalizer(
                [.. section.Items("normalizers").Select(item => Load(item) ?? throw item.Fail("expected a normalizer, found null"))]),
            _ => throw section.Unsupported(
                "normalizer", type, "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Prepend", "Replace", "Sequence"),
        };
    }
}
