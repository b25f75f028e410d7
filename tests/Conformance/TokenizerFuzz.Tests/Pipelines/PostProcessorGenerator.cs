using System.Text.Json.Nodes;

namespace Atropos.TokenizerFuzz.Tests.Pipelines;

/// <summary>Random post-processors over the special tokens of a vocabulary.</summary>
internal sealed class PostProcessorGenerator(Random random, IReadOnlyDictionary<string, int> specials)
{
    public JsonObject? Next()
    {
        if (random.OneIn(3))
        {
            return null;
        }

        if (random.Next(4) > 0)
        {
            return One();
        }

        // The original puts each one's tokens around what the one before it made; two that add tokens to pairs are refused there.
        var steps = new JsonArray();
        for (var count = random.Next(1, 3); count > 0; count--)
        {
            steps.Add(ByteLevel());
        }

        // Behind a step that puts its tokens into the same encoding the original takes no token for the first of the text; ours trims first.
        var one = One();
        steps.Insert(one["type"]!.GetValue<string>() is "BertProcessing" or "RobertaProcessing" ? steps.Count : random.Next(steps.Count + 1), one);
        return new JsonObject { ["type"] = "Sequence", ["processors"] = steps };
    }

    private JsonObject One() => random.Next(5) switch
    {
        0 => new JsonObject { ["type"] = "BertProcessing", ["sep"] = Special(), ["cls"] = Special() },
        1 => new JsonObject
        {
            ["type"] = "RobertaProcessing",
            ["sep"] = Special(),
            ["cls"] = Special(),
            ["trim_offsets"] = random.Coin(),
            ["add_prefix_space"] = random.Coin(),
        },
        2 => ByteLevel(),
        _ => Template(),
    };

    private JsonObject ByteLevel() => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = random.Coin(),
        ["trim_offsets"] = random.Coin(),
        ["use_regex"] = random.Coin(),
    };

    private JsonArray Special()
    {
        var (token, id) = specials.ElementAt(random.Next(specials.Count));
        return [token, id];
    }

    private JsonObject Template()
    {
        var used = new JsonObject();
        JsonArray Side(params string[] sequences)
        {
            var list = new JsonArray();
            void Specials()
            {
                for (var count = random.Next(0, 3); count > 0; count--)
                {
                    var (token, id) = specials.ElementAt(random.Next(specials.Count));
                    list.Add(new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = token, ["type_id"] = random.Next(3) } });
                    used[token] = new JsonObject { ["id"] = token, ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(token) };
                }
            }

            foreach (var sequence in sequences)
            {
                Specials();
                list.Add(new JsonObject { ["Sequence"] = new JsonObject { ["id"] = sequence, ["type_id"] = random.Next(3) } });
            }

            Specials();
            return list;
        }

        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = Side("A"),
            ["pair"] = random.OneIn(4) ? Side("B", "A") : Side("A", "B"),
            ["special_tokens"] = used,
        };
    }
}
