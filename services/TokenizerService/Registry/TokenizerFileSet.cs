using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Atropos.TokenizerService.Registry;

/// <summary>The files that a tokenizer is made of: whether they have changed, and what they hold.</summary>
internal static class TokenizerFileSet
{
    private const string TemplateFolder = "additional_chat_templates";

    private static readonly string[] Names =
    [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "generation_config.json", "added_tokens.json",
        "chat_template.jinja", "chat_template.json", "tekken.json", "tokenizer.model", "spiece.model", "vocab.json", "vocab.txt",
        "merges.txt",
    ];

    /// <summary>Place, length and time of every file: another text when one was written, put in place of another, or taken away.</summary>
    public static string Stamp(string location)
    {
        var stamp = new StringBuilder();
        foreach (var path in Paths(location))
        {
            // A link says when it was made, not when the file behind it was written.
            var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
            if (file.Exists)
            {
                stamp.Append(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}\n");
            }
        }

        return stamp.ToString();
    }

    /// <summary>Hash of what the files hold, in hexadecimal.</summary>
    public static string Fingerprint(string location)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        foreach (var path in Paths(location))
        {
            using var file = File.OpenRead(path);
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            hash.AppendData(BitConverter.GetBytes(file.Length));
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Paths(string location)
    {
        if (File.Exists(location))
        {
            // What stands beside a vocabulary belongs to it.
            var beside = Path.GetDirectoryName(Path.GetFullPath(location))!;
            return [.. Paths(beside).Append(Path.GetFullPath(location)).Distinct(StringComparer.Ordinal)];
        }

        if (!Directory.Exists(location))
        {
            return [];
        }

        var templates = Path.Combine(location, TemplateFolder);
        return Names.Select(name => Path.Combine(location, name)).Where(File.Exists)
            .Concat(Directory.GetFiles(location, "*.tiktoken").Order(StringComparer.Ordinal))
            .Concat(Directory.Exists(templates) ? Directory.GetFiles(templates, "*.jinja").Order(StringComparer.Ordinal) : []);
    }
}
