namespace Atropos.TemplateFuzz.Tests.Generators;

/// <summary>Small chat templates of our own that do what those of models do.</summary>
internal static class ChatTemplates
{
    /// <summary>The templates, which the file separates by lines of equals signs.</summary>
    public static string[] Load()
    {
        using var reader = new StreamReader(typeof(ChatTemplates).Assembly.GetManifestResourceStream("chat-templates")!);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split("=====\n").Where(template => template.Length > 0)];
    }
}
