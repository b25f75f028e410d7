using Atropos.Tokenizers.PostProcessors;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>post_processor</c> section.</summary>
internal static class PostProcessorLoader
{
    public static PostProcessor? Load(JsonSection section)
    {
        if (section.IsNull)
        {
            return null;
        }

        var type = section.Text("type");
        return type switch
        {
            "ByteLevel" => new ByteLevelPostProcessor(),
            "TemplateProcessing" => new TemplatePostProcessor([.. section.Items("single").Select(part => Part(section, part))]),
            "Sequence" => new SequencePostProcessor(
                [.. section.Items("processors").Select(item => Load(item) ?? throw item.Fail("expected a post-processor, found null"))]),
            _ => throw section.Unsupported("post-processor", type, "ByteLevel", "TemplateProcessing", "Sequence"),
        };
    }

    private static int[]? Part(JsonSection section, JsonSection part)
    {
        if (!part.Member("Sequence").IsNull)
        {
            var name = part.Member("Sequence").Text("id");
            return name == "A" ? null : throw part.Fail($"the template of a single text can only hold sequence A, found '{name}'");
        }

        var special = part.Member("SpecialToken");
        if (special.IsNull)
        {
            throw part.Fail("expected a Sequence or a SpecialToken");
        }

        var tokens = section.Member("special_tokens").Member(special.Text("id"));
        return tokens.IsNull
            ? throw special.Fail($"'{special.Text("id")}' is not among the template's special_tokens")
            : [.. tokens.Items("ids").Select(item => item.Element.TryGetInt32(out var id) ? id : throw item.Fail("expected a token id"))];
    }
}
