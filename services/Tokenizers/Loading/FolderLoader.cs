using System.Text.Json;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads a tokenizer's folder.</summary>
internal static class FolderLoader
{
    public static Tokenizer Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var main = Path.Combine(folder, "tokenizer.json");
        if (!File.Exists(main))
        {
            throw new TokenizerLoadException(main, "", Directory.Exists(folder)
                ? "not found; expected a Hugging Face tokenizer.json in this folder"
                : "the folder does not exist; expected one with a Hugging Face tokenizer.json");
        }

        return TokenizerLoader.Load(new TokenizerFiles
        {
            Folder = folder,
            Tokenizer = Read(main),
            Config = ReadOptional(folder, "tokenizer_config.json"),
            SpecialTokensMap = ReadOptional(folder, "special_tokens_map.json"),
            GenerationConfig = ReadOptional(folder, "generation_config.json"),
            ChatTemplate = ReadTemplate(folder),
            AdditionalChatTemplates = ReadAdditionalTemplates(folder),
        });
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerLoadException(path, "", $"cannot be read: {error.Message}", error);
        }
    }

    private static byte[] ReadOptional(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? Read(path) : [];
    }

    private static string? ReadTemplate(string folder)
    {
        if (ReadOptional(folder, "chat_template.jinja") is { Length: > 0 } template)
        {
            return System.Text.Encoding.UTF8.GetString(template);
        }

        if (ReadOptional(folder, "chat_template.json") is not { Length: > 0 } json)
        {
            return null;
        }

        using var document = TokenizerLoader.Parse(json, Path.Combine(folder, "chat_template.json"), out var root);
        return root.Text("chat_template");
    }

    private static Dictionary<string, string> ReadAdditionalTemplates(string folder)
    {
        var templates = new Dictionary<string, string>();
        var additional = Path.Combine(folder, "additional_chat_templates");
        if (Directory.Exists(additional))
        {
            foreach (var path in Directory.GetFiles(additional, "*.jinja").Order(StringComparer.Ordinal))
            {
                templates[Path.GetFileNameWithoutExtension(path)] = System.Text.Encoding.UTF8.GetString(Read(path));
            }
        }

        return templates;
    }
}
