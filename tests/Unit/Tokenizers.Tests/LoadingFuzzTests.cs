using System.Text;
using System.Text.Json.Nodes;
using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

/// <summary>Small tokenizers with something random done to their files: loading works or says what is wrong, and never anything else.</summary>
public sealed class LoadingFuzzTests
{
    private const int Rounds = 25;

    private static readonly RecordedTokenizer[] Recorded = [.. RecordedTokenizer.All()];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "4294967296", "99999999999999999999", "2147483647", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"",
        "\"(\"", "\"(?<=a*)\"", "\"BPE\"", "\"Unigram\"", "\"WordPiece\"", "\"ByteLevel\"", "\"Sequence\"", "[]", "{}", "[[]]", "[null]",
        "{\"type\":null}", "{\"type\":\"Sequence\"}", "{\"Regex\":\"[\"}", "{\"String\":\"\"}", "[[\"a\",\"b\"]]", "{\"a\":0,\"a\":1}", "{\"a\":7}",
    ];

    public static TheoryData<int> Tokenizers => [.. Enumerable.Range(1, Recorded.Length)];

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void A_file_with_a_part_changed_loads_or_is_refused(int line)
    {
        var json = JsonNode.Parse(Recorded[line - 1].Json())!.AsObject();
        var random = new Random(line);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Mutate(json.DeepClone(), random);
            TryBoth(text, Encoding.UTF8.GetBytes(text));
        }
    }

    [Fact]
    public void A_file_with_bytes_changed_loads_or_is_refused()
    {
        var random = new Random(11);
        var bytes = Recorded.Single(recorded => recorded.Name == "byte-level: as it is").Json();
        for (var round = 0; round < 300; round++)
        {
            var broken = bytes[..(random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length)];
            for (var change = random.Next(4); change > 0 && broken.Length > 0; change--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            TryBoth($"round {round}", broken);
        }
    }

    [Fact]
    public void Garbage_in_any_format_is_refused()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(12);
        byte[][] beginnings = [[], "\n"u8.ToArray(), "{\"vocab\":["u8.ToArray(), "YQ== 0\n"u8.ToArray(), [0x0A, 0x05, 0x0A, 0x01, 0x61]];
        string[] names = ["tokenizer.json", "tekken.json", "tokenizer.model", "spiece.model", "x.tiktoken"];
        for (var round = 0; round < 400; round++)
        {
            var garbage = new byte[random.Next(60)];
            random.NextBytes(garbage);
            var path = Path.Combine(folder.Path, names[round % names.Length]);
            File.WriteAllBytes(path, [.. beginnings[random.Next(beginnings.Length)], .. garbage]);

            Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFile(path));
        }
    }

    private static void TryBoth(string what, byte[] json)
    {
        Tokenizer tokenizer;
        try
        {
            tokenizer = Tokenizer.FromJson(json);
        }
        catch (TokenizerLoadException)
        {
            return;
        }
        catch (Exception error)
        {
            Assert.Fail($"Loading threw {error}\n{what}");
            return;
        }

        try
        {
            var ids = tokenizer.Encode("Hello, 世界! <s> e\u0301  \ud800x", addSpecialTokens: true);
            tokenizer.Encode(new EncodeInput("abc d", "e"), new EncodeOptions { OffsetUnit = OffsetUnit.Utf8Bytes });
            tokenizer.Decode([.. ids, 0, 1, int.MaxValue], skipSpecialTokens: true);
        }
        catch (InvalidOperationException error)
        {
            Assert.Matches("unknown token|too many steps|more than .* characters", error.Message);
        }
        catch (Exception error)
        {
            Assert.Fail($"Use threw {error}\n{what}");
        }
    }

    private static string Mutate(JsonNode json, Random random)
    {
        const string Mark = "@@@";
        for (var changes = 1 + random.Next(2); changes > 0; changes--)
        {
            var at = json;
            var replacement = Values[random.Next(Values.Length)];
            for (var isDone = false; !isDone;)
            {
                isDone = true;
                switch (at)
                {
                    case JsonObject { Count: > 0 } item:
                        var key = item.ElementAt(random.Next(item.Count)).Key;
                        if (item[key] is JsonObject or JsonArray && random.Next(5) > 0)
                        {
                            at = item[key]!;
                            isDone = false;
                        }
                        else if (random.Next(3) == 0)
                        {
                            item.Remove(key);
                        }
                        else if (random.Next(4) == 0)
                        {
                            // A second member of the same name, put into the text below.
                            item[Mark + key] = Mark + replacement;
                        }
                        else
                        {
                            item[key] = Mark + replacement;
                        }

                        break;
                    case JsonArray { Count: > 0 } list:
                        var index = random.Next(list.Count);
                        if (list[index] is JsonObject or JsonArray && random.Next(3) > 0)
                        {
                            at = list[index]!;
                            isDone = false;
                        }
                        else if (random.Next(3) == 0)
                        {
                            list.Add(list[index]?.DeepClone());
                        }
                        else
                        {
                            list[index] = Mark + replacement;
                        }

                        break;
                    default:
                        break;
                }
            }
        }

        var text = json.ToJsonString();
        foreach (var value in Values)
        {
            text = text.Replace(JsonValue.Create(Mark + value).ToJsonString(), value, StringComparison.Ordinal);
        }

        return text.Replace(Mark, "", StringComparison.Ordinal);
    }
}
