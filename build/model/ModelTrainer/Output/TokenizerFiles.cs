using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atropos.ModelTrainer;

/// <summary>Writes the tokenizer the way Hugging Face's libraries read it.</summary>
internal static class TokenizerFiles
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
    };

    public static byte[] Tokenizer(Vocabulary vocabulary) => Write(json =>
    {
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        foreach (var token in vocabulary.Added)
        {
            json.WriteStartObject();
            json.WriteNumber("id", vocabulary.AddedId(token.Content));
            WriteAddedToken(json, token);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("normalizer");
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        json.WriteStartObject();
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", PreTokenizer.Pattern);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
        json.WriteEndObject();
        json.WriteStartObject();
        WriteByteLevel(json);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("post_processor");
        WriteByteLevel(json);
        json.WriteEndObject();
        json.WriteStartObject("decoder");
        WriteByteLevel(json);
        json.WriteEndObject();
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteString("continuing_subword_prefix", "");
        json.WriteString("end_of_word_suffix", "");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", false);
        json.WriteStartObject("vocab");
        for (var id = 0; id < vocabulary.BaseCount; id++)
        {
            json.WriteNumber(ByteAlphabet.Text(vocabulary.Bytes(id)), id);
        }

        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var (left, right) in vocabulary.Merges)
        {
            json.WriteStringValue($"{ByteAlphabet.Text(vocabulary.Bytes(left))} {ByteAlphabet.Text(vocabulary.Bytes(right))}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static byte[] TokenizerConfig(Vocabulary vocabulary, string chatTemplate) => Write(json =>
    {
        json.WriteBoolean("add_bos_token", false);
        json.WriteBoolean("add_prefix_space", false);
        json.WriteStartObject("added_tokens_decoder");
        foreach (var token in vocabulary.Added)
        {
            json.WriteStartObject(vocabulary.AddedId(token.Content).ToString(System.Globalization.CultureInfo.InvariantCulture));
            WriteAddedToken(json, token);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("additional_special_tokens");
        json.WriteStringValue("<|im_start|>");
        json.WriteStringValue("<|im_end|>");
        json.WriteEndArray();
        json.WriteNull("bos_token");
        json.WriteString("chat_template", chatTemplate);
        json.WriteBoolean("clean_up_tokenization_spaces", false);
        json.WriteString("eos_token", "<|im_end|>");
        json.WriteNumber("model_max_length", 32768);
        json.WriteString("pad_token", "<|endoftext|>");
        json.WriteString("tokenizer_class", "PreTrainedTokenizerFast");
        json.WriteNull("unk_token");
    });

    public static byte[] GenerationConfig(Vocabulary vocabulary) => Write(json =>
    {
        json.WriteBoolean("do_sample", true);
        json.WriteStartArray("eos_token_id");
        json.WriteNumberValue(vocabulary.AddedId("<|im_end|>"));
        json.WriteNumberValue(vocabulary.AddedId("<|endoftext|>"));
        json.WriteEndArray();
        json.WriteNumber("pad_token_id", vocabulary.AddedId("<|endoftext|>"));
        json.WriteNumber("temperature", 1.0);
    });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private static void WriteByteLevel(Utf8JsonWriter json)
    {
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", false);
        json.WriteBoolean("use_regex", false);
    }

    private static void WriteAddedToken(Utf8JsonWriter json, AddedToken token)
    {
        json.WriteString("content", token.Content);
        json.WriteBoolean("single_word", false);
        json.WriteBoolean("lstrip", false);
        json.WriteBoolean("rstrip", false);
        json.WriteBoolean("normalized", false);
        json.WriteBoolean("special", token.Special);
    }
}
