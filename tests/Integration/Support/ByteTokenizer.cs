using System.Text;
using System.Text.Json.Nodes;

namespace Atropos.Integration.Tests.Support;

/// <summary>Tokenizers of bytes: what any two of them make of a text differs in every id.</summary>
internal static class ByteTokenizer
{
    private const int Bytes = 256;

    /// <summary>A chat template that puts roles between angles.</summary>
    public const string Template =
        "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";

    /// <summary>The ids of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">The id of byte 0.</param>
    public static int[] Encode(string text, int first) => [.. Encoding.UTF8.GetBytes(text).Select(value => value + first)];

    /// <summary>Its <c>tokenizer.json</c>.</summary>
    public static byte[] Json(int first)
    {
        var vocabulary = new JsonObject { ["<unk>"] = 0 };
        for (var id = 1; id < first; id++)
        {
            vocabulary[$"<unused{id}>"] = id;
        }

        for (var value = 0; value < Bytes; value++)
        {
            vocabulary[$"<0x{value:X2}>"] = first + value;
        }

        var json = new JsonObject
        {
            ["added_tokens"] = new JsonArray(),
            ["decoder"] = JsonNode.Parse("""{"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]}"""),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["unk_token"] = "<unk>",
                ["byte_fallback"] = true,
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray(),
            },
        };
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>Writes a folder with it and <see cref="Template"/>.</summary>
    public static string Write(string folder, int first)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "tokenizer.json"), Json(first));
        File.WriteAllText(Path.Combine(folder, "chat_template.jinja"), Template);
        return folder;
    }
}
