using System.Text.Json;

namespace Atropos.Transcoding.Tests.Support;

/// <summary>The references inside an OpenAPI document.</summary>
internal static class References
{
    /// <summary>Fails where a reference leads nowhere.</summary>
    public static void AllResolve(JsonElement document) => Walk(document, document);

    private static void Walk(JsonElement document, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Walk(document, item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.Name == "$ref")
                {
                    _ = member.Value.GetString()![2..].Split('/').Aggregate(document, (at, name) => at.GetProperty(name));
                }

                Walk(document, member.Value);
            }
        }
    }
}
