using Atropos.Tokenizer.V1;
using Google.Protobuf.Collections;
using OpenAI.V1;

namespace Atropos.SessionTracker.Turns;

/// <summary>Puts parsed parts into the deltas of chunks: neighbours of a kind together, kinds apart, since clients look at one a chunk.</summary>
internal static class ChatDeltaGroups
{
    /// <summary>Groups the parts, in order.</summary>
    public static IEnumerable<AnswerDelta> Group(RepeatedField<OutputDelta> parts)
    {
        AnswerDelta? group = null;
        var kind = Kind.None;
        foreach (var part in parts)
        {
            var next = KindOf(part);
            if (next == Kind.None)
            {
                continue;
            }

            if (group is not null && next != kind)
            {
                yield return group;
                group = null;
            }

            kind = next;
            group ??= new AnswerDelta();
            Add(group, part);
        }

        if (group is not null)
        {
            yield return group;
        }
    }

    private static void Add(AnswerDelta group, OutputDelta part)
    {
        switch (part.PartCase)
        {
            case OutputDelta.PartOneofCase.Content:
                group.Content += part.Content;
                break;
            case OutputDelta.PartOneofCase.Reasoning:
                group.ReasoningContent += part.Reasoning;
                break;
            case OutputDelta.PartOneofCase.ToolCallBegin:
                var begin = part.ToolCallBegin;
                group.ToolCalls.Add(new ToolCall
                {
                    Index = begin.Index,
                    Id = begin.Id,
                    Type = "function",
                    Function = new FunctionCall { Name = begin.Name, Arguments = "" },
                });
                break;
            case OutputDelta.PartOneofCase.ToolCallArguments:
                AddFragment(group, part.ToolCallArguments);
                break;
            default:
                break;
        }
    }

    private static void AddFragment(AnswerDelta group, ToolCallArguments arguments)
    {
        if (group.ToolCalls.Count > 0 && group.ToolCalls[^1].Index == arguments.Index)
        {
            group.ToolCalls[^1].Function.Arguments += arguments.Fragment;
            return;
        }

        group.ToolCalls.Add(new ToolCall { Index = arguments.Index, Function = new FunctionCall { Arguments = arguments.Fragment } });
    }

    private static Kind KindOf(OutputDelta part) => part.PartCase switch
    {
        OutputDelta.PartOneofCase.Content => part.Content.Length > 0 ? Kind.Content : Kind.None,
        OutputDelta.PartOneofCase.Reasoning => part.Reasoning.Length > 0 ? Kind.Reasoning : Kind.None,
        OutputDelta.PartOneofCase.ToolCallBegin or OutputDelta.PartOneofCase.ToolCallArguments => Kind.ToolCalls,
        _ => Kind.None,
    };

    private enum Kind
    {
        None,
        Content,
        Reasoning,
        ToolCalls,
    }
}
