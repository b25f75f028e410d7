using System.Text.Json;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads tokenizer_config.json, special_tokens_map.json, generation_config.json and the chat templates.</summary>
internal static class SettingsLoader
{
    private const string DefaultTemplate = "default";

    public static TokenizerSettings Load(TokenizerFiles files, Func<string, int?> idOf)
    {
        using var configDocument = Open(files, files.Config, "tokenizer_config.json", out var config);
        using var mapDocument = Open(files, files.SpecialTokensMap, "special_tokens_map.json", out var map);
        using var generationDocument = Open(files, files.GenerationConfig, "generation_config.json", out var generation);

        string? Role(string name, string? fallback) => Token(config.Member(name)) ?? Token(map.Member(name)) ?? fallback;
        int? Id(string? token) => token is null ? null : idOf(token);

        var templates = Templates(config, files, out var template);
        var bos = Role("bos_token", files.Roles.Bos);
        var eos = Role("eos_token", files.Roles.Eos);
        var pad = Role("pad_token", files.Roles.Pad);
        return new TokenizerSettings
        {
            BosToken = bos,
            BosTokenId = Id(bos),
            EosToken = eos,
            EosTokenId = Id(eos),
            EosTokenIds = EosIds(generation.Member("eos_token_id"), Id(eos)),
            PadToken = pad,
            PadTokenId = Id(pad),
            UnkToken = Role("unk_token", files.Roles.Unk),
            ChatTemplate = template,
            NamedChatTemplates = templates,
            AddBosToken = config.Member("add_bos_token").IsNull ? null : config.Flag("add_bos_token"),
            ModelMaxLength = MaxLength(config.Member("model_max_length")),
            CleanUpTokenizationSpaces = config.Flag("clean_up_tokenization_spaces", false),
        };
    }

    private static JsonDocument Open(TokenizerFiles files, ReadOnlyMemory<byte> json, string name, out JsonSection root) =>
        TokenizerLoader.Parse(json.IsEmpty ? "{}"u8.ToArray() : json, Path.Combine(files.Folder, name), out root);

    private static string? Token(JsonSection section) => section.Element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Object => section.Text("content"),
        _ => section.AsText(),
    };

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

    private static Dictionary<string, string> Templates(JsonSection config, TokenizerFiles files, out string? template)
    {
        var named = new Dictionary<string, string>(files.AdditionalChatTemplates);
        var section = config.Member("chat_template");
        template = null;
        if (section.Element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in config.Items("chat_template"))
            {
                named.TryAdd(item.Text("name"), item.Text("template"));
            }

            template = named.GetValueOrDefault(DefaultTemplate);
        }
        else if (!section.IsNull)
        {
            template = section.AsText();
        }

        template = files.ChatTemplate ?? template;
        return named;
    }

    // Tokenizers without a limit write 1e30 or so.
    private static int? MaxLength(JsonSection section) =>
        section.Element.ValueKind == JsonValueKind.Number && section.Element.GetDouble() is > 0 and <= int.MaxValue and var length
            ? (int)length
            : null;
}
