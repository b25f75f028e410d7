using System.Text.Json;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads tokenizer_config.json, special_tokens_map.json, generation_config.json and the chat templates.</summary>
internal static class SettingsLoader
{
    private static readonly string[] FurtherRoles = ["sep_token", "cls_token", "mask_token"];

    public static TokenizerSettings Load(TokenizerFiles files, Func<string, int?> idOf)
    {
        using var configDocument = Open(files, files.Config, "tokenizer_config.json", out var config);
        using var mapDocument = Open(files, files.SpecialTokensMap, "special_tokens_map.json", out var map);
        using var generationDocument = Open(files, files.GenerationConfig, "generation_config.json", out var generation);

        int? Id(string? token) => token is null ? null : idOf(token);

        var templates = ChatTemplateLoader.Load(files, config);
        var template = templates.GetValueOrDefault(ChatTemplateLoader.Default);
        var tokens = new SpecialTokenLoader(config, map);
        var bos = tokens.Read("bos_token", files.Roles.Bos);
        var eos = tokens.Read("eos_token", files.Roles.Eos);
        var unk = tokens.Read("unk_token", files.Roles.Unk);
        var pad = tokens.Read("pad_token", files.Roles.Pad);
        foreach (var role in FurtherRoles)
        {
            tokens.Read(role);
        }

        tokens.ReadOwnRoles();
        return new TokenizerSettings
        {
            BosToken = bos,
            BosTokenId = Id(bos),
            EosToken = eos,
            EosTokenId = Id(eos),
            EosTokenIds = EosIds(generation.Member("eos_token_id"), Id(eos)),
            PadToken = pad,
            PadTokenId = Id(pad),
            UnkToken = unk,
            SpecialTokens = tokens.ByRole,
            AdditionalSpecialTokens = tokens.ReadAdditional(),
            ChatTemplate = template,
            NamedChatTemplates = template is null || templates.Count > 1 ? templates : new Dictionary<string, string>(),
            AddBosToken = config.Member("add_bos_token").IsNull ? null : config.Flag("add_bos_token"),
            ModelMaxLength = MaxLength(config.Member("model_max_length")),
            CleanUpTokenizationSpaces = config.Flag("clean_up_tokenization_spaces", false),
        };
    }

    private static JsonDocument Open(TokenizerFiles files, ReadOnlyMemory<byte> json, string name, out JsonSection root) =>
        TokenizerLoader.Parse(json.IsEmpty ? "{}"u8.ToArray() : json, Path.Combine(files.Folder, name), out root);

    private static List<int> EosIds(JsonSection section, int? eos)
    {
        var ids = new List<int>();
        if (eos is { } id)
        {
            ids.Add(id);
        }

        if (section.IsNull)
        {
            return ids;
        }

        var count = section.Element.ValueKind == JsonValueKind.Array ? section.Element.GetArrayLength() : -1;
        for (var index = 0; index < Math.Max(count, 1); index++)
        {
            if (count == 0)
            {
                break;
            }

            var item = count < 0 ? section : section.Item(index);
            if (item.Element.ValueKind != JsonValueKind.Number || !item.Element.TryGetInt32(out id))
            {
                throw item.Fail($"expected a token id, found {item.Element.GetRawText()}");
            }

            if (!ids.Contains(id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    // Tokenizers without a limit write 1e30 or so.
    private static int? MaxLength(JsonSection section) =>
        section.Element.ValueKind == JsonValueKind.Number && section.Element.GetDouble() is > 0 and <= int.MaxValue and var length
            ? (int)length
            : null;
}
