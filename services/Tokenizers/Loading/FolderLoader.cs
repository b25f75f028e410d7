using System.Text;
using System.Text.Json;
using Atropos.Tokenizers.Formats;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads a tokenizer's folder, or the one around a vocabulary.</summary>
internal static class FolderLoader
{
    public static Tokenizer Load(string folder, TokenizerLoadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new TokenizerLoadException(folder, "", $"the folder does not exist; expected one with {TokenizerFileNames.Listed}");
        }

        var name = TokenizerFileNames.Choose([.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))])
            ?? throw new TokenizerLoadException(folder, "", $"no tokenizer in this folder; looked for {TokenizerFileNames.Listed}");
        return Load(folder, name, options);
    }

    public static Tokenizer LoadFile(string path, TokenizerLoadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new TokenizerLoadException(path, "", Directory.Exists(path) ? "this is a folder; expected a file" : "the file does not exist");
        }

        return Load(Path.GetDirectoryName(path)!, Path.GetFileName(path), options);
    }

    private static Tokenizer Load(string folder, string name, TokenizerLoadOptions options)
    {
        var content = Read(Path.Combine(folder, name));
        var config = ReadOptional(folder, TokenizerFileNames.Config);
        var conversion = Convert(folder, name, content, config, options);
        return TokenizerLoader.Load(new TokenizerFiles
        {
            Folder = folder,
            TokenizerName = name,
            Tokenizer = conversion?.Json ?? content,
            Roles = conversion?.Roles ?? new RoleTokens(),
            Config = config,
            SpecialTokensMap = ReadOptional(folder, TokenizerFileNames.SpecialTokensMap),
            GenerationConfig = ReadOptional(folder, TokenizerFileNames.GenerationConfig),
            ChatTemplate = ReadTemplate(folder),
            ChatTemplateJson = ReadOptional(folder, TokenizerFileNames.ChatTemplateJson),
            AdditionalChatTemplates = ReadAdditionalTemplates(folder),
        });
    }

    private static Conversion? Convert(string folder, string name, byte[] content, byte[] config, TokenizerLoadOptions options)
    {
        using var document = TokenizerLoader.Parse(
            config.Length == 0 ? "{}"u8.ToArray() : config, Path.Combine(folder, TokenizerFileNames.Config), out var root);
        if (root.Element.ValueKind != JsonValueKind.Object)
        {
            throw root.Fail($"expected an object, found {root.Element.ValueKind}");
        }

        return FormatConverter.Convert(
            new FormatInput(Path.Combine(folder, name), content, root, options), () => Read(Path.Combine(folder, TokenizerFileNames.MergesText)));
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

    private static string? ReadTemplate(string folder) =>
        ReadOptional(folder, TokenizerFileNames.ChatTemplate) is { Length: > 0 } template ? Encoding.UTF8.GetString(template) : null;

    private static Dictionary<string, string> ReadAdditionalTemplates(string folder)
    {
        var templates = new Dictionary<string, string>();
        var additional = Path.Combine(folder, TokenizerFileNames.AdditionalTemplates);
        if (Directory.Exists(additional))
        {
            foreach (var path in Directory.GetFiles(additional, "*.jinja").Order(StringComparer.Ordinal))
            {
                templates[Path.GetFileNameWithoutExtension(path)] = Encoding.UTF8.GetString(Read(path));
            }
        }

        return templates;
    }
}
