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
            "Strip" => new StripNormalizer(section.Flag("strip_left"), section.Flag("strip_right")),
            "StripAccents" => new MapNormalizer(CharacterRules.WithoutMarks),
            "BertNormalizer" => Bert(section),
            "Precompiled" => Precompiled(section.Member("precompiled_charsmap")),
            "Nmt" => new MapNormalizer(CharacterRules.Nmt),
            "ByteLevel" => new ByteLevelNormalizer(),
            "Prepend" => new PrependNormalizer(section.Text("prepend")),
            "Replace" => new ReplaceNormalizer(PatternLoader.Load(section.Member("pattern")), section.Text("content")),
            "Sequence" => Sequence(
                [.. section.Items("normalizers").Select(item => Load(item) ?? throw item.Fail("expected a normalizer, found null"))]),
            _ => throw section.Unsupported(
                "normalizer", type, "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Strip", "StripAccents", "BertNormalizer", "Precompiled", "Nmt",
                "ByteLevel", "Prepend", "Replace", "Sequence"),
        };
    }

    private static Normalizer Sequence(Normalizer[] steps) => steps is [var single] ? single : new SequenceNormalizer(steps);

    private static Normalizer Bert(JsonSection section)
    {
        var lowercase = section.Flag("lowercase");
        var steps = new List<Normalizer>();
        if (section.Flag("clean_text"))
        {
            steps.Add(new MapNormalizer(CharacterRules.Clean));
        }

        if (section.Flag("handle_chinese_chars"))
        {
            steps.Add(new IdeographSpacer());
        }

        // Without an answer accents go where capitals go.
        if (section.Flag("strip_accents", lowercase))
        {
            steps.Add(new UnicodeNormalizer(NormalizationForm.FormD));
            steps.Add(new MapNormalizer(CharacterRules.WithoutBertMarks));
        }

        if (lowercase)
        {
            steps.Add(new LowercaseNormalizer());
        }

        return Sequence([.. steps]);
    }

    private static PrecompiledNormalizer Precompiled(JsonSection section)
    {
        try
        {
            return new PrecompiledNormalizer(new CharacterMap(Convert.FromBase64String(section.AsText())));
        }
        catch (FormatException error)
        {
            throw new TokenizerLoadException(section.File, section.Path, $"no character map in base64: {error.Message}", error);
        }
    }
}
