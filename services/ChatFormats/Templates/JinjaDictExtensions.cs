using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>Changed copies of dicts, which renderings share and must not change.</summary>
internal static class JinjaDictExtensions
{
    /// <summary>A copy with one entry added or replaced; a replaced one keeps its place.</summary>
    public static JinjaDict With(this JinjaDict dict, string key, object? value)
    {
        var copy = new JinjaDict(dict.Count + 1);
        foreach (var (name, item) in dict.Entries())
        {
            copy.Set(name, item);
        }

        copy.Set(key, value);
        return copy;
    }

    /// <summary>A copy without some entries.</summary>
    public static JinjaDict Without(this JinjaDict dict, params ReadOnlySpan<string> keys)
    {
        var copy = new JinjaDict(dict.Count);
        foreach (var (name, item) in dict.Entries())
        {
            if (name is not string text || !keys.Contains(text))
            {
                copy.Set(name, item);
            }
        }

        return copy;
    }
}
