using System.Text.Json;

namespace Atropos.Benchmarks.Tokenizers.Texts;

/// <summary>How a model's prompts look around a message: with its own special tokens, where it has some that are known here.</summary>
internal sealed class ChatForm
{
    private static readonly (string Mark, string Form)[] Known =
    [
        ("<|im_start|>", "<|im_start|>{0}\n{1}<|im_end|>\n"),
        ("<|start_header_id|>", "<|start_header_id|>{0}<|end_header_id|>\n\n{1}<|eot_id|>"),
        ("<|message|>", "<|start|>{0}<|message|>{1}<|end|>"),
        ("<start_of_turn>", "<start_of_turn>{0}\n{1}<end_of_turn>\n"),
        ("[INST]", "[INST] {1} [/INST]</s>"),
        ("</s>", "<s>[INST] {1} [/INST] </s>"),
        ("[SEP]", "[CLS] {0}: {1} [SEP] "),
    ];

    private readonly string _form;

    private ChatForm(string form) => _form = form;

    public static ChatForm Of(ReadOnlyMemory<byte> tokenizerJson)
    {
        using var document = JsonDocument.Parse(tokenizerJson);
        HashSet<string?> added = [.. document.RootElement.GetProperty("added_tokens").EnumerateArray().Select(token => token.GetProperty("content").GetString())];
        return new ChatForm(Known.FirstOrDefault(known => added.Contains(known.Mark), (Mark: "", Form: "{0}: {1}\n")).Form);
    }

    public string Turn(string role, string content) => _form
        .Replace("{0}", role, StringComparison.Ordinal)
        .Replace("{1}", content.Trim(), StringComparison.Ordinal);
}
