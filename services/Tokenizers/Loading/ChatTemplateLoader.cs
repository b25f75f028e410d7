using System.Text.Json;

namespace Atropos.Tokenizers.Loading;

/// <summary>
/// Collects the chat templates by name, in the order in which transformers prefers them: chat_template.jinja and the folder of further
/// ones, then a processor's chat_template.json, then what tokenizer_config.json has. The first of these that has any is taken whole;
/// only a missing default is looked for further on.
/// </summary>
internal static class ChatTemplateLoader
{
    public const string Default = "default";

    private const string Member = "chat_template";

    /// <summary>Collects the templates.</summary>
    public static Dictionary<string, string> Load(TokenizerFiles files, JsonSection config)
    {
        var templates = new Dictionary<string, string>(files.AdditionalChatTemplates, StringComparer.Ordinal);
        if (files.ChatTemplate is { } template)
        {
            templates[Default] = template;
        }

        if (!files.ChatTemplateJson.IsEmpty)
        {
            using var document = TokenizerLoader.Parse(
                files.ChatTemplateJson, Path.Combine(files.Folder, TokenizerFileNames.ChatTemplateJson), out var processor);
            AddTo(templates, Read(processor.Member(Member)));
        }

        AddTo(templates, Read(config.Member(Member)));
        return templates;
    }

    private static void AddTo(Dictionary<string, string> templates, Dictionary<string, string> further)
    {
        var hasNone = templates.Count == 0;
        foreach (var (name, template) in further)
        {
            if (hasNone || name == Default)
            {
                templates.TryAdd(name, template);
            }
        }
    }

    /// <summary>One template's text, a list of names and templates, or templates by name.</summary>
    private static Dictionary<string, string> Read(JsonSection section)
    {
        var templates = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (section.Element.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            case JsonValueKind.Array:
                foreach (var item in section.Items())
                {
                    templates[item.Text("name")] = item.Text("template");
                }

                break;
            case JsonValueKind.Object:
                foreach (var item in section.Element.EnumerateObject())
                {
                    templates[item.Name] = section.Text(item.Name);
                }

                break;
            default:
                templates[Default] = section.AsText();
                break;
        }

        return templates;
    }
}
