using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using OpenAI.V1;

namespace Atropos.SessionTracker.Continuity;

/// <summary>The values that a chat template is given beside messages and tools.</summary>
internal static class TemplateArguments
{
    /// <summary>The arguments of a request; null for none.</summary>
    public static Struct? From(ChatCompletionRequest request)
    {
        if (!request.HasReasoningEffort)
        {
            return request.ChatTemplateKwargs;
        }

        var arguments = request.ChatTemplateKwargs?.Clone() ?? new Struct();
        arguments.Fields.TryAdd("reasoning_effort", Value.ForString(request.ReasoningEffort));
        return arguments;
    }

    /// <summary>The arguments and documents as one JSON object that is equal where they are; null for none.</summary>
    public static string? ToJson(ChatCompletionRequest request)
    {
        var arguments = From(request);
        if (request.Documents.Count == 0)
        {
            return arguments is { Fields.Count: > 0 } ? JsonFormatter.Default.Format(arguments) : null;
        }

        var documents = request.Documents.Select(Value.ForStruct).ToArray();
        var all = new Struct();
        all.Fields["documents"] = Value.ForList(documents);
        all.Fields["arguments"] = Value.ForStruct(arguments ?? new Struct());
        return JsonFormatter.Default.Format(all);
    }

    private static bool TryAdd(this Google.Protobuf.Collections.MapField<string, Value> fields, string key, Value value)
    {
        if (fields.ContainsKey(key))
        {
            return false;
        }

        fields.Add(key, value);
        return true;
    }
}
