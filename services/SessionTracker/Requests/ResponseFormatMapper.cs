using Atropos.Router.V1;
using Atropos.SessionTracker.Errors;
using OpenAI.V1;

namespace Atropos.SessionTracker.Requests;

/// <summary>Turns <c>response_format</c> into a constraint on what is sampled.</summary>
internal static class ResponseFormatMapper
{
    /// <summary>Sets the constraint; none for text.</summary>
    /// <exception cref="Exception">INVALID_ARGUMENT for a type that is not known, naming those that are.</exception>
    public static void Apply(ResponseFormat? format, SamplingParameters sampling)
    {
        switch (format?.Type)
        {
            case null or "text":
                break;
            case "json_object":
                sampling.JsonObject = true;
                break;
            case "json_schema":
                if (format.JsonSchema is not { HasSchema: true })
                {
                    throw TrackerErrors.Invalid(
                        "response_format.json_schema.schema", "is missing; give the JSON Schema that the answer must follow.");
                }

                sampling.JsonSchema = format.JsonSchema.Schema;
                break;
            case "regex":
                sampling.Regex = Text(format, "regex", "pattern");
                break;
            case "grammar":
                sampling.Grammar = Text(format, "grammar");
                break;
            case "structural_tag":
                // The engine's own form of the whole object: it reads more members than we know.
                sampling.StructuralTag = StructuralTag(format);
                break;
            default:
                throw TrackerErrors.Invalid(
                    "response_format.type",
                    $"is `{format.Type}`; it must be `text`, `json_object`, `json_schema`, `regex`, `grammar` or `structural_tag`.");
        }
    }

    private static string Text(ResponseFormat format, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (format.Extra is not null && format.Extra.Fields.TryGetValue(member, out var value) && value.HasStringValue)
            {
                return value.StringValue;
            }
        }

        throw TrackerErrors.Invalid($"response_format.{members[0]}", $"is missing; type `{format.Type}` needs it as a string.");
    }

    private static string StructuralTag(ResponseFormat format)
    {
        var whole = format.Extra?.Clone() ?? new Google.Protobuf.WellKnownTypes.Struct();
        whole.Fields["type"] = Google.Protobuf.WellKnownTypes.Value.ForString(format.Type);
        return Google.Protobuf.JsonFormatter.Default.Format(whole);
    }
}
