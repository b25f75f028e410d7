using System.Text.Json;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Streaming;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Small questions to engines, whose routes differ between versions: what is not there is not known.</summary>
internal static class EngineQuery
{
    /// <summary>A text member of a route's answer; null where there is none.</summary>
    public static async Task<string?> TextAsync(
        HttpClient http, EngineModel engine, string path, string member, CancellationToken cancellationToken)
    {
        using var document = await GetAsync(http, engine, path, cancellationToken);
        return document is not null && document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }

    /// <summary>The length of the context, from the list of models; 0 where it is not told.</summary>
    public static async Task<int> MaxModelLenAsync(HttpClient http, EngineModel engine, CancellationToken cancellationToken)
    {
        using var document = await GetAsync(http, engine, "v1/models", cancellationToken);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("data", out var models) || models.ValueKind != JsonValueKind.Array)
        {
            return 0;
        }

        var first = 0;
        foreach (var model in models.EnumerateArray())
        {
            if (model.ValueKind != JsonValueKind.Object || !model.TryGetProperty("max_model_len", out var length)
                || length.ValueKind != JsonValueKind.Number || !length.TryGetInt32(out var tokens))
            {
                continue;
            }

            if (model.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                && (id.ValueEquals(engine.EngineModelName) || engine.Models.Contains(id.GetString()!)))
            {
                return tokens;
            }

            first = first == 0 ? tokens : first;
        }

        return first;
    }

    private static async Task<JsonDocument?> GetAsync(HttpClient http, EngineModel engine, string path, CancellationToken cancellationToken)
    {
        using var message = EngineHttp.Message(HttpMethod.Get, engine, path);
        using var response = await http.SendAsync(message, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
