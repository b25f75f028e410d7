using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>Makes dicts.</summary>
internal static class TemplateDict
{
    /// <summary>A dict of these entries.</summary>
    public static JinjaDict Of(params ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var dict = new JinjaDict(entries.Length);
        foreach (var (key, value) in entries)
        {
            dict.Set(key, value);
        }

        return dict;
    }

    /// <summary>A part of text.</summary>
    public static JinjaDict TextPart(string text) => Of(("type", "text"), ("text", text));
}
