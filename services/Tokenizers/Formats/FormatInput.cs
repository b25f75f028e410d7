using System.Text.Json;
using Atropos.Tokenizers.Loading;

namespace Atropos.Tokenizers.Formats;

/// <summary>What a converter works from.</summary>
/// <param name="File">The vocabulary's path, for errors.</param>
/// <param name="Content">The vocabulary.</param>
/// <param name="Config">The root of tokenizer_config.json; an empty object where there is none.</param>
/// <param name="Options">What the caller says.</param>
internal sealed record FormatInput(string File, ReadOnlyMemory<byte> Content, JsonSection Config, TokenizerLoadOptions Options)
{
    /// <summary>The <c>tokenizer_class</c> without the suffix that names the fast variant; null when there is none.</summary>
    public string? TokenizerClass => Config.OptionalText("tokenizer_class") is { } name && name.EndsWith("Fast", StringComparison.Ordinal)
        ? name[..^4]
        : Config.OptionalText("tokenizer_class");

    /// <summary>The token that tokenizer_config.json gives a role such as <c>bos_token</c>; null when it gives none.</summary>
    public string? Role(string name)
    {
        var section = Config.Member(name);
        return section.Element.ValueKind == JsonValueKind.Object ? section.Text("content") : Config.OptionalText(name);
    }

    public TokenizerLoadException Fail(string expectation) => new(File, "", expectation);
}
