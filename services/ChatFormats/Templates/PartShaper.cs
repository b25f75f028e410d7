using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>Puts a part of a message's content into the form in which vLLM gives it to templates: text as text, be it a refusal, a
/// thought or of the Responses API, and media as nothing but their kind, since the engine puts them in.</summary>
internal static class PartShaper
{
    /// <summary>The part in its form; null where it says nothing.</summary>
    public static JinjaDict? Shape(object? part, TemplateTraits traits)
    {
        if (part is string words)
        {
            return TemplateDict.TextPart(words);
        }

        if (part is not JinjaDict dict)
        {
            return null;
        }

        var type = dict.TryGet("type", out var value) ? value as string : null;
        switch (type)
        {
            case "text":
                return dict is { Count: 2 } && TextOf(dict) is not null ? dict : Text(dict, "text");
            case "input_text" or "output_text":
                return Text(dict, "text");
            case "refusal":
                return Text(dict, "refusal");
            case "thinking" when !traits.ReadsThinkingParts:
                return Text(dict, "thinking");
            default:
                return MediumOf(type, dict) is { } medium ? TemplateDict.Of(("type", medium)) : dict;
        }
    }

    /// <summary>The text of a part of text; null for other parts.</summary>
    public static string? TextOf(object? part) =>
        part is JinjaDict dict && dict.TryGet("type", out var type) && type is "text" && dict.TryGet("text", out var text) ? text as string : null;

    private static JinjaDict? Text(JinjaDict part, string member) =>
        part.TryGet(member, out var text) && text is string words ? TemplateDict.TextPart(words) : null;

    private static string? MediumOf(string? type, JinjaDict part) => type switch
    {
        "image_url" or "input_image" or "image_pil" or "image_embeds" => "image",
        "audio_url" or "input_audio" or "audio_embeds" => "audio",
        "video_url" => "video",
        null when part.TryGet("image_url", out _) => "image",
        null when part.TryGet("audio_url", out _) || part.TryGet("input_audio", out _) => "audio",
        null when part.TryGet("video_url", out _) => "video",
        _ => null,
    };
}
