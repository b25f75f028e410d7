using System.Text.Json;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the special tokens by role, as transformers' <c>special_tokens_map</c> has them: what tokenizer_config.json says,
/// else special_tokens_map.json, else the vocabulary's own file.</summary>
internal sealed class SpecialTokenLoader(JsonSection config, JsonSection map)
{
    private const string Additional = "additional_special_tokens";

    /// <summary>Where tokenizer_config.json has a model's own roles; the first one was a list in other versions of transformers.</summary>
    private static readonly string[] OwnRoles = ["extra_special_tokens", "model_specific_special_tokens"];

    private readonly Dictionary<string, string> _byRole = new(StringComparer.Ordinal);

    /// <summary>The tokens by role, without those that are not set.</summary>
    public IReadOnlyDictionary<string, string> ByRole => _byRole;

    /// <summary>Reads a token and keeps it; null where it is not set.</summary>
    public string? Read(string role, string? fallback = null)
    {
        var token = Token(config.Member(role)) ?? Token(map.Member(role)) ?? fallback;
        if (!string.IsNullOrEmpty(token))
        {
            _byRole[role] = token;
        }

        return token;
    }

    /// <summary>Reads the roles that are the model's own, such as <c>image_token</c>.</summary>
    public void ReadOwnRoles()
    {
        foreach (var section in OwnRoles.Select(config.Member).Where(section => section.Element.ValueKind == JsonValueKind.Object))
        {
            foreach (var role in section.Element.EnumerateObject())
            {
                if (TokenIn(role.Value) is { Length: > 0 } token)
                {
                    _byRole[role.Name] = token;
                }
            }
        }
    }

    /// <summary>Reads the tokens without a role.</summary>
    public List<string> ReadAdditional()
    {
        var section = new[] { config.Member(Additional), config.Member(OwnRoles[0]), map.Member(Additional) }
            .FirstOrDefault(section => section.Element.ValueKind == JsonValueKind.Array);
        return section.Element.ValueKind == JsonValueKind.Array
            ? [.. section.Element.EnumerateArray().Select(TokenIn).OfType<string>()]
            : [];
    }

    private static string? Token(JsonSection section) => section.Element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Object => section.Text("content"),
        _ => section.AsText(),
    };

    // Nothing depends on these tokens but templates that name them: what is odd is left out rather than refused.
    private static string? TokenIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Object when element.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String => content.GetString(),
        _ => null,
    };
}
