using System.Text;
using System.Text.Json.Nodes;
using Atropos.TestSupport;

namespace Atropos.TokenizerFuzz.Tests.Subjects;

/// <summary>The repository's own small tokenizers, one for each component and option, which the unit tests keep.</summary>
internal static class SmallTokenizers
{
    /// <summary>Each file is one of a few bases with some sections in place of its own.</summary>
    public static IEnumerable<(string Name, byte[] Json)> All()
    {
        JsonObject? bases = null;
        foreach (var text in File.ReadLines(Path.Combine(Repository.Root, "tests", "Unit", "Tokenizers.Tests", "Recorded", "recorded.jsonl")))
        {
            var line = JsonNode.Parse(text)!.AsObject();
            if (bases is null)
            {
                bases = line["bases"]!.AsObject();
                continue;
            }

            var json = bases[line["base"]!.GetValue<string>()]!.DeepClone().AsObject();
            foreach (var (section, value) in line["sections"]!.AsObject())
            {
                json[section] = value?.DeepClone();
            }

            yield return (line["name"]!.GetValue<string>(), Encoding.UTF8.GetBytes(json.ToJsonString()));
        }
    }
}
