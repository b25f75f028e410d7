using Atropos.SessionTracker.Errors;
using OpenAI.V1;

namespace Atropos.SessionTracker.Requests;

/// <summary>Refuses tools that cannot be called and choices that name none of them.</summary>
internal static class ToolValidator
{
    /// <summary>Checks the tools and the choice among them.</summary>
    public static void Check(IReadOnlyList<Tool> tools, ToolChoice? choice)
    {
        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i].Type is not ("function" or ""))
            {
                throw TrackerErrors.Invalid($"tools[{i}].type", $"is `{tools[i].Type}`; only `function` is known.");
            }

            if (string.IsNullOrEmpty(tools[i].Function?.Name))
            {
                throw TrackerErrors.Invalid($"tools[{i}].function.name", "is missing; name the function.");
            }
        }

        switch (choice?.KindCase)
        {
            case ToolChoice.KindOneofCase.Mode when choice.Mode is not ("none" or "auto" or "required"):
                throw TrackerErrors.Invalid(
                    "tool_choice", $"is `{choice.Mode}`; it must be `none`, `auto`, `required` or an object that names a function.");
            case ToolChoice.KindOneofCase.Mode when choice.Mode is "required" && tools.Count == 0:
                throw TrackerErrors.Invalid("tool_choice", "is `required`, but the request has no `tools`; add some or leave it out.");
            case ToolChoice.KindOneofCase.Named:
                CheckNamed(tools, choice.Named);
                break;
            default:
                break;
        }
    }

    private static void CheckNamed(IReadOnlyList<Tool> tools, NamedToolChoice named)
    {
        var name = named.Function?.Name ?? "";
        if (name.Length == 0)
        {
            throw TrackerErrors.Invalid("tool_choice.function.name", "is missing; name the function that must be called.");
        }

        if (!tools.Any(tool => tool.Function.Name == name))
        {
            var known = tools.Count == 0 ? "the request has no `tools`" : "`tools` has " + string.Join(", ", tools.Select(t => $"`{t.Function.Name}`"));
            throw TrackerErrors.Invalid("tool_choice.function.name", $"is `{name}`, but {known}.");
        }
    }
}
