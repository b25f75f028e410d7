namespace Atropos.TokenTree.Matching;

/// <summary>
/// The two ways in which a message counts: as an answer that was sampled, where an echo may differ in what clients are known to
/// change; and as given, where the prompt's tokens depend on every character.
/// </summary>
internal static class MessageDigests
{
    public static MessageHash Context(ConversationContext context)
    {
        using var writer = new DigestWriter();
        writer.Tag(DigestTag.Context);
        writer.Text(context.Tokenizer);
        WriteOptional(writer, context.Tools);
        WriteOptional(writer, context.ChatTemplate);
        WriteJson(writer, context.TemplateArguments ?? "{}");
        writer.Number(context.CallIdsCount ? 1 : 0);
        return writer.Finish();
    }

    /// <summary>The conversation before, and one message that was given.</summary>
    public static MessageHash LinkGiven(DigestWriter writer, MessageHash before, MessageHash message) =>
        Link(writer, DigestTag.GivenLink, before, message);

    /// <summary>The conversation before, and an answer to it that was sampled.</summary>
    public static MessageHash LinkAnswer(DigestWriter writer, MessageHash before, MessageHash answer) =>
        Link(writer, DigestTag.AnswerLink, before, answer);

    public static MessageHash Given(DigestWriter writer, CanonicalMessage message, bool callIdsCount)
    {
        writer.Tag(DigestTag.GivenMessage);
        writer.Text(message.Role);
        WriteContent(writer, message.Text, message.Parts);
        WriteOptional(writer, message.Name);
        WriteOptional(writer, message.Reasoning);
        WriteOptional(writer, callIdsCount ? message.ToolCallId : null);
        writer.Number(message.ToolCalls.Count);
        foreach (var call in message.ToolCalls)
        {
            writer.Text(call.Name);
            writer.Text(call.Arguments);
            WriteOptional(writer, callIdsCount ? call.Id : null);
        }

        // Nothing is written for none, so that the hashes of stored turns stay as they are.
        if (message.Extra is not null)
        {
            WriteJson(writer, message.Extra);
        }

        return writer.Finish();
    }

    /// <summary>
    /// What an echo of an answer must have in common with it. Clients hang members of their own on it; reasoning is compared on its
    /// own, since it may be missing.
    /// </summary>
    public static MessageHash Echo(DigestWriter writer, CanonicalMessage message, bool callIdsCount)
    {
        writer.Tag(DigestTag.Answer);
        if (message.Parts is { Count: > 0 } parts)
        {
            if (parts.All(part => part.Type == CanonicalPart.TextType))
            {
                WriteContent(writer, string.Concat(parts.Select(part => part.Text)).Trim(), null);
            }
            else
            {
                WriteContent(writer, null, [.. parts.Select(part => part with { Data = null })]);
            }
        }
        else
        {
            WriteContent(writer, message.Parts is null ? message.Text?.Trim() : null, null);
        }

        WriteCalls(writer, message.ToolCalls, callIdsCount);
        return writer.Finish();
    }

    public static MessageHash Answer(DigestWriter writer, AssistantAnswer answer, bool callIdsCount)
    {
        writer.Tag(DigestTag.Answer);
        WriteContent(writer, answer.Content?.Trim(), null);
        WriteCalls(writer, answer.ToolCalls, callIdsCount);
        return writer.Finish();
    }

    private static MessageHash Link(DigestWriter writer, DigestTag tag, MessageHash before, MessageHash message)
    {
        writer.Tag(tag);
        writer.Hash(before);
        writer.Hash(message);
        return writer.Finish();
    }

    private static void WriteCalls(DigestWriter writer, IReadOnlyList<CanonicalToolCall> calls, bool callIdsCount)
    {
        writer.Number(calls.Count);
        foreach (var call in calls)
        {
            writer.Text(call.Name);
            WriteJson(writer, call.Arguments);
            WriteOptional(writer, callIdsCount ? call.Id : null);
        }
    }

    private static void WriteContent(DigestWriter writer, string? text, IReadOnlyList<CanonicalPart>? parts)
    {
        if (parts is { Count: > 0 })
        {
            writer.Tag(DigestTag.Parts);
            writer.Number(parts.Count);
            foreach (var part in parts)
            {
                writer.Text(part.Type);
                WriteOptional(writer, part.Text);
                WriteOptional(writer, part.Data);
            }
        }
        else
        {
            WriteOptional(writer, parts is null ? text : null);
        }
    }

    private static void WriteJson(DigestWriter writer, string json)
    {
        if (CanonicalJson.TryCanonicalize(json, out var canonical))
        {
            writer.Tag(DigestTag.Json);
            writer.Text(canonical);
        }
        else
        {
            writer.Tag(DigestTag.Text);
            writer.Text(json.AsSpan().Trim());
        }
    }

    private static void WriteOptional(DigestWriter writer, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            writer.Tag(DigestTag.Absent);
            return;
        }

        writer.Tag(DigestTag.Present);
        writer.Text(text);
    }
}
