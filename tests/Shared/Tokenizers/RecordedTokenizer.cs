using System.Text;
using System.Text.Json.Nodes;

namespace Atropos.TestSupport;

/// <summary>
/// One of the repository's own small tokenizers, one for each component and option, with what the original made of texts:
/// tests/Unit/Tokenizers.Tests/Recorded/record.mjs writes them down.
/// </summary>
internal sealed class RecordedTokenizer
{
    private readonly JsonObject _bases;
    private readonly JsonObject _line;

    private RecordedTokenizer(JsonObject bases, JsonObject line) => (_bases, _line) = (bases, line);

    public string Name => _line["name"]!.GetValue<string>();

    /// <summary>What the original made of each text.</summary>
    public IEnumerable<JsonObject> Cases => _line["cases"]!.AsArray().Select(item => item!.AsObject());

    /// <summary>All that are recorded, in the order of the file.</summary>
    public static IEnumerable<RecordedTokenizer> All()
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

            yield return new RecordedTokenizer(bases, line);
        }
    }

    /// <summary>Its tokenizer.json, which is one of a few bases with some sections in place of its own.</summary>
    public byte[] Json()
    {
        var json = _bases[_line["base"]!.GetValue<string>()]!.DeepClone().AsObject();
        foreach (var (section, value) in _line["sections"]!.AsObject())
        {
            json[section] = value?.DeepClone();
        }

        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
