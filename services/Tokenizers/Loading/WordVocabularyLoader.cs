namespace Atropos.Tokenizers.Loading;

/// <summary>Reads a vocabulary that is an object from token to id.</summary>
internal static class WordVocabularyLoader
{
    public static Dictionary<string, int> Load(JsonSection section)
    {
        if (section.Element.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            throw section.Fail("expected an object from token to id");
        }

        var ids = new Dictionary<string, int>(section.Element.GetPropertyCount());
        foreach (var entry in section.Element.EnumerateObject())
        {
            if (entry.Value.ValueKind != System.Text.Json.JsonValueKind.Number || !entry.Value.TryGetInt32(out var id) || id < 0)
            {
                throw section.Fail($"expected an id of 0 or more for token '{entry.Name}', found {entry.Value.GetRawText()}");
            }

            ids[entry.Name] = id;
        }

        return ids;
    }
}
